"""The overview's filters, order and views: kept in the address, so that it can be mailed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.initiatives.placing import place
from kernen.initiatives.selection import Selection
from kernen.lib.alphabet import Alphabetical, alphabetical
from kernen.parties import lineage
from kernen.parties.models import Cluster

PER_PAGE = 25
#: So many are counted and paged through; beyond, one narrows the search or takes the whole file.
MOST_PAGED = 1000
#: Filters that always stand open; the others are folded.
FIRST = ("q", "stage", "cluster", "sector")


def _place_number() -> Any:
    """Which in the alphabet the place is, of those of the day shown.

    Clusters are few, so that they are put in order here and only numbers are compared there."""
    names = dict(Cluster.objects.order_by().values_list("pk", "name"))
    moved = {key: ", ".join(map(str, some)) for key, some in lineage.moved(Cluster).items()}
    called: dict[str, list[int]] = {}
    for key, name in (names | moved).items():
        called.setdefault(name, []).append(key)
    in_order = [called[name] for name in sorted(called, key=alphabetical)]
    whens = (When(cluster__in=some, then=number) for number, some in enumerate(in_order))
    return Case(*whens, output_field=IntegerField())


#: Column → what it sorts by. A leading minus in the address turns it round.
SORTS: dict[str, Callable[[], Any]] = {
    "title": lambda: Alphabetical("title"),
    "stage": lambda: F("stage_number"),
    "cluster": _place_number,
    "active": lambda: F("active_at"),
}


#: What a choice of order is called where no headings are to be seen.
ORDERS = {
    "": _("Best match, else last active"),
    "title": _("Title, A to Å"),
    "-title": _("Title, Å to A"),
    "stage": _("Stage, earliest first"),
    "-stage": _("Stage, latest first"),
    "cluster": _("Where, A to Å"),
    "-cluster": _("Where, Å to A"),
    "-active": _("Last active first"),
    "active": _("Longest without activity first"),
}


@dataclass(frozen=True)
class Chip:
    """A filter in force: what it says, and the address without it."""

    label: str | Promise
    value: str | Promise
    url: str


class Bounded(Paginator):  # type: ignore[type-arg]
    """Pages of the first `MOST_PAGED` initiatives, with what their table shows, from their keys."""

    def page(self, number: Any) -> Any:
        page = super().page(number)
        shown = Initiative.objects.select_related("cluster")
        rows = shown.prefetch_related("involvements__organisation").in_bulk(page.object_list)
        page.object_list = [rows[key] for key in page.object_list if key in rows]
        place(page.object_list)
        return page

    @cached_property
    def count(self) -> int:
        return min(len(self.object_list), MOST_PAGED)

    @property
    def more(self) -> bool:
        """Whether there are more than are paged through."""
        return len(self.object_list) > MOST_PAGED


def page(keys: Sequence[int], number: str | None) -> Any:
    """A page of the initiatives with these keys, a list or a query for them."""
    return Bounded(list(keys[: MOST_PAGED + 1]), PER_PAGE).get_page(number)


class Filters:
    """The filters of a page in words, and the addresses without them: of `form`, filled from
    `query`, those that are `chosen`. Those in `first` always stand open."""

    query: QueryDict
    form: Any
    chosen: dict[str, Any]
    first: tuple[str, ...]

    def chips(self) -> list[Chip]:
        """Each filter in force, one for each of several values."""
        return [
            Chip(field.label or "", said, self._without(name, raw))
            for name, value in self.chosen.items()
            for field in [self.form.fields[name]]
            for raw, said in _said(field, self.query[name], value)
        ]

    def folded(self) -> list[Any]:
        return [
            field for field in self.form if field.name not in self.first and not field.is_hidden
        ]

    def in_use(self) -> int:
        """How many of the folded filters are in force."""
        return len({field.name for field in self.folded()} & set(self.chosen))

    def bare(self) -> str:
        """The address without any filter; order and view stay."""
        query = self.query.copy()
        for name in ("page", *self.form.fields):
            query.pop(name, None)
        return query.urlencode()

    def _without(self, name: str, raw: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        query.setlist(name, [one for one in query.getlist(name) if one != raw])
        return f"?{query.urlencode()}"


class Overview(Filters, Selection):
    """A selection as a page: sorted, with its filters in words."""

    first = FIRST
    orders = ORDERS

    def __init__(self, query: QueryDict):
        super().__init__(query)
        self.sort = query.get("sort", "")

    @property
    def found(self) -> QuerySet[Initiative]:
        """All of them, in order: the one asked for, else relevance, else the last active first."""
        return _sorted(super().found, self.sort)

    def best(self, most: int) -> list[int]:
        if _column(self.sort) in SORTS:
            return list(self.found.values_list("pk", flat=True)[:most])
        return super().best(most)

    def page(self) -> Any:
        return page(self.best(MOST_PAGED + 1), self.query.get("page"))


def _said(field: Any, raw: Any, value: Any) -> list[tuple[str, Any]]:
    """What stands in the address for each chosen value, and how a person says it."""
    if isinstance(field, forms.ModelChoiceField):
        return [(raw, str(value))]
    if not isinstance(field, forms.ChoiceField):
        return [(raw, value)]
    choices: Any = field.choices
    labels = {str(key): label for key, label in choices}
    values = value if isinstance(value, list) else [value]
    return [(str(one), labels[str(one)]) for one in values]


def _column(sort: str) -> str:
    return sort.removeprefix("-")


def _sorted(found: QuerySet[Initiative], sort: str) -> QuerySet[Initiative]:
    if _column(sort) not in SORTS:
        return found
    by = SORTS[_column(sort)]()
    turn = by.desc if sort.startswith("-") else by.asc
    # Those without a place are last, either way; elsewhere the words would keep an index from use.
    return found.order_by(turn(nulls_last=_column(sort) == "cluster" or None), "-active_at", "-pk")


def is_part(request: HttpRequest) -> bool:
    """Whether only the results are asked for, by htmx, and not by its restored history."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)
