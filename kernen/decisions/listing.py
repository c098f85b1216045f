"""Decisions that are looked for: filtered, searched, sorted, as pages and as files."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, QuerySet, Value, When
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.alphabet import Alphabetical, alphabetical
from kernen.parties import lineage
from kernen.parties.models import Cluster

from .forms.decisions import FilterForm
from .models import Decision, Outcome

PER_PAGE = 25
WIDTHS = (12, 40, 30, 22, 16, 40, 60, 40, 14, 40)

#: Column → what it sorts by. A leading minus in the address turns it round.
SORTS: dict[str, Any] = {
    "day": F("met_on"),
    "title": Alphabetical("initiative__title"),
    "forum": Alphabetical("forum__name"),
    "outcome": Case(
        *(When(outcome=one, then=Value(number)) for number, one in enumerate(Outcome.values))
    ),
    "again": F("look_again_on"),
}


class Listing:
    """The decisions that an address asks for."""

    def __init__(self, asked: QueryDict, decisions: QuerySet[Decision] | None = None):
        self.form = FilterForm(asked)
        self.form.is_valid()
        self.asked = asked
        self.every = Decision.objects.all() if decisions is None else decisions
        self.sort = asked.get("sort", "")
        if self.sort.removeprefix("-") not in SORTS:
            self.sort = "-day"

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def found(self) -> QuerySet[Decision]:
        found, chosen = self.every, self.chosen
        if words := chosen.get("q"):
            titled = Initiative.objects.search(words).order_by().values("pk")
            found = found.filter(initiative__in=titled) | found.filter(grounds__icontains=words)
        for name in ("forum", "outcome"):
            if name in chosen:
                found = found.filter(**{name: chosen[name]})
        if "year" in chosen:
            found = found.filter(met_on__year=chosen["year"])
        if "cluster" in chosen:
            found = found.filter(pk__in=_in_cluster(chosen["cluster"], found))
        sort = SORTS[self.sort.removeprefix("-")]
        first = sort.desc(nulls_last=True) if self.sort[0] == "-" else sort.asc(nulls_last=True)
        return found.select_related("initiative", "forum", "followed_by").order_by(first, "-number")

    def page(self) -> Page[Decision]:
        return Paginator(self.found, PER_PAGE).get_page(self.asked.get("page"))

    def rows(self, request: HttpRequest) -> Iterator[list[Any]]:
        """The headings, then a row for each decision."""
        yield [
            _("Day"), _("Initiative"), _("Forum"), _("Decision"), _("Commitment"), _("Clusters"),
            _("Grounds"), _("Conditions"), _("Looked at again"), _("Address"),
        ]  # fmt: skip
        clusters = dict(Cluster.objects.values_list("pk", "name"))
        for one in self.found:
            yield [
                one.met_on,
                one.initiative.title,
                one.forum.name,
                one.get_outcome_display(),
                one.get_commitment_display(),
                ", ".join(sorted((clusters[key] for key in one.scope), key=alphabetical)),
                one.grounds,
                one.conditions,
                one.look_again_on,
                request.build_absolute_uri(one.get_absolute_url()),
            ]


def _in_cluster(cluster: Cluster, decisions: QuerySet[Decision]) -> list[int]:
    """Those whose scope holds the cluster, or what it was before, or what it became."""
    known, today = lineage.clusters(), date.today()
    wanted = known.of(cluster.pk, today) | known.on(cluster.pk, today)
    rows = decisions.order_by().values_list("pk", "scope")
    return [key for key, scope in rows if wanted & set(scope)]
