"""How a person put a file right is remembered, and the next file of that shape is read so."""

import json

import pytest
from django.urls import reverse

from kernen.measures import actions
from kernen.measures.models import Series, Shape
from kernen.measures.tests.reading import book
from kernen.measures.tests.test_loading import upload

ODD = "Uge;Tæller;Nævner;Levende\nuge 45, 2018;98;120;104\nuge 46, 2018;110;130;118\n"
LATER = "Uge;Tæller;Nævner;Levende\nuge 47, 2018;128;140;133\n"
RIGHT = {"denominator": "3", "confirm": "1"}


@pytest.fixture
def measure(world):
    return actions.define(
        initiative=world.first, name="FMK ajourført", frequency="week", by=world.coordinator
    )


@pytest.fixture
def opened(world, measure):
    def series(place, organisation=None) -> Series:
        return actions.open_series(
            measure=measure,
            organisation=organisation or world.hospital,
            place=place,
            by=world.coordinator,
        )

    return series


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def sent(page, **changed):
    """What the page sends when nothing but this is changed."""
    form = page.context["form"]
    fields = {**page.context["arrangement"].initial, **page.context["columns"].initial}
    given = {
        name: form[name].value() or "" for name in ("text", "filename", "sheets", "sheet_shown")
    }
    return {**given, **{name: str(value) for name, value in fields.items()}, **changed}


def check(client, series, page, **changed):
    return client.post(reverse("load", args=[series.pk]), sent(page, **changed))


def chosen(page):
    return {role: column.index for role, column in page.context["reading"].columns.items()}


def test_corrected_columns_are_used_for_the_next_file_of_that_shape(client, opened):
    series = opened("Afsnit M")
    page = check(client, series, upload(client, series, ODD), **RIGHT)
    assert page.status_code == 302
    page = upload(client, series, LATER)
    assert chosen(page) == {"period": 0, "numerator": 1, "denominator": 3}
    assert "Læst som sidst" in page.content.decode()
    check(client, series, page, confirm="1")
    assert series.points.order_by("period").last().denominator == 133


def test_what_was_remembered_can_be_changed_again(client, opened):
    series = opened("Afsnit M")
    check(client, series, upload(client, series, ODD), **RIGHT)
    page = upload(client, series, LATER)
    check(client, series, page, denominator="2", confirm="1")
    assert chosen(upload(client, series, LATER))["denominator"] == 2
    assert Shape.objects.count() == 1


def test_a_file_that_needed_nothing_is_not_remembered(client, opened):
    series = opened("Afsnit M")
    check(client, series, upload(client, series, ODD), confirm="1")
    assert series.points.count() == 2
    assert not Shape.objects.exists()


def test_another_shape_another_measure_and_another_organisation_are_read_anew(
    world, client, opened
):
    series = opened("Afsnit M")
    check(client, series, upload(client, series, ODD), **RIGHT)
    assert upload(client, series, LATER.replace("Levende", "Alle")).context["shape"] is None
    elsewhere = opened("", world.municipality)
    assert upload(client, elsewhere, LATER).context["shape"] is None
    beside = opened("Afsnit K")
    assert upload(client, beside, LATER).context["shape"]


WIDE = ";Afsnit K;;Afsnit M;\nUge;Tæller;Nævner;Tæller;Nævner\nuge 45, 2018;9;9;1;5\n"


def test_one_wards_columns_are_never_anothers(client, opened):
    series, other = opened("M1"), opened("K1")
    page = upload(client, series, WIDE)
    assert page.context["reading"].problems
    page = check(client, series, page, place="Afsnit M")
    assert page.context["reading"].ok
    check(client, series, page, confirm="1")
    assert series.points.get().denominator == 5
    again = upload(client, series, WIDE.replace("1;5", "2;6"))
    assert again.context["reading"].place == "Afsnit M"
    assert upload(client, other, WIDE).context["reading"].problems


def test_what_is_chosen_is_shown_before_it_is_loaded(client, opened):
    series = opened("M1")
    page = check(client, series, upload(client, series, WIDE), place="Afsnit M", confirm="1")
    assert page.status_code == 200
    assert not series.points.exists()


def test_a_person_turns_a_sheet(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, ";uge 45, 2018;uge 46, 2018\nTæller;98;110\nNævner;104;118\n")
    assert page.context["arrangement"].initial["across"] == "1"
    page = check(client, series, page, across="")
    assert not page.context["reading"].ok
    page = check(client, series, page, across="1")
    assert page.context["reading"].ok
    check(client, series, page, confirm="1")
    assert series.points.count() == 2


HEAD = ["Uge", "Tæller", "Nævner"]
FIRST, SECOND = [HEAD, ["uge 45, 2018", 9, 9]], [HEAD, ["uge 45, 2018", 1, 5]]


def test_another_sheet_is_chosen_without_giving_the_file_again_and_remembered(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, book(Ark1=FIRST, Ark2=SECOND), "tal.xlsx")
    assert page.context["arrangement"].initial["sheet"] == "Ark1"
    page = check(client, series, page, sheet="Ark2", confirm="1")
    assert page.status_code == 200
    assert page.context["reading"].rows[0].denominator == 5
    page = check(client, series, page, sheet="Ark1")
    page = check(client, series, page, sheet="Ark2")
    check(client, series, page, confirm="1")
    assert series.points.get().denominator == 5
    page = upload(client, series, book(Ark1=FIRST, Ark2=SECOND), "tal.xlsx")
    assert page.context["arrangement"].initial["sheet"] == "Ark2"


