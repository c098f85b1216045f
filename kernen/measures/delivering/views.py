"""Sending a file with the figures of many places, and seeing what becomes of it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import label
from kernen.lib.refusal import refusal
from kernen.lib.sheets import as_csv
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..fetching import charted_for
from ..loading.forms import UndoForm
from ..models import Measure, Series, Shape
from ..owed import over
from ..preview import PARTS_SHOWN
from . import actions, rules
from .forms import ConfirmForm, DeliveryForm, UnderstoodForm
from .models import Delivery
from .places import written
from .undoing import actions as undoing
from .undoing.judging import may_go


@signed_in
@keeps_typed
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    rules.deliver(me(request), measure.initiative)
    form = DeliveryForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        received = done(
            form,
            actions.receive,
            initiative=measure.initiative,
            measure=measure,
            filename=file.name,
            content=file.read(),
            by=me(request),
        )
        if received:
            return redirect(received)
    context = frame(request, measure.initiative, tab="measures") | {
        "measure": measure,
        "form": form,
        "places": _places(request, measure),
    }
    return render(request, "measures/deliver.html", context)


def _places(request: HttpRequest, measure: Measure) -> list[Series]:
    return sorted(charted_for(me(request)).filter(measure=measure), key=written)


@signed_in
def deliver_template(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A file to fill in: the headings, and a row for each place with the period that was over
    last."""
    measure = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    rules.deliver(me(request), measure.initiative)
    parts = [str(name) for name in PARTS_SHOWN[measure.figures].values()]
    headings = [_("Organisation"), _("Ward"), _("Period"), *parts]
    period = label(over(measure.frequency, timezone.localdate()), measure.frequency)
    rows = [(str(one.organisation), one.place, period) for one in _places(request, measure)]
    return as_csv([headings, *rows], slugify(measure.name) or "figures")


@signed_in
@never_cache
@keeps_typed
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in it; and how far it is, and what came of it: for whoever sent it, since problems
    repeat what is written of places that may be closed to others."""
    found = _own(request, pk)
    context = _context(request, found)
    if found.ended_at or found.confirmed_at:
        return render(request, "measures/delivery.html", context)
    told: dict[str, Any] = {"delivery": found, "by": me(request)}
    if request.method == "POST" and "throw_away" in request.POST:
        actions.throw_away(**told)
        messages.info(request, _("The file is thrown away: nothing was loaded."))
        return redirect("deliver", found.measure_id)
    if not found.looked_at:
        return render(request, "measures/delivery.html", context)
    there, typed = found.found, sent(request)
    assert found.measure  # noqa: S101 here nobody sends a file of several
    kind = found.measure.figures
    understood = UnderstoodForm(
        typed if typed and "header" in typed else None,
        found=there,
        kind=kind,
        series=_places(request, found.measure) if there["named"] else (),
    )
    form = ConfirmForm(typed, why=there.get("changed", 0) > 0)
    if request.method == "POST":
        if understood.is_bound and ("again" in request.POST or understood.has_changed()):
            posted = understood.is_valid()
            if posted and done(understood, actions.read_anew, **told, said=understood.said()):
                return redirect(found)
        elif form.is_valid() and done(form, actions.confirm, **told, **form.cleaned_data):
            return redirect(found)
    context |= {"form": form, "arrangement": understood, "found": there} | _does(there, kind)
    return render(request, "measures/delivery_shown.html", context)


def _does(there: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What is wrong in the file, or else what it would do; and whose correction it follows."""
    told: dict[str, Any] = {
        name: [{"sentence": one} for one in there[name]] for name in ("problems", "remarks")
    }
    told["shape"] = Shape.objects.select_related("by").filter(pk=there["shape"]).first()
    if there["problems"]:
        return told
    coming = there["new"] + there["changed"]
    figures = coming + there["same"]
    return told | {
        "headings": PARTS_SHOWN[kind].values(),
        "coming": coming,
        "figures": figures,
        "more": figures > len(there["rows"]),
        "nothing": not coming,
    }


@signed_in
@keeps_typed
def undo_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """At once, or by the worker where it is so much that nobody would wait for it. Whoever may load
    the figures may undo what another sent."""
    found = get_object_or_404(_whole(), pk=pk)
    rules.deliver(me(request), found.initiative)
    back = found if found.by == me(request) else found.measure or found.initiative
    form = UndoForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    told = {"delivery": found, "by": me(request)}
    if posted and rules.much(found):
        if done(form, undoing.ask_undo, **told, **form.cleaned_data):
            return redirect(back)
    elif posted and done(form, undoing.undo_delivery, **told, **form.cleaned_data):
        messages.success(request, _("The load is undone: the figures stand as they did before it."))
        return redirect(back)
    context = _context(request, found)
    if not rules.much(found):
        context["refused"] = context["refused"] or refusal(may_go, me(request), found)
    context |= {
        "form": form,
        "of": found.measure,
        "load": found,
        "removed": found.added,
        "set_back": found.changed,
        "back": back.get_absolute_url(),
    }
    return render(request, "measures/undo_load.html", context)


def _own(request: HttpRequest, pk: int) -> Delivery:
    return get_object_or_404(_whole(), pk=pk, by=me(request))


def _whole() -> QuerySet[Delivery]:
    parts = ("initiative__cluster", "measure", "by")
    return Delivery.objects.select_related(*parts).defer("content")


def _context(request: HttpRequest, found: Delivery) -> dict[str, Any]:
    return frame(request, found.initiative, tab="measures") | {
        "delivery": found,
        "measure": found.measure,
        "works": not found.ended_at or found.undo_asked_at,
        "refused": refusal(rules.ask_undo, me(request), found),
        "undoing": rules.undoing(found),
    }
