"""What a page calls an organisation or a cluster is what it is on the day shown."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Initiative
from kernen.parties.models import Cluster
from tests.house.world import SOON

from .days import LATER, page, passes


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.mark.parametrize(
    "address", ["initiative", "involvement", "overview_csv", "forum", "fora", "my_work"]
)
def test_every_page_names_what_an_organisation_and_a_cluster_are_on_the_day(
    world, merged, client, address
):
    own = {"initiative": world.first, "involvement": world.first, "forum": world.forum}
    keys = [own[address].pk] if address in own else []
    now, then = (page(client, reverse(address, args=keys), day) for day in (None, LATER))
    before, after = world.hospital, merged
    if "for" in address:
        before, after = world.cluster, Cluster.objects.get(start=SOON)
    assert re.search(rf"{before}\b", now)
    assert not re.search(rf"{after}\b", now)
    assert re.search(rf"{after}\b", then)


def test_who_takes_part_tells_the_name_it_was_recorded_under(world, merged, client):
    address = reverse("involvement", args=[world.first.pk])
    recorded = f"Registreret som {world.hospital}"
    assert recorded not in page(client, address)
    assert recorded in page(client, address, LATER)


def test_who_coordinated_a_part_coordinates_what_the_whole_is_responsible_for(
    world, merged, monkeypatch
):
    [recorded] = world.first.involvements.filter(role="responsible")
    by = world.coordinator
    initiatives.involve(initiative=world.first, organisation=merged, role="responsible", by=by)
    initiatives.withdraw(involvement=recorded, by=by)
    passes(monkeypatch, LATER)
    assert world.first in Initiative.objects.coordinated_by(world.coordinator)


def test_the_header_names_the_organisation_of_today_and_none_that_was_left(world, merged, client):
    address, organisation = reverse("clusters"), re.compile(r"who-org\">, ([^<]*)<")
    assert organisation.findall(page(client, address)) == [str(world.hospital)]
    assert organisation.findall(page(client, address, LATER)) == [str(merged)]
    world.coordinator.roles.update(end=date.today() - timedelta(days=1))
    assert not organisation.findall(page(client, address))
