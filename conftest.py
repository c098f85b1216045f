"""What tests of several rooms share."""

import pytest
from django.test import Client, TransactionTestCase
from hypothesis import settings

from kernen.initiatives.likeness.nearest import REGISTER
from tests.house.snapshot import Snapshot
from tests.house.world import World

WORLD = Snapshot(World)
# How long an example takes is no test: a machine may have other work.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database. pytest-django lets nothing else ask it; a test whose own
    processes do says so itself, where it has no fixture named here."""
    for item in items:
        asked = {"db", "transactional_db", "database"} & set(getattr(item, "fixturenames", ()))
        of_django = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        if asked or of_django or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture
def world(db) -> World:
    """Two organisations in a cluster with a forum, a coordinator and an initiative."""
    return WORLD.lay_out()


@pytest.fixture(autouse=True)
def nothing_read():
    """What one test's initiatives say is not remembered in the next."""
    REGISTER.forget()


@pytest.fixture
def sign_in(db):
    """A client that is signed in as the person."""

    def as_person(person):
        client = Client()
        client.force_login(person.user)
        return client

    return as_person
