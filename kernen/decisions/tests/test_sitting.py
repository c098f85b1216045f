"""A forum decides: the pages at which a secretary sits."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from kernen.decisions import actions, rules
from kernen.decisions.agenda import lying_before
from kernen.decisions.models import Decision, Outcome
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
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


def test_nothing_is_decided_on_before_it_was_submitted(lived):
    proposal, yesterday = lived.endorsed(), TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="Version 1 was submitted on"):
        lived.decided(proposal, met_on=yesterday)
    decision = lived.decided(proposal, met_on=TODAY)
    with pytest.raises(Refused, match="looked at again on that day or later"):
        actions.look_again(
            decision=decision, outcome="stop", grounds="No.", learned="No.", to_know="All",
            stances=lived.stances(lived.steering), met_on=yesterday, by=lived.secretary,
        )  # fmt: skip


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
    put_on(lived, meeting, lived.submitted(lived.tested("Silent")), in_block=True)
    answer = secretary.post(reverse("decide_block", args=[meeting.pk]), form(lived))
    refused = map(str, answer.context["form"].errors["__all__"])
    assert [said.partition(" in Here have not all said yes")[0] for said in refused] == [
        "Unanswered: The hospital and the municipalities",
        "Silent: The hospital and the municipalities",
    ]
    assert not Decision.objects.exists()


def test_what_is_the_same_for_the_whole_block_is_said_once(lived, secretary):
    meeting = called(lived)
    put_on(lived, meeting, *several(lived, 2), in_block=True)
    away = {f"stance_{seat.pk}": "absent" for seat in list(rules.seats(lived.steering))[:3]}
    answer = secretary.post(reverse("decide_block", args=[meeting.pk]), form(lived, **away))
    [said] = answer.context["form"].errors["__all__"]
    assert said.startswith("2 of 5 seats are present")


def test_a_block_is_listed_before_it_is_decided_with_what_hinders_it(lived, secretary):
    meeting = called(lived)
    ready, other = several(lived, 1)[0], lived.submitted(lived.tested("Unanswered"))
    put_on(lived, meeting, ready, other, in_block=True)
    answer = secretary.get(reverse("decide_block", args=[meeting.pk]))
    page = answer.content.decode()
    for one in (ready, other):
        assert f'<a href="{one.get_absolute_url()}">{one.initiative.title}</a>' in page
    assert page.count("Voluntary: it spreads to those who said yes") == 2
    first, second = answer.context["together"]
    assert first["hinders"] is None
    assert second["hinders"].startswith(
        "The hospital and the municipalities in Here have not all said yes"
    )
    assert page.count("It hinders the block:") == 1
    assert page.index("It hinders the block:") < page.index('name="outcome"')


def test_stopping_asks_what_was_learned(lived, secretary):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    page = secretary.post(address, form(lived, outcome="stop")).content.decode()
    assert "Say what was learned." in page
    assert "Say who should know." in page
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
    page = secretary.get(proposal.get_absolute_url()).content.decode()
    assert f"Proposal to {region}" in page
    assert f"Proposal to {theme}" not in page
    assert "Submitted to" in page
    word = secretary.get(reverse("proposal_docx", args=[proposal.pk]))
    assert f"{region}" in Document(BytesIO(b"".join(word))).tables[0].cell(2, 1).text
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


# --- read through, and then for ever --------------------------------------------------------------


def _not_read(lived, **more):
    return {name: value for name, value in form(lived, **more).items() if name != "read"}


def _hidden(page: str) -> dict:
    """What the page that is read through sends on."""
    found: dict = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_a_decision_is_read_through_as_it_will_stand_before_it_is_written_down(lived, secretary):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    town = next(seat for seat in rules.seats(lived.steering) if seat.organisation == lived.towns[0])
    differs = {f"stance_{town.pk}": "dissent", f"words_{town.pk}": "We\nwould wait."}
    page = secretary.post(address, _not_read(lived, **differs)).content.decode()
    for words in ("can never be changed", "decided to spread", "It works.", "would wait."):
        assert words in page
    proposal.refresh_from_db()
    assert (proposal.ending, Decision.objects.count()) == ("", 0)
    assert proposal.initiative.journal.filter(verb="decide").count() == 0
    kept = _hidden(page)
    page = secretary.post(address, kept | {"back": "1"}).content.decode()
    assert "It works." in page
    assert '<option value="dissent" selected>' in page
    secretary.post(address, kept | {"read": "1"})
    [decision] = Decision.objects.all()
    assert decision.dissents[0]["words"].split() == ["We", "would", "wait."]


def test_what_hinders_a_decision_is_said_before_the_form_is_filled_in(lived, secretary):
    address = reverse("decide", args=[lived.submitted(lived.tested("Unanswered")).pk])
    page = secretary.get(address).content.decode()
    assert "It cannot be decided as it asks for" in page
    assert "in Here have not all said yes: no answer from Hospital, Town 1, Town 2, Town 3." in page
    ready = reverse("decide", args=[lived.endorsed().pk])
    assert "It cannot be decided" not in secretary.get(ready).content.decode()


def test_what_a_rule_refuses_is_refused_before_it_is_read_through(lived, secretary):
    address = reverse("decide", args=[lived.submitted().pk])
    page = secretary.post(address, _not_read(lived, grounds="Typed.")).content.decode()
    assert "The hospital and the municipalities in Here have not all said yes" in page
    assert "Typed." in page
    assert "can never be changed" not in page


def test_a_decision_before_its_meeting_is_warned_of_and_asks_for_a_word_more(lived, secretary):
    proposal = lived.endorsed()
    put_on(lived, called(lived, 5), proposal)
    address = reverse("decide", args=[proposal.pk])
    page = secretary.get(address).content.decode()
    assert "that meeting has not been held" in page
    assert 'class="alert-heading"' not in page.partition("<main")[2]
    page = secretary.post(address, form(lived)).content.decode()
    assert "There are problems" in page
    assert not Decision.objects.exists()
    secretary.post(address, form(lived, before="on"))
    assert Decision.objects.exists()


def test_a_decision_of_another_day_than_its_meeting_asks_for_a_word_more(lived, secretary):
    proposal, day = lived.endorsed(lived.long_ago()), TODAY - timedelta(days=1)
    meeting = called(lived)
    put_on(lived, meeting, proposal)
    alone = reverse("decide", args=[proposal.pk])
    for address in (alone, f"{alone}?meeting={meeting.pk}"):
        page = secretary.post(address, form(lived, met_on=day.isoformat())).content.decode()
        assert "the minute of that meeting will leave it out" in page
        assert "There are problems" in page
        assert not Decision.objects.exists()
    page = secretary.post(alone, _not_read(lived)).content.decode()
    assert "will leave it out" not in page, "of the day of the meeting"
    secretary.post(alone, form(lived, met_on=day.isoformat(), apart="on"))
    assert Decision.objects.get().met_on == day


def test_a_block_of_another_day_than_its_meeting_asks_too(lived, secretary):
    meeting = called(lived)
    put_on(lived, meeting, lived.endorsed(lived.long_ago()), in_block=True)
    sent = form(lived, met_on=(TODAY - timedelta(days=1)).isoformat())
    secretary.post(reverse("decide_block", args=[meeting.pk]), sent)
    assert not Decision.objects.exists()
    secretary.post(reverse("decide_block", args=[meeting.pk]), sent | {"apart": "on"})
    assert Decision.objects.exists()


def test_a_block_is_read_through_as_all_that_it_is(lived, secretary):
    meeting = called(lived)
    put_on(lived, meeting, *several(lived, 2), in_block=True)
    address = reverse("decide_block", args=[meeting.pk])
    page = secretary.post(address, _not_read(lived)).content.decode()
    assert all(f"decided to spread “Falls {number}”" in page for number in (0, 1))
    assert "has not been held" not in page
    assert not Decision.objects.exists()


# --- who sat there --------------------------------------------------------------------------------


def test_those_decide_who_had_a_seat_on_the_day_however_late_it_is_written_down(lived, secretary):
    day = TODAY - timedelta(days=10)
    left = lived.steering.members.get(organisation=lived.towns[0])
    left.end = TODAY - timedelta(days=5)
    left.save()
    parties.seat(
        forum=lived.steering,
        organisation=lived._organisation("Newcomer", "municipality"),
        start=TODAY - timedelta(days=5),
        by=None,
    )
    proposal = lived.endorsed(lived.long_ago())
    address = reverse("decide", args=[proposal.pk])
    sent = form(lived) | {"met_on": day.isoformat(), f"stance_{left.pk}": ""}
    page = secretary.post(address, sent).content.decode()
    assert "Town 1 has no stance yet" in page
    assert "Newcomer" not in page.partition("</main>")[0]
    secretary.post(address, sent | {f"stance_{left.pk}": "yes"})
    votes = {vote["organisation"] for vote in Decision.objects.get().votes}
    assert votes == {one.pk for one in lived.members}
