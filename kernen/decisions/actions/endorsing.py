"""The verbs of an organisation that answers a proposal."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernen.parties.models import Organisation, Person

from .. import rules
from ..agreement import all_in_scope
from ..answering import rules as answering
from ..models import AnswerLink, Endorsement, Proposal
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
    version = rules.endorse(by, proposal, organisation, all_in_scope(proposal))
    answering.takes_part_from(proposal, from_day)
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
    _told(made, at)
    return made


@transaction.atomic
def answer_by_link(*, link: AnswerLink, by: None = None, **said: Any) -> Endorsement:
    """The same by whoever has the link, without signing in. Who is not in the register yet becomes
    a person there, with the name that was vouched for."""
    proposal = Proposal.objects.locked(link.proposal)
    link = AnswerLink.objects.select_related("organisation", "person", "by").get(pk=link.pk)
    version = answering.answer_by_link(link, all_in_scope(proposal))
    answering.takes_part_from(proposal, said.get("from_day"))
    person = link.person or _enter(link)
    made = append(
        Endorsement(
            proposal=proposal,
            version=version,
            organisation=link.organisation,
            by=person,
            capacity=link.title or person.title,
            by_link=True,
            **said,
        )
    )
    link.person, link.answered_at, link.version = person, made.at, version
    link.save()
    _told(made)
    return made


def _enter(link: AnswerLink) -> Person:
    person = Person(name=link.name, title=link.title, made_up=link.by.made_up)
    person.full_clean()
    person.save()
    return person


def _told(made: Endorsement, at: datetime | None = None) -> None:
    params = {"organisation": made.organisation.name, "answer": made.answer}
    tell(made.proposal, "endorse", by=made.by, at=at, words=made.words, **params)
