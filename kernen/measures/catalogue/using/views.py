"""A team uses a shared measure, takes a new version over, or leaves it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.initiatives.rules import may
from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ...actions import open_series
from ...forms import SeriesForm, first_place
from ...models import Measure, Series, SharedMeasure, SharedVersion
from ..saying import changes, facts
from ..views import turned_back
from . import actions, rules
from .forms import LeaveForm, TakeOverForm, UseForm


@signed_in
@keeps_typed
def use_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """The shared measure that the address names, with the team's own goal and first place."""
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    number = request.GET.get("shared", "")
    found = SharedMeasure.objects.select_related("owner", "replaced_by")
    shared = found.filter(pk=number).first() if number.isdecimal() else None
    if shared is None:
        return redirect("define", pk)
    rules.use(reader(request), initiative, shared)
    version, typed = shared.newest(), sent(request)
    form, place = UseForm(typed), SeriesForm(typed, initial=first_place(initiative))
    if request.method == "POST" and form.is_valid() and place.is_valid():
        given = {"initiative": initiative, "version": version, "forms": (form, place)}
        series = done(form, _use, by=me(request), **given)
        if series:
            messages.success(request, _("The measure is taken in. Now load its figures."))
            return redirect("load", series.pk)
    context = frame(request, initiative, tab="measures")
    context |= {"shared": shared, "version": version, "facts": facts(version)}
    context |= {"form": form, "place": place}
    return render(request, "measures/use_shared.html", context)


@transaction.atomic
def _use(
    *,
    initiative: Initiative,
    version: SharedVersion,
    forms: tuple[UseForm, SeriesForm],
    by: Any,
) -> Series:
    form, place = forms
    goal = form.cleaned_data["goal"]
    measure = actions.use_shared(initiative=initiative, version=version, goal=goal, by=by)
    return open_series(measure=measure, by=by, **place.cleaned_data)


@signed_in
@keeps_typed
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """What the new version changes, and from which period the team counts by it."""
    measure = _measure(pk)
    may(reader(request), measure.initiative, "measure")
    version = rules.offered(measure)
    if version is None:
        return redirect(measure)
    form = TakeOverForm(sent(request), measure=measure, version=version)
    if request.method == "POST" and form.is_valid():
        given = {"measure": measure, "version": version, "by": me(request)}
        if done(form, actions.take_over, **given, **form.told()):
            messages.success(request, _("The measure is counted by the new version."))
            return redirect(measure)
    passed = list(rules.passed(measure, version))
    context = frame(request, measure.initiative, tab="measures") | {
        "measure": measure,
        "version": version,
        "changes": changes(measure.version or measure, version),
        "passed": passed,
        "breaks": any(not one.comparable for one in passed),
        "form": form,
    }
    return render(request, "measures/take_over.html", context)


@signed_in
@keeps_typed
def leave_catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    measure = _measure(pk)
    if refused := refusal(rules.leave, reader(request), measure):
        return turned_back(request, refused, measure)
    form = LeaveForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    given = {"measure": measure, "by": me(request)}
    if posted and done(form, actions.leave_catalogue, **given, **form.cleaned_data):
        messages.success(request, _("The definition is the initiative's own from now on."))
        return redirect(measure)
    context = frame(request, measure.initiative, tab="measures")
    title, submit = _("Leave the catalogue's definition"), _("Leave it")
    context |= {"measure": measure, "form": form, "title": title, "submit": submit}
    return render(request, "initiatives/edit.html", context | {"back": measure.get_absolute_url()})


def _measure(pk: int) -> Measure:
    found = Measure.objects.select_related("initiative__cluster", "version__shared__owner")
    return get_object_or_404(found, pk=pk)
