"""A list of places as they were in one period, which stands in the title or the sheet's name."""

from datetime import date

import pytest
from django.utils.translation import override

from kernen.measures.reading.choosing import arranged, of_years
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file, open_text
from kernen.measures.reading.joining import by_year
from kernen.measures.tests.reading import TODAY, book, counts

LIST = "{};;\nAfsnit;Tæller;Nævner\nA;5;10\nB;6;12\nI alt;11;22\n"
TOLD = "No column holds periods: they are read from the title or the name of the sheet."


def of_a(table, frequency):
    with override("en"):
        reading = understand(table, frequency=frequency, kind="counts", today=TODAY, place="A")
        told = [problem.sentence for problem in [*reading.problems, *reading.remarks]]
        return counts(reading), told


def read(title, frequency):
    (sheet,) = open_text(LIST.format(title)).sheets
    return of_a(arranged(sheet, frequency=frequency, kind="counts"), frequency)


@pytest.mark.parametrize(
    ("title", "frequency", "start"),
    [
        ("Tromboser januar 2018", "month", date(2018, 1, 1)),
        ("Opgørelse for 2018-01", "month", date(2018, 1, 1)),
        ("Tromboser (jan. 2018), Afsnit A og B".replace(" og", ","), "month", date(2018, 1, 1)),
        ("Tromboser, uge 46, 2018", "week", date(2018, 11, 12)),
        ("2. kvartal 2018", "quarter", date(2018, 4, 1)),
    ],
)
def test_the_period_of_all_rows_is_that_of_the_title(title, frequency, start):
    assert read(title, frequency) == ([(start, 5, 10)], [TOLD])


@pytest.mark.parametrize(
    "title",
    [
        "Tromboser 2018",
        "Udtrukket 3. februar 2018",
        "Opdateret januar 2018",
        "Rapport 03-02-2018",
        "Uge 5 - 8 2018",
        "januar - marts 2018",
        "jan.-mar. 2018",
        "Seneste 12 måneder, januar 2018",
        "Fra januar 2018",
        "Januar 2018 (mod februar 2017)",
    ],
)
def test_a_title_of_several_periods_or_of_none_is_not_taken_for_one(title):
    figures, told = read(title, "week" if title.startswith("Uge") else "month")
    assert figures == []
    assert told == ["No column holds periods. Choose which one does."]


def test_a_longer_period_in_the_title_is_told_of_as_in_a_column():
    figures, (told, _remark) = read("1. kvartal 2018", "month")
    assert figures == []
    assert "“1. kvartal 2018” is too long a period" in told


def test_a_title_counts_for_nothing_where_a_column_has_periods():
    (sheet,) = open_text("Uge 45 2018;;\n" + "Uge;Tæller;Nævner\nuge 46 2018;1;2\n").sheets
    figures, told = of_a(arranged(sheet, frequency="week", kind="counts"), "week")
    assert (figures, told) == ([(date(2018, 11, 12), 1, 2)], [])


def test_sheets_of_months_with_the_places_of_each():
    def rows(numerator, *title):
        return [*title, ["Afsnit", "Tæller", "Nævner"], ["A", numerator, 9], ["B", 8, 9]]

    for sheets in (
        {"jan 2018": rows(1), "feb 2018": rows(2)},
        {"Januar": rows(1, ["Januar 2018"]), "Februar": rows(2, ["Februar 2018"])},
    ):
        found = open_file(book(**sheets), "x.xlsx").sheets
        how = {"frequency": "month", "kind": "counts"}
        _sheet, table = of_years(found[0], by_year(found), **how)
        figures, _told = of_a(table, "month")
        assert figures == [(date(2018, 1, 1), 1, 9), (date(2018, 2, 1), 2, 9)]
