"""The year that stands once for all periods, and what is told where it stands nowhere."""

from datetime import date

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import read, values

MONTHS = "Januar;1\nFebruar;2\nMarts;3\n"
STARTS = [(date(2022, month, 1), month) for month in (1, 2, 3)]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_a_quarter_among_its_months_is_a_total_and_leaves_them_the_year_of_the_title():
    text = f"2022;\nMåned;Dage\n{MONTHS}1. kvartal;6\nApril;4\n"
    reading = read(text, "month", kind="values")
    assert reading.problems == []
    assert values(reading) == [*STARTS, (date(2022, 4, 1), 4)]
    assert [remark.row for remark in reading.remarks] == [None, 6]


@pytest.mark.parametrize(
    ("corner", "heading"),
    [("År 2022", "Dage"), ("År 2022", "Antal"), ("Året 2022", "Dage"), ("2022", "Antal")],
)
def test_a_year_above_the_months_is_theirs(corner, heading):
    reading = read(f"{corner};{heading}\n{MONTHS}", "month", kind="values")
    assert reading.problems == []
    assert values(reading) == STARTS


@pytest.mark.parametrize("word", ["uge ", ""])
def test_many_weeks_over_a_new_year_lack_their_year_once(word):
    weeks = [*range(46, 53), *range(1, 8)]
    rows = "".join(f"{word}{week};5\n" for week in weeks)
    (problem,) = read(f"Ventetid 2025;\nUge;Dage\n{rows}", "week", kind="values").problems
    assert problem.row == 3
    said = str(problem.message)
    assert said.startswith(f"14 periods, from “{word}46” to “{word}7”, have no year.")
    assert "in a column of its own called “year”" in said


def test_what_else_is_wrong_is_told_beside_it():
    rows = "".join(f"uge {week};5\n" for week in range(40, 45)) + "uge 45, 2018;x5\n"
    first, second = read(f"Uge;Dage\n{rows}", "week", kind="values").problems
    assert "5 periods" in str(first.message)
    assert second.row == 7


def test_a_few_are_told_one_by_one():
    problems = read("Måned;Dage\nnov;5\ndec;6\njan;7\n", "month", kind="values").problems
    assert [problem.row for problem in problems] == [2, 3, 4]
