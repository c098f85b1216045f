import pytest

from kernen.lib.sentences import shorten


def test_a_text_that_fits_stays_as_it_is():
    assert shorten("Færre falder.", 13) == "Færre falder."


def test_a_long_text_ends_where_a_sentence_does():
    assert shorten("Mange falder. De fleste falder om natten. Ingen ved hvorfor.", 50) == (
        "Mange falder. De fleste falder om natten. …"
    )


def test_an_abbreviation_is_no_end():
    assert shorten("Hver borger falder ca. 5 gange om året, f.eks. om natten.", 42) == (
        "Hver borger falder ca. 5 gange om året …"
    )


def test_a_first_sentence_that_is_very_short_is_not_all_that_is_left():
    assert shorten("Ja. " + "ord " * 30, 40) == "Ja. ord ord ord ord ord ord ord ord …"


@pytest.mark.parametrize("most", range(20, 80, 7))
@pytest.mark.parametrize(
    "text", ["x" * 500, "ord " * 100, "Kort sætning. " * 40, "A. B\n\nC. " * 50]
)
def test_it_never_grows_too_long(text, most):
    assert len(shorten(text, most)) <= most


def test_a_text_is_brought_on_one_line():
    assert shorten("Først.\r\n\r\nSå.", 50) == "Først. Så."
