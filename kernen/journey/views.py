"""Pages made of all the others: front, overview, an initiative, an organisation, a cluster."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from kernen.initiatives import rules
from kernen.initiatives.frame import frame, later_ways, ways_on
from kernen.initiatives.models import Dimension, Initiative
from kernen.initiatives.stages import Stage, failing
from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.measures.pictures import CHARTED, chart_of
from kernen.parties.models import Cluster, Organisation
from kernen.parties.signing_in import reader

from . import exports
from . import overview as overviews
from .board import board
from .next_steps import next_steps
from .overview import Bounded, Overview

#: How many series an initiative's front page sums up; the tab shows them all.
FIRST_CHARTS = 5


@public
def front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("overview")
    return render(request, "journey/welcome.html")


@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    asked = Overview(request.GET)
    part = overviews.is_part(request)
    context = _as_board(asked) if request.GET.get("view") == "board" else _as_table(asked)
    context |= {
        "overview": asked,
        "filtered": bool(asked.chosen),
        "refused": refusal(rules.register, reader(request)),
        "part": part,
    }
    return render(request, f"journey/overview.html{'#results' if part else ''}", context)


def _as_table(asked: Overview) -> dict[str, Any]:
    page = asked.page()
    return {"page_obj": page, "count": page.paginator.count, "more": page.paginator.more}


def _as_board(asked: Overview) -> dict[str, Any]:
    rows = board(asked.found, whole=not asked.chosen)
    return {"board": rows, "count": sum(cell.count for row in rows for cell in row.cells)}


@signed_in
def overview_csv(request: HttpRequest) -> HttpResponseBase:
    return exports.csv(Overview(request.GET).found, request)


@signed_in
def overview_xlsx(request: HttpRequest) -> HttpResponseBase:
    return exports.xlsx(Overview(request.GET).found, request)


@signed_in
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    context = frame(request, found, tab="initiative")
    missing = failing(found)
    goals = dict(found.goals.values_list("dimension", "words"))
    measures = list(found.measures.prefetch_related(Prefetch("series", CHARTED)))
    charts = [chart_of(series) for measure in measures for series in measure.series.all()]
    context |= {
        "ways": ways_on(found, missing),
        "lesson": _lesson(found),
        "later_ways": later_ways(found),
        "no_page_yet": rules.NO_PAGE_YET,
        "next_steps": next_steps(found, missing, measures),
        "charts": [charted for charted in charts if charted.chart.result][:FIRST_CHARTS],
        "goals": [
            {
                "label": dimension.label,
                "words": goals.get(dimension, ""),
                "measures": [m for m in measures if m.dimension == dimension],
            }
            for dimension in Dimension
        ],
        "team": found.team.current().select_related("person"),
        "links": found.links.select_related("other"),
        "linked_from": found.linked_from.select_related("initiative"),
        "entries": found.journal.select_related("by")[:5],
    }
    return render(request, "journey/initiative.html", context)


def _lesson(initiative: Initiative) -> Any:
    """The journal's entry of the stop, with what was learned; None while the initiative lives."""
    if initiative.stage != Stage.STOPPED:
        return None
    return initiative.journal.filter(verb="stop").select_related("by").first()


def _page(request: HttpRequest, initiatives: Any) -> Any:
    return Bounded(initiatives, overviews.PER_PAGE).get_page(request.GET.get("page"))


@signed_in
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    context = {
        "organisation": found,
        "memberships": found.memberships.select_related("cluster").order_by("-start"),
        "seats": found.seats.current().select_related("forum"),
        "roles": found.roles.current().select_related("person").order_by("person__name"),
        "initiatives": _page(
            request,
            Initiative.objects.of_organisations(Organisation.objects.filter(pk=pk).values("pk")),
        ),
    }
    return render(request, "journey/organisation.html", context)


@signed_in
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Cluster, pk=pk)
    context = {
        "cluster": found,
        "memberships": found.memberships.select_related("organisation").order_by(
            "end", "organisation__sector", "organisation__name"
        ),
        "fora": found.fora.current(),
        "initiatives": _page(request, Initiative.objects.of_cluster(found)),
    }
    return render(request, "journey/cluster.html", context)
