"""The pages that say how much a change did, and the results that can be cited."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.initiatives import rules as initiatives
from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.refusal import Refused, refusal
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..evaluation import VERSION
from ..models import Series
from . import actions, files, rules
from .forms import ChangeForm, StartsForm
from .gather import (
    change_of,
    compared,
    of_places,
    of_series,
    proposal,
    results_for,
    today,
    weighed_for,
)
from .models import Result


@signed_in
def series_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change did to one series: the change that is chosen, or the likeliest."""
    found = get_object_or_404(weighed_for(reader(request)), pk=pk)
    empty, likeliest = refusal(rules.weigh, found), proposal(found)
    key = request.GET.get("change") or (likeliest.key if likeliest else "")
    form, change = ChangeForm({"change": key}, series=found), change_of(found, key)
    effect = of_series(found, change.period, change.words) if change and not empty else None
    context = frame(request, found.measure.initiative, tab="measures") | {
        "series": found,
        "measure": found.measure,
        "form": form,
        "change": change,
        "effect": effect,
        "refusal": empty,
        "freeze_refusal": effect
        and refusal(
            rules.freeze, reader(request), found.measure, effect, closed=bool(found.closed_at)
        ),
        "results": [
            one
            for one in results_for(reader(request), measure=found.measure_id)
            if one.series_id == found.pk
        ],
    }
    return render(request, "measures/series_effect.html", context)


@signed_in
def measure_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change did at places that started at different times."""
    found = get_object_or_404(compared(), pk=pk)
    few = refusal(rules.compare, found)
    unknown = few or refusal(rules.starts_known, found)
    effect = None if unknown else of_places(found)
    context = frame(request, found.initiative, tab="measures") | {
        "measure": found,
        "effect": effect,
        "few": few,
        "unknown": unknown,
        "freeze_refusal": effect and refusal(rules.freeze, reader(request), found, effect),
        "results": [
            one for one in results_for(reader(request), measure=found.pk) if not one.series_id
        ],
    }
    return render(request, "measures/measure_effect.html", context)


@signed_in
@keeps_typed
def starts(request: HttpRequest, pk: int) -> HttpResponse:
    """When each place started, said by a person; splits and notes are proposed."""
    found = get_object_or_404(compared(), pk=pk)
    initiatives.may(me(request), found.initiative, "measure")
    form = StartsForm(sent(request), measure=found)
    if request.method == "POST" and form.is_valid():
        done(form, _say_all, said=form.said(), by=me(request))
        if form.is_valid():
            messages.success(request, _("It is kept when the places started."))
            return redirect("measure_effect", pk)
    context = frame(request, found.initiative, tab="measures") | {"measure": found, "form": form}
    return render(request, "measures/starts.html", context)


@transaction.atomic
def _say_all(*, said: Any, by: Any) -> None:
    """All of what was said is taken in, or none of it."""
    for series, period, reason in said:
        actions.say_start(series=series, period=period, reason=reason, by=by)


@signed_in
@require_POST
def freeze_series(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(weighed_for(reader(request)), pk=pk)
    change = change_of(found, request.POST.get("change", ""))
    if change is None:
        raise Refused(_("Choose the change first."))
    made = actions.freeze_series(
        series=found, start=change.period, why=change.words, by=me(request)
    )
    return _frozen(request, made)


@signed_in
@require_POST
def freeze_places(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(compared(), pk=pk)
    return _frozen(request, actions.freeze_places(measure=found, by=me(request)))


def _frozen(request: HttpRequest, made: Result) -> HttpResponse:
    messages.success(request, _("The result is frozen. It stays as it is and can be cited."))
    return redirect(made)


def _result(request: HttpRequest, pk: int) -> Result:
    related = Result.objects.select_related("measure__initiative__cluster", "series", "by")
    found = get_object_or_404(related, pk=pk)
    if Series.objects.closed_to(reader(request)).filter(pk__in=found.places).exists():
        raise Http404
    return found


@signed_in
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen result, drawn from the figures that were frozen with it."""
    found = _result(request, pk)
    effect = found.effect
    changed = today(found, reader(request)).figures() != effect.material.figures()
    context = frame(request, found.measure.initiative, tab="measures") | {
        "result": found,
        "measure": found.measure,
        "effect": effect,
        "citation": files.citation(found),
        "changed": changed,
        "recalculated": found.version != VERSION,
        "now": _now(found),
    }
    return render(request, "measures/result.html", context)


def _now(found: Result) -> str:
    """Where the same question is asked of the figures of today."""
    if not found.series_id:
        return reverse("measure_effect", args=[found.measure_id])
    start: Any = found.effect.material.places[0].start
    query = {"change": start.isoformat()}
    return reverse("series_effect", args=[found.series_id], query=query)


@signed_in
def result_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    return files.file_of(_result(request, pk), kind)
