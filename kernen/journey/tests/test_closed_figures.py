"""Closed figures on the pages made of everything: nobody but their owners meets them anywhere."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kernen.following import actions as following
from kernen.following import duties
from kernen.following.models import Notice
from kernen.initiatives import actions as initiatives
from kernen.measures import actions
from kernen.measures.closing import actions as closing
from kernen.measures.sharing import actions as sharing
from kernen.measures.sharing.files import addresses as shared
from kernen.measures.tests.practices import FIGURE, NOTE, PLACE, practice_series
from kernen.parties.models import OrganisationRole
from tests.house.conftest import addresses, patterns


@pytest.fixture
def own(world):
    measure = actions.define(initiative=world.first, name="Ajour", by=world.coordinator)
    return practice_series(world, measure)


def telling(client) -> set[str]:
    """The addresses of the program, without their numbers, that answer with a word or a figure of
    the practice."""
    words = re.compile(f"{PLACE}|{NOTE}|{FIGURE}|71[. ]337")
    found = set()
    for route, pattern in patterns():
        for url in addresses(route, str(pattern.name), sample=6):
            answer = client.get(url)
            if answer.status_code == 200:
                whole = b"".join(answer) if answer.streaming else answer.content
                if words.search(whole.decode(errors="replace")):
                    found.add(re.sub(r"\d+", "0", url))
    return found


def test_no_address_of_the_program_tells_anybody_else_of_closed_figures(world, sign_in, own):
    series, doctor = own
    pictures = sharing.embed(series=series, by=world.coordinator)
    pictures = shared(pictures).values()
    closing.close(series=series, by=doctor)
    on = date(2018, 6, 1)
    actions.annotate(series=series, on=on, words=NOTE, by=doctor)  # the lead would be told of it
    duties.tell(timezone.now(), 1000)
    assert Notice.objects.filter(person=world.coordinator, entry__words=NOTE).exists()
    others, its_own = telling(sign_in(world.coordinator)), telling(sign_in(doctor))
    assert not others
    assert {"/series/0/", "/measures/0/", "/initiatives/0/measures/", "/initiatives/0/journal/",
            "/series/0/series.csv", "/series/0/series.svg"} <= its_own  # fmt: skip
    for address in pictures:
        assert sign_in(doctor).get(address).status_code == 404


def test_the_digest_tells_nothing_of_what_has_been_closed_since(world, own):
    series, doctor = own
    outsider = world.person(OrganisationRole.Role.CONTRIBUTOR)
    following.follow(thing=world.first, by=outsider)
    actions.annotate(series=series, on=date(2018, 6, 1), words="B", by=world.coordinator)
    initiatives.note(initiative=world.first, words="N", by=world.coordinator)
    duties.tell(timezone.now(), 1000)
    closing.close(series=series, by=doctor)
    following.gather(person=outsider, slot=timezone.now() + timedelta(minutes=1))
    duties.send_digests(timezone.now(), 10)
    [told] = [m for m in mail.outbox if m.to == [outsider.user.email]]
    assert "1 " in told.subject
    assert PLACE not in told.body
