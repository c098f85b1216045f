"""The pages of measuring: an initiative's measures, one measure, one series and its figures."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.initiatives import rules
from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.initiatives.views import earlier_texts, text_set_back
from kernen.lib.access import signed_in
from kernen.lib.periods import normalise
from kernen.lib.refusal import refusal
from kernen.parties.models import Sector
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from . import actions
from .catalogue.finding import beside
from .catalogue.using.held import held
from .charts.window import days
from .closing import rules as closing
from .evaluating import rules as evaluating
from .fetching import behind, charted_for, parts_for, series_for
from .forms import AnnotationForm, MeasureForm, SeriesForm, first_place
from .history import DEFINITION, versions
from .judging.suggestion import suggestion
from .loading.changes import LISTED, loads_of
from .models import Annotation, Measure, Series
from .multiples import multiples, together
from .pictures import chart_of, looked_at
from .quality.summing import row_of, summed
from .rare.days import asks_cases, rows, since_last
from .rare.forms import HappenedForm
from .rules import fixed, may, refusals
from .sharing.files import addresses


def _series(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(charted_for(reader(request)), pk=pk)


def _form_page(
    request: HttpRequest, initiative: Initiative, form: BaseForm, verb: str, title: str, **more: Any
) -> HttpResponse:
    """A page inside the initiative's frame with one form; refused if one may not."""
    rules.may(me(request), initiative, verb)
    return _form(request, initiative, form, title, **more)


def _form(
    request: HttpRequest, initiative: Initiative, form: BaseForm, title: str, **more: Any
) -> HttpResponse:
    context = frame(request, initiative, tab="measures") | {"form": form, "title": title, **more}
    return render(request, "initiatives/edit.html", context)


@signed_in
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    found = initiative.measures.prefetch_related(series_for(reader(request)))
    context = frame(request, initiative, tab="measures") | {
        "measures": [
            {"measure": measure, "charts": [chart_of(series) for series in measure.seen]}
            for measure in found
        ]
    }
    return render(request, "measures/measures.html", context)


@signed_in
@keeps_typed
def define(request: HttpRequest, pk: int) -> HttpResponse:
    """A new measure and the first place where it is followed."""
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    rules.may(me(request), initiative, "measure")
    typed = sent(request)
    form, place = MeasureForm(typed), SeriesForm(typed, initial=first_place(initiative))
    if request.method == "POST" and form.is_valid() and place.is_valid():
        series = done(form, _define, initiative=initiative, forms=(form, place), by=me(request))
        if series:
            return _on_to_figures(
                request, series, _("The measure is defined. Now load its figures.")
            )
    q = request.GET.get("q", "")
    context = frame(request, initiative, tab="measures")
    context |= {"form": form, "place": place, "q": q, "beside": beside(initiative, q)}
    return render(request, "measures/define.html", context)


@transaction.atomic
def _define(*, initiative: Initiative, forms: tuple[MeasureForm, SeriesForm], by: Any) -> Series:
    form, place = forms
    measure = actions.define(initiative=initiative, by=by, **form.definition())
    return actions.open_series(measure=measure, by=by, **place.cleaned_data)


@signed_in
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Measure.objects.select_related(
            "initiative__cluster", "version__shared__replaced_by"
        ).prefetch_related(series_for(reader(request))),
        pk=pk,
    )
    charts = [chart_of(series) for series in found.seen]
    same_scale = request.GET.get("scale") == "same"
    context = frame(request, found.initiative, tab="measures") | {
        "measure": found,
        "charts": charts,
        "multiples": multiples(charts, same_scale=same_scale) if len(charts) > 1 else [],
        "same_scale": same_scale,
        "summed": summed(found, timezone.localdate()),
        "together": together(found, charts, *days(request.GET)),
        "effect_refusal": refusal(evaluating.compare, found),
        "without": [one for one in charts if not one.chart.result],
        **held(found, reader(request)),
    }
    return render(request, "measures/measure.html", context)


