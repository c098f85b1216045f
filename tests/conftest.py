"""What tests of several rooms share."""

import pytest

from tests.house.world import World


@pytest.fixture
def world(db) -> World:
    """Two organisations in a cluster with a forum, a coordinator and an initiative."""
    return World()


@pytest.fixture
def sign_in(client):
    """Sign the test client in as a person, and give the client back."""

    def as_person(person):
        client.force_login(person.user)
        return client

    return as_person
