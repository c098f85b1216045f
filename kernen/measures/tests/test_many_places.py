"""One file brings the figures of all places of a measure: shown first, loaded and undone whole."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kernen.initiatives.models import Entry
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.loading import actions as loading
from kernen.measures.models import Load, Point, Series, Shape
from kernen.measures.tests.practices import practice as closed_practice
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole, Sector

JAN, FEB = date(2018, 1, 1), date(2018, 2, 1)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun")
WIDE = "Måned;Afsnit K;Afsnit M;I alt\njan 2018;1;2;3\nfeb 2018;4;5;9\n"
LAYOUTS = {
    "a column for each": WIDE,
    "a row for each": "Afdeling;jan 2018;feb 2018\nAfsnit K;1;4\nAfsnit M;2;5\nI alt;3;9\n",
    "below each other": "Måned;Afsnit;Dage\njan 2018;Afsnit K;1\n;Afsnit M;2\n;I alt;3\n"
    "feb 2018;Afsnit K;4\n;Afsnit M;5\n;I alt;9\n",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def measure(world):
    return actions.define(
        initiative=world.first, name="Ventetid", figures="values", by=world.coordinator
    )


@pytest.fixture
def opened(world, measure):
    def series(place, organisation=None, **more) -> Series:
        return actions.open_series(
            measure=measure,
            organisation=organisation or world.hospital,
            place=place,
            by=world.coordinator,
            **more,
        )

    return series


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def give(client, measure, text, name="alle.csv"):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(reverse("load_measure", args=[measure.pk]), {"file": file, "text": ""})


def sent(page, **changed):
    """What the page sends when nothing but this is changed."""
    form, places = page.context["form"], page.context["places"]
    fields = {**page.context["arrangement"].initial, **page.context["columns"].initial}
    fields |= {name: places[name].value() for name in places.fields}
    if own := page.context.get("own"):
        fields |= {name: own[name].value() for name in own.fields}
    given = {
        name: form[name].value() or "" for name in ("text", "filename", "sheets", "sheet_shown")
    }
    return {**given, **{name: str(value) for name, value in fields.items()}, **changed}


def press(client, measure, page, **changed):
    return client.post(reverse("load_measure", args=[measure.pk]), sent(page, **changed))


def load(client, measure, page, **changed):
    return press(client, measure, page, **{"confirm": "1"} | changed)


def standing(series):
    found = Point.objects.filter(series=series).order_by("period")
    return {point.period: int(point.value) for point in found}


def told(page):
    return [str(problem.message) for problem in page.context["found"].problems]


def chosen(page):
    return {place.name: place.match.choice for place in page.context["found"].places}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_place_is_shown_and_then_all_are_loaded(client, measure, opened, layout):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, LAYOUTS[layout])
    assert told(page) == []
    assert not Point.objects.filter(series__measure=measure).exists()
    assert load(client, measure, page).url == measure.get_absolute_url()
    assert standing(k) == {JAN: 1, FEB: 4}
    assert standing(m) == {JAN: 2, FEB: 5}


@pytest.mark.parametrize(
    "layout",
    [
        "Måned;Afsnit K;Afsnit M;Note\njan 2018;7;;Nyt system\nfeb 2018;;8;\n",
        "Måned;Afsnit;Dage\njan 2018;Afsnit K;7\n;Afsnit M;\nfeb 2018;Afsnit K;\n;Afsnit M;8\n",
    ],
)
def test_an_empty_cell_of_a_place_changes_nothing(client, measure, opened, layout):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    load(client, measure, give(client, measure, WIDE))
    page = give(client, measure, layout)
    assert "2 perioder uden tal er sprunget over." in page.content.decode()
    assert load(client, measure, page).status_code == 200, "nobody says why"
    load(client, measure, page, reason="Talt igen")
    assert [point.value for series in (k, m) for point in series.points.all()] == [7, 4, 2, 8]


@pytest.mark.parametrize("name", ["I alt", "Hele landet", "Hele regionen:", "Alle afsnit"])
def test_a_total_is_no_place(client, measure, opened, name):
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, LAYOUTS["below each other"].replace("I alt", name))
    assert list(chosen(page)) == ["Afsnit K", "Afsnit M"]
    assert f"”{name}” er en sum" in page.content.decode()


def test_what_changes_stands_beside_what_stood(client, measure, opened):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    figures = [actions.Figure(JAN, value=7), actions.Figure(FEB, value=4)]
    actions.load(series=k, figures=figures, by=measure.initiative.journal.first().by)
    page = give(client, measure, WIDE)
    counted = [place.beside["count"] for place in page.context["found"].places]
    assert counted == [{"changed": 1, "same": 1}, {"new": 2}]
    assert "erstatter 7" in page.content.decode()
    load(client, measure, page, reason="Talt for sent")
    assert standing(k) == {JAN: 1, FEB: 4}
    said = Load.objects.filter(together__isnull=False)
    assert {one.series: one.reason for one in said} == {k: "Talt for sent", m: ""}


def test_one_wrong_cell_is_named_once_and_nothing_is_loaded(client, measure, opened):
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, WIDE.replace("feb 2018;4;5", "febr 2018x;4;x"))
    sentences = [problem.sentence for problem in page.context["found"].problems]
    assert [one[:15] for one in sentences] == ["Row 3, column A", "Row 3, column C"]
    assert load(client, measure, page).status_code == 200
    assert not Point.objects.filter(series__measure=measure).exists()


def test_a_place_that_is_not_known_is_chosen_or_left_out_and_remembered(client, measure, opened):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    text = WIDE.replace("Afsnit M", "Medicinsk klinik").replace("Afsnit K", "Kælderen")
    page = give(client, measure, text)
    assert told(page) == [
        "Choose which place “Kælderen” is, or leave it out.",
        "Choose which place “Medicinsk klinik” is, or leave it out.",
    ]
    page = load(client, measure, page, **{"place-0": "0", "place-1": str(m.pk)})
    assert page.status_code == 200, "what was just chosen is shown before it is loaded"
    load(client, measure, page)
    assert (standing(k), standing(m)) == ({}, {JAN: 2, FEB: 5})
    page = give(client, measure, text.replace("2;3", "8;3"))
    assert told(page) == []
    assert chosen(page) == {"Kælderen": "0", "Medicinsk klinik": str(m.pk)}
    assert "Læst som sidst" in page.content.decode()


def test_a_name_is_remembered_in_files_of_another_shape(client, measure, opened):
    m = opened("Afsnit M")
    text = "Måned;Klinikken;Afsnit M\njan 2018;1;2\n"
    load(client, measure, give(client, measure, text), **{"place-0": "0"})
    load(client, measure, press(client, measure, give(client, measure, text), **{"place-0": "0"}))
    page = give(client, measure, "Afdeling;feb 2018\nKlinikken;1\nAfsnit M;2\n")
    assert chosen(page) == {"Klinikken": "0", "Afsnit M": str(m.pk)}


def test_a_name_that_is_only_alike_is_said_to_be(client, world, measure, opened):
    randers = parties.found_organisation(
        name="Regionshospitalet Randers", sector=Sector.HOSPITAL, by=None
    )
    series = opened("", randers), opened("Afsnit M")
    page = give(client, measure, WIDE.replace("Afsnit K", "RH Randers"))
    assert chosen(page) == {"RH Randers": str(series[0].pk), "Afsnit M": str(series[1].pk)}
    assert "fordi navnene ligner" in page.content.decode()
    load(client, measure, page)
    page = give(client, measure, WIDE.replace("Afsnit K", "RH Randers"))
    assert "fordi navnene ligner" not in page.content.decode()


def test_the_nearest_place_is_asked_about_and_never_taken(client, measure, opened):
    _k, viborg = opened("Afsnit K"), opened("Viborg")
    text = WIDE.replace("Afsnit M", "Vibrog")
    page = give(client, measure, text)
    assert chosen(page)["Vibrog"] == ""
    assert told(page) == [
        f"“Vibrog” is not the name of a place here. Is “{viborg}” meant? Choose it, or leave the"
        " name out."
    ]
    assert "Er det Viborg" in page.content.decode()
    load(client, measure, press(client, measure, page, **{"place-1": str(viborg.pk)}))
    assert standing(viborg) == {JAN: 2, FEB: 5}
    far = give(client, measure, text.replace("Vibrog", "Onkologien"))
    assert told(far) == ["Choose which place “Onkologien” is, or leave it out."]


def test_two_names_are_never_one_place(client, measure, opened):
    k, _m = opened("Afsnit K"), opened("Afsnit M")
    page = press(client, measure, give(client, measure, WIDE), **{"place-1": str(k.pk)})
    assert told(page) == [
        "“Afsnit K” and “Afsnit M” are taken for the same place. Choose again, or leave one out."
    ]


def test_a_place_without_a_series_is_said_so_and_added_if_wanted(client, world, measure, opened):
    opened("Afsnit K")
    text = WIDE.replace("Afsnit M", str(world.municipality))
    page = give(client, measure, text)
    assert "følges endnu ikke i denne måling" in page.content.decode()
    page = press(client, measure, page, **{"place-1": f"at-{world.municipality.pk}"})
    assert told(page) == []
    load(client, measure, page)
    assert standing(measure.series.get(organisation=world.municipality)) == {JAN: 2, FEB: 5}


def test_a_figure_far_from_the_others_of_a_place_to_be_opened_is_marked(
    client, world, measure, opened
):
    opened("Afsnit K")
    at = world.municipality
    rows = "".join(
        f"{m} 2018;5;{v}\n" for m, v in zip(MONTHS, (10, 11, 10, 12, 11, 90), strict=True)
    )
    page = give(client, measure, f"Måned;Afsnit K;{at}\n{rows}")
    page = press(client, measure, page, **{"place-1": f"at-{at.pk}"})
    place = page.context["found"].places[1]
    assert place.opens
    assert page.context["far"] == 1
    (doubted,) = [row for row in place.beside["shown"] if row.doubts]
    assert doubted.figure.value == 90
    assert str(doubted.doubts[0]).startswith("langt over det sædvanlige 10–12")


def test_a_closed_place_that_is_not_ones_own_is_named_with_why_and_the_others_are_loaded(
    client, world, measure, opened
):
    practice, _doctor = closed_practice(world, "Lægerne Torvet")
    role = OrganisationRole.Role.READER
    parties.give_role(person=world.coordinator, organisation=practice, role=role, by=None)
    k, closed = opened("Afsnit K"), opened("", practice, closed=True)
    page = give(client, measure, WIDE.replace("Afsnit M", "Lægerne Torvet"))
    assert told(page) == []
    assert "Tallene hører til Lægerne Torvet" in page.content.decode()
    load(client, measure, page)
    assert (standing(k), standing(closed)) == ({JAN: 1, FEB: 4}, {})


def test_what_came_together_is_undone_together_and_told_in_one_line(client, world, measure, opened):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    load(client, measure, give(client, measure, WIDE))
    line = Entry.objects.get(verb="load_many")
    assert (line.params["places"], line.params["added"]) == (2, 4)
    one = k.loads.get()
    page = client.get(reverse("undo_load", args=[one.pk]))
    assert str(m) in page.content.decode()
    client.post(reverse("undo_load", args=[one.pk]), {"reason": "The wrong file"})
    assert (standing(k), standing(m)) == ({}, {})
    assert Entry.objects.get(verb="undo_load_many").words == "The wrong file"
    assert m.loads.first().undoes == m.loads.last()


def test_it_stands_where_one_of_its_places_was_loaded_again(client, world, measure, opened):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    load(client, measure, give(client, measure, WIDE))
    again = [actions.Figure(JAN, value=9)]
    actions.load(series=m, figures=again, reason="Talt igen", by=world.coordinator)
    page = client.get(reverse("undo_load", args=[k.loads.get().pk]))
    assert f"{m}: " in page.context["refused"]
    with pytest.raises(Refused, match="undo that load first"):
        loading.undo_load(load=k.loads.get(), reason="Wrong", by=world.coordinator)
    assert standing(k) == {JAN: 1, FEB: 4}


def test_a_closed_place_has_a_line_of_its_own_in_the_journal(world, measure, opened):
    practice = parties.found_organisation(name="Lægerne", sector=Sector.GENERAL_PRACTICE, by=None)
    role = OrganisationRole.Role.CONTRIBUTOR
    parties.give_role(person=world.coordinator, organisation=practice, role=role, by=None)
    series = [opened("Afsnit K"), opened("Afsnit M"), opened("", practice, closed=True)]
    figures = {one: [actions.Figure(JAN, value=1)] for one in series}
    loading.load_many(measure=measure, figures=figures, by=world.coordinator)
    assert Entry.objects.get(verb="load_many").params["places"] == 2
    assert Entry.objects.get(verb="load", params__series=series[2].pk)


def test_whoever_may_not_give_one_of_them_gives_none(world, measure, opened):
    practice, _doctor = closed_practice(world, "Lægerne")
    series = [opened("Afsnit K"), opened("", practice, closed=True)]
    figures = {one: [actions.Figure(JAN, value=1)] for one in series}
    with pytest.raises(Refused, match="belong to Lægerne"):
        loading.load_many(measure=measure, figures=figures, by=world.coordinator)
    assert not Point.objects.filter(series__measure=measure).exists()


def test_who_may_load_nothing_is_refused(world, sign_in, measure, opened):
    opened("Afsnit K")
    reader = world.person(OrganisationRole.Role.READER)
    page = sign_in(reader).get(reverse("load_measure", args=[measure.pk]))
    assert page.status_code == 403


def test_a_file_of_one_place_is_sent_to_its_page(client, measure, opened):
    opened("Afsnit K")
    page = give(client, measure, "Måned;Ventetid\njan 2018;1\nfeb 2018;2\n")
    assert told(page)[0].startswith("No places are found")


def test_many_places_ask_no_more_than_few(client, measure, opened, django_assert_max_num_queries):
    names = [f"Afsnit {letter}" for letter in "ABCDEFGH"]
    for name in names:
        opened(name)
    text = "Måned;{}\njan 2018;{}\n"
    few, many = (
        text.format(";".join(some), ";".join("1" for _one in some)) for some in (names[:2], names)
    )

    give(client, measure, few)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        give(client, measure, few)
    with django_assert_max_num_queries(len(asked)):
        give(client, measure, many)


@pytest.mark.parametrize("odd", ["", "x", "[]", "[1]", "{}", '{"a": 1}', '{"a": "9"}'])
def test_what_no_page_sends_does_no_harm(client, measure, opened, odd):
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, WIDE)
    for name in ("shown", "names", "first", "place-0", "header", "places_in"):
        assert load(client, measure, page, **{name: odd}).status_code in (200, 302)
    assert Shape.objects.count() <= 1
