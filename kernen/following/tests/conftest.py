import pytest
from django.utils import timezone

from kernen.following import duties
from kernen.initiatives import actions
from kernen.parties.models import OrganisationRole


@pytest.fixture
def tell():
    """The worker's round of telling."""

    def round_():
        while duties.tell(timezone.now(), 100):
            pass

    return round_


@pytest.fixture
def other(world):
    return world.person(OrganisationRole.Role.CONTRIBUTOR)


@pytest.fixture
def happen(world, other, tell):
    """Another person writes a note on an initiative, and the worker tells of it."""
    tell()

    def one(words, initiative=None, by=None):
        initiative = initiative or world.first
        entry = actions.note(initiative=initiative, words=words, by=by or other)
        tell()
        return entry

    return one


@pytest.fixture
def reader(world):
    return world.person(OrganisationRole.Role.READER)


@pytest.fixture
def told():
    """The words of what a person was told, the oldest first."""

    def of(person):
        notices = person.notices.order_by("entry_id")
        return [notice.entry.words for notice in notices if notice.entry.verb == "note"]

    return of
