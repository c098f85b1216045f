"""A percentage beside the counts that it should come from."""

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import W46, W47, counts, read


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def told(head, *rows):
    weeks = (f"uge {46 + at}, 2018;{row}" for at, row in enumerate(rows))
    reading = read("\n".join([f"Uge;Tæller;Nævner;{head}", *weeks]), kind="counts")
    assert counts(reading)[:2] == [(W46, 8, 40), (W47, 9, 41)]
    return [remark.sentence for remark in reading.remarks]


def test_one_that_the_counts_do_not_give_is_told_where_it_stands():
    assert told("Andel", "8;40;50 %", "9;41;22,0 %") == [
        "Row 2, column D (Andel): “50 %” does not agree with 8 of 40, which is what is read. Check"
        " which of them is right."
    ]


def test_many_are_told_in_one_sentence():
    assert told("Andel", "8;40;50 %", "9;41;51 %", "7;42;17 %") == [
        "2 percentages in D (Andel) do not agree with numerator and denominator, which are what is"
        " read. The first is “50 %” beside 8 of 40 in row 2."
    ]


GOOD = {
    "rounded": ("Andel", "20 %", "22 %"),
    "cut off": ("Andel", "20 %", "21,9 %"),
    "without the sign": ("Andel", "20", "21,95"),
    "as a share of 1": ("Andel", "0,2", "0,22"),
    "a target": ("Mål i %", "90 %", "90 %"),
    "empty": ("Andel", "", "22 %"),
    "no percentage": ("Antal senge", "12", "13"),
}


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_told_where_they_agree(name):
    head, first, second = GOOD[name]
    assert told(head, f"8;40;{first}", f"9;41;{second}") == []
