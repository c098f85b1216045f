import pytest

from kernen.lib.words import likeness, stem, stems, trigrams, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("børn", "børnene"),
        ("henvisning", "henvisningerne"),
        ("Kommune", "kommunernes"),
        ("idé", "ideer"),
        ("Aarhus", "Århus"),
        ("ÆLDRE", "ældres"),
    ],
)
def test_a_word_is_the_same_in_each_of_its_forms(one, other):
    assert stems(one) == stems(other)


def test_danish_letters_keep_words_apart():
    assert len({stem("bar"), stem("bår"), stem("bær"), stem("bør")}) == 4


def test_a_word_with_a_hyphen_counts_in_its_parts_and_in_one():
    assert stems("rygestop-henvisning") == ["rygestop", "henvisning", "rygestophenvisning"]
    assert words("Ind- og udlæggelse") == ["ind", "og", "udlæggelse"]


def test_words_that_tell_nothing_are_left_out():
    assert stems("Det er til børn") == ["børn"]


def test_signs_are_no_words():
    assert words("(alt)? .* _ 27,5 m²") == ["alt", "27", "5", "m2"]


def test_trigrams_know_where_a_word_begins_and_ends():
    assert trigrams("børn") == ["  b", " bø", "bør", "rn ", "ørn"]


def test_a_misspelt_word_is_more_like_the_right_one_than_like_another():
    assert likeness("rygstop", "rygestop") > 0.75 > likeness("rygstop", "rygning")
