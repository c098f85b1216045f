"""Who keeps a shared measure, and what must hold of its versions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties import rules as parties
from kernen.parties.models import Organisation, Person

from ..models import SharedMeasure
from ..rules import FIXED_BY_FIGURES


def keep(person: Person | None, owner: Organisation) -> None:
    if not keeps(person, owner):
        raise Refused(
            _("The coordinators of %(owner)s keep its shared measures: ask one of them.")
            % {"owner": owner}
        )


def keeps(person: Person | None, owner: Organisation) -> bool:
    if person is None or parties.is_administrator(person):
        return person is not None
    return owner.pk in parties.holding(person, parties.COORDINATOR)


def publish(person: Person | None) -> None:
    """Before an owner is chosen."""
    coordinates = person and parties.holding(person, parties.COORDINATOR)
    if not (parties.is_administrator(person) or coordinates):
        raise Refused(
            _(
                "Coordinators publish shared measures. You can propose one from an initiative "
                "that you lead."
            )
        )


def publish_version(
    person: Person | None, shared: SharedMeasure, texts: Mapping[str, Any] | None = None
) -> None:
    """`texts` once they are written: figures that are loaded must stay what they are."""
    keep(person, shared.owner)
    _in_force(shared)
    if texts is None:
        return
    newest = shared.newest()
    if any(
        texts.get(name, getattr(newest, name)) != getattr(newest, name) for name in FIXED_BY_FIGURES
    ):
        raise Refused(
            _(
                "A new version keeps the kind of figures and the frequency: publish another shared "
                "measure, and withdraw this one in its favour."
            )
        )
    if all(getattr(newest, name) == value for name, value in texts.items()):
        raise Refused(_("Nothing is changed: a new version says something else."))


def since(shared: SharedMeasure, day: date) -> None:
    """Versions follow each other in time, too."""
    before = shared.newest().since
    if before and day < before:
        raise Refused(_("The version before is counted from a later day: choose a day after it."))


def withdraw(
    person: Person | None, shared: SharedMeasure, replaced_by: SharedMeasure | None = None
) -> None:
    keep(person, shared.owner)
    _in_force(shared)
    if replaced_by and (replaced_by == shared or replaced_by.withdrawn_at):
        raise Refused(_("Choose another shared measure that is not withdrawn itself."))


def _in_force(shared: SharedMeasure) -> None:
    if shared.withdrawn_at:
        raise Refused(_("It is withdrawn and stands as it was."))
