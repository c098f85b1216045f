"""The verbs of a decision: taken, looked at again, opened to everybody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernen.initiatives.stages import Stage
from kernen.parties.models import Cluster, ForumMember, Person

from .. import rules
from ..agreement import answers
from ..models import SPREADS, Decision, Outcome, Proposal, Publication
from ..tally import Vote
from .chaining import append, tell


def _votes(seats: Sequence[ForumMember], stances: dict[int, tuple[str, str]]) -> list[Vote]:
    """One vote for each seat, by its id; a seat that nothing is said of was absent."""
    said = [(seat, *stances.get(seat.pk, ("absent", ""))) for seat in seats]
    return [Vote(str(seat.organisation or seat.person), how, words) for seat, how, words in said]


def _as_rows(seats: Sequence[ForumMember], votes: Sequence[Vote]) -> list[dict[str, Any]]:
    """The votes as the decision keeps them: by ids, since a name may be taken out one day."""
    return [
        {
            "seat": seat.pk,
            "organisation": seat.organisation_id,
            "person": seat.person_id,
            "stance": str(vote.stance),
            "words": vote.words.strip(),
        }
        for seat, vote in zip(seats, votes, strict=True)
    ]


@transaction.atomic
def decide(
    *,
    proposal: Proposal,
    outcome: str,
    grounds: str,
    stances: dict[int, tuple[str, str]],
    scope: Sequence[Cluster] | None = None,
    conditions: str = "",
    learned: str = "",
    replaces: str = "",
    to_know: str = "",
    met_on: date | None = None,
    look_again_on: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Decision:
    """The forum's decision on the latest version. `stances` are, by seat's id, what it said and in
    which words; `scope` is as proposed unless told."""
    proposal = Proposal.objects.locked(proposal)
    clusters = list(proposal.clusters.all())
    seats = list(rules.seats(proposal.forum))
    votes = _votes(seats, stances)
    decided = clusters if scope is None else list(scope)
    said = answers(proposal, clusters, proposal.latest())
    version = rules.decide(by, proposal, outcome, decided, votes, said)
    spreads = outcome in SPREADS
    decision = append(
        Decision(
            initiative=proposal.initiative,
            proposal=proposal,
            version=version,
            forum=proposal.forum,
            outcome=outcome,
            commitment=rules.commitment(proposal.initiative) if spreads else "",
            scope=sorted(cluster.pk for cluster in decided),
            grounds=grounds.strip(),
            conditions=conditions.strip(),
            learned=learned.strip(),
            replaces=replaces.strip(),
            to_know=to_know.strip(),
            rule=proposal.forum.decision_rule,
            quorum=proposal.forum.quorum,
            votes=_as_rows(seats, votes),
            met_on=met_on or timezone.localdate(),
            look_again_on=look_again_on,
            at=timezone.now(),
            by=by,
            carried_over=at is not None,
        )
    )
    proposal.ended_at, proposal.ending = at or timezone.now(), Proposal.Ending.DECIDED
    proposal.save(update_fields=["ended_at", "ending"])
    _tell_of(decision, "decide", by=by, at=at)
    return decision


@transaction.atomic
def look_again(
    *,
    decision: Decision,
    outcome: str,
    grounds: str,
    stances: dict[int, tuple[str, str]],
    conditions: str = "",
    learned: str = "",
    replaces: str = "",
    to_know: str = "",
    met_on: date | None = None,
    look_again_on: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Decision:
    """A decision that follows an earlier one, which stays as it is."""
    Proposal.objects.locked(decision.proposal)
    seats = list(rules.seats(decision.forum))
    votes = _votes(seats, stances)
    rules.look_again(by, decision, votes)
    made = append(
        Decision(
            initiative=decision.initiative,
            proposal=decision.proposal,
            version=decision.version,
            forum=decision.forum,
            follows=decision,
            outcome=outcome,
            commitment=rules.commitment(decision.initiative) if outcome in SPREADS else "",
            scope=decision.scope,
            grounds=grounds.strip(),
            conditions=conditions.strip(),
            learned=learned.strip(),
            replaces=replaces.strip(),
            to_know=to_know.strip(),
            rule=decision.forum.decision_rule,
            quorum=decision.forum.quorum,
            votes=_as_rows(seats, votes),
            met_on=met_on or timezone.localdate(),
            look_again_on=look_again_on,
            at=timezone.now(),
            by=by,
            carried_over=at is not None,
        )
    )
    _tell_of(made, "look_again", by=by, at=at)
    return made


@transaction.atomic
def publish(*, decision: Decision, shown: bool, by: Person) -> Publication:
    """Open the decision to everybody, or close it again; the forum's own wish."""
    rules.publish(by, decision)
    made = Publication(decision=decision, shown=shown, by=by)
    made.full_clean()
    made.save()
    verb = "publish" if shown else "unpublish"
    tell(decision.proposal, verb, by=by, forum=decision.forum.name)
    return made


def _tell_of(decision: Decision, verb: str, *, by: Person, at: datetime | None) -> None:
    """The journal's line, and the stage that follows. A stop is told by what was learned."""
    stage = _stage_after(decision)
    stops = stage == Stage.STOPPED
    tell(
        decision.proposal,
        "stop" if stops else verb,
        by=by,
        at=at,
        words=decision.learned if stops else decision.grounds,
        stage=stage,
        forum=decision.forum.name,
        outcome=decision.outcome,
        decision=decision.pk,
    )


def _stage_after(decision: Decision) -> str:
    """Where the decision leads; empty where the initiative stays at its stage.

    Testing goes on only where no other forum has yet to decide."""
    initiative = decision.initiative
    if decision.outcome == Outcome.STOP:
        return Stage.STOPPED if initiative.stage != Stage.STOPPED else ""
    if initiative.stage != Stage.DECISION:
        return ""
    if decision.outcome in SPREADS:
        return Stage.SPREADING
    waits = initiative.proposals.open().filter(submitted_at__isnull=False)
    return "" if waits.exclude(pk=decision.proposal_id).exists() else Stage.TESTING
