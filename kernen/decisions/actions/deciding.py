"""The verbs of a decision: taken, looked at again, opened to everybody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from kernen.initiatives.stages import Stage
from kernen.lib.refusal import Refused
from kernen.parties.models import Cluster, ForumMember, Person
from kernen.value.actions import lock

from .. import duties, rules
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


class Words(TypedDict, total=False):
    """What a decision says in words, whatever it decides."""

    grounds: str
    conditions: str
    learned: str
    replaces: str
    to_know: str
    met_on: date | None
    look_again_on: date | None


@transaction.atomic
def decide(
    *,
    proposal: Proposal,
    outcome: str,
    stances: dict[int, tuple[str, str]],
    scope: Sequence[Cluster] | None = None,
    by: Person,
    at: datetime | None = None,
    **words: Unpack[Words],
) -> Decision:
    """The forum's decision on the latest version. `stances` are, by seat's id, what it said and in
    which words: of those who had a seat on the day. `scope` is as proposed unless told."""
    proposal = Proposal.objects.locked(proposal)
    latest = proposal.latest()
    clusters = latest.clusters() if latest else []
    day = words.get("met_on") or timezone.localdate()
    seats = list(rules.seats(proposal.forum, day))
    votes = _votes(seats, stances)
    decided = clusters if scope is None else list(scope)
    said = answers(proposal, clusters, latest)
    version = rules.decide(by, proposal, outcome, decided, votes, said, day)
    decision = Decision(
        proposal=proposal,
        version=version,
        outcome=outcome,
        scope=sorted(cluster.pk for cluster in decided),
        votes=_as_rows(seats, votes),
    )
    _write(decision, words, by, at)
    proposal.ended_at, proposal.ending = at or timezone.now(), Proposal.Ending.DECIDED
    proposal.save(update_fields=["ended_at", "ending"])
    _lock(decision, by, at)
    _tell_of(decision, "decide", by=by, at=at)
    return decision


@transaction.atomic
def decide_together(
    *,
    proposals: Sequence[Proposal],
    outcome: str,
    stances: dict[int, tuple[str, str]],
    by: Person,
    **words: Unpack[Words],
) -> list[Decision]:
    """Decide on many in one block, in the same words: on all of them, or on none, and then each
    that hinders it is named."""
    rules.decide_together(by, proposals)
    made, hinder = [], []
    for proposal in proposals:
        try:
            made.append(decide(proposal=proposal, outcome=outcome, stances=stances, by=by, **words))
        except Refused as refused:
            hinder.append((proposal.initiative.title, str(refused)))
    if hinder:
        raise Refused(*_each_by_name(hinder, len(proposals)))
    return made


def _each_by_name(hinder: Sequence[tuple[str, str]], of: int) -> list[str]:
    """A sentence for each that hinders a block of so many; one alone where it is the same for all
    of them, since that is no matter of one item."""
    same = {why for _title, why in hinder}
    if len(hinder) == of > 1 == len(same):
        return list(same)
    return [f"{title}: {why}" for title, why in hinder]


@transaction.atomic
def look_again(
    *,
    decision: Decision,
    outcome: str,
    stances: dict[int, tuple[str, str]],
    by: Person,
    at: datetime | None = None,
    **words: Unpack[Words],
) -> Decision:
    """A decision that follows an earlier one, which stays as it is."""
    proposal = Proposal.objects.locked(decision.proposal)
    day = words.get("met_on") or timezone.localdate()
    seats = list(rules.seats(decision.forum, day))
    votes = _votes(seats, stances)
    rules.look_again(by, decision, outcome, votes, day)
    made = Decision(
        proposal=proposal,
        version=decision.version,
        follows=decision,
        outcome=outcome,
        scope=decision.scope,
        votes=_as_rows(seats, votes),
    )
    _write(made, words, by, at)
    _tell_of(made, "look_again", by=by, at=at)
    return made


def _lock(decision: Decision, by: Person, at: datetime | None) -> None:
    """Keep what the version said of gains and costs, whatever was changed since the forum got it:
    as the target with the first decision, and as the forecast with one to spread."""
    initiative, version = decision.initiative, decision.version
    stages = ["forecast"] if decision.outcome in SPREADS else []
    if not initiative.locked_values.filter(stage="target").exists():
        stages.insert(0, "target")
    for stage in stages:
        said, said_at = version.estimates, version.at
        lock(initiative=initiative, stage=stage, said=said, said_at=said_at, by=by, at=at)


def _write(decision: Decision, words: Words, by: Person, at: datetime | None) -> None:
    """Add the decision to its chain, with the forum's own rule and quorum as they were on its day;
    where it is to be looked at again, it comes to that agenda."""
    proposal = decision.proposal
    decision.initiative, decision.forum = proposal.initiative, proposal.forum
    if decision.outcome in SPREADS:
        decision.commitment = rules.commitment(proposal.initiative)
    for field in ("grounds", "conditions", "learned", "replaces", "to_know"):
        setattr(decision, field, str(words.get(field, "")).strip())
    decision.met_on = words.get("met_on") or timezone.localdate()
    ruled = decision.forum.rule_on(decision.met_on)
    decision.rule, decision.quorum = ruled.decision_rule, ruled.quorum
    decision.look_again_on = words.get("look_again_on")
    decision.at, decision.by, decision.carried_over = timezone.now(), by, at is not None
    append(decision)
    duties.bring_back(timezone.now(), limit=1000, forum=decision.forum)


@transaction.atomic
def publish(
    *, decision: Decision, shown: bool, by: Person, at: datetime | None = None
) -> Publication:
    """Open the decision to everybody, or close it again; the forum's own wish."""
    rules.publish(by, decision)
    made = Publication(decision=decision, shown=shown, by=by, at=at or timezone.now())
    made.full_clean()
    made.save()
    verb = "publish" if shown else "unpublish"
    tell(decision.proposal, verb, by=by, at=at, forum=decision.forum.name)
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
