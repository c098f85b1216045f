"""Where figures come in: what was understood is shown first, and then all or nothing is loaded."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import label, normalise
from kernen.lib.refusal import refusal
from kernen.parties.models import Person
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from .. import actions as measuring
from ..fetching import charted, charted_for, parts_for
from ..models import Load, Series
from ..preview import figure_of, preview
from ..reading.cells import Unreadable
from ..rules import hindered, may
from ..rules import undo_load as undoing
from . import actions
from .changes import changes, loads_of
from .forms import LoadForm, UndoForm
from .shapes import by_hand, headings_of
from .understanding import (
    Given,
    Said,
    Understood,
    called,
    given,
    said,
    show,
    understood,
    unread,
)


@signed_in
@keeps_typed
def load(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    may(me(request), found, "load")
    form = LoadForm(sent(request), request.FILES or None)
    frequency = found.measure.frequency
    context: dict[str, Any] = {
        "form": form,
        "series": found,
        "measure": found.measure,
        "example": label(normalise(timezone.localdate(), frequency), frequency),
    }
    if request.method == "POST" and form.is_valid():
        wanted = said(request.POST, file=bool(form.cleaned_data.get("file")))
        what = _understood(request, form, found, wanted, context)
        confirmed = "confirm" in request.POST and not wanted.anew
        if what and what.reading.ok and confirmed and _taken_in(request, form, found, what):
            return redirect(found)
    context |= frame(request, found.measure.initiative, tab="measures")
    return render(request, "measures/load.html", context)


def _understood(
    request: HttpRequest, form: LoadForm, series: Series, wanted: Said, context: dict[str, Any]
) -> Understood | None:
    """Read what was given, and put on the page what was understood of it."""
    file = form.cleaned_data.get("file")
    data = {} if file else request.POST
    what: Given | None = None
    try:
        name = file.name if file else form.cleaned_data["filename"]
        what = replace(given(form, wanted, series.measure, called(series)), filename=name)
        found = understood(series, what, wanted, data)
    except Unreadable as unreadable:
        form.add_error("file" if file else "text", str(unreadable))
        if what:  # another sheet may be the one, or other headings
            show(form, what, what.sheets[0])
            context["arrangement"] = unread(what, wanted)
        return None
    show(form, found.given, found.sheet, found.table, found.reading.problems)
    context |= preview(series.measure, series, found.reading)
    context |= {
        "reading": found.reading,
        "columns": found.columns,
        "arrangement": found.arrangement(data.get("first", "")),
        "shape": found.shape,
    }
    return found


@transaction.atomic
def _load(request: HttpRequest, given: LoadForm, series: Series, what: Understood) -> Load | None:
    loaded = measuring.load(
        series=series,
        figures=[figure_of(row) for row in what.reading.rows],
        by=me(request),
        filename=given.cleaned_data["filename"],
        reason=given.cleaned_data["reason"],
    )
    headings = headings_of(what.table)
    if headings and what.corrected(request.POST.get("first", "")):
        actions.remember(
            series=series,
            headings=headings,
            sheet=what.sheet.name,
            across=what.table.across,
            crossed=what.table.crossed,
            header=by_hand(what.sheet, what.table, events=series.measure.events),
            columns=what.chosen["columns"],
            place=what.reading.place,
            shared=not what.reading.places,
            by=me(request),
        )
    return loaded


def _taken_in(request: HttpRequest, form: LoadForm, series: Series, what: Understood) -> bool:
    """Load what was understood and say what came of it; what went wrong is said on the form."""
    loaded = done(form, _load, request=request, given=form, series=series, what=what)
    if loaded:
        words = ngettext(
            "%(added)s new figure is loaded, and %(changed)s changed.",
            "%(added)s new figures are loaded, and %(changed)s changed.",
            loaded.added,
        )
        messages.success(request, words % {"added": loaded.added, "changed": loaded.changed})
    elif form.is_valid():
        messages.info(request, _("All these figures stood here already: nothing was changed."))
    return form.is_valid()


@signed_in
@keeps_typed
def undo_load(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts_for(me(request), Load), pk=pk)
    may(me(request), found.series, "load")
    if found.delivery_id:
        return redirect("undo_delivery", found.delivery_id)
    form = UndoForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.undo_load, load=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("The load is undone: the figures stand as they did before it."))
        return redirect(found.series)
    series = charted_for(me(request)).get(pk=found.series_id)
    whole = found.whole
    context = frame(request, series.measure.initiative, tab="measures") | {
        "load": found,
        "of": series.measure,
        "series": series,
        "form": form,
        "others": [str(one.series) for one in whole if one.pk != found.pk],
        "refused": _refused(me(request), whole),
        "removed": sum(len(one.taken) - len(one.replaced) for one in whole),
        "set_back": sum(len(one.replaced) for one in whole),
        "back": series.get_absolute_url(),
    }
    return render(request, "measures/undo_load.html", context)


def _refused(by: Person, whole: Sequence[Load]) -> str | None:
    """Why one of the loads that came together stands, and with it all of them."""
    series = charted(Series.objects).in_bulk([one.series_id for one in whole])
    for sentence in hindered(by, series.values()).values():
        return sentence
    loads = Load.objects.filter(series__in=series).select_related("undone_by", "by")
    of: dict[int, list[Load]] = {}
    for load in loads:
        of.setdefault(load.series_id, []).append(load)
    for one in whole:
        place, theirs = series[one.series_id], of[one.series_id]
        (own,) = (load for load in theirs if load.pk == one.pk)
        if told := refusal(undoing, own, theirs, place):
            return told if len(whole) == 1 else f"{place}: {told}"
    return None


@signed_in
def series_loads(request: HttpRequest, pk: int) -> HttpResponse:
    """Every load that did something: when, by whom, what, and what of it can be undone."""
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    listed = loads_of(found, reader(request), request.GET.get("page"))
    return _listed(request, found, listed, "measures/series_loads.html")


@signed_in
def figures_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure that was changed after it came in: what it was, and what it is since."""
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    listed = changes(found, request.GET.get("page"))
    return _listed(request, found, listed, "measures/figures_history.html")


def _listed(request: HttpRequest, found: Series, listed: Page[Any], template: str) -> HttpResponse:
    context = frame(request, found.measure.initiative, tab="measures")
    context |= {"series": found, "measure": found.measure, "page_obj": listed}
    return render(request, template, context)
