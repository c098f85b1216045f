"""Sending a file with the figures of many places, and seeing what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import Measure
from . import actions, rules
from .forms import DeliveryForm
from .models import Delivery


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
    }
    return render(request, "measures/deliver.html", context)


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
