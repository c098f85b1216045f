"""The catalogue's pages: the list, one shared measure with its versions, and who measures what."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernen.initiatives.models import Dimension, Initiative, TeamMember
from kernen.initiatives.rules import MAY
from kernen.initiatives.stages import Stage
from kernen.lib.access import signed_in
from kernen.lib.periods import label
from kernen.lib.refusal import refusal
from kernen.parties.models import Cluster, Person, Sector
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import SharedMeasure, SharedProposal
from . import actions, exports, finding, rules
from .coverage import behind, matrix, without_dimension
from .forms import FindForm, PublishForm, VersionForm, WithdrawForm
from .saying import changes, facts, minutes

PER_PAGE = 50
#: So many of one's own initiatives are offered to use a shared measure.
MINE = 10


@signed_in
def catalogue(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    wanted = form.wanted()
    rows = finding.catalogue(**wanted)
    proposals = SharedProposal.objects.filter(answer="")
    context = {
        "form": form,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "sort": wanted["sort"],
        "refused": refusal(rules.publish, reader(request)),
        "proposals": proposals.select_related("measure__initiative", "to"),
    }
    return render(request, "measures/catalogue.html", context)


@signed_in
def catalogue_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    rows = finding.catalogue(**FindForm(request.GET).wanted())
    return exports.catalogue(rows, request, kind)


@signed_in
def shared_measure(request: HttpRequest, pk: int) -> HttpResponse:
    shared = get_object_or_404(SharedMeasure.objects.select_related("owner", "replaced_by"), pk=pk)
    versions = list(shared.versions.select_related("shared", "by"))
    used = finding.using().filter(version__shared=shared).select_related("initiative", "version")
    users = list(used.annotate(places=Count("series")).order_by("initiative__title", "pk"))
    places = sum(one.places for one in users)
    context = {
        "shared": shared,
        "version": versions[0],
        "facts": facts(versions[0]),
        "versions": [
            {"version": after, "changes": changes(before, after)}
            for after, before in pairwise(versions)
        ]
        + [{"version": versions[-1], "changes": []}],
        "users": users,
        "places": places,
        "burden": minutes(versions[0].burden * places),
        "refused": refusal(rules.publish_version, reader(request), shared),
        "mine": [] if shared.withdrawn_at else _mine(reader(request)),
        "replaces": shared.replaces.all(),
    }
    return render(request, "measures/shared_measure.html", context)


def _mine(person: Person | None) -> Any:
    """The initiatives for which the person defines measures."""
    held = [role for role, verbs in MAY.items() if "measure" in verbs]
    teams = TeamMember.objects.current().filter(person=person, role__in=held)
    found = Initiative.objects.filter(pk__in=teams.values("initiative"))
    return found.exclude(stage=Stage.STOPPED).order_by("title")[:MINE]


def turned_back(request: HttpRequest, refused: str, to: Any) -> HttpResponse:
    """What cannot be done any more is said where one can see why."""
    messages.info(request, refused)
    return redirect(to)


@signed_in
@keeps_typed
def publish_shared(request: HttpRequest) -> HttpResponse:
    rules.publish(reader(request))
    form = PublishForm(sent(request), by=me(request))
    if request.method == "POST" and form.is_valid():
        own = {name: form.cleaned_data[name] for name in ("name", "owner")}
        made = done(form, actions.publish_shared, by=me(request), **own, **form.texts())
        if made:
            messages.success(request, _("It stands in the catalogue."))
            return redirect(made)
    context = {"form": form, "title": _("A new shared measure"), "submit": _("Publish")}
    return render(request, "measures/catalogue_form.html", context)


@signed_in
@keeps_typed
def publish_version(request: HttpRequest, pk: int) -> HttpResponse:
    shared = get_object_or_404(SharedMeasure.objects.select_related("owner"), pk=pk)
    if refused := refusal(rules.publish_version, reader(request), shared):
        return turned_back(request, refused, shared)
    form = VersionForm(sent(request), newest=shared.newest())
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.publish_version, shared=shared, by=me(request), **form.told())
        if made:
            said = _("Version %(number)s is published. Those who use it are asked to take it over.")
            messages.success(request, said % {"number": made.number})
            return redirect(shared)
    context = {
        "form": form,
        "shared": shared,
        "title": _("A new version"),
        "submit": _("Publish the new version"),
        "places": finding.uses().get(shared.pk, (0, 0)),
    }
    return render(request, "measures/catalogue_form.html", context)


@signed_in
@keeps_typed
def withdraw_shared(request: HttpRequest, pk: int) -> HttpResponse:
    shared = get_object_or_404(SharedMeasure.objects.select_related("owner"), pk=pk)
    if refused := refusal(rules.withdraw, reader(request), shared):
        return turned_back(request, refused, shared)
    form = WithdrawForm(sent(request), shared=shared)
    posted = request.method == "POST" and form.is_valid()
    given = {"shared": shared, "by": me(request)}
    if posted and done(form, actions.withdraw_shared, **given, **form.cleaned_data):
        messages.success(request, _("It is withdrawn. It stays readable, and nobody begins anew."))
        return redirect(shared)
    context = {"form": form, "shared": shared, "title": _("Withdraw it from the catalogue")}
    context["submit"] = _("Withdraw it")
    return render(request, "measures/catalogue_form.html", context)


@signed_in
def coverage(request: HttpRequest) -> HttpResponse:
    """Who measures what, for all or for one cluster, and the series behind one cell."""
    clusters = Cluster.objects.shown()
    wanted = request.GET.get("cluster", "")
    cluster = clusters.filter(pk=wanted).first() if wanted.isdecimal() else None
    rows = matrix(cluster)
    sector, dimension = request.GET.get("sector", ""), request.GET.get("dimension", "")
    known = sector in Sector.values and dimension in Dimension.values
    without = request.GET.get("without") == "dimension"
    context = {
        "clusters": clusters,
        "cluster": cluster,
        "dimensions": Dimension.choices,
        "rows": rows,
        "empty": sum(not cell.series for row in rows for cell in row.cells),
        "all": sum(len(row.cells) for row in rows),
        "without": without_dimension(cluster),
        "behind": _behind(cluster, "" if without else sector, "" if without else dimension)
        if known or without
        else None,
        "chosen": f"{sector} {dimension}" if known else "",
        "sector": Sector(sector).label if known else "",
        "dimension": Dimension(dimension).label if known else "",
    }
    return render(request, "measures/coverage.html", context)


def _behind(cluster: Cluster | None, sector: str, dimension: str) -> list[dict[str, Any]]:
    return [
        {"series": one, "last": label(one.last, one.measure.frequency)}
        for one in behind(cluster, sector, dimension)
    ]
