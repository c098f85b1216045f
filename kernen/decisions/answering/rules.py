"""Who asks for an organisation's answer, of whom, and what the link in the e-mail is good for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.refusal import Refused
from kernen.parties import rules as parties
from kernen.parties.models import Organisation, Person, Sector

from ..models import AnswerLink, Endorsement, Proposal, ProposalVersion
from ..rules import _lies_there, answer_for

#: So many are asked for an organisation in a day, and so often a link answers.
MOST_A_DAY, MOST_ANSWERS = 50, 10
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mandate:
    """What a person is to the answers of a proposal: ids of the organisations for which he or she
    answers and which he or she keeps, and whether the initiative is his or hers to move."""

    answers_for: frozenset[int] = frozenset()
    keeps: frozenset[int] = frozenset()
    moves: bool = False
    administers: bool = False


def mandate(person: Person | None, proposal: Proposal) -> Mandate:
    """Asked once for a page, however many organisations it shows."""
    if person is None:
        return Mandate()
    held = parties.roles_on(person)
    return Mandate(
        answers_for=frozenset(key for key, roles in held.items() if parties.LEADER in roles),
        keeps=frozenset(key for key, roles in held.items() if parties.COORDINATOR in roles),
        moves="move" in initiatives.verbs(person, proposal.initiative),
        administers=parties.is_administrator(person),
    )


def may_ask(mandate: Mandate, organisation: Organisation) -> None:
    """The lead asks leaders whom the register knows, and the organisation's coordinators do."""
    if not (mandate.moves or mandate.administers or organisation.pk in mandate.keeps):
        raise Refused(
            _(
                "Only the initiative's lead and the coordinators of %(organisation)s ask for its "
                "answer by e-mail: write to one of them."
            )
            % {"organisation": organisation}
        )


def may_vouch(mandate: Mandate, organisation: Organisation) -> None:
    """Whom the register does not know as a leader, the organisation's own coordinator vouches for;
    general practice has many practices and few coordinators, so there the lead may ask."""
    practice = organisation.sector == Sector.GENERAL_PRACTICE and mandate.moves
    if not (practice or mandate.administers or organisation.pk in mandate.keeps):
        raise Refused(
            _(
                "Only a coordinator of %(organisation)s vouches for the mandate of somebody who "
                "is not entered as its leader: let one of them ask."
            )
            % {"organisation": organisation}
        )


def ask(
    person: Person | None,
    proposal: Proposal,
    organisation: Organisation,
    in_scope: Sequence[Organisation],
    *,
    to: Person | None,
    email: str,
) -> ProposalVersion:
    """`to` is a leader of the register; without one, whoever has the address is vouched for."""
    latest = _in_scope(proposal, organisation, in_scope)
    held = mandate(person, proposal)
    may_ask(held, organisation)
    if to is None:
        may_vouch(held, organisation)
    else:
        answer_for(organisation, parties.holding(to, parties.LEADER))
        if not to.user:
            raise Refused(_("%(person)s has no e-mail in Kernen: type it below.") % {"person": to})
    asked = AnswerLink.objects.filter(organisation=organisation)
    if asked.waiting().filter(proposal=proposal, email=email).exists():
        sentence = _("%(email)s is asked already: send that question again, or withdraw it.")
        raise Refused(sentence % {"email": email})
    if asked.filter(at__gt=timezone.now() - _DAY).count() >= MOST_A_DAY:
        sentence = _("%(most)s have been asked since yesterday: ask the others tomorrow.")
        raise Refused(sentence % {"most": MOST_A_DAY})
    return latest


def send_again(
    person: Person | None, link: AnswerLink, in_scope: Sequence[Organisation]
) -> ProposalVersion:
    may_ask(mandate(person, link.proposal), link.organisation)
    _not_withdrawn(link)
    if link.just_sent:
        raise Refused(_("The e-mail was sent a moment ago: give it an hour."))
    return _in_scope(link.proposal, link.organisation, in_scope)


def withdraw_link(person: Person | None, link: AnswerLink) -> None:
    may_ask(mandate(person, link.proposal), link.organisation)
    _not_withdrawn(link)


def opened(link: AnswerLink) -> None:
    """What anybody meets who follows the link: whether it shows anything."""
    _not_withdrawn(link)
    if link.late:
        raise Refused(_("The link is too old: ask for it to be sent again."))


def answer_by_link(link: AnswerLink, in_scope: Sequence[Organisation]) -> ProposalVersion:
    """Until it runs out one answers by it again, and the later answer counts."""
    opened(link)
    latest = _in_scope(link.proposal, link.organisation, in_scope)
    if not link.vouched and link.person:
        answer_for(link.organisation, parties.holding(link.person, parties.LEADER))
    given = Endorsement.objects.filter(
        proposal=link.proposal, organisation=link.organisation, by=link.person, by_link=True
    )
    if link.person and given.filter(at__gt=timezone.now() - _DAY).count() >= MOST_ANSWERS:
        raise Refused(_("You have answered many times since yesterday: answer again tomorrow."))
    return latest


def _in_scope(
    proposal: Proposal, organisation: Organisation, in_scope: Sequence[Organisation]
) -> ProposalVersion:
    latest = _lies_there(proposal)
    if organisation not in in_scope:
        sentence = _("%(organisation)s is not in scope of this proposal.")
        raise Refused(sentence % {"organisation": organisation})
    return latest


def takes_part_from(proposal: Proposal, day: date | None) -> None:
    """Nobody takes part in an initiative from before it began, which its journal tells."""
    first = proposal.initiative.journal.aggregate(at=Min("at"))["at"] if day else None
    began = first and timezone.localdate(first)
    if day and began and day < began:
        words = {"day": date_format(began, "DATE_FORMAT")}
        raise Refused(
            _("The initiative began on %(day)s: nobody takes part from an earlier day.") % words
        )


def _not_withdrawn(link: AnswerLink) -> None:
    if link.withdrawn_at:
        raise Refused(_("The link has been withdrawn: ask who sent it."))
