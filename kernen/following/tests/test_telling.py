"""Nothing is announced that did not happen, and nothing that happened goes unannounced."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kernen.following import actions, duties
from kernen.following.followers import followers, why_told
from kernen.following.models import Notice
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Entry, Untold
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties


@pytest.fixture(autouse=True)
def _quiet(world):
    """Nothing is followed, and nothing waits, but what a test brings about."""
    world.coordinator.follows.all().delete()
    Notice.objects.all().delete()


def test_who_follows_an_initiative_is_told_until_he_stops(happen, told, reader, world):
    happen("before")
    actions.follow(thing=world.first, by=reader)
    happen("meanwhile")
    actions.unfollow(thing=world.first, by=reader)
    happen("after")
    actions.follow(thing=world.first, by=reader)
    happen("again")
    assert told(reader) == ["meanwhile", "again"]


def test_whoever_is_on_the_team_is_told_unless_he_will_not_be(happen, told, world):
    lead = world.first.leads().get().person
    assert "team" in why_told(lead, world.first)
    happen("to the lead")
    actions.unfollow(thing=world.first, by=lead)
    happen("not to the lead")
    assert told(lead) == ["to the lead"]
    assert why_told(lead, world.first) == ""


def test_nobody_is_told_of_what_he_did_himself(happen, told, other, world):
    actions.follow(thing=world.first, by=other)
    happen("mine", by=other)
    happen("hers", by=world.coordinator)
    assert told(other) == ["hers"]


def test_a_cluster_tells_of_its_initiatives_and_one_of_them_can_be_left_out(
    happen, told, reader, world
):
    inside = world.initiative()
    outside = initiatives.register(
        title="Ude",
        problem="Et problem",
        organisations=[world.organisation()],
        cluster=None,
        by=world.coordinator,
    )
    actions.follow(thing=world.cluster, by=reader)
    assert world.cluster.name in why_told(reader, inside)
    happen("inside", inside, world.coordinator)
    happen("outside", outside, world.coordinator)
    actions.unfollow(thing=inside, by=reader)
    happen("left out", inside, world.coordinator)
    assert told(reader) == ["inside"]


def test_a_view_tells_of_what_the_overview_would_show_there(happen, told, reader, world):
    view = actions.save_view(name="Fald", query="q=faldulykke&sort=title&page=3", by=reader)
    assert view.query == "q=faldulykke&sort=title"
    actions.follow(thing=view, by=reader)
    happen("not yet")
    initiatives.tell(initiative=world.first, by=world.coordinator, problem="For mange faldulykker")
    happen("now")
    assert told(reader) == ["now"]
    assert "Fald" in why_told(reader, world.first)


def test_a_view_whose_address_has_lost_its_meaning_tells_nothing(happen, told, reader, world):
    gone = parties.found_organisation(name="Forsvinder", sector="state", by=None)
    view = actions.save_view(name="Den", query=f"organisation={gone.pk}", by=reader)
    actions.follow(thing=view, by=reader)
    type(gone).objects.filter(pk=gone.pk).delete()
    happen("of anything")
    assert told(reader) == []


def test_who_follows_in_several_ways_is_told_once(happen, told, reader, world):
    for thing in (world.first, world.cluster):
        actions.follow(thing=thing, by=reader)
    happen("once")
    assert told(reader) == ["once"]


def test_only_who_can_sign_in_is_told(happen, told, reader, world):
    actions.follow(thing=world.first, by=reader)
    type(reader.user).objects.filter(pk=reader.user.pk).update(is_active=False)
    happen("to nobody")
    assert told(reader) == []


def test_history_from_before_kernen_is_no_news(happen, told, reader, world, tell):
    actions.follow(thing=world.first, by=reader)
    initiatives.note(
        initiative=world.first, words="Long ago", by=world.coordinator, at=timezone.now()
    )
    tell()
    assert told(reader) == []
    assert not Untold.objects.exists()


def test_what_did_not_happen_is_not_told(told, reader, world, tell):
    actions.follow(thing=world.first, by=reader)
    with transaction.atomic():
        initiatives.note(initiative=world.first, words="Not so", by=world.coordinator)
        transaction.set_rollback(True)
    tell()
    assert told(reader) == []


def test_a_worker_that_is_killed_in_the_middle_leaves_all_to_the_next(
    told, reader, world, tell, monkeypatch
):
    tell()
    actions.follow(thing=world.first, by=reader)
    for number in range(3):
        initiatives.note(initiative=world.first, words=str(number), by=world.coordinator)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Untold.objects.__class__, "filter", killed)
        with pytest.raises(KeyboardInterrupt):
            duties.tell(timezone.now(), 100)
    assert told(reader) == []
    tell()
    assert told(reader) == ["0", "1", "2"]


def test_nobody_announces_by_hand(world):
    with pytest.raises(Refused):
        actions.announce(followers={}, by=world.coordinator)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes at a time")
def test_an_entry_that_is_committed_after_a_later_one_is_told_too(told, reader, world, tell):
    """Numbers are given before the commit: the first may become visible last."""
    tell()
    actions.follow(thing=world.first, by=reader)
    second = world.initiative()
    actions.follow(thing=second, by=reader)
    tell()
    written, go_on = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            initiatives.note(initiative=world.first, words="first", by=world.coordinator)
            written.set()
            go_on.wait(10)
        connection.close()

    slow = threading.Thread(target=slowly)
    slow.start()
    written.wait(10)
    later = initiatives.note(initiative=second, words="second", by=world.coordinator)
    tell()
    assert told(reader) == ["second"]
    go_on.set()
    slow.join()
    assert Entry.objects.get(words="first").pk < later.pk
    tell()
    assert sorted(told(reader)) == ["first", "second"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes at a time")
def test_two_workers_share_what_waits_and_neither_waits_for_the_other(told, reader, world, tell):
    tell()
    actions.follow(thing=world.first, by=reader)
    for number in range(2):
        initiatives.note(initiative=world.first, words=str(number), by=world.coordinator)
    one, other = (untold.entry for untold in Untold.objects.select_related("entry").order_by("pk"))
    done = []

    def works():
        done.append(actions.announce(followers=followers([one, other])))
        connection.close()

    with transaction.atomic():
        assert actions.announce(followers=followers([one])) == 1
        second = threading.Thread(target=works)
        second.start()
        second.join(10)
        assert done == [1], "it took what was free"
    assert told(reader) == ["0", "1"]