@signed_in
@at_once
@keeps_typed
def redefine(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":  # what the form compares with stands until it is saved
        get_object_or_404(Initiative.objects.select_for_update(of=("self",)), measures=pk)
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    form = MeasureForm(sent(request), instance=get_object_or_404(Measure, pk=pk))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.redefine, measure=found, by=me(request), **form.definition()):
        messages.success(request, _("The definition is saved."))
        return redirect(found)
    return _form_page(
        request, found.initiative, form, "measure", _("The definition"), measure=found
    )


@signed_in
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    return earlier_texts(
        request,
        found.initiative,
        versions(found),
        DEFINITION,
        verb="measure",
        action=reverse("set_definition_back", args=[pk]),
        title=_("Earlier versions of the definition"),
        measure=found,
        fixed=fixed(found),
    )


@signed_in
@require_POST
def set_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative"), pk=pk)
    page = reverse("definition_history", args=[pk])
    return text_set_back(
        request, actions.set_definition_back, found.initiative, page, measure=found
    )


@signed_in
@keeps_typed
def open_series(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    form = SeriesForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.open_series, measure=found, by=me(request), **form.cleaned_data)
        if made:
            return _on_to_figures(request, made, _("The place is added. Now load its figures."))
    return _form_page(
        request, found.initiative, form, "measure", _("One more place"), measure=found
    )


def _on_to_figures(request: HttpRequest, series: Series, said: str) -> HttpResponse:
    """To the page where its figures are loaded, unless it is closed to the one who added it."""
    if refusal(may, me(request), series, "load") is None:
        messages.success(request, said)
        return redirect("load", series.pk)
    messages.success(
        request, _("The place is added, closed: its own people load its figures and find them.")
    )
    return redirect(series.measure)


@signed_in
def series(request: HttpRequest, pk: int) -> HttpResponse:
    found = _series(request, pk)
    charted = looked_at(found, request.GET)
    chart = replace(charted.chart, behind=behind(found, reader(request)))
    charted = replace(charted, chart=chart)
    context = frame(request, found.measure.initiative, tab="measures") | {
        "series": found,
        "measure": found.measure,
        "charted": charted,
        "suggestion": suggestion(charted.chart),
        "splits": found.splits.select_related("by"),
        "freezes": found.freezes.select_related("by"),
        "left_out": [point for point in found.points.all() if point.left_out],
        "annotations": found.annotations.all(),
        "row": row_of(found, timezone.localdate()),
        "loads": loads_of(found, reader(request), per_page=LISTED),
        "effect_refusal": refusal(evaluating.weigh, found),
        "addresses": addresses(found) if found.embedded_at else {},
        "refusals": refusals(reader(request), found),
        "close_refused": refusal(closing.close, reader(request), found),
        "open_refused": refusal(closing.open_again, reader(request), found),
    }
    practice = found.organisation.sector == Sector.GENERAL_PRACTICE
    concerned = not (context["close_refused"] and context["refusals"].get("measure"))
    context["closing_shown"] = found.closed_at or (practice and concerned)
    if not context["refusals"].get("load") and not found.measure.events:
        context["asked"] = found.figures_links.waiting().select_related("person", "by")
    if found.measure.events:
        context |= {
            "since": since_last(found, charted.chart),
            "events": rows(found, charted.chart),
            "happened": HappenedForm(),
            "asks_cases": asks_cases(found),
        }
    return render(request, "measures/series.html", context)


@signed_in
@keeps_typed
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _series(request, pk)
    form = AnnotationForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.annotate, series=found, by=me(request), **form.cleaned_data):
        messages.success(request, _annotated(found, form.cleaned_data["on"]))
        return redirect(found)
    may(me(request), found, "load")
    return _form(
        request,
        found.measure.initiative,
        form,
        _("A note on the time axis"),
        back=found.get_absolute_url(),
    )


def _annotated(series: Series, on: date) -> str:
    periods = [point.period for point in series.points.all()]
    if periods and periods[0] <= normalise(on, series.measure.frequency) <= periods[-1]:
        return _("The note stands on the time axis.")
    return _("The note is kept. It shows on the chart when there are figures from that time.")


@signed_in
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts_for(me(request), Annotation), pk=pk)
    actions.erase(annotation=found, by=me(request))
    messages.success(request, _("The note is taken off the time axis."))
    return redirect(found.series)
