"""How a gain or a cost came to say what it says, read out of the initiative's journal."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kernen.initiatives.history import Version, choice_said, read
from kernen.initiatives.models import Entry
from kernen.parties.models import Organisation

from .models import Amount, Cost, Gain, Party
from .money import plain

AMOUNT = ("counted_in", "low", "likely", "high", "rate", "first_year", "last_year")
#: Every text of each, in the order of its form; `who` is the party as one value.
NAMES: dict[type[Amount], tuple[str, ...]] = {
    Gain: ("who", "words", "figure", "unit", "per", *AMOUNT),
    Cost: ("who", "words", "recurs", *AMOUNT),
}
FIGURES = ("figure", "low", "likely", "high", "rate")
YEARS = ("first_year", "last_year")


def texts(model: type[Amount]) -> dict[str, str | Promise]:
    """Each text with what it is called."""
    return {
        name: pgettext_lazy("of a gain or a cost", "for whom")
        if name == "who"
        else model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in NAMES[model]
    }


def versions(row: Amount) -> list[Version]:
    """Every change of the row, the newest first; the last is when it was added."""
    model = type(row)
    now = {name: stored(getattr(row, name)) for name in NAMES[model]}
    names: dict[str, str] = {}

    def say(name: str, value: str) -> str:
        return _who(value, names) if name == "who" else _said(model, name, value)

    return read(_told(row), now, texts(model), say)


def _told(row: Amount) -> Iterator[tuple[Entry, dict[str, str]]]:
    verbs = (f"add_{row.noun}", f"change_{row.noun}", f"set_{row.noun}_back")
    entries = row.initiative.journal.filter(verb__in=verbs, params__row=row.pk)
    for entry in entries.select_related("by").order_by("-pk"):
        if entry.verb.startswith("add_"):
            yield entry, dict.fromkeys(NAMES[type(row)], "")
        else:
            yield entry, entry.params["before"]


def stored(value: Any) -> str:
    """A value as the journal keeps it: a figure without needless noughts."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def value_of(name: str, words: str) -> Any:
    """The value that the journal keeps as these words."""
    if name in FIGURES:
        return Decimal(words) if words else None
    if name in YEARS:
        return int(words) if words else None
    return words


def _said(model: type[Amount], name: str, value: str) -> str:
    if name in FIGURES:
        return plain(Decimal(value)) if value else ""
    return choice_said(model, name, value)


def _who(value: str, names: dict[str, str]) -> str:
    kind, _colon, number = value.partition(":")
    if not number:
        return str(dict(Party.choices).get(kind, kind))
    if value not in names:  # asked once for each organisation
        names[value] = str(Organisation.objects.filter(pk=number).first() or "")
    return names[value]
