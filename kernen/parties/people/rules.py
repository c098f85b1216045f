"""Who keeps an organisation's people, and what leaving asks for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from .. import lineage
from ..models import OrganisationRole, Person
from ..rules import COORDINATOR, is_administrator


def erase(by: Person | None, person: Person) -> None:
    """One erases oneself, or an administrator does it on request; nobody is left in the lurch."""
    if by is not None and by != person and not is_administrator(by):
        raise Refused(_("Only the person, or an administrator who is asked to, closes an account."))
    if person.erased_at:
        raise Refused(_("That account is closed already."))
    if is_administrator(person) and not _other_administrators(person):
        raise Refused(_("You are the only administrator: make somebody else administrator first."))
    if by == person and not is_administrator(person):
        for held in person.roles.current().filter(role=COORDINATOR).select_related("organisation"):
            leave_coordinating(held)


def _other_administrators(person: Person) -> bool:
    staff = Person.objects.filter(user__is_staff=True, user__is_active=True)
    return staff.exclude(pk=person.pk).exists()


def leave_coordinating(held: OrganisationRole, day: date | None = None) -> None:
    """An organisation that has a coordinator is never left without one, on the day (today if not
    given) or later."""
    day, goes_on = day or date.today(), lineage.organisations()
    is_now = goes_on.on(held.organisation_id, day)
    others = OrganisationRole.objects.on(day).filter(
        organisation__in=set().union(*(goes_on.of(one, day) for one in is_now)),
        role=COORDINATOR,
        person__user__is_active=True,
    )
    if not others.exclude(person=held.person_id).exists():
        raise Refused(
            _("%(organisation)s needs a coordinator: make somebody else coordinator first.")
            % {"organisation": held.organisation}
        )


def rename(by: Person, person: Person) -> None:
    if by != person and not is_administrator(by):
        raise Refused(_("Only the person writes the own name: ask for it to be changed."))
