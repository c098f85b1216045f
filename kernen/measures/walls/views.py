"""Wall screens: the pages where they are kept, and the one that hangs on the wall."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.parties.rules import is_administrator, writes_for
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import Series, Standing
from ..standing import finding
from . import actions, rules, screen
from .forms import NewWallForm, OnWallForm, WallForm, kept_by
from .models import Wall, WallChart

#: So many series are offered at once.
OFFERED = 12


def _wall(pk: int) -> Wall:
    return get_object_or_404(Wall.objects.select_related("organisation"), pk=pk)


@signed_in
def walls(request: HttpRequest) -> HttpResponse:
    person = reader(request)
    may = person is not None and (is_administrator(person) or bool(writes_for(person)))
    found = Wall.objects.select_related("organisation").annotate(many=Count("charts"))
    return render(request, "measures/walls.html", {"walls": found, "may": may})


@signed_in
@keeps_typed
def put_up(request: HttpRequest) -> HttpResponse:
    form = NewWallForm(sent(request), by=me(request))
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.put_up, by=me(request), **form.cleaned_data)
        if made:
            messages.success(request, _("The wall screen is ready. Now choose its charts."))
            return redirect(made)
    return render(request, "measures/wall_form.html", {"form": form})


@signed_in
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    found, text = _wall(pk), request.GET.get("q", "")
    charts = found.charts.select_related("series__measure__initiative", "series__organisation")
    charts = charts.filter(series__in=Series.objects.seen_by(reader(request)))
    refused = refusal(rules.keep, reader(request), found.organisation)
    context = {
        "wall": found,
        "charts": charts.select_related("series__standing"),
        "refused": refused,
        "address": screen.address(found) if found.opened_at else "",
        "q": text,
        "offered": [] if refused else _offered(found, text, reader(request)),
    }
    return render(request, "measures/wall.html", context)


def _offered(wall: Wall, text: str, person: Any) -> list[Any]:
    """Series that could be shown: those that hold the words, or the organisation's own."""
    wanted = finding.saying(text) if text.strip() else finding.at_organisation(wall.organisation)
    found = Standing.objects.shown_to(person).filter(wanted).exclude(latest=None)
    found = found.exclude(series__on_walls__wall=wall).order_by("name", "place", "pk")
    return list(
        found.select_related("series__measure__initiative", "series__organisation")[:OFFERED]
    )


@signed_in
@keeps_typed
def alter(request: HttpRequest, pk: int) -> HttpResponse:
    found = _wall(pk)
    rules.keep(me(request), found.organisation)
    form = WallForm(sent(request), instance=_wall(pk))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.alter, wall=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("It is saved."))
        return redirect(found)
    return render(request, "measures/wall_form.html", {"form": form, "wall": found})


@signed_in
@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    actions.take_down(wall=_wall(pk), by=me(request))
    messages.success(request, _("The wall screen is taken down."))
    return redirect("walls")


@signed_in
@require_POST
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the address of the wall screen or, where that was pressed, close it."""
    found = _wall(pk)
    if "stop" in request.POST:
        actions.close_address(wall=found, by=me(request))
        messages.success(request, _("The address is closed: the screen shows nothing any more."))
    else:
        actions.open_address(wall=found, by=me(request))
        messages.success(request, _("The wall screen has an address now."))
    return redirect(found)


@signed_in
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One press on a series that is offered."""
    found = _wall(pk)
    chosen = request.POST.get("series", "")
    seen = Series.objects.seen_by(reader(request))
    series = get_object_or_404(seen, pk=int(chosen) if chosen.isdecimal() else 0)
    actions.show(wall=found, series=series, by=me(request))
    messages.success(request, _("The chart is on the wall screen."))
    return redirect(f"{found.get_absolute_url()}#charts")


@signed_in
@keeps_typed
def show_on_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """From a series: on which wall screen its chart is to be shown."""
    seen = Series.objects.seen_by(reader(request))
    series = get_object_or_404(seen.select_related("measure", "organisation"), pk=pk)
    kept = kept_by(reader(request))
    form = OnWallForm(sent(request), walls=kept)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.show, series=series, by=me(request), **form.cleaned_data):
        messages.success(request, _("The chart is on the wall screen."))
        return redirect(form.cleaned_data["wall"])
    context = {"series": series, "form": form, "kept": kept}
    return render(request, "measures/show_on_wall.html", context)


@signed_in
@require_POST
def move_chart(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(WallChart.objects.select_related("wall__organisation"), pk=pk)
    actions.move(chart=found, back="back" in request.POST, by=me(request))
    return redirect(f"{found.wall.get_absolute_url()}#charts")


@signed_in
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    every = WallChart.objects.select_related(
        "wall__organisation", "series__measure__initiative", "series__organisation"
    )
    found = get_object_or_404(every, pk=pk)
    wall = found.wall
    actions.take_off(chart=found, by=me(request))
    messages.success(request, _("The chart is off the wall screen."))
    return redirect(f"{wall.get_absolute_url()}#charts")


@public
def wall_screen(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What hangs on the wall: one chart, and the way to the next, for whoever has the address."""
    found = get_object_or_404(
        Wall.objects.select_related("organisation"), pk=pk, opened_at__isnull=False
    )
    at = request.GET.get("at", "")
    if not constant_time_compare(key, screen.key_of(found)):
        raise Http404
    shown = screen.shown(found, int(at) if at.isdecimal() and len(at) < 4 else 0)
    context = {
        "wall": found,
        "shown": shown,
        "next": (shown.at + 1) % shown.count if shown else 0,
        "seconds": found.seconds if shown else screen.WAIT,
    }
    response = render(request, "measures/wall_screen.html", context)
    patch_cache_control(response, no_store=True)
    return response