def test_the_sheet_called_as_the_ward_is_read_first(client, opened):
    page = upload(client, opened("Afsnit M"), book(K=FIRST, M=SECOND), "tal.xlsx")
    assert page.context["arrangement"].initial["sheet"] == "M"


def test_a_sheet_without_figures_can_be_left_for_another(client, opened):
    series = opened("Afsnit M")
    notes = [["Læs mig", "x"], ["a", "b"]]
    page = upload(client, series, book(Ark1=FIRST, Noter=notes), "tal.xlsx")
    page = check(client, series, page, sheet="Noter")
    assert page.context["form"].errors["text"]
    again = {"text": page.context["form"]["text"].value(), "sheet": "Ark1",
             "sheets": page.context["form"]["sheets"].value(), "sheet_shown": "Noter",
             "shown": page.context["arrangement"].initial["shown"]}  # fmt: skip
    page = client.post(reverse("load", args=[series.pk]), again)
    assert page.context["reading"].ok


@pytest.mark.parametrize("odd", ["", "x", "[]", "[1]", "{}", "[1,2,3,4]", '["a","b","c"]'])
def test_what_no_page_sends_does_no_harm(client, opened, odd):
    series = opened("Afsnit M")
    page = upload(client, series, ODD)
    for name in ("shown", "sheets", "first"):
        assert check(client, series, page, **{name: odd}).status_code == 200
    assert check(client, series, page, sheets=json.dumps({"x": 1}), sheet="x").status_code == 200


def test_why_figures_are_changed_is_asked_and_kept(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, ODD)
    assert "id_reason" not in page.content.decode()
    check(client, series, page, confirm="1")
    page = upload(client, series, ODD.replace("98;", "99;"))
    assert "id_reason" in page.content.decode()
    check(client, series, page, confirm="1", reason="Talt for sent")
    assert series.loads.first().reason == "Talt for sent"


LONG = "Uge;Afsnit;Tæller;Nævner\nuge 45, 2018;Afsnit K;9;9\nuge 45, 2018;Afsnit M;1;5\n"


def test_a_place_among_rows_is_loaded_as_it_was_shown(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, LONG)
    check(client, series, page, confirm="1")
    assert series.points.get().denominator == 5


GUESSED = "Opgørelse;Antal;Total\nUge;Opfyldt;Patienter\nuge 45, 2018;98;104\n"


def test_a_person_chooses_the_line_of_the_headings_and_it_is_remembered(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, GUESSED)
    assert page.context["reading"].problems
    assert [line["number"] for line in page.context["arrangement"].headers()] == ["1", "2", "3"]
    page = check(client, series, page, header="2", confirm="1")
    assert page.status_code == 200, "what was just chosen is shown before it is loaded"
    assert page.context["reading"].ok
    check(client, series, page, confirm="1")
    assert series.points.get().denominator == 104
    page = upload(client, series, GUESSED.replace("uge 45, 2018;98", "uge 46, 2018;97"))
    assert page.context["shape"]
    assert page.context["arrangement"].headings_in == "2"
    assert page.context["reading"].ok


def test_a_person_says_that_there_are_no_headings(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, "Opfyldt;Nævner;x\nuge 45, 2018;98;104\n")
    page = check(client, series, page, header="0")
    assert {problem.row for problem in page.context["reading"].problems} == {1}
    page = check(client, series, page, header="2")
    assert page.context["form"].errors["text"], "no figures are left below"
    again = {"text": page.context["form"]["text"].value(), "header": "1", "across": "",
             "shown": page.context["arrangement"].initial["shown"]}  # fmt: skip
    page = client.post(reverse("load", args=[series.pk]), again)
    assert page.context["reading"]


CROSSED = (
    "Uge;{0};;;{1};;\n;Tæller;Alle;Levende;Tæller;Alle;Levende\n1;1;9;5;2;9;6\n2;3;9;7;4;9;8\n"
)


def test_a_table_of_weeks_by_years_is_remembered_whatever_its_years(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, CROSSED.format(2016, 2017))
    assert page.context["arrangement"].initial["across"] == "2"
    assert chosen(page) == {"period": 0, "year": 1, "numerator": 2, "denominator": 3}
    check(client, series, page, denominator="4", confirm="1")
    assert Shape.objects.get().crossed
    page = upload(client, series, CROSSED.format(2017, 2018))
    assert "Læst som sidst" in page.content.decode()
    assert chosen(page)["denominator"] == 4
    check(client, series, page, confirm="1", reason="Counted again")
    stand = [(point.numerator, point.denominator) for point in series.points.order_by("period")]
    assert stand == [(1, 5), (3, 7), (1, 5), (3, 7), (2, 6), (4, 8)]


def test_whether_a_table_is_crossed_is_chosen_on_the_page(client, opened):
    series = opened("Afsnit M")
    page = upload(client, series, CROSSED.format(2016, 2017))
    page = check(client, series, page, across="")
    assert page.context["reading"].problems
    page = check(client, series, page, across="2")
    assert page.context["reading"].ok
    assert len(page.context["reading"].rows) == 4
