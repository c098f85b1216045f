"""What waits for leaders and coordinators, and what stands on an organisation's page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernen.decisions import actions
from kernen.decisions.answering import actions as answering
from kernen.decisions.models import AnswerLink, Endorsement
from kernen.decisions.waiting_answers import waiting

from .lived import REASON


@pytest.fixture
def coordinator(lived):
    return lived.person("Coordinator", lived.hospital, "coordinator")


def keys(person):
    return [line.key.partition(":")[0] for line in waiting(person)]


def new_version(lived, proposal, **how):
    actions.submit(proposal=proposal, reason=REASON, changes="New.", by=lived.lead, **how)


def test_a_leader_is_waited_for_until_the_latest_version_is_answered(lived, proposal):
    leader = lived.leaders[lived.hospital]
    assert keys(leader) == ["answer"]
    lived.answer(proposal, lived.hospital, "yes_if", "With driving.")
    assert keys(leader) == []
    new_version(lived, proposal)
    [line] = waiting(leader)
    assert "earlier version" in line.what
    new_version(lived, proposal, meets=[Endorsement.objects.get().pk])
    [line] = waiting(leader)
    assert "condition of Hospital is met" in line.what
    assert line.about == "Falls"
    lived.answer(proposal, lived.hospital, "yes")
    assert keys(leader) == []


def test_nothing_waits_of_drafts_and_of_what_has_ended(lived):
    leader = lived.leaders[lived.hospital]
    proposal = lived.drafted()
    assert keys(leader) == []
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    actions.withdraw(proposal=proposal, words="", by=lived.lead)
    assert keys(leader) == []


def test_it_is_due_at_the_deadline_of_the_meeting(lived, proposal):
    day = date.today() + timedelta(days=5)
    meeting = actions.call_meeting(
        forum=proposal.forum, on=day + timedelta(days=5), deadline=day, by=lived.secretary
    )
    actions.put_on_agenda(meeting=meeting, proposal=proposal, by=lived.secretary)
    [line] = waiting(lived.leaders[lived.hospital])
    assert line.due == day


def test_a_coordinator_sees_what_the_organisation_owes_but_not_while_somebody_is_just_asked(
    lived, proposal, coordinator
):
    assert keys(coordinator) == ["owed"]
    answering.ask(
        proposal=proposal,
        organisation=lived.hospital,
        to=lived.leaders[lived.hospital],
        by=coordinator,
    )
    assert keys(coordinator) == []
    AnswerLink.objects.update(at=AnswerLink.objects.get().at - timedelta(days=12))
    [line] = waiting(coordinator)
    assert "asked by e-mail" in line.what
    lived.answer(proposal, lived.hospital, "yes")
    assert keys(coordinator) == []


def test_who_is_overtaken_by_a_later_answer_is_told(lived, proposal):
    other = lived.person("Other", lived.hospital, "leader")
    lived.answer(proposal, lived.hospital, "no", "Not now.")
    actions.endorse(proposal=proposal, organisation=lived.hospital, answer="yes", by=other)
    assert keys(lived.leaders[lived.hospital]) == ["answered_after"]
    assert keys(other) == []


def test_others_are_waited_for_in_vain(lived, proposal):
    assert keys(lived.secretary) == []
    assert keys(lived.lead) == []


def test_a_condition_waits_for_the_lead_until_a_new_version_or_the_end(lived, proposal):
    lived.answer(proposal, lived.hospital, "yes_if", "With driving.")
    lived.answer(proposal, lived.towns[0], "no", "Not now.")
    [line] = waiting(lived.lead)
    assert line.what == "Hospital has a condition: answer it."
    assert line.about == "Falls"
    assert line.url.startswith(proposal.get_absolute_url())
    new_version(lived, proposal)
    assert keys(lived.lead) == []
    lived.answer(proposal, lived.hospital, "yes_if", "With driving.")
    assert keys(lived.lead) == ["condition"]
    lived.answer(proposal, lived.hospital, "yes")
    assert keys(lived.lead) == []
    lived.answer(proposal, lived.hospital, "yes_if", "With driving.")
    actions.withdraw(proposal=proposal, words="", by=lived.lead)
    assert keys(lived.lead) == []


def test_a_lead_s_conditions_ask_as_often_however_many(lived, proposal):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            list(waiting(lived.lead))
        return len(queries)

    lived.answer(proposal, lived.hospital, "yes_if", "With driving.")
    before = asked()
    for town in lived.towns:
        lived.answer(proposal, town, "yes_if", "With driving.")
    assert len(list(waiting(lived.lead))) == 4
    assert asked() == before


def test_it_asks_as_often_however_much_waits(lived, proposal):
    leader = lived.leaders[lived.hospital]

    def asked():
        with CaptureQueriesContext(connection) as queries:
            list(waiting(leader))
        return len(queries)

    before = asked()
    for number in range(3):
        forum = lived.forum(f"Forum {number}", cluster=lived.cluster)
        lived.submitted(lived.tested(f"Initiative {number}"), forum)
    assert len(list(waiting(leader))) == 4
    assert asked() == before


def test_the_organisation_s_page_says_what_it_is_asked_and_has_answered(lived, proposal, sign_in):
    lived.answer(proposal, lived.hospital, "no", "We have something better.")
    client = sign_in(lived.secretary)
    seen = client.get(reverse("organisation", args=[lived.hospital.pk])).content.decode()
    assert "Leader of Hospital" in seen.partition('id="proposals"')[2].partition("</section>")[0]
    asked = client.get(reverse("organisation", args=[lived.practice.pk])).content.decode()
    assert "Ikke besvaret endnu" in asked.partition('id="proposals"')[2].partition("</section>")[0]
