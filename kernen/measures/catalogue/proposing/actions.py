"""The verbs of proposing a measure to the catalogue, and of answering."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.parties.models import Organisation, Person

from ...models import TAKEN, Measure, SharedMeasure, SharedProposal, Takeover
from ..actions import _publish
from . import rules

Answer = SharedProposal.Answer
VERBS.update(
    propose_shared=_("“%(measure)s” is proposed to the catalogue; %(owner)s answers"),
    take_in_proposal=_("%(owner)s took “%(measure)s” into the catalogue"),
    decline_proposal=_("%(owner)s did not take “%(measure)s” into the catalogue"),
    withdraw_shared_proposal=_(
        "The proposal to take “%(measure)s” into the catalogue was withdrawn"
    ),
)


@transaction.atomic
def propose_shared(
    *, measure: Measure, to: Organisation, by: Person, at: datetime | None = None, **meant: Any
) -> SharedProposal:
    """Propose that others count as this team does; `meant` is what it is for and for whom."""
    Initiative.objects.locked(measure.initiative)
    rules.propose(by, measure)
    proposal = SharedProposal(measure=measure, to=to, by=by, at=at or timezone.now(), **meant)
    proposal.full_clean()
    proposal.save()
    _record(proposal, "propose_shared", by, at=at)
    return proposal


@transaction.atomic
def take_in_proposal(
    *, proposal: SharedProposal, name: str, by: Person, **texts: Any
) -> SharedMeasure:
    """Publish it as a shared measure. The team's own goes by it at once if it says the same;
    where the owner has changed a word, the team is asked."""
    proposal = _locked(proposal)
    rules.answer(by, proposal)
    measure = proposal.measure
    shared = _publish(name, proposal.to, by, None, texts)
    same = name == measure.name and all(texts[one] == getattr(measure, one) for one in TAKEN)
    _answer(proposal, Answer.ACCEPTED, by, shared=shared)
    if same:
        measure.version = shared.newest()
        measure.save(update_fields=["version"])
        Takeover(measure=measure, version=measure.version, by=by).save()
    _record(proposal, "take_in_proposal", by)
    return shared


@transaction.atomic
def decline_proposal(*, proposal: SharedProposal, reason: str, by: Person) -> None:
    proposal = _locked(proposal)
    rules.answer(by, proposal)
    _answer(proposal, Answer.DECLINED, by, reason=reason)
    _record(proposal, "decline_proposal", by, words=reason)


@transaction.atomic
def withdraw_shared_proposal(*, proposal: SharedProposal, by: Person) -> None:
    proposal = _locked(proposal)
    rules.withdraw(by, proposal)
    _answer(proposal, Answer.WITHDRAWN, by)
    _record(proposal, "withdraw_shared_proposal", by)


def _locked(proposal: SharedProposal) -> SharedProposal:
    """The proposal as it stands now, with its initiative locked."""
    Initiative.objects.locked(proposal.measure.initiative)
    whole = SharedProposal.objects.select_related("measure__initiative", "to", "by")
    found: SharedProposal = whole.get(pk=proposal.pk)
    return found


def _answer(
    proposal: SharedProposal,
    answer: str,
    by: Person,
    *,
    reason: str = "",
    shared: SharedMeasure | None = None,
) -> None:
    proposal.answer, proposal.reason, proposal.shared = answer, reason, shared
    proposal.answered_by, proposal.answered_at = by, timezone.now()
    proposal.full_clean()
    proposal.save()


def _record(
    proposal: SharedProposal, verb: str, by: Person, *, words: str = "", at: datetime | None = None
) -> None:
    params = {"measure": proposal.measure.name, "owner": proposal.to.name}
    record(proposal.measure.initiative, verb, by=by, at=at, words=words, params=params)
