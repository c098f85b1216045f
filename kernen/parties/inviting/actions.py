"""The verbs of inviting by e-mail. The worker sends what is asked for here."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from .. import lineage
from ..models import Invitation, Organisation, OrganisationRole, Person, User
from ..people import traces
from ..people.actions import SETTLED
from ..upkeep.actions import record
from . import rules

Answer = Invitation.Answer


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: str, by: Person) -> Invitation:
    """Ask somebody by e-mail to take part for the organisation; the worker sends it."""
    organisation, email = (
        Organisation.objects.select_for_update().get(pk=organisation.pk),
        email.lower(),
    )
    rules.invite(by, organisation, email)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        until=Invitation.lasts(),
        by=by,
    )
    invitation.full_clean()
    invitation.save()
    record(organisation, "invite", by, role=role)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person) -> Invitation:
    """The same link once more, which then holds as long as a new one."""
    invitation = _locked(invitation)
    rules.send_again(by, invitation)
    invitation.send_anew()
    invitation.until = Invitation.lasts()
    invitation.save()
    record(invitation.organisation, "send_again", by, role=invitation.role)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person) -> Invitation:
    invitation = _locked(invitation)
    rules.withdraw(by, invitation)
    _answer(invitation, Answer.WITHDRAWN, by)
    record(invitation.organisation, "withdraw", by, role=invitation.role)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: Person) -> Invitation:
    """Whoever has an account takes the role on with it."""
    invitation = _locked(invitation)
    rules.accept(by, invitation)
    _take_on(invitation, by)
    return invitation


@transaction.atomic
def join(
    *, invitation: Invitation, name: str, title: str, password: str, by: None = None
) -> Person:
    """Whoever has no account gets one, with the address that the invitation has reached."""
    invitation = _locked(invitation)
    rules.join(invitation)
    person = Person(name=name, title=title)
    person.full_clean()
    person.user = User.objects.create_user(invitation.email, password)
    person.save()
    _take_on(invitation, person)
    return person


@transaction.atomic
def decline(*, invitation: Invitation, by: Person) -> Invitation:
    invitation = _locked(invitation)
    rules.accept(by, invitation)
    _answer(invitation, Answer.DECLINED, by)
    record(invitation.organisation, "decline", by, by, role=invitation.role)
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, with its organisation: nothing is answered twice."""
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    found: Invitation = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    return found


def _take_on(invitation: Invitation, person: Person) -> None:
    """The role from today, unless the person has it by now; what ends it later is not touched."""
    organisation, role = invitation.organisation, invitation.role
    same = lineage.organisations().of(organisation.pk, date.today())
    if not person.roles.current().filter(organisation__in=same, role=role).exists():
        held = OrganisationRole(
            person=person, organisation=organisation, role=role, start=timezone.localdate()
        )
        held.full_clean()
        held.save()
    _answer(invitation, Answer.ACCEPTED, person)
    record(organisation, "accept", person, person, role=role)


def _answer(invitation: Invitation, answer: str, by: Person) -> None:
    invitation.answer, invitation.answered_at, invitation.answered_by = answer, timezone.now(), by
    invitation.save()


def _take_back(person: Person) -> None:
    """Nobody can answer what was sent to a person who is no more."""
    theirs = Invitation.objects.waiting().filter(email__in=traces.addresses(person))
    for invitation in theirs:
        _answer(invitation, Answer.WITHDRAWN, person)


SETTLED.append(_take_back)
