"""A workbook with a sheet for each year: read as one series, or as several places' at once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from kernen.measures.loading.forms import ALL_SHEETS
from kernen.measures.models import Shape
from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import arranged, of_years
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file
from kernen.measures.reading.joining import YEARS, by_year, said_by, years_of
from kernen.measures.tests.reading import TODAY, book
from kernen.measures.tests.test_many_places import (  # noqa: F401 (fixtures)
    chosen,
    client,
    load,
    measure,
    opened,
    press,
    standing,
    told,
)

HEAD = ["Måned", "Dage"]
Y17, Y18 = [HEAD, ["jan", 1], ["feb", 4]], [HEAD, ["jan", 2], ["feb", 5]]
COVER = [["Ventetid"], ["Udtrukket 1. marts 2018"]]
READ = [(date(2017, 1, 1), 1), (date(2017, 2, 1), 4), (date(2018, 1, 1), 2), (date(2018, 2, 1), 5)]


def together(sheets, frequency="month", kind="values", **how):
    found = by_year(open_file(book(**sheets), "x.xlsx").sheets)
    table = arranged(found, frequency=frequency, kind=kind)
    with override("en"):
        reading = understand(table, frequency=frequency, kind=kind, today=TODAY, **how)
        return (
            [(figure.start, figure.value) for figure in reading.rows],
            [problem.sentence for problem in reading.problems],
            [remark.sentence for remark in reading.remarks],
        )


@pytest.mark.parametrize(
    ("names", "years"),
    [
        ("2023 2024", "2023 2024"),
        ("2023|2024|År 2025|Data 2026|Forside", "2023 2024 2025 2026"),
        ("Ventetid 2023|Ventetid 2024", "2023 2024"),
        ("Randers 2023|Horsens 2024", ""),
        ("Data 2023|Mål 2024", ""),
        ("2023|2023 (2)|2024", ""),
        ("Dec 2023|Jan 2024", ""),
        ("Q4 2023|Q1 2024", ""),
        ("2022-2023|2024", ""),
        ("Ark1|Ark2", ""),
    ],
)
def test_the_names_of_sheets_are_years_where_nothing_else_in_them_differs(names, years):
    names = names.split("|") if "|" in names else names.split()
    assert [*years_of(names).values()] == years.split()


LAYOUTS = {
    "months below each other": (Y17, Y18),
    "months side by side": ([["Mål", "jan", "feb"], ["Dage", 1, 4]],
                            [["Mål", "jan", "feb"], ["Dage", 2, 5]]),
    "periods with their own year": ([HEAD, ["jan 2017", 1], ["feb 2017", 4]],
                                    [HEAD, ["jan 2018", 2], ["feb 2018", 5]]),
    "only some with their own": ([HEAD, ["jan 2017", 1], ["feb", 4]], Y18),
    "dates": ([HEAD, [date(2017, 1, 31), 1], [date(2017, 2, 28), 4]],
              [HEAD, [date(2018, 1, 31), 2], [date(2018, 2, 28), 5]]),
    "numbers of months": ([HEAD, [1, 1], [2, 4]], [HEAD, [1, 2], [2, 5]]),
    "the year in a heading": ([["Måned", "Dage 2017"], ["jan", 1], ["feb", 4]],
                              [["Måned", "Dage 2018"], ["jan", 2], ["feb", 5]]),
    "the year above the figures": ([["Måned", 2017], ["jan", 1], ["feb", 4]],
                                   [["Måned", 2018], ["jan", 2], ["feb", 5]]),
    "a year in its own column": ([["År", *HEAD], [2017, "jan", 1], [None, "feb", 4]],
                                 [["År", *HEAD], [2018, "jan", 2], [None, "feb", 5]]),
    "a title on each": ([["Ventetid 2017"], *Y17], [["Ventetid 2018"], [None], *Y18]),
    "totals below": ([*Y17, ["I alt", 5]], [*Y18, ["I alt 2018", 7]]),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sheets_of_years_may_lie_as_any_sheet(layout):
    one, other = LAYOUTS[layout]
    read, problems, remarks = together({"Forside": COVER, "2017": one, "År 2018": other})
    assert problems == []
    assert read == READ
    assert remarks[0] == (
        "The sheets 2017, År 2018 are read as one: each is a year, also of periods that are"
        " written without one."
    )


def test_weeks_are_of_their_sheets_year_and_a_date_of_a_week_in_two_years_is_in_either():
    weeks = {"2017": [["Uge", "Dage"], ["uge 52", 1]], "2018": [["Uge", "Dage"], [1, 2], [53, 3]]}
    _read, problems, _remarks = together(weeks, frequency="week")
    assert problems == ["Sheet “2018”, row 3, column A (Uge): There is no week 53 in 2018."]
    weeks["2018"] = [["Uge", "Dage"], [1, 2], ["uge 1, 2019", 3]]
    read, problems, _remarks = together(weeks, frequency="week")
    assert problems == []
    assert read[-1] == (date(2018, 12, 31), 3)


def test_a_period_of_another_year_than_its_sheet_is_told_of():
    sheets = {"2017": Y17, "2018": [HEAD, ["jan 2018", 2], ["feb 2017", 5]]}
    _read, problems, _remarks = together(sheets)
    assert problems == [
        "Sheet “2018”, row 3, column A (Måned): “feb 2017” is of another year than its sheet,"
        " “2018”. Mend the period or the sheet’s name, or choose no column for the year."
    ]
    sheets["2018"][2][0] = "mar 2017"
    read, problems, _remarks = together(
        {"2017": [HEAD, ["jan 2017", 1]], "2018": sheets["2018"]}, columns={"period": 1, "value": 2}
    )
    assert (problems, len(read)) == ([], 3)


def test_sheets_laid_out_in_different_ways_are_no_years_together():
    with pytest.raises(Unreadable) as refused:
        together({"2017": Y17, "2018": [["Uge", "Andet", "Mere"], ["uge 1", 2, 3]]})
    assert "kan ikke læses som år" in str(refused.value)


K1, K2 = [HEAD, ["jan", 1], ["mar", 2]], [HEAD, ["apr", 3], ["jun", 4]]
QUARTERS = [(date(2017, month, 1), at) for at, month in enumerate((1, 3, 4, 6), start=1)]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Forside": COVER, "K1 2017": K1, "2. kvt. 2017": K2},
        {"Q1": [["Ventetid 2017"], *K1], "Q2": [["Ventetid 2017"], *K2]},
        {"jan-17": K1[:2], "mar-17": [HEAD, K1[2]], "apr-17": K2[:2], "jun-17": [HEAD, K2[2]]},
        {"1. kvartal": [HEAD, ["jan 2017", 1], ["mar 2017", 2]],
         "2. kvartal": [HEAD, ["apr 2017", 3], ["jun 2017", 4]]},
    ],
)  # fmt: skip
def test_sheets_of_quarters_or_months_are_read_together(sheets):
    read, problems, remarks = together(sheets)
    assert problems == []
    assert read == QUARTERS
    assert "are read as one: each is a part of the time." in remarks[0]


def test_sheets_with_the_same_periods_are_no_parts_of_the_time():
    sheets = open_file(book(K1=Y17, K2=Y17), "x.xlsx").sheets
    how = {"frequency": "month", "kind": "values"}
    assert of_years(sheets[0], by_year(sheets), **how) is None
    sheets = open_file(book(K1=K1, K2=K2), "x.xlsx").sheets
    assert of_years(sheets[0], by_year(sheets), **how)


BOTH = {"Afsnit K 2017": Y17, "Afsnit K, 2018": Y18, "Afsnit M (2017)": Y18, "Afsnit M 2018": Y17}


def test_the_names_of_sheets_are_places_and_years_where_a_place_has_several():
    assert [*said_by([*BOTH]).values()] == [
        ("Afsnit K", "2017"), ("Afsnit K", "2018"), ("Afsnit M", "2017"), ("Afsnit M", "2018")
    ]  # fmt: skip
    assert said_by(["Randers 2023", "Horsens 2024"]) == {}
    assert said_by(["Data 2023", "Mål 2024", "Ark1"]) == {}


def test_sheets_of_places_and_years_are_loaded_for_one_place_and_for_all(client, measure, opened):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    page = upload(client, k, BOTH)
    assert [(row.start, row.value) for row in page.context["reading"].rows] == READ
    assert "hvert er et sted og et år" in page.content.decode()
    file = SimpleUploadedFile("alle.xlsx", book(**BOTH))
    page = client.post(reverse("load_measure", args=[measure.pk]), {"file": file, "text": ""})
    assert told(page) == []
    assert chosen(page) == {"Afsnit K": str(k.pk), "Afsnit M": str(m.pk)}
    load(client, measure, page)
    assert standing(k) == dict(READ)
    assert [*standing(m).values()] == [2, 5, 1, 4]


def upload(client, series, sheets, name="ventetid.xlsx"):  # noqa: F811
    file = SimpleUploadedFile(name, book(**sheets))
    return client.post(reverse("load", args=[series.pk]), {"file": file, "text": ""})


def fields(page):
    form = page.context["form"]
    kept = {n: form[n].value() or "" for n in ("text", "filename", "sheets", "sheet_shown")}
    kept |= page.context["arrangement"].initial
    return kept | {n: str(v) for n, v in page.context["columns"].initial.items()}


def test_all_years_are_read_and_loaded_and_one_can_be_chosen_instead(client, opened):  # noqa: F811
    series = opened("Afsnit K")
    page = upload(client, series, {"Forside": COVER, "2017": Y17, "2018": Y18})
    assert page.context["arrangement"].initial["sheet"] == YEARS
    choices = [name for name, _label in page.context["arrangement"].fields["sheet"].choices]
    assert choices == [YEARS, "Forside", "2017", "2018"]
    assert str(ALL_SHEETS[YEARS]) in page.content.decode()
    assert [(row.start, row.value) for row in page.context["reading"].rows] == READ
    address = reverse("load", args=[series.pk])
    one = client.post(address, fields(page) | {"sheet": "2018"})
    assert [(row.start, row.value) for row in one.context["reading"].rows] == READ[2:]
    back = client.post(address, fields(one) | {"sheet": YEARS})
    assert [(row.start, row.value) for row in back.context["reading"].rows] == READ
    client.post(address, fields(back) | {"confirm": "1"})
    assert standing(series) == dict(READ)


def test_the_cells_to_be_mended_are_those_of_a_sheet_that_is_read(client, opened):  # noqa: F811
    series = opened("Afsnit K")
    page = upload(client, series, {"Forside": COVER, "2017": Y17, "2018": Y18})
    shown = page.context["form"]["text"].value()
    assert shown.splitlines()[0].split("\t") == HEAD
    assert "Cellerne i arket ”2017”" in page.content.decode()
    wrong = [*Y18[:-1], ["feb", "5x"]]
    page = upload(client, series, {"Forside": COVER, "2017": Y17, "2018": wrong})
    assert "5x" in page.context["form"]["text"].value()
    text = page.context["form"]["text"].value().replace("5x", "5")
    address = reverse("load", args=[series.pk])
    page = client.post(address, fields(page) | {"text": text})
    assert [(row.start, row.value) for row in page.context["reading"].rows] == READ


def test_how_years_are_read_is_remembered(client, opened):  # noqa: F811
    series = opened("Afsnit K")
    two = [["Måned", "Før", "Nu"], ["jan", 7, 1], ["feb", 8, 4]]
    later = [["Måned", "Før", "Nu"], ["jan", 7, 2], ["feb", 8, 5]]
    page = upload(client, series, {"2017": two, "2018": later})
    address = reverse("load", args=[series.pk])
    columns = {"period": "1", "year": "0", "value": "3", "place": ""}
    page = client.post(address, fields(page) | columns)
    assert [(row.start, row.value) for row in page.context["reading"].rows] == READ
    client.post(address, fields(page) | {"confirm": "1"})
    assert Shape.objects.get().own[str(series.pk)]["sheet"] == YEARS
    again = upload(client, series, {"2017": two, "2018": later, "2019": later})
    assert again.context["shape"]
    assert [row.value for row in again.context["reading"].rows] == [1, 4, 2, 5, 2, 5]


def test_years_of_several_places_are_loaded_together(client, measure, opened):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    heads = ["Måned", "Afsnit K", "Afsnit M"]
    wide = {"2017": [heads, ["jan", 1, 3], ["feb", 4, 3]],
            "2018": [heads, ["jan", 2, 3], ["feb", 5, 3]]}  # fmt: skip
    heads = ["Måned", "Afsnit", "Dage"]
    long = {"2017": [heads, ["jan", "Afsnit K", 1], [None, "Afsnit M", 3], ["feb", "Afsnit K", 4],
                     [None, "Afsnit M", 3]],
            "2018": [heads, ["jan", "Afsnit K", 2], [None, "Afsnit M", 3], ["feb", "Afsnit K", 5],
                     [None, "Afsnit M", 3]]}  # fmt: skip
    for sheets in (wide, long):
        file = SimpleUploadedFile("alle.xlsx", book(**sheets))
        address = reverse("load_measure", args=[measure.pk])
        page = client.post(address, {"file": file, "text": ""})
        assert told(page) == []
        assert chosen(page) == {"Afsnit K": str(k.pk), "Afsnit M": str(m.pk)}
        assert page.context["found"].sheet.name == YEARS
        load(client, measure, page)
        assert standing(k) == dict(READ)
        assert {*standing(m).values()} == {3}
        for series in (k, m):
            series.points.all().delete()
