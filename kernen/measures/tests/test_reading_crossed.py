"""Sheets in which half of a period stands in the row and half above the column."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils.translation import override

from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import arranged, likeliest
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file, open_text
from kernen.measures.tests.reading import TODAY, counts, values

JAN, FEB, LATER = date(2017, 1, 1), date(2017, 2, 1), date(2018, 1, 1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def crossed(text, kind="values", frequency="month", crossed=False, **options):
    book = open_text(text) if isinstance(text, str) else open_file(text, "x.xlsx")
    table = arranged(likeliest(book), frequency=frequency, kind=kind, crossed=crossed)
    return understand(table, frequency=frequency, kind=kind, today=TODAY, **options)


def told(reading):
    return [problem.sentence for problem in (*reading.problems, *reading.remarks)]


VALUES = {
    "years across": "Måned;2017;2018\njan;1;3\nfeb;2;4\n",
    "years down": "År;jan;feb\n2017;1;2\n2018;3;4\n",
    "years with their words": "Måned;Ventetid 2017;Ventetid 2018\njan;1;3\nfeb;2;4\n",
    "something else in the corner": "Ventetid (dage);2017;2018\njan;1;3\nfeb;2;4\n",
    "an empty corner": ";2017;2018\njanuar;1;3\nfebruar;2;4\n",
    "a title with other numbers": "Udskrevet 1. marts 2019;;\nMåned;2017;2018\njan;1;3\nfeb;2;4\n",
    "two places": "Afdeling;Måned;2017;2018\nK;jan;9;9\n;feb;9;9\nM;jan;1;3\n;feb;2;4\n",
    "two places, years down": "Afdeling;År;jan;feb\nK;2017;9;9\n;2018;9;9\nM;2017;1;2\n;2018;3;4\n",
    "places above the years": "Måned;K;;M;\n;2017;2018;2017;2018\njan;9;9;1;3\nfeb;9;9;2;4\n",
}  # fmt: skip
COUNTS = {
    "parts under each year": "Måned;2017;;2018;\n;Tæller;Nævner;Tæller;Nævner\n"
    "jan;1;5;3;7\nfeb;2;6;4;8\n",
    "years under each part": "Måned;Tæller;;Nævner;\n;2017;2018;2017;2018\n"
    "jan;1;3;5;7\nfeb;2;4;6;8\n",
    "parts below each other": "Måned;Mål;2017;2018\njan;Tæller;1;3\n;Nævner;5;7\n"
    "feb;Tæller;2;4\n;Nævner;6;8\n",
    "both in one cell": "Måned;2017;2018\njan;1/5;3/7\nfeb;2/6;4/8\n",
    "years down, parts under each month": "År;jan;;feb;\n;T;N;T;N\n2017;1;5;2;6\n2018;3;7;4;8\n",
}
PERIODS = [date(2017, 1, 1), date(2017, 2, 1), date(2018, 1, 1), date(2018, 2, 1)]


@pytest.mark.parametrize("name", VALUES)
def test_each_figure_has_the_month_of_its_row_and_the_year_of_its_column(name):
    reading = crossed(VALUES[name], here=["M"])
    assert told(reading) == []
    assert values(reading) == [*zip(PERIODS, (1, 2, 3, 4), strict=True)]


@pytest.mark.parametrize("name", COUNTS)
def test_numerators_and_denominators_are_crossed_too(name):
    reading = crossed(COUNTS[name], kind="counts")
    assert told(reading) == []
    assert counts(reading) == [*zip(PERIODS, (1, 2, 3, 4), (5, 6, 7, 8), strict=True)]


@pytest.mark.parametrize("names", [("{}", "Uge"), ("uge {}", ""), ("{}", "")])
def test_weeks_down_and_years_across(names):
    shape, heading = names
    lines = [f"{shape.format(n)};{n};{n + 100 if n < 53 else ''}" for n in range(1, 53)]
    reading = crossed(f"{heading};2017;2018\n" + "\n".join(lines), frequency="week")
    assert told(reading) == []
    assert len(reading.rows) == 104
    assert values(reading)[51:53] == [(date(2017, 12, 25), 52), (date(2018, 1, 1), 101)]


def test_a_week_that_a_year_has_not_may_stand_empty():
    text = "Uge;2015;2016\n52;1;3\n53;2;\n"
    assert told(crossed(text, frequency="week")) == []
    (problem,) = crossed(text.replace("53;2;", "53;2;4"), frequency="week").problems
    assert problem.sentence == "Row 3, column A (Uge): There is no week 53 in 2016."


@pytest.mark.parametrize(
    "text",
    [
        "Kvartal;2017;2018\n1. kvt.;1;3\n2. kvt.;2;4\n",
        "Kvartal;2017;2018\n1;1;3\n2;2;4\n",
        "År;K1;K2\n2017;1;2\n2018;3;4\n",
        "År;1;2;3;4\n2017;1;2;;\n2018;3;4;;\n",
    ],
)
def test_quarters_and_years(text):
    reading = crossed(text, frequency="quarter")
    assert reading.problems == []
    assert [number for _start, number in values(reading)] == [1, 2, 3, 4]


def test_numbers_above_the_columns_are_months_where_there_are_twelve():
    months = ";".join(map(str, range(1, 13)))
    reading = crossed(f"År;{months}\n2017;{months}\n2018;{months}\n")
    assert values(reading)[11:13] == [(date(2017, 12, 1), 12), (date(2018, 1, 1), 1)]


def test_years_that_excel_has_as_numbers():
    book = openpyxl.Workbook()
    for line in (["Måned", 2017, 2018], ["jan", 1, 3], ["feb", 2, 4]):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    with override("da"):
        assert values(crossed(file.getvalue())) == [*zip(PERIODS, (1, 2, 3, 4), strict=True)]


def test_totals_and_changes_beside_the_years_are_left_out_and_told():
    text = "Måned;2017;2018;Ændring;I alt\njan;1;3;2;4\nfeb;2;4;2;6\nI alt;3;7;4;10\n"
    reading = crossed(text)
    assert [number for _start, number in values(reading)] == [1, 2, 3, 4]
    assert told(reading) == [
        "D (Ændring) belongs to no single period. It is left out.",
        "E (I alt) belongs to no single period. It is left out.",
        "Row 4, column A (Måned): This is a total. It is left out.",
    ]
    reading = crossed("År;jan;feb\n2017;1;2\n2018;3;4\nGns.;2;3\n")
    assert told(reading) == ["Row 4, column A (År): This is a total. It is left out."]


def test_a_cell_that_is_wrong_is_named_where_it_stands():
    text = "Måned;2017;2018\njan;1;3\nfeb;2;x\njan;5;3\n"
    assert told(crossed(text))[:3] == [
        "Row 3, column C: “x” hides the figure. Write the figure itself, or leave the cell empty.",
        "Row 4, column A (Måned): The period January 2017 is also in cell B2, with another figure."
        " Keep one of them.",
        "Row 4, column A (Måned): The period January 2018 is also in cell C2, with the same"
        " figure. It counts once.",
    ]
    counted = "Måned;2017;;2018;\n;T;N;T;N\njan;1;5;8;7\n"
    assert told(crossed(counted, kind="counts")) == [
        "Row 3, column D (T): The numerator 8 is larger than the denominator 7."
    ]


def test_cells_that_are_to_come_are_passed_over():
    text = "Måned;2025;2026\noktober;1;3\nnovember;2;\ndecember;4;\n"
    reading = crossed(text)
    assert told(reading) == ["1 period without a figure is passed over."]
    assert [number for _start, number in values(reading)] == [1, 2, 4, 3]


NOT_CROSSED = {
    "places down and years across": ("Afdeling;2017;2018\nK1;1;3\nK2;2;4\n", "year", "K2"),
    "figures that look like years": ("Fald 2018;\nMåned;Antal\njan;2011\nfeb;2004\n", "month", ""),
    "years in two value columns": ("Måned;T;N\njan 2018;1998;2011\nfeb 2018;1999;2012\n",
                                   "month", ""),
    "wards that are called as quarters": (
        "År;Måned;K1;K2\n2018;jan;1;3\n2018;feb;2;4\n", "month", "K2"
    ),
    "years of their own beside years in headings": (
        "År;Måned;Heraf før 2017;Antal før 2018\n2017;jan;1;5\n2017;feb;2;6\n", "month", ""
    ),
    "one year above all months": (";2018;\n;jan;feb\nTæller;1;2\nNævner;5;6\n", "month", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_CROSSED)
def test_what_only_looks_crossed_is_read_as_before(name):
    text, frequency, place = NOT_CROSSED[name]
    kind = "counts" if "N" in text.split("\n")[-2] or "T;N" in text else "values"
    table = arranged(likeliest(open_text(text)), frequency=frequency, kind=kind)
    assert not table.crossed
    assert understand(table, frequency=frequency, kind=kind, place=place, today=TODAY).ok


def test_a_person_can_say_that_it_is_crossed_and_is_told_where_it_is_not():
    with pytest.raises(Unreadable, match="No months, weeks or quarters stand beside the rows"):
        crossed("Måned;Antal\njan 2018;1\nfeb 2018;2\n", crossed=True)
    assert crossed("Måned;2018\njan;1\nfeb;2\n", crossed=True).ok
