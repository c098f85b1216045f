"""A forum decides: the pages at which a secretary sits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernen.decisions import actions, rules
from kernen.decisions.agenda import lying_before
from kernen.decisions.models import Decision, Outcome
from kernen.lib.refusal import Refused
from kernen.parties.models import Forum

from .sitting import TODAY, called, form, put_on, several


def test_a_secretary_writes_a_decision_down(lived, secretary):
    proposal = lived.endorsed()
    meeting = called(lived)
    put_on(lived, meeting, proposal)
    address = f"{reverse('decide', args=[proposal.pk])}?meeting={meeting.pk}"
    assert secretary.get(address).context["form"]["outcome"].value() == "spread"
    town = next(seat for seat in rules.seats(lived.steering) if seat.organisation == lived.towns[0])
    differs = {f"stance_{town.pk}": "dissent", f"words_{town.pk}": "We would wait."}
    answer = secretary.post(address, form(lived, **differs))
    assert answer.url == meeting.get_absolute_url()
    decision = Decision.objects.get()
    assert decision.look_again_on == TODAY + timedelta(days=365)
    page = secretary.get(decision.get_absolute_url()).content.decode()
    for words in ("decided to spread", "It works.", "We would wait.", decision.hash):
        assert words in page
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "Decided on" in page


def test_a_rule_refuses_in_one_sentence_and_all_that_was_typed_stays(lived, secretary):
    proposal = lived.endorsed()
    seats = list(rules.seats(lived.steering))
    away = {f"stance_{seat.pk}": "absent" for seat in seats[:3]}
    sent = form(lived, **away, grounds="Long thought over.")
    page = secretary.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    assert "2 of 5 seats are present, and the forum needs 3" in page
    assert "Long thought over." in page
    assert page.count('<option value="absent" selected>') == 3
    assert not Decision.objects.exists()


def test_one_press_lets_all_others_say_yes_and_keeps_what_was_typed(lived, secretary):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    assert '<option value="yes" selected>' not in secretary.get(address).content.decode()
    away = f"stance_{rules.seats(lived.steering)[0].pk}"
    sent = {"grounds": "Typed.", "others": "1", "outcome": "stop", away: "absent"}
    page = secretary.post(address, sent).content.decode()
    assert page.count('<option value="yes" selected>') == 4
    assert page.count('<option value="absent" selected>') == 1
    assert "Typed." in page
    assert "There are problems" not in page


def test_a_seat_that_nobody_spoke_of_is_asked_for(lived, secretary):
    proposal = lived.endorsed()
    seat = rules.seats(lived.steering)[0]
    sent = form(lived, **{f"stance_{seat.pk}": ""})
    page = secretary.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    assert "has no stance yet" in page


def test_who_was_absent_before_is_absent_from_the_next_decision_of_the_day(lived, secretary):
    first, second = several(lived, 2)
    stances = lived.stances(lived.steering, Town_1=("absent", ""))
    lived.decided(first, stances=stances)
    page = secretary.get(reverse("decide", args=[second.pk])).content.decode()
    assert page.count('<option value="absent" selected>') == 1
    assert page.count('<option value="yes" selected>') == 4


def test_a_forum_decides_on_the_scope_as_submitted_whatever_the_draft_says_since(lived):
    proposal = lived.endorsed()
    actions.write(proposal=proposal, clusters=[], asks="stop", by=lived.lead)
    proposal.refresh_from_db()
    before = lying_before([proposal], lived.steering)[proposal.pk]
    assert (before.clusters, before.asks) == ([lived.cluster], "Spread")
    assert lived.decided(proposal).scope == [lived.cluster.pk]


def test_a_day_to_come_is_not_decided_on(lived):
    with pytest.raises(Refused, match="to come"):
        lived.decided(met_on=TODAY + timedelta(days=1))


def _seen(client, meeting):
    return client.get(meeting.get_absolute_url()).content.decode()


def test_a_block_is_decided_in_one_go(lived, secretary):
    meeting = called(lived)
    assert reverse("decide_block", args=[meeting.pk]) not in _seen(secretary, meeting)
    put_on(lived, meeting, *several(lived, 3), in_block=True)
    assert "3 items are taken in one block." in _seen(secretary, meeting)
    secretary.post(reverse("decide_block", args=[meeting.pk]), form(lived))
    assert Decision.objects.count() == 3
    assert {one.grounds for one in Decision.objects.all()} == {"It works."}


def test_a_block_is_decided_on_whole_or_not_at_all(lived, secretary):
    meeting = called(lived)
    put_on(lived, meeting, *several(lived, 1), in_block=True)
    put_on(lived, meeting, lived.submitted(lived.tested("Unanswered")), in_block=True)
    page = secretary.post(reverse("decide_block", args=[meeting.pk]), form(lived)).content.decode()
    assert "Unanswered: Here has not said yes" in page
    assert not Decision.objects.exists()


def test_stopping_asks_what_was_learned(lived, secretary):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    page = secretary.post(address, form(lived, outcome="stop")).content.decode()
    assert "Say what was learned and who should know." in page
    secretary.post(address, form(lived, outcome="stop", learned="Too few.", to_know="The wards"))
    assert Decision.objects.get().learned == "Too few."


def test_looking_again_follows_and_does_not_spread_what_was_not(lived, secretary):
    first = lived.decided(outcome=Outcome.TEST_FURTHER)
    address = reverse("look_again", args=[first.pk])
    page = secretary.post(address, form(lived)).content.decode()
    assert "ask the lead to submit a new one" in page
    secretary.post(address, form(lived, outcome="test_further"))
    assert Decision.objects.get(follows=first).outcome == "test_further"
    assert (
        "Followed by a later decision" in secretary.get(first.get_absolute_url()).content.decode()
    )
    assert secretary.get(address).status_code == 403


def test_a_preparing_group_recommends_and_sends_on(lived, secretary):
    theme = lived.forum("Theme group", kind=Forum.Kind.THEME_GROUP)
    region = lived.forum("Steering of the region")
    proposal = lived.submitted(lived.tested(binding=True), theme)
    assert secretary.get(reverse("decide", args=[proposal.pk])).status_code == 403
    secretary.post(reverse("recommend", args=[proposal.pk]), {"words": "Spread it widely."})
    address = reverse("forward", args=[proposal.pk])
    page = secretary.get(address).content.decode()
    assert "Steering here decides for one cluster" in page
    assert f'value="{region.pk}" checked' in page
    secretary.post(address, {"to": region.pk, "words": "Ready."})
    page = secretary.get(region.get_absolute_url()).content.decode()
    assert proposal.initiative.title in page
    meeting = called(lived, 3, region)
    put_on(lived, meeting, proposal)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "Spread it widely." in page
    assert "Ready." in page


def test_a_binding_decision_of_25_seats_asks_as_often_as_one_of_5(lived):
    def asked(name: str, more: int) -> int:
        region = lived.forum(name)
        for number in range(more):
            lived.seat(region, f"{name} {number}")
        proposal = lived.submitted(lived.tested(name, binding=True), region)
        stances = lived.stances(region)
        with CaptureQueriesContext(connection) as queries:
            actions.decide(
                proposal=proposal,
                outcome=Outcome.TEST_FURTHER,
                grounds="Not yet.",
                stances=stances,
                by=lived.secretary,
            )
        return len(queries)

    asked("First of all", 0)
    assert asked("Small", 0) == asked("Large", 20)
    assert {len(one.votes) for one in Decision.objects.all()} == {5, 25}
