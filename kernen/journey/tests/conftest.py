"""The world of the tests after a change of its structure."""

import pytest

from kernen.parties import actions as parties
from kernen.parties.models import Cluster, Organisation
from kernen.parties.reorganising import actions
from tests.house.world import SOON


@pytest.fixture
def confirmed(world) -> Cluster:
    """The council that replaces the world's cluster, from `SOON`."""
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    return Cluster.objects.get(start=SOON)


@pytest.fixture
def merged(world) -> Organisation:
    """What the hospital and another one go on as, from `SOON`."""
    world.other = world.organisation("hospital")
    parties.give_role(
        person=world.coordinator, organisation=world.other, role="coordinator", by=None
    )
    world.merger(world.change, world.hospital, world.other)
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    return Organisation.objects.get(start=SOON)
