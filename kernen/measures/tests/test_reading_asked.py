"""Columns of which several may be meant: the plain one is taken, else a person is asked."""

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import columns, read

DAYS = {"kind": "values", "unit": "dage", "name": "Liggetid"}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def of_months(headings, *rows, **options):
    lines = [f"{month} 2018;{row}" for month, row in zip(("jan", "feb"), rows, strict=False)]
    return read("\n".join([headings, *lines]), "month", **options)


def asked(reading):
    (problem,) = reading.problems
    assert problem.row is None
    assert not reading.rows
    return str(problem.message)


@pytest.mark.parametrize(
    ("headings", "options", "value"),
    [
        ("Måned;Antal patienter;Gnsn. dage", DAYS, 2),
        ("Måned;Antal;Snit", DAYS, 2),
        ("Måned;Antal patienter;Liggetid", DAYS, 2),
        ("Måned;Alder;Ventetid (døgn)", DAYS, 2),
        ("Måned;Score;Dage", DAYS, 2),
        ("Måned;Antal beboere;UVI", {"kind": "values", "name": "UVI"}, 2),
        ("Måned;Værdi (gammel);Værdi", DAYS, 2),
        ("Måned;Gennemsnit alder;Liggetid;Median alder", DAYS, 2),
        ("Måned;Gennemsnit;Median", DAYS | {"name": "Median liggetid"}, 2),
        ("Måned;Antal beboere;Andel (%)", {"kind": "values", "unit": "%"}, 2),
    ],
)
def test_the_column_that_says_the_unit_or_the_measure_is_the_value(headings, options, value):
    reading = of_months(headings, "5;4,9;3", "4;5,1;3", **options)
    assert reading.problems == []
    assert columns(reading)["value"] == value


def test_of_observations_the_mean_is_the_value_and_not_what_stands_before_it():
    reading = of_months("Måned;Alder;Median;Gennemsnit;SD;Antal", "80;4;5;1,5;9", kind="samples")
    assert columns(reading) == {"period": 0, "value": 3, "spread": 4, "size": 5}


@pytest.mark.parametrize(
    ("headings", "options"),
    [
        ("Måned;Antal beboere;UVI", {"kind": "values"}),
        ("Måned;Antal dage;Gennemsnit", DAYS),
        ("Måned;Gennemsnit (dage);Median (dage)", DAYS),
        ("Måned;Median (dage);Gennemsnit", DAYS),
        ("Måned;Andel;Rate", {"kind": "values"}),
    ],
)
def test_of_several_that_may_be_the_value_none_is_taken_and_all_are_named(headings, options):
    said = asked(of_months(headings, "5;4,9", "4;5,1", **options))
    _month, one, other = headings.split(";")
    assert f"any of these: B ({one}), C ({other})." in said
    assert "Choose which one counts" in said


@pytest.mark.parametrize(
    ("headings", "row", "named"),
    [
        ("Måned;Udskrevne;Heraf genindlagte;Heraf akut", "50;10;30", "B C D"),
        ("Måned;Antal kvinder;Antal mænd", "10;50", "B C"),
        ("Måned;Genindlagte;Kvinder;Udskrevne", "10;30;50", "B C D"),
        ("Måned;Heraf genindlagte;Kvinder;Udskrevne", "10;30;50", "B C D"),
        ("Måned;Tæller;Liggedage;Sengedage", "10;30;50", "B C D"),
    ],
)
def test_of_several_counts_of_which_none_is_plain_all_are_named(headings, row, named):
    said = asked(of_months(headings, row, kind="counts"))
    words = dict(zip("ABCD", headings.split(";"), strict=False))
    assert ", ".join(f"{letter} ({words[letter]})" for letter in named.split()) in said
    assert "“numerator” and “denominator” in the file" in said


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Måned;Tæller;Nævner gl.;Nævner", "10;30;50"),
        ("Måned;Tæller;Nævner (gammel def.);Nævner", "10;30;50"),
        ("Måned;Genindlagte;Nævner gl.;Nævner", "10;30;50"),
        ("Måned;Tæller;Heraf akut;Nævner", "10;5;50"),
        ("Måned;Genindlagte;Andel;Udskrevne", "10;20;50"),
        ("Måned;Heraf akut;;Antal", "10;;50"),
    ],
)
def test_a_heading_that_is_the_very_word_comes_before_one_with_more(headings, row):
    reading = of_months(headings, row, kind="counts")
    assert reading.problems == []
    assert (reading.rows[0].numerator, reading.rows[0].denominator) == (10, 50)


@pytest.mark.parametrize(
    ("heading", "unit", "found"),
    [
        ("Opkald (timer)", "dage", "timer"),
        ("Timer fra udskrivelse", "dage", "timer"),
        ("Ventetid (min.)", "timer", "min."),
        ("Ventetid i uger", "dage", "uger"),
        ("Udgift (t.kr.)", "kr.", "t.kr."),
        ("Udgift i kr.", "mio. kr.", "kr."),
        ("Vægt (g)", "kg", "g"),
        ("Væske (ml)", "l", "ml"),
    ],
)
def test_a_heading_in_another_unit_than_the_series_is_refused(heading, unit, found):
    said = asked(of_months(f"Måned;{heading}", "4", "5", kind="values", unit=unit))
    assert said.startswith(f"“{heading}” is in {found}, and the series is in {unit}.")


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Liggetid (dage)", "dage"),
        ("Liggetid i døgn", "dage"),
        ("Opkald inden 30 dage", "timer"),
        ("Opkald pr. uge", "dage"),
        ("Måling (g)", "dage"),
        ("Udgift (t.kr.)", "tkr."),
        ("Timer", "timer pr. borger"),
    ],
)
def test_a_heading_in_the_unit_or_in_none_of_its_kind_is_read(heading, unit):
    reading = of_months(f"Måned;{heading}", "4", "5", kind="values", unit=unit)
    assert reading.problems == []


@pytest.mark.parametrize("kind", ["kommunenavn", "hospitalsnavn", "afdelingsnavn", "enhedsnavn",
                                  "praksisnavn"])  # fmt: skip
def test_the_name_of_a_kind_of_place_is_a_heading_of_places(kind):
    text = f"{kind.title()};Måned;Dage\nEng;jan 2018;4\nSkov;jan 2018;5"
    assert read(text, "month", kind="values").places == ["Eng", "Skov"]
