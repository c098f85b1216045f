"""Sending a file with the figures of many places, and seeing what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import label, normalise
from kernen.lib.refusal import refusal
from kernen.lib.sheets import as_csv
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..fetching import charted_for
from ..loading.forms import UndoForm
from ..models import Measure, Series
from ..preview import PARTS_SHOWN
from . import actions, rules
from .forms import DeliveryForm
from .models import Delivery
from .places import written


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
            reason=form.cleaned_data["reason"],
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
    """A file to fill in: the headings, and a row for each place with the period that is due."""
    measure = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    rules.deliver(me(request), measure.initiative)
    parts = [str(name) for name in PARTS_SHOWN[measure.figures].values()]
    headings = [_("Organisation"), _("Ward"), _("Period"), *parts]
    period = label(normalise(timezone.localdate(), measure.frequency), measure.frequency)
    rows = [(str(one.organisation), one.place, period) for one in _places(request, measure)]
    return as_csv([headings, *rows], slugify(measure.name) or "figures")


@signed_in
@never_cache
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, or what came of it: for whoever sent it, since problems repeat what is written
    of places that may be closed to others."""
    return render(request, "measures/delivery.html", _context(request, _own(request, pk)))


@signed_in
@keeps_typed
def undo_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    rules.deliver(me(request), found.initiative)
    form = UndoForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    told = {"delivery": found, "by": me(request)}
    if posted and done(form, actions.undo_delivery, **told, **form.cleaned_data):
        messages.success(request, _("The load is undone: the figures stand as they did before it."))
        return redirect(found)
    return render(request, "measures/undo_delivery.html", _context(request, found) | {"form": form})


def _own(request: HttpRequest, pk: int) -> Delivery:
    whole = Delivery.objects.select_related("initiative__cluster", "measure").defer("content")
    return get_object_or_404(whole, pk=pk, by=me(request))


def _context(request: HttpRequest, found: Delivery) -> dict[str, Any]:
    return frame(request, found.initiative, tab="measures") | {
        "delivery": found,
        "measure": found.measure,
        "not_undone": refusal(rules.undo, found),
        "undoing": rules.undoing(found),
    }
