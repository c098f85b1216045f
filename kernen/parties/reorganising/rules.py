"""Who prepares and confirms changes of structure, and what stands in the way."""

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import alphabetical
from kernen.lib.refusal import Refused

from ..models import Cluster, Organisation, Person, Reorganisation
from ..rules import COORDINATOR, coordinates, holding, is_administrator


def prepare(person: Person | None) -> None:
    """Whoever coordinates an organisation prepares changes of the structure; so do administrators.

    Nothing is changed by it yet."""
    if person is None or not (is_administrator(person) or holding(person, COORDINATOR)):
        raise Refused(_("Only coordinators prepare a change of structure: ask one of yours."))


def alter(person: Person | None, reorganisation: Reorganisation) -> None:
    prepare(person)
    if reorganisation.state == Reorganisation.State.WITHDRAWN:
        raise Refused(_("This change was withdrawn: take it up again first."))
    if reorganisation.state == Reorganisation.State.CONFIRMED:
        raise Refused(_("This change is confirmed: withdraw it, and take it up again."))


def confirm(person: Person | None, reorganisation: Reorganisation) -> None:
    """Administrators, and whoever coordinates all that is replaced; if nothing is in the way."""
    alter(person, reorganisation)
    _decides(person, reorganisation)
    for reason in obstacles(reorganisation):
        raise Refused(reason)


def take_back(person: Person | None, reorganisation: Reorganisation) -> None:
    """A change is withdrawn by those who may confirm it, until its day."""
    prepare(person)
    if reorganisation.state == Reorganisation.State.WITHDRAWN:
        raise Refused(_("This change was withdrawn already."))
    if reorganisation.state == Reorganisation.State.CONFIRMED:
        if reorganisation.day <= date.today():
            raise Refused(_("Its day has come: prepare a new change instead."))
        _decides(person, reorganisation)


def take_up(person: Person | None, reorganisation: Reorganisation) -> None:
    prepare(person)
    if reorganisation.state != Reorganisation.State.WITHDRAWN:
        raise Refused(_("This change is not withdrawn: nothing was changed."))


def _decides(person: Person | None, reorganisation: Reorganisation) -> None:
    if person is None or is_administrator(person):
        return
    clusters = Cluster.objects.filter(replaced_in__reorganisation=reorganisation)
    organisations = Organisation.objects.filter(replaced_in__reorganisation=reorganisation)
    if (
        set(clusters.values_list("pk", flat=True)) - coordinates(person)
        or set(organisations.values_list("pk", flat=True)) - holding(person, COORDINATOR)
        or reorganisation.cluster_changes.filter(replaces=None).exists()
    ):
        raise Refused(
            _(
                "Only an administrator, or a coordinator of everything that is replaced, confirms "
                "this change, and withdraws it once it is confirmed: write to one of them."
            )
        )


def obstacles(reorganisation: Reorganisation) -> list[str]:
    """What stands in the way of confirming the change, each in a sentence."""
    clusters = list(reorganisation.cluster_changes.prefetch_related("replaces"))
    organisations = list(reorganisation.organisation_changes.prefetch_related("replaces"))
    found = []
    if not clusters and not organisations:
        found.append(gettext("Nothing is to change yet: add what begins."))
    if reorganisation.day <= date.today():
        found.append(gettext("The day is not ahead: choose a later one."))
    parts: list[Any] = [*clusters, *organisations]
    ended = {one for part in parts for one in part.replaces.all() if one.end}
    found += [
        gettext("%(name)s has an end already: take it out of what is replaced.") % {"name": one}
        for one in sorted(ended, key=alphabetical)
    ]
    names = Cluster.objects.filter(name__in=[part.name for part in clusters])
    found += [
        gettext("There is a cluster called %(name)s already: choose another name.") % {"name": one}
        for one in names
    ]
    return found + _of_organisations(organisations)


def _of_organisations(parts: list[Any]) -> list[str]:
    replaced = [one for part in parts for one in part.replaces.all()]
    found = [
        gettext("%(name)s goes on as two different ones: take it out of one of them.")
        % {"name": one}
        for one in sorted({one for one in replaced if replaced.count(one) > 1}, key=alphabetical)
    ]
    there = Organisation.objects.filter(name__in=[part.name for part in parts])
    return found + [
        gettext("%(name)s cannot take others in: it ends, or has another sector.") % {"name": one}
        for one in there
        if one in replaced
        or one.end
        or any(part.name == one.name and part.sector != one.sector for part in parts)
    ]
