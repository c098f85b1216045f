"""What a version says, text by text, and what differs between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kernen.initiatives.history import choice_said
from kernen.lib.differences import Piece, differences

from ..models import TAKEN, Measure, SharedVersion

#: The texts in the order in which they are read.
LABELS: dict[str, str | Promise] = {
    "purpose": gettext_lazy("What it is for"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "counted": gettext_lazy("Who is counted"),
    "source": gettext_lazy("Source"),
    "kind": pgettext_lazy("of a measure", "Kind"),
    "dimension": gettext_lazy("Triple Aim dimension"),
    "figures": gettext_lazy("Figures"),
    "per": gettext_lazy("Per"),
    "unit": gettext_lazy("Unit"),
    "frequency": gettext_lazy("Frequency"),
    "direction": gettext_lazy("Better direction"),
    "sectors": gettext_lazy("For"),
    "burden": gettext_lazy("Time it takes"),
}


@dataclass(frozen=True)
class Said:
    """One text under its label; `pieces` where it differs from an earlier one."""

    label: str | Promise
    text: str
    pieces: list[Piece] | None = None


def facts(version: Any) -> list[Said]:
    """Everything that the version says; a numerator only where there is one."""
    said = {name: _text(version, name) for name in LABELS}
    return [
        Said(LABELS[name], text)
        for name, text in said.items()
        if text or name not in ("numerator", "denominator", "per")
    ]


def changes(before: Measure | SharedVersion, after: Any) -> list[Said]:
    """The texts that differ, each as one with its changes marked. A measure of a team's own has no
    purpose, sectors and burden to compare."""
    names = LABELS if isinstance(before, SharedVersion) else ("name", *TAKEN)
    return [*_changes(before, after, names)]


def _changes(before: Any, after: Any, names: Any) -> Iterator[Said]:
    for name in names:
        was, now = _text(before, name), _text(after, name)
        if was != now:
            label = LABELS.get(name, _("Name"))
            yield Said(label, now, differences(was, now))


def _text(thing: Any, name: str) -> str:
    if name == "name":
        return str(thing.shared.name if isinstance(thing, SharedVersion) else thing.name)
    if name == "sectors":
        return str(thing.sectors_said)
    if name == "burden":
        return minutes(thing.burden)
    if name == "per":
        return str(thing.get_per_display() or "")
    return choice_said(type(thing), name, getattr(thing, name))


def minutes(number: int) -> str:
    """So many minutes a week, in hours where they are many."""
    hours, rest = divmod(number, 60)
    if number < 120:
        return _("%(minutes)s min. a week") % {"minutes": number}
    if not rest:
        return _("%(hours)s h a week") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min. a week") % {"hours": hours, "minutes": rest}
