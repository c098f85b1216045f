"""Keeping the catalogue: shared measures, their versions, and who uses them."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.measures.catalogue import actions
from kernen.measures.catalogue.finding import catalogue, uses
from kernen.measures.catalogue.saying import changes
from kernen.measures.models import SharedMeasure, SharedVersion
from kernen.parties.models import OrganisationRole


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def shared(world) -> SharedMeasure:
    return world.shared


FILLED = {
    "name": "FMK up to date",
    "purpose": "The next one can trust the list",
    "kind": "process",
    "dimension": "health",
    "figures": "counts",
    "unit": "%",
    "frequency": "week",
    "direction": "up",
    "numerator": "Discharged with the card up to date",
    "denominator": "Discharged",
    "sectors": ["for_hospital", "for_general_practice"],
    "burden": "15",
}


def names(**wanted) -> list[str]:
    return [one.name for one in catalogue(**wanted)]


def test_a_coordinator_publishes_a_shared_measure(client, world):
    address = reverse("publish_shared")
    assert client.get(address).context["form"]["owner"].value() == world.hospital.pk
    answer = client.post(address, FILLED | {"owner": world.hospital.pk})
    made = SharedMeasure.objects.get(name="FMK up to date")
    assert answer.url == made.get_absolute_url()
    version = made.newest()
    assert (version.number, version.burden, version.frequency) == (1, 15, "week")
    assert [*version.sectors] == ["hospital", "general_practice"]
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Discharged with the card up to date" in page


def test_a_name_stands_once_and_what_was_typed_stays(client, world, shared):
    page = client.post(
        reverse("publish_shared"), FILLED | {"name": shared.name, "owner": world.hospital.pk}
    )
    assert page.context["form"].errors
    assert page.context["form"]["numerator"].value() == FILLED["numerator"]
    assert SharedMeasure.objects.count() == 1


def test_it_is_for_at_least_one_sector(client, world):
    filled = FILLED | {"owner": world.hospital.pk, "sectors": []}
    assert client.post(reverse("publish_shared"), filled).context["form"].errors["sectors"]


def test_only_the_owner_s_coordinators_keep_it(world, sign_in, shared):
    contributor = world.person(OrganisationRole.Role.CONTRIBUTOR)
    for verb, told in (
        (actions.publish_version, {"changed": "x", "comparable": True, "since": date(2026, 1, 1)}),
        (actions.withdraw_shared, {"why": "x"}),
    ):
        with pytest.raises(Refused, match=world.hospital.name):
            verb(shared=shared, by=contributor, **told)
    reader = sign_in(contributor)
    assert reader.get(reverse("publish_shared")).status_code == 403
    assert (
        reverse("publish_version", args=[shared.pk])
        not in reader.get(shared.get_absolute_url()).content.decode()
    )


def test_a_new_version_says_what_is_changed_and_the_old_one_stands(client, shared):
    address = reverse("publish_version", args=[shared.pk])
    form = client.get(address).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    filled |= {"changed": "Also by phone", "comparable": "no", "since": "2026-10-01"}
    page = client.post(address, filled)
    assert page.context["form"].non_field_errors(), "nothing differs but what is said of it"
    assert client.post(address, filled | {"numerator": "Done by phone too"}).status_code == 302
    newest = shared.newest()
    assert (newest.number, newest.numerator, newest.comparable) == (3, "Done by phone too", False)
    assert shared.versions.get(number=2).numerator == "Done"
    said = client.get(shared.get_absolute_url()).content.decode()
    assert "Also by phone" in said
    assert '<span class="sr-only">]</span></ins>' in said


@pytest.mark.parametrize("fixed", [{"figures": "values"}, {"frequency": "year"}])
def test_a_version_keeps_what_loaded_figures_stand_on(world, shared, fixed):
    with pytest.raises(Refused):
        world.new_version(shared, **fixed)
    assert shared.versions.count() == 2


def test_versions_follow_each_other_in_time(world, shared):
    with pytest.raises(Refused):
        actions.publish_version(
            shared=shared,
            changed="Back",
            comparable=True,
            since=date(2018, 10, 31),
            by=world.coordinator,
            source="Other",
        )


def test_what_is_withdrawn_stays_readable_and_says_what_replaces_it(client, world, shared):
    other = world.shared_measure()
    address = reverse("withdraw_shared", args=[shared.pk])
    assert client.post(address, {"why": ""}).context["form"].errors["why"]
    client.post(address, {"why": "Two said the same", "replaced_by": other.pk})
    page = client.get(shared.get_absolute_url()).content.decode()
    assert "Two said the same" in page
    assert other.get_absolute_url() in page
    assert names() == [other.name]
    assert names(standing="withdrawn") == [shared.name]
    with pytest.raises(Refused):
        world.new_version(shared)
    assert client.get(address).url == shared.get_absolute_url()


def test_what_replaces_is_in_force_itself(world, shared):
    other = world.shared_measure()
    actions.withdraw_shared(shared=other, why="Old", by=world.coordinator)
    for wrong in (shared, other):
        with pytest.raises(Refused):
            actions.withdraw_shared(shared=shared, why="x", replaced_by=wrong, by=world.coordinator)


def test_the_list_is_searched_by_stems_and_filtered(world):
    by, owner = world.coordinator, world.hospital
    meant = {"purpose": "Ro", "burden": 5, "for_municipality": True, "dimension": "experience"}
    actions.publish_shared(name="Genindlæggelser", owner=owner, by=by, **meant)
    assert names(q="genindlæggelsen") == ["Genindlæggelser"]
    assert names(q="genind") == ["Genindlæggelser"]
    assert names(q="genindlagt måne") == []
    assert names(sector="municipality", dimension="experience") == ["Genindlæggelser"]
    assert "Genindlæggelser" not in names(sector="hospital")
    assert "Genindlæggelser" not in names(dimension="health")
    assert names(sort="burden")[0] == "Genindlæggelser"
    assert names(sort="-burden")[-1] == "Genindlæggelser"


def test_uses_are_counted_without_stopped_initiatives(world, shared):
    """The obvious count: every measure, one by one."""
    for number in range(3):
        measure = world.use(world.initiative(), shared)
        for _ in range(number):
            world.series(measure)
    stopped = world.use(world.initiative(), shared).initiative
    type(stopped).objects.filter(pk=stopped.pk).update(stage="stopped")
    used = [m for v in shared.versions.all() for m in v.measures.all()]
    used = [m for m in used if m.initiative.stage != "stopped"]
    slowly = len({m.initiative_id for m in used}), sum(m.series.count() for m in used)
    assert uses()[shared.pk] == slowly == (3, 3)
    [row] = [one for one in catalogue() if one.version.shared == shared]
    assert row.burden == 3 * 10


def test_the_catalogue_goes_along_as_a_file(client, world, shared):
    world.series(world.use(world.first, shared))
    text = b"".join(client.get(reverse("catalogue_csv"))).decode("utf-8-sig")
    headings, row = csv.reader(StringIO(text), delimiter=";")
    assert len(headings) == len(row)
    assert row[:7] == [shared.name, "2", world.hospital.name, "1", "1", "10", "10"]
    assert "Done" in row
    assert client.get(reverse("catalogue_xlsx")).status_code == 200


def test_a_filter_that_is_not_known_is_left_out(client, shared):
    page = client.get(reverse("catalogue"), {"sector": "moon", "sort": "moon"})
    assert shared.name in page.content.decode()


def test_what_differs_is_said_in_words(shared):
    newest = SharedVersion.objects.get(shared=shared, number=2)
    assert [one.text for one in changes(newest.previous, newest)] == [newest.counted]
