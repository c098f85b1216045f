"""Sending a file with the figures of many places, and seeing what becomes of it."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import label, normalise
from kernen.lib.sheets import as_csv
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..fetching import charted_for
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
    whole = Delivery.objects.select_related("initiative__cluster", "measure").defer("content")
    found = get_object_or_404(whole, pk=pk, by=me(request))
    context = frame(request, found.initiative, tab="measures") | {
        "delivery": found,
        "measure": found.measure,
    }
    return render(request, "measures/delivery.html", context)
