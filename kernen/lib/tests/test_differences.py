from hypothesis import given
from hypothesis import strategies as st

from kernen.lib import differences as module
from kernen.lib.differences import differences

texts = st.text(alphabet="ab cæ.\n,", max_size=60)


def told(before: str, after: str) -> str:
    """The sentence with [-what is removed-] and {+what is added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[p.kind].format(p.text) for p in differences(before, after))


def test_a_changed_word_is_marked_in_its_sentence():
    assert told("Færre falder om natten.", "Færre falder om dagen.") == (
        "Færre falder om [-natten-]{+dagen+}."
    )


def test_words_that_are_changed_beside_each_other_are_one_change():
    assert told("to gange om ugen", "tre dage om ugen") == "[-to gange-]{+tre dage+} om ugen"


def test_what_is_written_for_the_first_time_is_added_and_what_is_emptied_is_removed():
    assert told("", "Nyt.") == "{+Nyt.+}"
    assert told("Gammelt.", "") == "[-Gammelt.-]"
    assert told("Det samme.", "Det samme.") == "Det samme."
    assert differences("", "") == []


def test_a_very_long_text_is_compared_by_its_lines(monkeypatch):
    monkeypatch.setattr(module, "MANY", 3)
    assert told("en to\ntre fire\n", "en to\ntre fem\n") == "en to\n[-tre fire\n-]{+tre fem\n+}"


@given(texts, texts)
def test_both_texts_can_be_read_out_of_it_in_whole(before: str, after: str):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after
