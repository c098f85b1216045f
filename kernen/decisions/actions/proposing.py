"""The verbs of a proposal until it is decided."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.parties.models import Cluster, Forum, Person
from kernen.value.locking import content

from .. import rules
from ..known import known
from ..models import ESTIMATES, Outcome, Proposal, ProposalVersion
from ..parts import PARTS
from ..sheet import in_both_languages
from .chaining import append, tell


@transaction.atomic
def draft(
    *,
    initiative: Initiative,
    forum: Forum,
    clusters: Sequence[Cluster] = (),
    asks: str = Outcome.SPREAD,
    by: Person,
    at: datetime | None = None,
) -> Proposal:
    """Begin a proposal to the forum; it is a draft until it is submitted."""
    initiative = Initiative.objects.locked(initiative)
    rules.draft(by, initiative, forum)
    proposal = Proposal(
        initiative=initiative,
        forum=forum,
        asks=asks,
        drafted_by=by,
        drafted_at=at or timezone.now(),
    )
    rules.choose(proposal, forum, clusters)
    proposal.full_clean()
    proposal.save()
    proposal.clusters.set(clusters)
    tell(proposal, "draft_proposal", by=by, at=at)
    return proposal


@transaction.atomic
def write(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime | None = None,
    forum: Forum | None = None,
    asks: str = "",
    clusters: Sequence[Cluster] | None = None,
    **words: str,
) -> Proposal:
    """Change the draft: texts of `parts.PARTS`, what it asks for, its forum and its scope."""
    proposal = Proposal.objects.locked(proposal)
    rules.write(by, proposal)
    scope = list(proposal.clusters.all()) if clusters is None else list(clusters)
    rules.choose(proposal, forum or proposal.forum, scope)
    told = {name: text.strip() for name, text in words.items()}
    if unknown := set(told) - set(PARTS):
        raise TypeError(f"{sorted(unknown)} are not parts of a proposal")
    new = {"forum": forum or proposal.forum, "asks": asks or proposal.asks, **told}
    changed = [name for name, value in new.items() if getattr(proposal, name) != value]
    for name in changed:
        setattr(proposal, name, new[name])
    proposal.full_clean()
    if changed:
        proposal.save(update_fields=changed)
    if {one.pk for one in scope} != {one.pk for one in proposal.clusters.all()}:
        proposal.clusters.set(scope)
        changed.append("clusters")
    if changed:
        tell(proposal, "write_proposal", by=by, at=at, changed=changed)
    return proposal


@transaction.atomic
def submit(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime | None = None,
    changes: str = "",
    reason: str = "",
    meets: Collection[int] = (),
) -> ProposalVersion:
    """Send the proposal, as it stands, to its forum and to the organisations in scope.

    `changes` says what is new since the last version; `reason` why soft gates are passed over;
    `meets` are endorsements whose conditions this version meets."""
    proposal = Proposal.objects.locked(proposal)
    facts = known(proposal)
    passed = rules.submit(by, facts, changes, reason, meets)
    when, before = at or timezone.now(), facts.latest
    version = append(
        ProposalVersion(
            proposal=proposal,
            edition=before.edition + 1 if before else 1,
            at=when,
            by=by,
            forum=proposal.forum,
            asks=proposal.asks,
            scope=sorted(cluster.pk for cluster in facts.clusters),
            words={field: getattr(proposal, field) for field in PARTS},
            sheet=in_both_languages(proposal) | {ESTIMATES: json.dumps(content(facts.worth))},
            changes=changes.strip() if before else "",
            passed=[gate.name for gate in passed],
            reason=reason.strip() if passed else "",
            meets=sorted(meets),
        )
    )
    proposal.submitted_at = when
    proposal.save(update_fields=["submitted_at"])
    testing = proposal.initiative.stage == Stage.TESTING
    verb, stage = ("submit", Stage.DECISION) if testing else ("submit_version", "")
    words = version.reason or version.changes
    tell(proposal, verb, by=by, at=at, words=words, stage=stage, edition=version.edition)
    return version


@transaction.atomic
def withdraw(*, proposal: Proposal, words: str, by: Person) -> Proposal:
    """Take the proposal back; what was submitted of it stays readable."""
    proposal = Proposal.objects.locked(proposal)
    rules.withdraw(by, proposal)
    proposal.ended_at, proposal.ending = timezone.now(), Proposal.Ending.WITHDRAWN
    proposal.full_clean()
    proposal.save(update_fields=["ended_at", "ending"])
    tell(proposal, "withdraw_proposal", by=by, words=words, stage=_back_to(proposal))
    return proposal


def _back_to(proposal: Proposal) -> str:
    """Testing goes on where no other proposal awaits a decision."""
    initiative = proposal.initiative
    waits = initiative.proposals.open().filter(submitted_at__isnull=False).exists()
    return Stage.TESTING if initiative.stage == Stage.DECISION and not waits else ""
