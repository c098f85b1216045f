"""Every series as one line: which, in which order, and what it says."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from kernen.initiatives import actions as initiatives
from kernen.journey.grid.asked import PER_PAGE
from kernen.lib.periods import between
from kernen.measures import actions
from kernen.measures.models import Measure, Standing
from kernen.parties.models import Cluster
from kernen.parties.reorganising import actions as reorganising
from tests.house.world import SOON

GRID = reverse("grid")
#: Months that end so that nothing is due.
LAST = timezone.localdate().replace(day=1) - timedelta(days=1)


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def follow(world):
    """A measure at a place, with the values of the months up to last month."""

    def one(name, values, *, place="", organisation=None, initiative=None, made_up=False, **fields):
        measure = actions.define(
            initiative=initiative or world.first,
            name=name,
            figures="values",
            unit="dage",
            by=world.coordinator,
            **{"direction": "down", **fields},
        )
        series = actions.open_series(
            measure=measure,
            organisation=organisation or world.hospital,
            place=place,
            made_up=made_up,
            by=world.coordinator,
        )
        starts = between(date(2015, 1, 1), LAST, "month")[-len(values) :] if values else []
        figures = [
            actions.Figure(period=start, value=None if value is None else Decimal(str(value)))
            for start, value in zip(starts, values, strict=True)
        ]
        actions.load(series=series, figures=figures, by=world.coordinator)
        return series

    return one


QUIET = [50, 52, 47, 51, 49, 53, 48, 50.5, 51.5, 46, 52.5, 49.5, 50.2, 47.5, 53.5, 48.5, 51.2, 49.2]
WORSE = QUIET + [value + 20 for value in QUIET[:10]]
BETTER = QUIET + [value - 20 for value in QUIET[:10]]


def names(client, **query):
    page = client.get(GRID, query)
    assert page.status_code == 200
    return [row.standing.name for row in page.context["page_obj"]]


def test_what_needs_attention_stands_first_and_the_rest_can_be_left_out(client, world, follow):
    actions_left = world.first.measures.get().series.get()
    initiatives.move(initiative=world.first, event="stop", words="Nok.", by=world.coordinator)
    other = world.initiative()
    own = other.measures.get().name
    follow("Rolig", QUIET, initiative=other)
    follow("Bedre", BETTER, initiative=other)
    follow("Mangler", [*QUIET[:-1], None], initiative=other)
    follow("Af og til", QUIET, initiative=other, goal=Decimal(50))
    follow("Uden tal", [], initiative=other)
    follow("Urolig", WORSE, initiative=other, direction="")
    follow("Nås ikke", QUIET, initiative=other, goal=Decimal(10))
    follow("Værre", WORSE, initiative=other)
    late = follow("Forfalden", QUIET, initiative=other)
    Standing.objects.filter(series=late).update(came=F("came") - 6)
    lapsed = follow("Ophørt", QUIET, initiative=other)
    Standing.objects.filter(series=lapsed).update(came=F("came") - 20)
    order = [name for name in names(client) if name != own]
    assert order[:2] == ["Værre", "Nås ikke"]
    assert order[2:4] == ["Uden tal", "Forfalden"]
    assert order[4:6] == ["Urolig", "Af og til"]
    assert order[6:-1] == ["Rolig", "Bedre", "Mangler", "Ophørt"]
    assert order[-1] == actions_left.measure.name
    asked = names(client, show="attention")
    assert [name for name in asked if name != own] == order[:4]
    assert "ingen i et år" in client.get(GRID, {"q": "Ophørt"}).content.decode()


def test_it_is_sorted_by_name_place_update_and_what_is_missing(client, follow):
    follow("Ål", QUIET, place="A")
    follow("ænder", [1, None, None, 2, *QUIET], place="Å")
    follow("Zebra", [1, None, 2, *QUIET], place="B")
    asked = {"q": "Organisation"}
    three = ["Ål", "ænder", "Zebra"]
    assert [n for n in names(client, sort="name", **asked) if n in three] == [
        "Zebra",
        "ænder",
        "Ål",
    ]
    assert [n for n in names(client, sort="place", **asked) if n in three] == [
        "Ål",
        "Zebra",
        "ænder",
    ]
    missing = [n for n in names(client, sort="-missing", **asked) if n in three]
    assert missing == ["ænder", "Zebra", "Ål"]
    updated = [n for n in names(client, sort="-updated", **asked) if n in three]
    assert updated == ["Zebra", "ænder", "Ål"]
    assert names(client, sort="nonsense") == names(client)


def test_text_is_found_in_measure_place_and_initiative_whatever_its_case(client, world, follow):
    follow("Ventetid", QUIET, place="Ærø")
    assert names(client, q="ventetid ÆRØ") == ["Ventetid"]
    assert names(client, q="venteTID organisation") == ["Ventetid"]
    assert "Ventetid" in names(client, q=world.first.title)
    assert names(client, q="100%") == []


def test_the_filters_of_measure_and_initiative(client, world, follow):
    other = world.initiative()
    follow("Proces", QUIET, initiative=other, kind="process", dimension="cost")
    assert names(client, kind="process") == ["Proces"]
    assert names(client, dimension="cost") == ["Proces"]
    page = client.get(GRID, {"initiative": other.pk})
    assert {row.series.measure.initiative for row in page.context["page_obj"]} == {other}
    assert escape(f"Initiativ: {other.title}") in page.content.decode()
    assert client.get(GRID, {"initiative": 10**6}).context["grid"].whole is False


def test_the_heading_says_of_what_and_where(client, world):
    def heading(**query):
        page = client.get(GRID, query).content.decode()
        title, said = re.search(
            r"<title>(.*?) – Kernen</title>.*<h1[^>]*>(.*?)</h1>", page, re.S
        ).groups()
        assert title == said
        return said

    first, cluster = world.first, world.new_cluster([world.hospital])
    assert heading() == "Alle målinger"
    assert heading(initiative=first.pk) == escape(f"Målinger: {first}")
    assert heading(cluster=cluster.pk, organisation=world.hospital.pk) == escape(
        f"Målinger: {world.hospital}, {cluster}"
    )
    assert heading(show="attention") == "Målinger, der kræver opmærksomhed"
    assert heading(show="attention", cluster=cluster.pk) == escape(
        f"Målinger, der kræver opmærksomhed: {cluster}"
    )
    part = client.get(GRID, {"cluster": cluster.pk}, HTTP_HX_REQUEST="true").content.decode()
    assert f'hx-swap-oob="innerHTML">Målinger: {cluster}' in part


def test_a_cluster_shows_its_own_places_and_what_its_initiatives_share(client, world, follow):
    shared, theirs = world.organisation("general_practice"), world.organisation()
    ours = world.new_cluster([world.hospital, shared])
    second = world.new_cluster([theirs, shared])
    home = initiatives.register(
        title="Vores",
        problem="Et",
        organisations=[world.hospital],
        cluster=ours,
        by=world.coordinator,
    )
    follow("Delt, vores", QUIET, organisation=shared, initiative=home)
    follow("Hos dem", QUIET, organisation=theirs, initiative=home)
    elsewhere = initiatives.register(
        title="Uden klynge",
        problem="Et",
        organisations=[world.hospital],
        cluster=None,
        by=world.coordinator,
    )
    follow("Delt, ingens", QUIET, organisation=shared, initiative=elsewhere)
    assert {"Delt, vores"} == set(names(client, cluster=ours.pk))
    assert names(client, cluster=second.pk) == ["Hos dem"]


def test_under_a_new_structure_the_council_shows_what_its_clusters_had(client, world, follow):
    reorganising.confirm(reorganisation=world.change, by=world.coordinator)
    council = Cluster.objects.latest("pk")
    page = client.get(f"/on/{SOON}{GRID}", {"cluster": council.pk})
    assert [row.standing.name for row in page.context["page_obj"]] == names(client)


def test_a_row_says_all_that_the_chart_does_in_words(client, follow):
    series = follow(
        "Ventetid", [*WORSE, None, 71.5], place="Afsnit 3", goal=Decimal(10), made_up=True
    )
    text = client.get(GRID, {"q": "Ventetid"}).content.decode()
    for words in (
        "71,5\xa0dage",
        "Forværring",
        "Kan ikke forudsiges endnu",
        "1 tom",
        "Eksempeldata",
        "Afsnit 3",
    ):
        assert words in text, words
    assert 'class="spark"' in text
    assert series.get_absolute_url() in text


def test_a_rate_is_said_with_what_it_is_per_on_the_page_and_in_the_file(client, follow):
    series = follow("Urinvejsinfektioner", [4.1, 4.2])
    fields = {"figures": "rates", "per": 1000, "unit": "sengedage"}
    Measure.objects.filter(pk=series.measure_id).update(**fields)
    text = client.get(GRID, {"q": "Urinvejs"}).content.decode()
    assert "4,2\xa0pr. 1.000 sengedage" in text
    content = b"".join(client.get(reverse("grid_csv"), {"q": "Urinvejs"})).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content), delimiter=";")
    assert row["Enhed"] == "pr. 1.000 sengedage"


def test_it_has_pages_and_says_how_many_there_are(client, world):
    measure = world.first.measures.get()
    for number in range(PER_PAGE + 1):
        actions.open_series(
            measure=measure,
            organisation=world.municipality,
            place=str(number),
            by=world.coordinator,
        )
    page = client.get(GRID)
    assert f"{PER_PAGE + 2} serier" in page.content.decode()
    assert len(page.context["page_obj"]) == PER_PAGE
    assert len(client.get(GRID, {"page": 2}).context["page_obj"]) == 2


def test_without_series_it_says_how_to_begin_and_where_nothing_fits_how_to_go_on(client, world):
    assert "Fjern et filter" in client.get(GRID, {"q": "findesikke"}).content.decode()
    Standing.objects.all().delete()
    assert "Find et initiativ" in client.get(GRID).content.decode()


def test_an_address_without_its_empty_fields_is_kept(client):
    assert client.get(GRID, {"q": "", "kind": "process"}).url == f"{GRID}?kind=process"
    part = client.get(GRID, {"kind": "process"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_the_files_hold_every_series_asked_for_in_its_order(client, follow):
    follow("Ventetid A", WORSE, goal=Decimal(10))
    follow("Ventetid B", [1, None, *QUIET], made_up=True)
    asked = {"q": "Ventetid", "sort": "-name"}
    content = b"".join(client.get(reverse("grid_csv"), asked)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["Måling"] for row in rows] == ["Ventetid B", "Ventetid A"]
    assert rows[0]["Tomme perioder"] == "1"
    assert rows[0]["Seneste tal"] == "49,2"
    assert rows[1]["Variation"] == "Forværring"
    assert rows[1]["Bliver målværdien nået?"] == "Kan ikke forudsiges endnu"
    client.cookies["django_language"] = "en"
    english = b"".join(client.get(reverse("grid_csv"), asked)).decode("utf-8-sig")
    assert "Worse" in english
    assert "Forværring" not in english
    book = load_workbook(io.BytesIO(b"".join(client.get(reverse("grid_xlsx"), asked))))
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == [
        "Ventetid B",
        "Ventetid A",
    ]
