"""A digest is made once, says what waits, stops with one click, and repeats only as itself."""

import re
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.following import actions, digests, duties
from kernen.following.models import Digest, DigestChoice, Notice

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 7))


@pytest.fixture(autouse=True)
def _follows(world, reader):
    Notice.objects.all().delete()
    Digest.objects.all().delete()
    actions.follow(thing=world.first, by=reader)


@pytest.fixture
def at(monkeypatch):
    """The worker's rounds at a moment, counted from the next Monday at seven."""

    def rounds(**later):
        now = next_monday() + timedelta(**later)
        duties.gather_digests(now, 100)
        duties.send_digests(now, 100)
        return mail.outbox

    return rounds


def next_monday():
    day = timezone.localtime() + timedelta(days=7)
    return digests.slots(day)[DigestChoice.Frequency.WEEKLY]


def to(person):
    return [one for one in mail.outbox if one.to == [person.user.email]]


def test_the_slots_are_seven_o_clock_of_the_day_and_of_monday():
    daily, weekly = DigestChoice.Frequency.DAILY, DigestChoice.Frequency.WEEKLY
    wednesday = MONDAY + timedelta(days=2)
    assert digests.slots(MONDAY) == {daily: MONDAY, weekly: MONDAY}
    assert digests.slots(wednesday) == {daily: wednesday, weekly: MONDAY}
    before = MONDAY - timedelta(seconds=1)
    assert digests.slots(before)[weekly] == MONDAY - timedelta(days=7)
    assert digests.slots(before)[daily] == MONDAY - timedelta(days=1)
    summer = timezone.make_aware(datetime(2027, 3, 29, 7))  # the Monday after the clocks changed
    assert digests.slots(summer + timedelta(hours=1))[weekly] == summer


def test_who_chose_nothing_gets_one_mail_a_week_and_only_if_something_is_unread(happen, at, reader):
    at(hours=-1)
    assert not to(reader)
    happen("news")
    at(hours=1)
    at(days=1)
    assert len(to(reader)) == 1
    at(days=7)
    assert len(to(reader)) == 1, "nothing has happened since"


def test_what_is_read_in_the_inbox_is_not_mailed(happen, at, reader):
    happen("news")
    actions.read(notices=Notice.objects.all(), by=reader)
    at(hours=1)
    assert not to(reader)


def test_who_wants_none_gets_none_and_who_wants_it_daily_gets_it_the_next_morning(
    happen, at, reader, world, other
):
    actions.choose_digest(person=reader, frequency="never", by=reader)
    daily = world.coordinator
    actions.choose_digest(person=daily, frequency="daily", by=daily)
    happen("news")
    at(days=1)
    assert not to(reader)
    assert len(to(daily)) == 1


def test_the_mail_speaks_the_person_s_language_and_keeps_what_was_written_in_kernen(
    happen, at, reader, world, settings
):
    settings.SITE = "https://kernen.example.org"
    happen("Secret words")
    at(hours=1)
    (sent,) = to(reader)
    page = sent.alternatives[0].content
    assert "Hej" in sent.body
    assert 'lang="da"' in page
    for text in (sent.body, page):
        assert world.first.title in text
        assert f"https://kernen.example.org/initiatives/{world.first.pk}/" in text
        assert "Secret words" not in text
    actions.choose_digest(person=reader, frequency="weekly", language="en", by=reader)
    Digest.objects.all().delete()
    at(hours=1)
    at(days=7)
    assert "Hello" in to(reader)[-1].body


def test_one_click_stops_it_without_signing_in_and_looking_does_not(happen, at, reader):
    happen("news")
    at(hours=1)
    (sent,) = to(reader)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    path = re.sub(r"^https?://[^/]+", "", address)
    assert address in sent.body
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.get(path).status_code == 200
    assert not DigestChoice.objects.filter(person=reader).exists()
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert DigestChoice.objects.get(person=reader).frequency == "never"
    happen("more")
    at(days=7, hours=1)
    assert len(to(reader)) == 1


def test_an_address_that_is_not_ours_stops_nobody(reader):
    page = Client().post(f"{reverse('digest_stop')}?key={reader.pk}")
    assert not DigestChoice.objects.filter(person=reader).exists()
    assert 'class="button' not in page.content.decode()[page.content.decode().index("<main") :]


def test_a_worker_killed_after_sending_sends_the_same_message_again(
    happen, at, reader, world, monkeypatch
):
    actions.choose_digest(person=world.coordinator, frequency="never", by=world.coordinator)
    happen("news")

    def killed(**kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions, "sent", killed)
        with pytest.raises(KeyboardInterrupt):
            at(hours=1)
    assert len(to(reader)) == 1
    at(hours=1, minutes=1)
    assert len(to(reader)) == 1, "it is left alone for a while"
    at(hours=1, minutes=6)
    first, second = to(reader)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body
    at(hours=2)
    assert len(to(reader)) == 2


def test_an_address_that_is_refused_holds_nobody_up_and_is_given_up_in_the_end(
    happen, at, reader, world, monkeypatch
):
    refused = []
    message = digests.message

    def refusing(digest):
        made = message(digest)
        if digest.person == reader:
            refused.append(digest)
            made.send = lambda: (_ for _ in ()).throw(SMTPRecipientsRefused({}))
        return made

    monkeypatch.setattr(digests, "message", refusing)
    monkeypatch.setattr(duties.log, "exception", lambda *_: None)
    happen("news")
    for hours in range(0, 24 * 6, 2):
        at(hours=hours)
    assert to(world.coordinator)
    assert len(refused) == duties.MOST_TRIES
    assert Notice.objects.filter(person=reader, read_at=None).exists(), "it stands in the inbox"


def test_two_workers_make_and_send_one_digest(happen, reader):
    happen("news")
    slot = next_monday()
    digest = actions.gather(person=reader, slot=slot)
    assert actions.gather(person=reader, slot=slot) is None
    assert actions.claim(digest=digest, now=slot)
    assert not actions.claim(digest=digest, now=slot)
