"""Who is asked, and where it may go, follows from what was submitted, not from what is written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernen.decisions import actions
from kernen.decisions.answering import actions as answering
from kernen.decisions.answering.pages import question
from kernen.decisions.known import known
from kernen.decisions.models import AnswerLink, Endorsement
from kernen.decisions.waiting_answers import put_to
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties.models import Forum

from .asked import NEW, ask, new_version, work


@pytest.fixture
def away(lived):
    """An organisation in another cluster, with a leader."""
    made = lived._organisation("Away", "municipality")
    parties.form_cluster(name="Elsewhere", organisations=[made], by=None)
    lived.leaders[made] = lived.person("Leader away", made, "leader")
    return made


@pytest.fixture
def proposal(lived, away):
    """It binds, lies with the region and was submitted for one cluster."""
    return lived.submitted(lived.tested(binding=True), lived.forum("Steering of the region"))


def rewritten(lived, proposal, *organisations):
    """The draft is for the clusters of these organisations now."""
    clusters = [one.memberships.get().cluster for one in organisations]
    actions.write(proposal=proposal, clusters=clusters, asks="test_further", by=lived.lead)


def test_whom_a_draft_leaves_out_goes_on_answering_what_was_submitted(lived, proposal, away):
    rewritten(lived, proposal, away)
    lived.answer(proposal, lived.hospital, "yes")
    [asked] = question(proposal, lived.hospital).in_scope
    assert asked.cluster == lived.cluster
    assert [one.cluster for one in known(proposal).in_scope] == [lived.cluster]
    assert [put.proposal for put in put_to({lived.towns[0].pk})] == [proposal]


def test_whom_a_draft_takes_in_is_asked_when_it_is_submitted(lived, proposal, away):
    rewritten(lived, proposal, lived.hospital, away)
    with pytest.raises(Refused, match="not in scope"):
        lived.answer(proposal, away, "yes")
    assert not put_to({away.pk})
    new_version(lived, proposal)
    lived.answer(proposal, away, "yes")
    assert Endorsement.objects.get().organisation == away
    assert [put.proposal for put in put_to({away.pk})] == [proposal]


def test_it_is_sent_on_by_the_scope_that_was_submitted(lived, away):
    theme = lived.forum("Theme group", cluster=lived.cluster, kind=Forum.Kind.THEME_GROUP)
    there = lived.forum("Steering elsewhere", cluster=away.memberships.get().cluster)
    proposal = lived.submitted(forum=theme)
    rewritten(lived, proposal)  # the draft names no cluster, which closes no forum of one
    with pytest.raises(Refused, match="decides for Elsewhere only, and Here is in scope"):
        actions.forward(proposal=proposal, to=there, by=lived.secretary)
    actions.forward(proposal=proposal, to=lived.steering, by=lived.secretary)
    proposal.refresh_from_db()
    assert proposal.forum == lived.steering


def test_whom_a_version_leaves_out_is_neither_told_of_it_nor_reminded(lived, proposal, away):
    rewritten(lived, proposal, lived.hospital, away)
    new_version(lived, proposal)
    link = ask(lived, proposal, away, by=lived.person("Coordinator", away, "coordinator"), **NEW)
    assert len(work()) == 1
    rewritten(lived, proposal, lived.hospital)
    new_version(lived, proposal)
    assert len(work(days=12)) == 1
    AnswerLink.objects.update(sent_at=timezone.now() - timedelta(days=2))
    with pytest.raises(Refused, match="not in scope"):
        answering.send_again(link=link, by=link.by)
    rewritten(lived, proposal, lived.hospital, away)
    new_version(lived, proposal)
    assert len(work()) == 2
    link.refresh_from_db()
    assert link.version.edition == 4
