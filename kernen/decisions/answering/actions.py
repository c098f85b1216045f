"""The verbs of asking organisations for their answers, by e-mail."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from kernen.parties.inviting.rules import account_of
from kernen.parties.mailing import rules as mailing
from kernen.parties.models import Organisation, Person
from kernen.parties.people import traces
from kernen.parties.people.actions import SETTLED

from ..actions.chaining import tell
from ..agreement import all_in_scope
from ..models import AnswerLink, Proposal, ProposalVersion
from . import rules

Occasion = AnswerLink.Occasion


@transaction.atomic
def ask(
    *,
    proposal: Proposal,
    organisation: Organisation,
    to: Person | None = None,
    name: str = "",
    title: str = "",
    email: str = "",
    by: Person,
) -> AnswerLink:
    """Ask a leader of the register, or whoever is named, for the organisation's answer; the worker
    sends it, in the language in which it was asked."""
    proposal = Proposal.objects.locked(proposal)
    email = (to.user.email if to and to.user else email).lower()
    asked = all_in_scope(proposal)
    version = rules.ask(by, proposal, organisation, asked, to=to, email=email)
    known: Any = account_of(email)
    link = AnswerLink(
        proposal=proposal,
        organisation=organisation,
        person=to or getattr(known, "person", None),
        name="" if to else name.strip(),
        title="" if to else title.strip(),
        email=email,
        language=get_language() or "da",
        until=AnswerLink.lasts(),
        version=version,
        by=by,
    )
    link.full_clean()
    link.save()
    tell(proposal, "ask", by=by, organisation=organisation.name)
    return link


@transaction.atomic
def send_again(*, link: AnswerLink, by: Person) -> AnswerLink:
    """The same link once more, which then holds as long as a new one."""
    link = _locked(link)
    version = rules.send_again(by, link, all_in_scope(link.proposal))
    link.until = AnswerLink.lasts()
    _anew(link, version, Occasion.ASKED)
    tell(link.proposal, "ask_again", by=by, organisation=link.organisation.name)
    return link


@transaction.atomic
def withdraw_link(*, link: AnswerLink, by: Person) -> AnswerLink:
    """It opens nothing any more; what was answered by it stands."""
    link = _locked(link)
    rules.withdraw_link(by, link)
    link.withdrawn_at, link.withdrawn_by = timezone.now(), by
    link.save()
    tell(link.proposal, "withdraw_question", by=by, organisation=link.organisation.name)
    return link


@transaction.atomic
def remind(*, link: AnswerLink, now: datetime, by: None = None) -> bool:
    """Once, on behalf of whoever asked; whether it was still to be done."""
    link = _locked(link)
    mailing.by_itself(by)
    if link.reminded_at or link.answered_at or link.withdrawn_at or not _asked(link):
        return False
    link.reminded_at = now
    _anew(link, link.proposal.latest(), Occasion.REMINDED)
    tell(link.proposal, "remind", by=link.by, organisation=link.organisation.name)
    return True


@transaction.atomic
def ask_anew(*, link: AnswerLink, by: None = None) -> bool:
    """Tell of the latest version, once, where the organisation is in scope of it; whether it was
    still to be told."""
    link = _locked(link)
    mailing.by_itself(by)
    latest = link.proposal.latest()
    if latest is None or link.version == latest or link.withdrawn_at:
        return False
    if not _asked(link):
        link.version = latest
        link.save()
        return False
    _anew(link, latest, Occasion.NEW_VERSION)
    organisation, edition = link.organisation.name, link.version.edition
    tell(link.proposal, "ask_anew", by=link.by, organisation=organisation, edition=edition)
    return True


def _locked(link: AnswerLink) -> AnswerLink:
    """The link as it stands now; its initiative is locked: nothing is answered meanwhile."""
    proposal = Proposal.objects.locked(link.proposal)
    found = AnswerLink.objects.select_related("organisation", "person__user", "by", "version")
    locked: AnswerLink = found.get(pk=link.pk)
    locked.proposal = proposal
    return locked


def _asked(link: AnswerLink) -> bool:
    """Whether the latest version still asks the organisation."""
    return link.organisation in all_in_scope(link.proposal)


def _anew(link: AnswerLink, version: ProposalVersion | None, occasion: str) -> None:
    if version:
        link.version = version
    link.occasion = occasion
    link.send_anew()
    link.save()


def _take_back(person: Person) -> None:
    """Nobody answers by what was sent to a person who is no more."""
    for link in AnswerLink.objects.filter(person=person, withdrawn_at=None):
        link.withdrawn_at, link.withdrawn_by = timezone.now(), person
        link.save()


def _asked_at(person: Person) -> list[str]:
    return list(AnswerLink.objects.filter(person=person).values_list("email", flat=True))


SETTLED.append(_take_back)
traces.ADDRESSES.append(_asked_at)
