"""An organisation keeps its own people: roles change and end, and the last one stays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole
from kernen.parties.rules import roles_on
from kernen.parties.upkeep import actions

Role = OrganisationRole.Role
TODAY = date.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def reader(world):
    return world.person(Role.READER)


@pytest.fixture
def held(reader):
    return reader.roles.get()


def people_page(client, world):
    return client.get(reverse("people", args=[world.hospital.pk]))


def test_another_role_counts_from_today_and_the_first_stays_readable(world, reader, held):
    OrganisationRole.objects.filter(pk=held.pk).update(start=date(2020, 1, 1))
    new = actions.change_role(held=held, role=Role.CONTRIBUTOR, by=world.coordinator)
    assert new.start == TODAY
    assert roles_on(reader)[world.hospital.pk] == {Role.CONTRIBUTOR}
    assert roles_on(reader, YESTERDAY)[world.hospital.pk] == {Role.READER}
    told = world.hospital.entries.first()
    assert (told.person, told.by) == (reader, world.coordinator)
    assert told.what.endswith("contributor instead of reader") or "bidragyder" in told.what


def test_a_role_holds_through_its_last_day(world, reader, held):
    actions.end_role(held=held, last_day=TODAY, by=world.coordinator)
    assert roles_on(reader)[world.hospital.pk] == {Role.READER}
    assert not roles_on(reader, TOMORROW)


def test_an_end_ahead_can_be_taken_back_and_one_that_has_come_cannot(world, reader, held):
    actions.end_role(held=held, last_day=TOMORROW, by=world.coordinator)
    held = actions.end_role(held=held, last_day=None, by=world.coordinator)
    assert held.end is None
    actions.end_role(held=held, last_day=YESTERDAY, by=world.coordinator)
    with pytest.raises(Refused):
        actions.end_role(held=held, last_day=None, by=world.coordinator)
    with pytest.raises(Refused):
        actions.change_role(held=held, role=Role.CONTRIBUTOR, by=world.coordinator)


@pytest.mark.parametrize("who", ["a reader", "the coordinator of another organisation"])
def test_nobody_else_keeps_an_organisation_s_people(world, held, sign_in, who):
    other = world.person(Role.READER)
    if who != "a reader":
        parties.give_role(
            person=other, organisation=world.municipality, role=Role.COORDINATOR, by=None
        )
    for verb in (
        lambda: actions.change_role(held=held, role=Role.CONTRIBUTOR, by=other),
        lambda: actions.end_role(held=held, last_day=TODAY, by=other),
    ):
        with pytest.raises(Refused):
            verb()
    client = sign_in(other)
    assert people_page(client, world).status_code == 403
    address = reverse("people", args=[world.hospital.pk])
    assert address not in client.get(world.hospital.get_absolute_url()).content.decode()
    client.post(reverse("end_role", args=[held.pk]), {"last_day": str(YESTERDAY)})
    client.post(reverse("change_role", args=[held.pk]), {"role": Role.COORDINATOR})
    held.refresh_from_db()
    assert (held.end, held.role) == (None, Role.READER)


def test_one_leaves_an_organisation_oneself(reader, held, sign_in):
    client = sign_in(reader)
    page = reverse("end_role", args=[held.pk])
    assert page in client.get(reverse("account")).content.decode()
    answer = client.post(page, {"last_day": str(YESTERDAY)})
    assert answer.url == reverse("account")
    assert not roles_on(reader)


def test_the_last_coordinator_stays_and_is_told_what_to_do(world, sign_in):
    last = world.coordinator.roles.get()
    for verb in (
        lambda: actions.end_role(held=last, last_day=TODAY, by=world.coordinator),
        lambda: actions.change_role(held=last, role=Role.READER, by=world.coordinator),
    ):
        with pytest.raises(Refused, match=world.hospital.name):
            verb()
    client = sign_in(world.coordinator)
    for name in ("end_role", "change_role"):
        page = client.get(reverse(name, args=[last.pk])).content.decode()
        assert "gør først en anden til koordinator" in page.lower()


def test_a_coordinator_who_goes_soon_does_not_count_as_the_other(world):
    other = world.person(Role.COORDINATOR).roles.get()
    actions.end_role(held=other, last_day=TOMORROW, by=world.coordinator)
    mine = world.coordinator.roles.get()
    with pytest.raises(Refused):
        actions.end_role(held=mine, last_day=TOMORROW, by=world.coordinator)
    actions.end_role(held=other, last_day=None, by=world.coordinator)
    actions.end_role(held=mine, last_day=TOMORROW, by=world.coordinator)


def test_the_page_shows_who_is_here_since_when_and_who_was(world, reader, held, sign_in):
    actions.change_role(held=held, role=Role.CONTRIBUTOR, by=world.coordinator)
    gone = world.person(Role.READER)
    actions.end_role(held=gone.roles.get(), last_day=YESTERDAY, by=world.coordinator)
    page = people_page(sign_in(world.coordinator), world).content.decode()
    here, was = page.split('id="former"')
    for said in (reader.name, reader.user.email, "Bidragyder"):
        assert said in here
    assert gone.name in was
    assert gone.user.email not in page


def rename_page(world):
    return reverse("rename_organisation", args=[world.hospital.pk])


def test_a_coordinator_corrects_the_organisation_s_name_and_it_stays_readable(world, sign_in):
    before = world.hospital.name
    client = sign_in(world.coordinator)
    answer = client.post(rename_page(world), {"name": "Regionshospitalet"}, follow=True)
    assert "Regionshospitalet" in answer.content.decode()
    told = world.hospital.entries.first()
    assert (told.verb, told.by) == ("rename", world.coordinator)
    page = people_page(client, world).content.decode()
    assert f"før ”{before}”" in page
    taken = client.post(rename_page(world), {"name": world.municipality.name})
    assert taken.status_code == 200, "two are not called the same"


def test_two_who_correct_the_name_at_once_see_both(world, sign_in):
    client = sign_in(world.coordinator)
    seen = client.get(rename_page(world)).context["form"]["seen"].value()
    actions.rename(organisation=world.hospital, name="Theirs", by=world.coordinator)
    page = client.post(rename_page(world), {"name": "Mine", "seen": seen}).content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    world.hospital.refresh_from_db()
    assert world.hospital.name == "Theirs"


def test_nobody_else_renames_an_organisation(world, reader, sign_in):
    with pytest.raises(Refused):
        actions.rename(organisation=world.hospital, name="X", by=reader)
    assert sign_in(reader).post(rename_page(world), {"name": "X"}).status_code == 403
