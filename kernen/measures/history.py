"""How a measure's definition came to say what it says, read out of the initiative's journal."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise

from kernen.initiatives.history import Version, choice_said, read
from kernen.initiatives.models import Entry

from .models import Measure

#: Every text of a definition, with what it is called.
DEFINITION: dict[str, str | Promise] = {
    field.name: field.verbose_name
    for field in Measure._meta.fields
    if field.name not in ("id", "initiative", "chart", "rules", "screened", "version")
}


def versions(measure: Measure, entries: Iterable[Entry] | None = None) -> list[Version]:
    """Every change of the definition, the newest first; the last is the defining. The `entries`
    may be at hand, see `entries_of`."""
    now = {name: stored(getattr(measure, name)) for name in DEFINITION}
    if entries is None:
        entries = entries_of([measure])
    return read(_told(measure, entries), now, DEFINITION, _say)


def entries_of(measures: Iterable[Measure]) -> Any:
    """What the journals of their initiatives say of definitions, the newest first."""
    verbs = ("define", "redefine", "define_back", "take_over")
    initiatives = {measure.initiative_id for measure in measures}
    found = Entry.objects.filter(initiative__in=initiatives, verb__in=verbs)
    return found.select_related("by").order_by("-pk")


def _told(measure: Measure, entries: Iterable[Entry]) -> Iterator[tuple[Entry, dict[str, str]]]:
    """The entries that are about this measure, each with the texts as they stood before it.

    Older entries know the measure by its name alone, as it was after them."""
    name = measure.name
    for entry in entries:
        known = entry.params.get("measure_id")
        if known != measure.pk and (known or entry.params["measure"] != name):
            continue
        if entry.verb == "define":
            yield entry, dict.fromkeys(DEFINITION, "")
            return
        before = dict(entry.params["before"])
        if "goal" in before:
            before["goal"] = stored(value_of("goal", before["goal"]))
        name = before.get("name", name)
        yield entry, before


def stored(value: Any) -> str:
    """A value as the journal keeps it: a figure without needless noughts."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def value_of(name: str, words: str) -> Any:
    """The value that the journal keeps as these words."""
    if name == "goal":
        return Decimal(words) if words else None
    if name == "per":
        return int(words) if words else None
    return words


def _say(name: str, value: str) -> str:
    if name == "goal":
        return number_format(Decimal(value), force_grouping=True) if value else ""
    return choice_said(Measure, name, value)
