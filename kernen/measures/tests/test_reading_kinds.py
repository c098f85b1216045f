"""Rates, several observations a period and dates of rare events, as people write them."""

import math
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import read_pasted
from kernen.measures.reading.figures import understand
from kernen.measures.tests.reading import TODAY, W46, W47, columns, counts, read

DAYS = [date(2026, 3, 3), date(2026, 3, 17), date(2026, 5, 2)]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def dates(text, **options):
    table = read_pasted(text, dates=True)
    return understand(table, frequency="day", kind="events", today=TODAY, **options)


def happened(reading):
    return [(figure.start, figure.size, figure.value) for figure in reading.rows]


def summaries(reading):
    return [(figure.start, float(figure.value), figure.size) for figure in reading.rows]


def test_a_rate_may_have_more_events_than_exposure_and_a_share_may_not():
    text = "Uge;Hændelser;Sengedage\nuge 46, 2018;7;3\nuge 47, 2018;0;4"
    assert counts(read(text, kind="rates")) == [(W46, 7, 3), (W47, 0, 4)]
    assert "larger than the denominator" in str(read(text, kind="counts").problems[0].message)


def test_events_over_no_exposure_are_refused_of_a_rate_too():
    reading = read("Uge;Hændelser;Sengedage\nuge 46, 2018;7;0", kind="rates")
    assert "The denominator is 0" in str(reading.problems[0].message)


def test_several_rows_of_a_period_are_its_observations():
    text = "Uge;Dage\nuge 46, 2018;12\nuge 46, 2018;7\nuge 46, 2018;9,5\nuge 47, 2018;4"
    reading = read(text, kind="samples")
    assert summaries(reading) == [(W46, 9.5, 3), (W47, 4, 1)]
    mean = (12 + 7 + 9.5) / 3
    slow = math.sqrt(sum((seen - mean) ** 2 for seen in (12, 7, 9.5)) / 2)
    assert float(reading.rows[0].spread) == pytest.approx(slow)
    assert reading.rows[1].spread is None


def test_observations_side_by_side_are_those_of_the_row():
    text = "Uge;1;2;3;Bemærkning\nuge 46, 2018;12;7;;travlt\nuge 47, 2018;4;5;6;"
    reading = read(text, kind="samples")
    assert columns(reading) == {"period": 0, "value": 1, "last": 3, "note": 4}
    assert summaries(reading) == [(W46, 9.5, 2), (W47, 5, 3)]
    assert reading.rows[0].note == "travlt"


def test_means_come_with_how_many_there_were_and_how_much_they_differ():
    text = "Uge;Gennemsnit;SD;Antal\nuge 46, 2018;27,5;4,2;12\nuge 47, 2018;20;;1"
    reading = read(text, kind="samples")
    assert columns(reading) == {"period": 0, "value": 1, "spread": 2, "size": 3}
    first, second = reading.rows
    assert (first.value, first.spread, first.size) == (Decimal("27.5"), Decimal("4.2"), 12)
    assert (second.value, second.spread, second.size) == (20, None, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("27;4;1", "it takes two observations"),
        ("27;-4;5", "is not negative"),
        ("27;4;0", "a whole number from 1"),
        ("27;4;2,5", "a whole number from 1"),
        ("27;;", "how many observations stand behind it"),
    ],
)
def test_what_cannot_stand_behind_a_mean_is_named(row, said):
    text = f"Uge;Gennemsnit;SD;Antal\nuge 46, 2018;{row}\nuge 47, 2018;20;3;9"
    (problem,) = read(text, kind="samples").problems
    assert problem.row == 2
    assert said in str(problem.message)


def test_dates_alone_are_events_and_two_on_one_day_are_two():
    text = "3. marts 2026\n17-03-2026\n2026-05-02\n17/3 2026"
    assert happened(dates(text)) == [(DAYS[0], 1, None), (DAYS[1], 2, None), (DAYS[2], 1, None)]


def test_a_heading_and_a_note_beside_the_dates_are_understood_and_an_age_is_not_counted():
    text = "Dato;Alder;Bemærkning\n3. marts 2026;84;på badeværelset\n2. maj 2026;79;"
    reading = dates(text)
    assert columns(reading) == {"period": 0, "note": 2}
    assert [figure.note for figure in reading.rows] == ["på badeværelset", ""]


def test_cases_between_events_are_read_where_a_person_says_so():
    text = "Dato;Operationer\n3. marts 2026;\n17. marts 2026;40\n2. maj 2026;112"
    reading = dates(text, columns={"period": 0, "value": 1})
    assert [value for _day, _size, value in happened(reading)] == [None, 40, 112]
    wrong = dates(text.replace("40", "4,5"), columns={"period": 0, "value": 1})
    assert "whole number" in str(wrong.problems[0].message)


def test_a_list_without_dates_is_refused_with_how_to_write_one():
    with pytest.raises(Unreadable, match="no dates"):
        read_pasted("fald\nfald", dates=True)


def test_an_event_in_the_future_is_a_problem():
    assert "in the future" in str(dates("3. marts 2026\n24. december 2026").problems[0].message)
