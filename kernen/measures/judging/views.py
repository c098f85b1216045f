"""How a series is drawn and judged: the pages where a team decides it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.initiatives import rules
from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from .. import actions as measuring
from ..charts.control import CHART_NAMES
from ..fetching import charted_for, parts_for
from ..forms import SplitForm
from ..models import Freeze, Measure, Point, Series, Split
from ..rules import may
from . import actions
from .forms import ChartForm, FreezeForm, LeaveOutForm, PeriodForm


@signed_in
@keeps_typed
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """Which chart the measure is drawn as, at all its places, and by which rules it is judged."""
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    form = ChartForm(sent(request), measure=found)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data | {"measure": found, "by": me(request)}
        chosen["rules_of_chart"] = chosen.pop("rules")
        if done(form, actions.choose_chart, **chosen):
            messages.success(request, _("The measure is drawn like this from now on."))
            return redirect(found)
    rules.may(me(request), found.initiative, "measure")
    back = reverse("measure", args=[pk])
    title = _("Chart and rules")
    return _form_page(request, found.initiative, form, title, measure=found, back=back)


@signed_in
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One press on a page that shows the chart: draw the measure like this, its rules unchanged
    unless they are for another chart."""
    found = get_object_or_404(Measure.objects.select_related("initiative"), pk=pk)
    chart = request.POST.get("chart", "")
    if chart not in CHART_NAMES:
        raise Http404
    fits = found.rules != "nhs" or chart == "i"
    actions.choose_chart(
        measure=found,
        chart=chart,
        rules_of_chart=found.rules if fits else "anhoej",
        screened=found.screened,
        by=me(request),
    )
    messages.success(request, _("The measure is drawn like this from now on."))
    return redirect(found)


@signed_in
@keeps_typed
def split(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(me(request)), pk=pk)
    form = SplitForm(sent(request), series=found, initial={"period": request.GET.get("period")})
    said = _("The series is split: each phase has its own median.")
    return _of_series(request, found, form, measuring.split, _("Split the series"), said)


@signed_in
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts_for(me(request), Split), pk=pk)
    measuring.join(split=found, by=me(request))
    messages.success(request, _("The two phases are one again."))
    return redirect(found.series)


@signed_in
@keeps_typed
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(me(request)), pk=pk)
    form = FreezeForm(sent(request), series=found)
    said = _("The baseline is frozen: its line goes on over what comes after.")
    return _of_series(request, found, form, actions.freeze, _("Freeze the baseline"), said)


@signed_in
@keeps_typed
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(me(request)), pk=pk)
    form = LeaveOutForm(sent(request), series=found)
    said = _("The figure is drawn, but counts in no line.")
    return _of_series(request, found, form, actions.leave_out, _("Leave a figure out"), said)


@signed_in
@require_POST
def thaw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts_for(me(request), Freeze), pk=pk)
    actions.thaw(freeze=found, by=me(request))
    messages.success(request, _("All figures count in the line again."))
    return redirect(found.series)


@signed_in
@require_POST
def count_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts_for(me(request), Point), pk=pk)
    actions.count_again(point=found, by=me(request))
    messages.success(request, _("The figure counts again."))
    return redirect(found.series)


def _of_series(
    request: HttpRequest,
    found: Series,
    form: PeriodForm | SplitForm,
    verb: Callable[..., Any],
    title: str,
    said: str,
) -> HttpResponse:
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, verb, series=found, by=me(request), **form.cleaned_data):
        messages.success(request, said)
        return redirect(found)
    may(me(request), found, "measure")
    return _form_page(request, found.measure.initiative, form, title, back=found.get_absolute_url())


def _form_page(request: HttpRequest, initiative: Any, form: Any, title: str, **more: Any) -> Any:
    context = frame(request, initiative, tab="measures") | {"form": form, "title": title, **more}
    return render(request, "initiatives/edit.html", context)
