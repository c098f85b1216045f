"""Who keeps an organisation's people and data, and what stands in the way."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from ..models import Organisation, OrganisationRole, Person
from ..people.rules import leave_coordinating
from ..rules import COORDINATOR, holding, is_administrator


def keep(by: Person | None, organisation: Organisation) -> None:
    """An organisation's coordinators keep its own people and data; administrators keep all."""
    if not by or not (is_administrator(by) or organisation.pk in holding(by, COORDINATOR)):
        sentence = _("Only coordinators of %(organisation)s keep its people: write to one of them.")
        raise Refused(sentence % {"organisation": organisation})


def change_role(by: Person | None, held: OrganisationRole, role: str = "") -> None:
    """`role` once it is chosen."""
    keep(by, held.organisation)
    _not_over(held)
    said = {"person": held.person, "role": OrganisationRole.Role(role or held.role).label.lower()}
    others = held.person.roles.current().filter(organisation=held.organisation_id, role=role)
    if others.exists():
        raise Refused(_("%(person)s is %(role)s here already: choose another role.") % said)
    if held.role == COORDINATOR:
        leave_coordinating(held, date.today())


def end_role(by: Person | None, held: OrganisationRole, last_day: date | None) -> None:
    """One leaves an organisation oneself, or its coordinators end the role. Without a day it goes
    on after all."""
    if by != held.person:
        keep(by, held.organisation)
    _not_over(held)
    if last_day and held.role == COORDINATOR:
        leave_coordinating(held, last_day + timedelta(days=1))


def rename(by: Person | None, organisation: Organisation) -> None:
    """What it is called is its own affair; merging and ending are a change of structure."""
    keep(by, organisation)
    if organisation.end and organisation.end < date.today():
        raise Refused(_("%(organisation)s is no more.") % {"organisation": organisation})


def _not_over(held: OrganisationRole) -> None:
    if held.end and held.end < date.today():
        raise Refused(_("That role has ended already: invite the person again instead."))
