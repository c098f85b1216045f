"""Who may do what for an organisation, and who keeps the register of who takes part."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from . import lineage
from .models import (
    ClusterMembership,
    Forum,
    Organisation,
    OrganisationRole,
    Person,
)

READER, CONTRIBUTOR, COORDINATOR, LEADER = OrganisationRole.Role.values

PUT_OFF_AT_MOST = timedelta(days=92)


def is_administrator(person: Person | None) -> bool:
    """An administrator keeps the register and may mend everything."""
    return bool(person and person.user and person.user.is_staff)


def roles_on(person: Person, day: date | None = None) -> dict[int, set[str]]:
    """The person's roles on `day` (today if not given), by organisation's id.

    A role goes on where its organisation goes on, and counts for all that it continues."""
    day, goes_on = day or date.today(), lineage.organisations()
    roles: dict[int, set[str]] = {}
    for held in OrganisationRole.objects.on(day).filter(person=person):
        for now in goes_on.on(held.organisation_id, day):
            for one in goes_on.of(now, day):
                roles.setdefault(one, set()).add(held.role)
    return roles


def holding(person: Person, *wanted: str) -> set[int]:
    """Ids of the organisations in which the person has one of these roles today."""
    return {key for key, held in roles_on(person).items() if held & set(wanted)}


def writes_for(person: Person) -> list[Organisation]:
    """The organisations for which the person may register and give figures, by name."""
    held = holding(person, CONTRIBUTOR, COORDINATOR)
    return list(Organisation.objects.current().filter(pk__in=held))


def coordinates(person: Person) -> set[int]:
    """Ids of the clusters in which the person coordinates one of the organisations today."""
    return set(
        ClusterMembership.objects.current()
        .filter(organisation__in=holding(person, COORDINATOR))
        .values_list("cluster_id", flat=True)
    )


def keep_register(person: Person | None) -> None:
    """Organisations, clusters, fora and people are kept by administrators.

    None is the program itself, from its command line."""
    if person is not None and not is_administrator(person):
        raise Refused(
            _("Only an administrator keeps organisations and people: write to one of them.")
        )


def change_rule(person: Person | None, forum: Forum) -> None:
    """By which rule a forum decides stands in its rules of procedure; the register follows them."""
    if person is not None and not is_administrator(person):
        raise Refused(_("Only an administrator changes how a forum decides: write to one of them."))
    if forum.end and forum.end < date.today():
        raise Refused(_("%(forum)s is no more: how it decided stands.") % {"forum": forum})


def put_off(until: date, today: date) -> None:
    """For a while, and not for ever."""
    if not today < until <= today + PUT_OFF_AT_MOST:
        raise Refused(_("Put it off until a day within the next three months."))
