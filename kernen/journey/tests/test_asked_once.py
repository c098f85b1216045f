"""What many parts of a page ask is asked once, and what may change is asked anew."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernen.initiatives.rules import verbs
from kernen.lib.asked_once import asked_once, asking_once
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole

COORDINATOR = OrganisationRole.Role.COORDINATOR


def test_it_is_asked_once_for_each_that_it_is_asked_of_and_only_while_a_page_is_made():
    asked = []
    ask = asked_once(lambda of, day=None: asked.append((of, day)) or of)
    with asking_once():
        assert [ask(1), ask(1), ask(2), ask(1, day=3), ask(1, day=3)] == [1, 1, 2, 1, 1]
        with asking_once():
            ask(1)
    with asking_once():
        ask(1)
    ask(1)
    assert asked == [(1, None), (2, None), (1, 3), (1, None), (1, None)]


def test_who_may_what_is_known_at_once_where_it_is_changed(world):
    other = world.person("reader")
    assert verbs(other, world.first) == set()
    parties.give_role(person=other, organisation=world.hospital, role=COORDINATOR, by=None)
    assert "edit" in verbs(other, world.first)


def test_each_page_asks_anew_who_may_what(world, sign_in):
    other = world.person("reader")
    page, client = reverse("team", args=[world.first.pk]), sign_in(other)
    assert client.get(page).status_code == 403
    parties.give_role(person=other, organisation=world.hospital, role=COORDINATOR, by=None)
    assert client.get(page).status_code == 200


def test_a_page_asks_once_for_what_a_person_holds(world, sign_in):
    client, table = sign_in(world.coordinator), OrganisationRole._meta.db_table
    with CaptureQueriesContext(connection) as queries:
        client.get(world.first.get_absolute_url())
    asked = [query["sql"] for query in queries if f'FROM "{table}"' in query["sql"]]
    assert asked
    assert len(asked) == len(set(asked))
