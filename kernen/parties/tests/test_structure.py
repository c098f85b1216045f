from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.parties import actions, rules
from kernen.parties.models import (
    Cluster,
    ClusterMembership,
    Forum,
    ForumMember,
    OrganisationRole,
    Sector,
)

TODAY = date.today()


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(1), None, False),
        (None, TODAY - timedelta(1), False),
    ],
)
def test_a_membership_holds_on_both_of_its_days_and_an_open_date_for_ever(world, start, end, holds):
    third = world.organisation()
    world.cluster.memberships.create(organisation=third, start=start, end=end)
    current = ClusterMembership.objects.current().filter(organisation=third)
    assert current.exists() == holds


def test_the_database_refuses_what_ends_before_it_starts(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cluster.objects.create(name="Omvendt", start=TODAY, end=TODAY - timedelta(1))


def test_the_database_refuses_two_open_memberships_of_one_cluster(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        world.cluster.memberships.create(organisation=world.hospital)


def test_a_clusters_forum_names_the_cluster_and_a_regions_none(world):
    with pytest.raises(ValidationError):
        actions.set_up_forum(
            name="Uden klynge", level="cluster", decision_rule="consent", members=[], by=None
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.create(
            name="Region", level="region", decision_rule="consent", cluster=world.cluster
        )


def test_a_seat_is_somebodys(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        ForumMember.objects.create(forum=world.forum)


def test_only_administrators_keep_the_register_of_who_takes_part(world):
    with pytest.raises(Refused):
        actions.found_organisation(name="Min egen", sector="state", by=world.coordinator)
    administrator = world.person(OrganisationRole.Role.READER, administrator=True)
    actions.found_organisation(name="Styrelsen", sector="state", by=administrator)


def test_one_writes_for_the_organisations_in_which_one_contributes_today(world):
    person = world.person(OrganisationRole.Role.CONTRIBUTOR)
    assert rules.writes_for(person) == [world.hospital]
    person.roles.update(end=TODAY - timedelta(1))
    assert rules.writes_for(person) == []


def test_a_clusters_page_says_who_belongs_and_since_when(client, world):
    page = client.get(world.cluster.get_absolute_url()).content.decode()
    assert world.hospital.name in page
    assert "1. januar 2018" in page
    assert world.first.title in page
    assert world.forum.name in page


def test_an_organisations_page_has_its_clusters_fora_people_and_initiatives(client, world):
    page = client.get(world.hospital.get_absolute_url()).content.decode()
    for expected in (world.cluster, world.forum, world.coordinator, world.first):
        assert str(expected) in page


def test_the_lists_show_what_there_is_by_sector_and_level(client, world):
    world.organisation(Sector.GENERAL_PRACTICE)
    page = client.get(reverse("organisations"))
    assert [len(some) for _sector, some in page.context["by_sector"]] == [1, 1, 1]
    assert world.forum.name in client.get(reverse("fora")).content.decode()
    assert world.cluster.name in client.get(reverse("clusters")).content.decode()
