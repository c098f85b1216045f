"""Who may do what for an organisation, and who keeps the register of who takes part."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from .models import ClusterMembership, Organisation, OrganisationRole, Person

READER, CONTRIBUTOR, COORDINATOR = OrganisationRole.Role.values

PUT_OFF_AT_MOST = timedelta(days=92)


def is_administrator(person: Person | None) -> bool:
    """An administrator keeps the register and may mend everything."""
    return bool(person and person.user and person.user.is_staff)


def roles_on(person: Person, day: date | None = None) -> dict[int, set[str]]:
    """The person's roles on `day` (today if not given), by organisation's id."""
    roles: dict[int, set[str]] = {}
    for held in OrganisationRole.objects.on(day or date.today()).filter(person=person):
        roles.setdefault(held.organisation_id, set()).add(held.role)
    return roles


def writes_for(person: Person) -> list[Organisation]:
    """The organisations for which the person may register and give figures, by name."""
    held = OrganisationRole.objects.current().filter(
        person=person, role__in=(CONTRIBUTOR, COORDINATOR)
    )
    return list(
        Organisation.objects.current().filter(pk__in=held.values("organisation")).distinct()
    )


def coordinates(person: Person) -> set[int]:
    """Ids of the clusters in which the person coordinates one of the organisations today."""
    held = OrganisationRole.objects.current().filter(person=person, role=COORDINATOR)
    return set(
        ClusterMembership.objects.current()
        .filter(organisation__in=held.values("organisation"))
        .values_list("cluster_id", flat=True)
    )


def keep_register(person: Person | None) -> None:
    """Organisations, clusters, fora and people are kept by administrators.

    None is the program itself, from its command line."""
    if person is not None and not is_administrator(person):
        raise Refused(
            _("Only an administrator keeps organisations and people: write to one of them.")
        )


def put_off(until: date, today: date) -> None:
    """For a while, and not for ever."""
    if not today < until <= today + PUT_OFF_AT_MOST:
        raise Refused(_("Put it off until a day within the next three months."))
