"""A workbook with a sheet for each place: read as places, loaded and undone as one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.measures.loading import actions as loading
from kernen.measures.models import Load, Point, Shape
from kernen.measures.tests.reading import book
from kernen.measures.tests.test_loading import upload
from kernen.measures.tests.test_many_places import (  # noqa: F401 (fixtures)
    FEB,
    JAN,
    chosen,
    client,
    in_english,
    load,
    measure,
    opened,
    press,
    standing,
    told,
)

HEAD = ["Måned", "Dage"]
K, M = [HEAD, ["jan 2018", 1], ["feb 2018", 4]], [HEAD, ["jan 2018", 2], ["feb 2018", 5]]
TOTAL = [HEAD, ["jan 2018", 3], ["feb 2018", 9]]
COVER = [["Ventetid"], ["Udtrukket 1. marts 2018"]]


WHOLE = {"Forside": COVER, "Afsnit K": K, "Afsnit M": M, "I alt": TOTAL}


def give(client, measure, sheets):  # noqa: F811
    file = SimpleUploadedFile("ventetid.xlsx", book(**sheets))
    return client.post(reverse("load_measure", args=[measure.pk]), {"file": file, "text": ""})


def remarks(page):
    return [str(remark.message) for remark in page.context["found"].remarks]


def test_each_sheet_is_the_place_that_it_is_called_by(client, measure, opened, world):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, WHOLE)
    assert told(page) == []
    assert chosen(page) == {"Afsnit K": str(k.pk), "Afsnit M": str(m.pk)}
    assert not Point.objects.filter(series__measure=measure).exists()
    load(client, measure, page)
    assert standing(k) == {JAN: 1, FEB: 4}
    assert standing(m) == {JAN: 2, FEB: 5}
    loads = Load.objects.filter(series__measure=measure)
    assert len({one.together for one in loads}) == 1
    loading.undo_load(load=loads[0], reason="The wrong file", by=world.coordinator)
    assert not Point.objects.filter(series__measure=measure).exists()


def test_what_is_left_out_is_told(client, measure, opened):  # noqa: F811
    opened("Afsnit K"), opened("Afsnit M")
    sheets = WHOLE | {"Noter": [["Uge", "Hvad", "Hvem"], ["uge 1", "x", "y"], ["uge 2", 1, "y"]]}
    page = give(client, measure, sheets)
    assert remarks(page) == [
        "“I alt” is a total of several places. It is left out.",
        "Sheets that are laid out in another way are left out: Forside, Noter.",
    ]


def test_a_name_that_no_place_has_is_chosen_and_remembered(client, measure, opened):  # noqa: F811
    _k, _m, other = opened("Afsnit K"), opened("Afsnit M"), opened("Afsnit P")
    sheets = WHOLE | {"Onkologien": M}
    page = give(client, measure, sheets)
    assert told(page) == ["Choose which place “Onkologien” is, or leave it out."]
    page = press(client, measure, page, **{"place-2": str(other.pk)})
    load(client, measure, page)
    assert standing(other) == {JAN: 2, FEB: 5}
    assert Shape.objects.get().own[""]["sheet"] == "*"
    again = give(client, measure, sheets)
    assert told(again) == []
    assert chosen(again)["Onkologien"] == str(other.pk)
    assert "Læst som sidst" in again.content.decode()


def test_a_problem_is_named_by_its_sheet_and_mended_on_the_page(client, measure, opened):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    wrong = [HEAD, ["jan 2018", 2], ["feb 2018", "5x"]]
    page = give(client, measure, WHOLE | {"Afsnit M": wrong})
    (problem,) = page.context["found"].problems
    assert problem.sentence.startswith("Sheet “Afsnit M”, row 3, column B (Dage): “5x” is more")
    form = page.context["form"]
    assert "5x" in form["text"].value()
    assert "Cellerne i arket ”Afsnit M”" in page.content.decode()
    page = press(client, measure, page, text=form["text"].value().replace("5x", "7"))
    assert told(page) == []
    load(client, measure, page)
    assert (standing(k), standing(m)) == ({JAN: 1, FEB: 4}, {JAN: 2, FEB: 7})


LAYOUTS = {
    "periods side by side": ([["Mål", "jan 2018", "feb 2018"], ["Dage", 1, 4]],
                             [["Mål", "jan 2018", "feb 2018"], ["Dage", 2, 5]]),
    "months down and years across": ([["Måned", 2018], ["jan", 1], ["feb", 4]],
                                     [["Måned", 2018], ["jan", 2], ["feb", 5]]),
    "columns in another order": (K, [["Dage", "Måned"], [2, "jan 2018"], [5, "feb 2018"]]),
    "a title on each": ([["Ventetid K"], *K], [["Ventetid M"], [None], *M]),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sheets_may_lie_as_any_sheet(client, measure, opened, layout):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    one, other = LAYOUTS[layout]
    page = give(client, measure, {"Afsnit K": one, "Afsnit M": other})
    assert told(page) == []
    load(client, measure, page)
    assert (standing(k), standing(m)) == ({JAN: 1, FEB: 4}, {JAN: 2, FEB: 5})


def test_one_sheet_with_all_places_comes_before_the_places_own(client, measure, opened):  # noqa: F811
    k, m = opened("Afsnit K"), opened("Afsnit M")
    all_places = [["Måned", "Afsnit K", "Afsnit M"], ["jan 2018", 7, 8], ["feb 2018", 7, 8]]
    sheets = {"Alle": all_places, "Afsnit K": K, "Afsnit M": M}
    page = give(client, measure, sheets)
    assert page.context["found"].sheet.name == "Alle"
    page = press(client, measure, page, sheet="*")
    assert told(page) == []
    load(client, measure, page)
    assert (standing(k), standing(m)) == ({JAN: 1, FEB: 4}, {JAN: 2, FEB: 5})


def test_sheets_that_are_no_places_are_not_taken_for_them(client, measure, opened):  # noqa: F811
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, {"Ark1": K, "Ark2": M})
    assert page.context["found"].sheet.name == "Ark1"
    page = press(client, measure, page, sheet="*")
    assert told(page) == [
        "Choose which place “Ark1” is, or leave it out.",
        "Choose which place “Ark2” is, or leave it out.",
    ]


def test_sheets_that_are_not_alike_cannot_be_read_together(client, measure, opened):  # noqa: F811
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, {"Afsnit K": K, "Afsnit M": [["Uge", "Andet"], ["uge 1", 2]]})
    assert page.context["found"].sheet.name == "Afsnit K"
    page = press(client, measure, page, sheet="*")
    assert "Ikke to af arkene er sat op" in str(page.context["form"].errors["text"])


def test_one_places_form_says_that_there_are_several_and_reads_its_own(client, opened):  # noqa: F811
    series = opened("Afsnit M")
    page = upload(client, series, book(**WHOLE), "ventetid.xlsx")
    assert [figure.value for figure in page.context["reading"].rows] == [2, 5]
    said = "Filen har 3 ark, der er sat op på samme måde. Kun ”Afsnit M” er læst"
    assert said in page.content.decode()
    alone = upload(client, series, book(**{"Forside": COVER, "Afsnit M": M}), "ventetid.xlsx")
    assert said[:12] not in alone.content.decode()
