"""What tests of several rooms share."""

import pytest
from django.test import Client

from tests.house.world import World


@pytest.fixture
def world(db) -> World:
    """Two organisations in a cluster with a forum, a coordinator and an initiative."""
    return World()


@pytest.fixture
def sign_in(db):
    """A client that is signed in as the person."""

    def as_person(person):
        client = Client()
        client.force_login(person.user)
        return client

    return as_person
