"""The verbs of leading: the lead is offered and accepted, and says that the initiative runs."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kernen.parties.models import Person
from kernen.parties.people.actions import SETTLED

from .. import rules
from ..actions import _end, record
from ..models import Entry, Initiative, LeadOffer, TeamMember

Answer, Role = LeadOffer.Answer, TeamMember.Role


@transaction.atomic
def offer_lead(*, initiative: Initiative, to: Person, words: str = "", by: Person) -> LeadOffer:
    """Offer the lead to a person; whoever leads goes on until it is accepted."""
    initiative = Initiative.objects.locked(initiative)
    rules.offer_lead(by, initiative, to)
    offer = LeadOffer(initiative=initiative, to=to, words=words.strip(), by=by)
    offer.full_clean()
    offer.save()
    record(initiative, "offer_lead", by=by, words=words, params={"person": to.name})
    return offer


@transaction.atomic
def accept_lead(*, offer: LeadOffer, words: str = "", by: Person) -> TeamMember:
    """From today `by` leads alone; that the former lead did stays readable."""
    offer = _locked(offer)
    rules.answer_offer(by, offer)
    _answer(offer, Answer.ACCEPTED, words, by)
    initiative = offer.initiative
    for held in initiative.team.current().filter(Q(role=Role.LEAD) | Q(person=by, role="member")):
        _end(held)
    member = TeamMember(
        initiative=initiative, person=by, role=Role.LEAD, start=timezone.localdate()
    )
    member.full_clean()
    member.save()
    record(initiative, "accept_lead", by=by, words=words, params={"person": by.name})
    return member


@transaction.atomic
def decline_lead(*, offer: LeadOffer, words: str, by: Person) -> None:
    offer = _locked(offer)
    rules.answer_offer(by, offer)
    _answer(offer, Answer.DECLINED, words, by)
    params = {"person": by.name}
    record(offer.initiative, "decline_lead", by=by, words=words, params=params)


@transaction.atomic
def withdraw_offer(*, offer: LeadOffer, by: Person) -> None:
    offer = _locked(offer)
    rules.withdraw_offer(by, offer)
    _answer(offer, Answer.WITHDRAWN, "", by)
    record(offer.initiative, "withdraw_offer", by=by, params={"person": offer.to.name})


def _drop_offers(person: Person) -> None:
    """Nobody waits for the answer of a person who goes."""
    for offer in LeadOffer.objects.filter(to=person, answer=""):
        offer = _locked(offer)
        _answer(offer, Answer.WITHDRAWN, "", person)
        params = {"person": person.name}
        record(offer.initiative, "withdraw_offer", by=person, params=params)


SETTLED.append(_drop_offers)


def _locked(offer: LeadOffer) -> LeadOffer:
    """The offer as it stands now, with its initiative locked."""
    Initiative.objects.locked(offer.initiative)
    return LeadOffer.objects.select_related("initiative", "to").get(pk=offer.pk)


def _answer(offer: LeadOffer, answer: str, words: str, by: Person) -> None:
    offer.answer, offer.reason = answer, words.strip()
    offer.answered_by, offer.answered_at = by, timezone.now()
    offer.full_clean()
    offer.save()


@transaction.atomic
def still_running(*, initiative: Initiative, by: Person) -> Entry:
    """A trace, so that nobody need ask for a while."""
    rules.may(by, initiative, "note")
    return record(initiative, "still_running", by=by)
