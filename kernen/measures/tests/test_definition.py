from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kernen.initiatives.models import Entry
from kernen.measures import actions
from kernen.measures.history import versions
from kernen.measures.models import Point
from kernen.parties.models import OrganisationRole


@pytest.fixture
def measure(world):
    return world.first.measures.get()


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def redefine(world, measure, **fields):
    made = actions.redefine(measure=measure, by=world.coordinator, **fields)
    return made.initiative.journal.first()


def said(found, text):
    return [change.said_after for v in found for change in v.changes if change.text == text]


def test_every_version_of_a_definition_is_there_from_the_first(world, measure):
    redefine(world, measure, numerator="Talt", goal=Decimal("27.5"))
    redefine(world, measure, numerator="Talt to gange", goal=Decimal("30"))
    found = versions(measure.__class__.objects.get(pk=measure.pk))
    assert said(found, "numerator") == ["Talt to gange", "Talt", "Done"]
    assert said(found, "goal") == ["30", "27,5"]
    assert [v.entry.verb for v in found] == ["redefine", "redefine", "define"]


def test_the_same_goal_written_otherwise_is_no_change(world, measure):
    entry = redefine(world, measure, goal=Decimal("30"))
    assert redefine(world, measure, goal=Decimal("30.0000")) == entry


def test_a_definition_is_set_back_and_the_journal_says_so(client, world, measure):
    first = redefine(world, measure, goal=Decimal("27.5"))
    redefine(world, measure, goal=None)
    there = reverse("set_definition_back", args=[measure.pk])
    client.post(there, {"entry": first.pk, "text": "goal"})
    measure.refresh_from_db()
    assert measure.goal == Decimal("27.5")
    entry = world.first.journal.first()
    assert entry.verb == "define_back"
    assert measure.name in entry.what
    assert "%" not in entry.what


def test_a_name_that_another_measure_has_taken_is_not_set_back(client, world, measure):
    defined = world.first.journal.get(verb="define")
    taken = measure.name
    redefine(world, measure, name="Et andet navn")
    actions.define(initiative=world.first, name=taken, by=world.coordinator)
    there = reverse("set_definition_back", args=[measure.pk])
    page = client.post(there, {"entry": defined.pk, "text": "name"}, follow=True)
    measure.refresh_from_db()
    assert measure.name == "Et andet navn"
    assert "alert-error" in page.content.decode()


def test_older_entries_know_the_measure_by_the_name_it_then_had(world, measure):
    by, initiative = world.coordinator, world.first
    other = actions.define(initiative=initiative, name="En anden", by=by)
    for params in (
        {"measure": measure.name, "before": {"source": "Gammel kilde"}},
        {"measure": "En anden", "before": {"source": "Ikke vores"}},
        {"measure": "Nyt navn", "before": {"name": measure.name}},
    ):
        Entry(initiative=initiative, by=by, verb="redefine", params=params).save()
    measure.name = "Nyt navn"
    assert said(versions(measure), "source") == ["", "Gammel kilde"]
    assert said(versions(other), "source") == ["", "Ikke vores"]


def test_who_may_not_define_reads_how_the_definition_changed(world, measure, sign_in):
    redefine(world, measure, source="Columna")
    reader = sign_in(world.person(OrganisationRole.Role.READER))
    page = reader.get(reverse("definition_history", args=[measure.pk])).content.decode()
    assert "Columna" in page
    assert 'name="entry"' not in page


def test_what_figures_stand_on_is_not_offered_to_be_set_back(client, world):
    measure = actions.define(initiative=world.first, name="Uden tal", by=world.coordinator)
    redefine(world, measure, frequency="quarter", source="Columna")
    redefine(world, measure, frequency="month", source="Journalen")
    page = client.get(reverse("definition_history", args=[measure.pk])).content.decode()
    assert 'value="frequency"><button' in page
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    Point(series=series, period=date(2026, 1, 1), value=Decimal(4)).save()
    page = client.get(reverse("definition_history", args=[measure.pk])).content.decode()
    assert 'value="frequency"><button' not in page
    assert 'value="source"><button' in page


def filled(page, **changed):
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changed


def test_two_who_change_a_definition_both_keep_theirs(client, world, measure):
    address = reverse("redefine", args=[measure.pk])
    redefine(world, measure, goal=Decimal("20"))
    mine = client.get(address)
    redefine(world, measure, goal=Decimal("27.5"), source="Theirs")
    page = client.post(address, filled(mine, goal="30", source="Mine"))
    fields = page.context["form"].fields
    assert (fields["goal"].theirs.words, fields["source"].theirs.words) == ("27,5", "Theirs")
    assert client.post(address, filled(page, theirs="goal")).status_code == 302
    measure.refresh_from_db()
    assert (measure.goal, measure.source) == (Decimal("27.5"), "Mine")


def test_a_goal_that_nobody_changed_is_no_quarrel_because_of_its_noughts(client, world, measure):
    redefine(world, measure, goal=Decimal("20"))
    address = reverse("redefine", args=[measure.pk])
    entries = world.first.journal.count()
    assert client.post(address, filled(client.get(address))).status_code == 302
    assert world.first.journal.count() == entries
