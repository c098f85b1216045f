"""The verb of an organisation that answers a proposal."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kernen.parties.models import Organisation, Person

from .. import rules
from ..agreement import in_scope
from ..models import Endorsement, Proposal
from .chaining import append, tell


@transaction.atomic
def endorse(
    *,
    proposal: Proposal,
    organisation: Organisation,
    answer: str,
    words: str = "",
    money: Decimal | None = None,
    hours: Decimal | None = None,
    places: str = "",
    from_day: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Endorsement:
    """An organisation's answer to the latest version. A later one counts instead, and the first
    stays readable."""
    proposal = Proposal.objects.locked(proposal)
    members = in_scope(proposal.clusters.all()).values()
    asked = [one for organisations in members for one in organisations]
    version = rules.endorse(by, proposal, organisation, asked)
    made = append(
        Endorsement(
            proposal=proposal,
            version=version,
            organisation=organisation,
            answer=answer,
            words=words.strip(),
            money=money,
            hours=hours,
            places=places.strip(),
            from_day=from_day,
            by=by,
            capacity=by.title,
            at=at or timezone.now(),
        )
    )
    params = {"organisation": organisation.name, "answer": answer}
    tell(proposal, "endorse", by=by, at=at, words=made.words, **params)
    return made
