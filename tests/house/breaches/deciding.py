"""Rows that proposals, endorsements, decisions and meetings forbid."""

from datetime import date
from typing import Any

from django.utils import timezone

from kernen.decisions.models import (
    AnswerLink,
    Decision,
    Endorsement,
    Forwarding,
    Item,
    Meeting,
    Proposal,
    ProposalVersion,
    Recommendation,
)
from kernen.parties.models import (
    FormerRule,
    Forum,
)
from tests.house.world import World

from .common import Breach, again, appended

LONG_AGO = date(2000, 1, 1)


def record(model: Any, **fields: Any) -> Breach:
    """One more record like the first of its chain, but for these fields."""

    def breach(world: World) -> None:
        row = model.objects.order_by("pk").first()
        row.pk = None
        new = {"number": 1000, "hash": "new", **fields}
        for name, value in new.items():
            if name in {field.attname for field in model._meta.fields} | {
                field.name for field in model._meta.fields
            }:
                setattr(row, name, value)
        model.objects.bulk_create([row])

    return breach


def item(**fields: Any) -> Breach:
    return lambda world: Item.objects.create(meeting=world.new_meeting(), position=1, **fields)


def both_on_the_agenda(world: World) -> None:
    item(proposal=world.proposal, decision=world.decision)(world)


def twice_on_the_agenda(field: str) -> Breach:
    def breach(world: World) -> None:
        meeting, thing = world.new_meeting(), getattr(world, field)
        for _ in range(2):
            Item.objects.create(meeting=meeting, position=1, **{field: thing})

    return breach


BREACHES: list[tuple[str, Breach]] = [
    ("answerlink_once_at_a_time", again(AnswerLink)),
    ("answerlink_is_for_somebody", lambda world: AnswerLink.objects.update(person=None)),
    (
        "answerlink_answered_by_somebody",
        lambda world: AnswerLink.objects.update(
            person=None, name="Somebody", answered_at=timezone.now()
        ),
    ),
    (
        "answerlink_withdrawn_whole",
        lambda world: AnswerLink.objects.update(withdrawn_at=timezone.now()),
    ),
    (
        "answerlink_withdrawn_whole",
        lambda world: AnswerLink.objects.update(withdrawn_by=world.coordinator),
    ),
    ("proposal_open_once_at_a_forum", again(Proposal)),
    ("proposal_ended_says_how", lambda world: Proposal.objects.update(ending="decided")),
    (
        "proposal_ended_says_how",
        lambda world: Proposal.objects.update(ended_at=timezone.now(), ending=""),
    ),
    (
        "proposal_decided_was_submitted",
        lambda world: Proposal.objects.update(
            submitted_at=None, ended_at=timezone.now(), ending="decided"
        ),
    ),
    ("proposalversion_edition_once", record(ProposalVersion)),
    ("proposalversion_later_says_what_is_new", record(ProposalVersion, edition=2, changes="")),
    (
        "proposalversion_passes_gates_for_a_reason",
        record(ProposalVersion, edition=2, changes="New", passed=["citizens"], reason=""),
    ),
    ("endorsement_other_than_yes_says_why", record(Endorsement, answer="no", words="")),
    ("endorsement_answer_known", record(Endorsement, answer="moon", words="Why")),
    ("endorsement_puts_in_no_less_than_nothing", record(Endorsement, money=-1)),
    ("endorsement_puts_in_no_less_than_nothing", record(Endorsement, hours=-1)),
    ("endorsement_no_puts_in_nothing", record(Endorsement, answer="no", words="Why", money=5)),
    ("decision_says_why", record(Decision, grounds="")),
    ("decision_outcome_known", record(Decision, outcome="moon")),
    (
        "decision_on_conditions_names_them",
        record(Decision, outcome="on_conditions", commitment="binding"),
    ),
    ("decision_to_stop_says_what_was_learned", record(Decision, outcome="stop", to_know="All")),
    ("decision_to_stop_says_what_was_learned", record(Decision, outcome="stop", learned="It")),
    ("decision_to_spread_says_how_binding", record(Decision, outcome="spread")),
    ("decision_looked_at_again_later", record(Decision, look_again_on=LONG_AGO)),
    ("meeting_once_a_day", again(Meeting)),
    (
        "meeting_deadline_before_it",
        lambda world: Meeting.objects.update(on=LONG_AGO, deadline=date(2000, 1, 2)),
    ),
    ("item_proposal_once", twice_on_the_agenda("proposal")),
    ("item_decision_once", twice_on_the_agenda("decision")),
    ("item_is_a_proposal_or_a_decision", both_on_the_agenda),
    ("item_is_a_proposal_or_a_decision", item()),
    (
        "recommendation_says_something",
        lambda world: Recommendation.objects.create(
            version=world.proposal.latest(), forum=world.forum, by=world.coordinator
        ),
    ),
    (
        "forwarding_goes_elsewhere",
        lambda world: Forwarding.objects.create(
            proposal=world.proposal,
            version=world.proposal.latest(),
            source=world.forum,
            target=world.forum,
            by=world.coordinator,
        ),
    ),
    (
        "forum_quorum_is_a_share",
        lambda world: Forum.objects.filter(pk=world.forum.pk).update(quorum=101),
    ),
    ("formerrule_quorum_is_a_share", appended(FormerRule, quorum=101)),
]
