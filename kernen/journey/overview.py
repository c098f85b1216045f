"""The overview's filters and order: kept in the address, so that it can be mailed."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.parties.models import Cluster, Organisation, Sector

PER_PAGE = 25

#: Column → what it sorts by. A leading minus in the address turns it round.
SORTS = {
    "title": ("title",),
    "stage": ("stage_number",),
    "cluster": ("cluster__name",),
    "active": ("active_at",),
}


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Text"), required=False, max_length=200)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("All stages")), *Stage.choices]
    )
    cluster = forms.ModelChoiceField(
        label=_("Cluster"),
        required=False,
        queryset=Cluster.objects.all(),
        empty_label=_("All clusters"),
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices]
    )


def overview(query: QueryDict) -> dict[str, Any]:
    """The page of initiatives that the address asks for, with all that its template shows.

    An unknown value in the address is left out, and the form says so."""
    form = FilterForm(query)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = _filtered(**chosen)
    sort = query.get("sort", "")
    page = Paginator(_sorted(found, sort), PER_PAGE).get_page(query.get("page"))
    return {"form": form, "page_obj": page, "filtered": bool(chosen)}


def _filtered(
    q: str = "", stage: str = "", cluster: Cluster | None = None, sector: str = ""
) -> QuerySet[Initiative]:
    found = Initiative.objects.search(q)
    if stage:
        found = found.filter(stage=stage)
    if cluster:
        found = found.of_cluster(cluster)
    if sector:
        found = found.of_organisations(Organisation.objects.filter(sector=sector).values("pk"))
    return found.select_related("cluster").prefetch_related("involvements__organisation")


def _sorted(found: QuerySet[Initiative], sort: str) -> QuerySet[Initiative]:
    column = sort.removeprefix("-")
    if column not in SORTS:
        return found
    number = Case(
        *(When(stage=stage, then=Value(place)) for place, stage in enumerate(Stage)),
        output_field=IntegerField(),
    )
    minus = "-" if sort.startswith("-") else ""
    order = [f"{minus}{field}" for field in SORTS[column]]
    return found.annotate(stage_number=number).order_by(*order, "-active_at", "-pk")


def is_part(request: HttpRequest) -> bool:
    """Whether only the results are asked for, by htmx, and not by its restored history."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)
