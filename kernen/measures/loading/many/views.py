"""Where one file brings the figures of a measure's places: shown first, then all or nothing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives import rules as initiatives
from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import label, normalise
from kernen.lib.refusal import refusal
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ... import actions as measuring
from ... import rules
from ...fetching import charted_for
from ...models import Load, Measure, Series
from ...preview import figure_of
from ...reading.cells import Unreadable
from ...reading.places import folded
from .. import actions
from ..forms import LoadForm
from ..shapes import by_hand, headings_of
from ..understanding import Given, Said, given, said, show, unread
from .forms import OwnColumnsForm, PlacesForm, now, own_now, own_was, was
from .understanding import Understood, offering, understood

#: So many places that a file does not name are offered beside those that it does.
_FREE = 12


@signed_in
@keeps_typed
def load_measure(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    series = sorted(charted_for(me(request)).filter(measure=found), key=str)
    if len(rules.hindered(me(request), series)) == len(series):
        initiatives.may(me(request), found.initiative, "load")
    form = LoadForm(sent(request), request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "measure": found,
        "example": label(normalise(timezone.localdate(), found.frequency), found.frequency),
    }
    if request.method == "POST" and form.is_valid():
        wanted = said(request.POST, file=bool(form.cleaned_data.get("file")))
        what = _understood(request, form, found, series, wanted, context)
        shown_so = not wanted.anew and now(request.POST) == was(request.POST)
        shown_so &= own_now(request.POST, found.figures) == own_was(request.POST)
        confirmed = "confirm" in request.POST and shown_so
        if what and what.ok and confirmed and _taken_in(request, form, found, what):
            return redirect(found)
    context |= frame(request, found.initiative, tab="measures")
    return render(request, "measures/load_many.html", context)


def _understood(
    request: HttpRequest,
    form: LoadForm,
    measure: Measure,
    series: list[Series],
    wanted: Said,
    context: dict[str, Any],
) -> Understood | None:
    """Read what was given, and put on the page what was understood of it."""
    file = form.cleaned_data.get("file")
    data = {} if file else request.POST
    what: Given | None = None
    try:
        what = given(form, wanted, measure)
        own = own_now(data, measure.figures)
        found = understood(measure, series, what, wanted, data, now(data), me(request), own)
    except Unreadable as unreadable:
        form.add_error("file" if file else "text", str(unreadable))
        if what:
            show(form, what, what.sheets[0])
            context["arrangement"] = unread(offering(what), wanted)
        return None
    show(form, what, found.sheet, found.table, found.problems)
    adds = refusal(initiatives.may, me(request), measure.initiative, "measure") is None
    loading = [place for place in found.places if place.loads]
    places = PlacesForm(found.places, series, adds=adds)
    context |= {
        "found": found,
        "columns": found.columns,
        "arrangement": found.arrangement(data.get("first", "")),
        "places": places,
        "matched": places.of_each(found.places),
        "own": _own(found, measure, series),
        "loading": loading,
        "changed": any(place.beside["count"].get("changed") for place in loading),
        "nothing": found.ok and all(place.beside["nothing"] for place in loading),
        "far": sum(place.beside["far"] for place in loading),
        "unfinished": sum(place.beside["unfinished"] for place in loading),
    }
    return found


def _own(found: Understood, measure: Measure, series: list[Series]) -> OwnColumnsForm | None:
    """Which columns are each place's, and of those in which no name was found."""
    if "place" in found.each.columns:
        return None
    named = {place.series for place in found.places}
    free = [one for one in series if one not in named]
    if named and len(free) > _FREE:
        free = []
    form = OwnColumnsForm(found.each.own, free, table=found.table, kind=measure.figures)
    return form if form.roles else None


@transaction.atomic
def _load(
    request: HttpRequest, told: Mapping[str, str], measure: Measure, what: Understood
) -> list[Load]:
    by = me(request)
    means: dict[str, int] = {}
    figures = {}
    for place in what.places:
        series = place.series
        if place.opens and (at := place.match.organisation):
            series = measuring.open_series(measure=measure, organisation=at, by=by)
        if series and place.loads:
            figures[series] = [figure_of(row) for row in place.reading.rows]
        if not place.hindered:
            means[folded(place.name)] = series.pk if series else 0
    loads = actions.load_many(
        measure=measure, figures=figures, by=by, filename=told["filename"], reason=told["reason"]
    )
    headings, table = headings_of(what.table), what.table
    if headings and what.corrected(request.POST.get("first", "")):
        actions.remember_many(
            measure=measure,
            headings=headings,
            sheet=what.sheet.name,
            across=table.across,
            crossed=table.crossed,
            header=by_hand(what.sheet, table, events=measure.events, wide=True),
            columns=what.each.columns,
            places=means,
            own={} if "place" in what.each.columns else what.each.own,
            by=by,
        )
    return loads


def _taken_in(request: HttpRequest, form: LoadForm, measure: Measure, what: Understood) -> bool:
    """Load what was understood and say what came of it; what went wrong is said on the form."""
    loads = done(form, _load, request=request, told=form.cleaned_data, measure=measure, what=what)
    if loads:
        words = ngettext(
            "%(added)s new figures are loaded at %(places)s place, and %(changed)s changed.",
            "%(added)s new figures are loaded at %(places)s places, and %(changed)s changed.",
            len(loads),
        )
        counted = {part: sum(getattr(one, part) for one in loads) for part in ("added", "changed")}
        messages.success(request, words % (counted | {"places": len(loads)}))
    elif form.is_valid():
        messages.info(request, _("All these figures stood here already: nothing was changed."))
    return form.is_valid()
