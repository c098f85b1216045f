"""Sheets as wards keep them: periods side by side, several places, headings on two lines."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from kernen.measures.reading.choosing import arranged, likeliest
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_text
from kernen.measures.tests.reading import TODAY, counts, values

JAN, FEB, MAR = date(2018, 1, 1), date(2018, 2, 1), date(2018, 3, 1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def wide(text, kind="values", frequency="month", across=None, **options):
    table = arranged(likeliest(open_text(text)), frequency=frequency, kind=kind, across=across)
    return understand(table, frequency=frequency, kind=kind, today=TODAY, **options)


SIDE_BY_SIDE = {
    "numerator and denominator": ";jan 2018;feb 2018;mar 2018\nTæller;1;2;3\nNævner;5;6;7",
    "under a title": "Fald i 2018;;;\n;;;\nMål;jan 2018;feb 2018;mar 2018\n"
    "Tæller;1;2;3\nNævner;5;6;7",
    "with a total": "Mål;jan 2018;feb 2018;mar 2018;I alt\nTæller;1;2;3;6\nNævner;5;6;7;18",
    "year above month": ";2018;;\n;jan;feb;mar\nTæller;1;2;3\nNævner;5;6;7",
    "year with the label": "År;2018;2018;2018\nMåned;1;2;3\nTæller;1;2;3\nNævner;5;6;7",
    "year in the title": "Fald 2018;;;\nMål;jan;feb;marts\nTæller;1;2;3\nNævner;5;6;7",
    "year in the corner": "2018;jan.;feb.;marts\nAntal genindlagte;1;2;3\n"
    "Antal udskrivelser;5;6;7\nAndel i %;20 %;33,3 %;42,9 %",
    "year in the corner of months below each other": "2018;Tæller;Nævner\njan;1;5\nfeb;2;6\n"
    "mar;3;7",
    "dates": "Mål;01-01-2018;01-02-2018;01-03-2018\nTæller;1;2;3\nNævner;5;6;7",
    "serial numbers": "Mål;43101;43132;43160\nTæller;1;2;3\nNævner;5;6;7",
    "both in one cell": "Mål;jan 2018;feb 2018;mar 2018\nFald;1/5;2/6;3/7",
    "parts under each month": "Mål;jan 2018;;feb 2018;;mar 2018;\n"
    ";Tæller;Nævner;Tæller;Nævner;Tæller;Nævner\nAfsnit M;1;5;2;6;3;7",
}  # fmt: skip


@pytest.mark.parametrize("name", SIDE_BY_SIDE)
def test_periods_side_by_side_are_read_as_they_lie(name):
    reading = wide(SIDE_BY_SIDE[name], kind="counts")
    assert [str(problem.message) for problem in reading.problems] == []
    assert counts(reading) == [(JAN, 1, 5), (FEB, 2, 6), (MAR, 3, 7)]


PLACES = {
    "a row for each": "Afdeling;jan 2018;feb 2018;mar 2018\nAfsnit K;9;9;9\nAfsnit M;1,5;2;3\n"
    "I alt;9;9;9",
    "a column for each": "Måned;Afsnit K;Afsnit M;Afsnit P\njan 2018;9;1,5;9\nfeb 2018;9;2;9\n"
    "mar 2018;9;3;9",
    "below each other": "Måned;Afdeling;Dage\njan 2018;Afsnit K;9\n;Afsnit M;1,5\n"
    "feb 2018;Afsnit K;9\n;Afsnit M;2\nmar 2018;Afsnit K;9\n;Afsnit M;3",
    "each with its months": "Afdeling;Måned;Dage\nAfsnit K;jan 2018;9\n;feb 2018;9\n;mar 2018;9\n"
    "Afsnit M;jan 2018;1,5\n;feb 2018;2\n;mar 2018;3",
}  # fmt: skip
PLACES_COUNTED = {
    "a column pair for each": ";Afsnit K;;Afsnit M;\nMåned;Tæller;Nævner;Tæller;Nævner\n"
    "jan 2018;9;9;1;5\nfeb 2018;9;9;2;6\nmar 2018;9;9;3;7",
    "what is counted on top": "Måned;Tæller;;Nævner;\n;Afsnit K;Afsnit M;Afsnit K;Afsnit M\n"
    "jan 2018;9;1;9;5\nfeb 2018;9;2;9;6\nmar 2018;9;3;9;7",
    "a row pair for each": "Afdeling;Mål;jan 2018;feb 2018;mar 2018\nAfsnit K;Tæller;9;9;9\n"
    ";Nævner;9;9;9\nAfsnit M;Tæller;1;2;3\n;Nævner;5;6;7",
    "parts under each month": "Afdeling;jan 2018;;feb 2018;;mar 2018;\n"
    ";Tæller;Nævner;Tæller;Nævner;Tæller;Nævner\nAfsnit K;9;9;9;9;9;9\nAfsnit M;1;5;2;6;3;7",
    "everything below each other": "Måned;Afdeling;Mål;Antal\n" + "".join(
        f"{month} 2018;{place};{part};{number}\n"
        for month, one, all_ in [("jan", 1, 5), ("feb", 2, 6), ("mar", 3, 7)]
        for place, numbers in [("Afsnit K", (9, 9)), ("Afsnit M", (one, all_))]
        for part, number in zip(("Tæller", "Nævner"), numbers, strict=True)
    ),
}  # fmt: skip


@pytest.mark.parametrize("here", [["Afsnit M"], ["afsnit m.", "Sygehuset"], ["M"]])
@pytest.mark.parametrize("name", PLACES)
def test_the_place_called_as_the_series_is_read_out_of_several(name, here):
    reading = wide(PLACES[name], here=here)
    assert [str(problem.message) for problem in reading.problems] == []
    assert values(reading) == [(JAN, Decimal("1.5")), (FEB, 2), (MAR, 3)]
    assert reading.place == "Afsnit M"


@pytest.mark.parametrize("name", PLACES_COUNTED)
def test_a_place_with_numerator_and_denominator_is_read_out_of_several(name):
    reading = wide(PLACES_COUNTED[name], kind="counts", place="Afsnit M")
    assert [str(problem.message) for problem in reading.problems] == []
    assert counts(reading) == [(JAN, 1, 5), (FEB, 2, 6), (MAR, 3, 7)]
    assert reading.places[:2] == ["Afsnit K", "Afsnit M"]


@pytest.mark.parametrize("name", [*PLACES, *PLACES_COUNTED])
def test_a_place_is_never_guessed(name):
    kind = "values" if name in PLACES else "counts"
    reading = wide((PLACES | PLACES_COUNTED)[name], kind=kind, here=["Afsnit Q"])
    assert [str(problem.message).split(" (")[0] for problem in reading.problems] == [
        "The file has figures of several places"
    ]


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("Mål;jan 2018;feb 2018\nTæller;1;x\nNævner;5;6", "counts",
         "Row 2, column C: “x” hides the figure."),
        ("Afdeling;Mål;jan 2018;feb 2018\nM;Tæller;1;9\n;Nævner;5;6", "counts",
         "Row 2, column D: The numerator 9 is larger than the denominator 6."),
        ("Mål;jan 2018;jan 2018\nTæller;1;2\nNævner;5;6", "counts",
         "Row 1, column C: The period January 2018 is also in column B, with another figure."),
        ("Mål;jan 2018;;feb 2018;\n;Tæller;Nævner;Tæller;Nævner\nM;1;5;2;x", "counts",
         "Row 3, column E: “x” hides the figure."),
    ],
)  # fmt: skip
def test_a_problem_is_named_where_it_stands_in_the_sheet(text, kind, sentence):
    (problem,) = wide(text, kind=kind).problems
    assert problem.sentence.startswith(sentence)


def test_a_total_beside_the_periods_is_left_out_and_told():
    remarks = wide(SIDE_BY_SIDE["with a total"], kind="counts").remarks
    assert [remark.sentence for remark in remarks] == [
        "Row 1, column E: This is a total. It is left out."
    ]


def test_a_person_can_say_which_way_it_lies():
    reading = wide(SIDE_BY_SIDE["dates"], kind="counts", across=False)
    assert str(reading.problems[0].message).startswith("The periods stand side by side in one row.")


def test_a_year_from_the_title_is_told_and_not_taken_where_the_months_go_round():
    assert [str(remark.message) for remark in wide("Fald 2018;\njan;5\nfeb;6").remarks] == [
        "The periods are written without a year. It is taken to be 2018."
    ]
    assert "has no year" in str(wide("Fald 2018;\ndec;5\njan;6").problems[0].message)


def test_a_unit_behind_every_figure_is_no_part_of_it():
    text = "Måned;Ventetid\njan 2018;12,5 dage\nfeb 2018;14 dage\nmar 2018;i.a."
    assert [number for _start, number in values(wide(text))] == [Decimal("12.5"), 14, None]


def test_five_years_of_weeks_side_by_side():
    weeks = [date.fromordinal(date(2018, 1, 1).toordinal() + 7 * n) for n in range(300)]
    text = (
        ";".join(["Uge", *map(str, weeks)]) + "\n" + ";".join(["Ventetid", *map(str, range(300))])
    )
    assert len(wide(text, frequency="week").rows) == 300


@pytest.mark.parametrize("place", ["Kommune 1", "Kommune 98"])
def test_98_municipalities_with_three_columns_each(place):
    names = ";".join(f"Kommune {number};;" for number in range(1, 99))
    parts = ";Tæller;Nævner;Bemærkning" * 98
    figures = "".join(f";{number};{number + 4};x{number}" for number in range(1, 99))
    text = f";{names}\nMåned{parts}\njan 2018{figures}\nfeb 2018{figures}\n"
    reading = wide(text, kind="counts", place=place)
    number = int(place.split()[1])
    assert len(reading.places) == 98
    assert counts(reading) == [(start, number, number + 4) for start in (JAN, FEB)]
    assert [figure.note for figure in reading.rows] == [f"x{number}"] * 2


@pytest.mark.parametrize("sums", ["Sum af Genindlagte;Sum af Udskrevne", "Genindlagte;Udskrevne"])
def test_the_filters_above_a_pivot_table_are_no_headings(sums):
    filters = "Afdeling;(Alle);\nDiagnose;KOL;\n;;\n"
    reading = wide(f"{filters}Rækkenavne;{sums}\n2018;;\njan;1;5\nfeb;2;6\nmar;3;7", kind="counts")
    assert reading.problems == []
    assert counts(reading) == [(JAN, 1, 5), (FEB, 2, 6), (MAR, 3, 7)]


def test_a_pivot_table_of_one_column_has_filters_above_it_too():
    reading = wide("Afdeling;(Alle)\n;\nRækkenavne;Sum af dage\n2018;\njan;1\nfeb;2\n")
    assert values(reading) == [(JAN, 1), (FEB, 2)]


TWO_MONTHS = [
    "Måned;Dage\njan 2018;12-01-2018\nfeb 2018;5\n",
    ";Dage\njan 2018;12-01-2018\nfeb 2018;5\n",
    "Måned;Dage\n201801;201802\n201802;201803\n",
    "Måned;Dage\n43101;43102\n43132;43133\n",
]


@pytest.mark.parametrize("text", TWO_MONTHS)
def test_two_months_below_each_other_are_never_turned_for_what_looks_like_a_period(text):
    table = arranged(open_text(text).sheets[0], frequency="month", kind="values")
    assert not table.across
    assert not table.crossed
