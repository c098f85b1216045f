"""What came in when, and what became of figures that were changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import localize

from kernen.lib.periods import label
from kernen.lib.refusal import refusal
from kernen.parties.models import Person

from ..actions import Figure
from ..models import Load, Point, Series
from ..rules import may, undo_load

#: How many loads stand on the page of a series.
LISTED = 10
#: How many loads, or loads with changes, stand on one page of their own.
_A_PAGE = 20


def loads_of(
    series: Series, person: Person | None, page: str | None = None, per_page: int = _A_PAGE
) -> Page[Any]:
    """The loads that did something, the newest first, each with what hinders that it is undone."""
    loads = list(series.loads.select_related("by", "undoes", "undone_by__by"))
    did = [load for load in loads if load.added or load.changed or load.undoes_id]
    hindered = refusal(may, person, series, "load") is not None
    paged: Page[Any] = Paginator(did, per_page).get_page(page)
    paged.object_list = [
        {
            "load": load,
            "undone_by": getattr(load, "undone_by", None),
            "undoable": not hindered and refusal(undo_load, load, loads, series) is None,
        }
        for load in paged.object_list
    ]
    return paged


@dataclass(frozen=True)
class Change:
    """A figure as it was, and as it is since."""

    load: Load
    period: str
    was: str
    note_was: str
    became: str
    note_became: str


def changes(series: Series, page: str | None) -> Page[Any]:
    """Those of twenty loads, the newest first, and of each load the latest periods."""
    found = series.loads.exclude(replaced=[]).select_related("by", "undoes")
    paged: Page[Any] = Paginator(found, _A_PAGE).get_page(page)
    paged.object_list = [change for load in paged.object_list for change in _of(load, series)]
    return paged


def _of(load: Load, series: Series) -> Iterator[Change]:
    taken = {kept["period"]: kept for kept in load.taken}
    for before in sorted(load.replaced, key=lambda kept: kept["period"], reverse=True):
        start = before["period"]
        yield Change(
            load,
            label(date.fromisoformat(start), series.measure.frequency),
            *_shown(before),
            *_shown(taken.get(start)),
        )


def _shown(kept: dict[str, str] | None) -> tuple[str, str]:
    """The figure and its note; "" where there was none."""
    if kept is None:
        return "", ""
    figure = Figure.kept(kept)
    parts = {name: getattr(figure, name) for name in ("value", "numerator", "denominator", "size")}
    return localize(Point(**parts).shown) or "", figure.note
