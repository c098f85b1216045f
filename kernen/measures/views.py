"""The pages of measuring: an initiative's measures, one measure, one series and its figures."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kernen.initiatives import rules
from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.initiatives.views import earlier_texts, text_set_back
from kernen.lib.access import signed_in
from kernen.lib.periods import label, normalise
from kernen.lib.refusal import refusal
from kernen.parties.signing_in import me
from kernen.ui.forms import done, refill
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from . import actions
from .charts.control import CHART_NAMES
from .evaluating import rules as evaluating
from .forms import AnnotationForm, ColumnsForm, LoadForm, MeasureForm, SeriesForm, SplitForm
from .history import DEFINITION, versions
from .judging.suggestion import suggestion
from .models import Annotation, Measure, Series, Split
from .multiples import multiples, together
from .pictures import CHARTED, chart_of
from .reading.cells import Unreadable
from .reading.figures import understand
from .reading.results import Figure as ReadFigure
from .reading.results import Reading
from .reading.written import as_text
from .rules import FIXED_BY_FIGURES, has_figures
from .sharing.files import addresses

#: As many as a point keeps; spreadsheets carry more than any figure has meaning for.
DECIMALS = 6

#: How many rows the preview of a load shows.
PREVIEWED = 60


def _series(pk: int) -> Series:
    return get_object_or_404(CHARTED, pk=pk)


def _form_page(
    request: HttpRequest, initiative: Initiative, form: BaseForm, verb: str, title: str, **more: Any
) -> HttpResponse:
    """A page inside the initiative's frame with one form; refused if one may not."""
    rules.may(me(request), initiative, verb)
    context = frame(request, initiative, tab="measures") | {"form": form, "title": title, **more}
    return render(request, "initiatives/edit.html", context)


@signed_in
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    found = initiative.measures.prefetch_related(Prefetch("series", CHARTED))
    context = frame(request, initiative, tab="measures") | {
        "measures": [
            {"measure": measure, "charts": [chart_of(series) for series in measure.series.all()]}
            for measure in found
        ]
    }
    return render(request, "measures/measures.html", context)


@signed_in
@keeps_typed
def define(request: HttpRequest, pk: int) -> HttpResponse:
    """A new measure and the first place where it is followed."""
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    responsible = initiative.involvements.current().filter(role="responsible").first()
    typed = sent(request)
    form = MeasureForm(typed)
    place = SeriesForm(
        typed,
        initial={"organisation": responsible.organisation_id if responsible else None},
    )
    if request.method == "POST" and form.is_valid() and place.is_valid():
        series = done(form, _define, initiative=initiative, forms=(form, place), by=me(request))
        if series:
            messages.success(request, _("The measure is defined. Now load its figures."))
            return redirect("load", series.pk)
    return _form_page(
        request,
        initiative,
        form,
        "measure",
        _("A new measure"),
        more_fields=place,
        submit=_("Save and go on to the figures"),
    )


@transaction.atomic
def _define(*, initiative: Initiative, forms: tuple[MeasureForm, SeriesForm], by: Any) -> Series:
    form, place = forms
    measure = actions.define(initiative=initiative, by=by, **form.definition())
    return actions.open_series(measure=measure, by=by, **place.cleaned_data)


@signed_in
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Measure.objects.select_related("initiative__cluster").prefetch_related(
            Prefetch("series", CHARTED)
        ),
        pk=pk,
    )
    charts = [chart_of(series) for series in found.series.all()]
    same_scale = request.GET.get("scale") == "same"
    context = frame(request, found.initiative, tab="measures") | {
        "measure": found,
        "charts": charts,
        "multiples": multiples(charts, same_scale=same_scale) if len(charts) > 1 else [],
        "same_scale": same_scale,
        "together": together(found, charts),
        "made_up": any(one.series.made_up for one in charts),
        "effect_refusal": refusal(evaluating.compare, found),
        "without": [one for one in charts if not one.chart.result],
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
        fixed=FIXED_BY_FIGURES if has_figures(found) else (),
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
            messages.success(request, _("The place is added. Now load its figures."))
            return redirect("load", made.pk)
    return _form_page(
        request, found.initiative, form, "measure", _("One more place"), measure=found
    )


@signed_in
def series(request: HttpRequest, pk: int) -> HttpResponse:
    found = _series(pk)
    asked = request.GET.get("chart", "")
    charted = chart_of(found, asked if asked in CHART_NAMES else "")
    context = frame(request, found.measure.initiative, tab="measures") | {
        "series": found,
        "measure": found.measure,
        "charted": charted,
        "suggestion": suggestion(charted.chart),
        "splits": found.splits.select_related("by"),
        "freezes": found.freezes.select_related("by"),
        "left_out": [point for point in found.points.all() if point.left_out],
        "annotations": found.annotations.all(),
        "loads": found.loads.select_related("by")[:10],
        "effect_refusal": refusal(evaluating.weigh, found),
        "addresses": addresses(found) if found.embedded_at else {},
    }
    return render(request, "measures/series.html", context)


@signed_in
@keeps_typed
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Load figures: what was understood is shown first, and then all or nothing comes in."""
    found = _series(pk)
    initiative = found.measure.initiative
    rules.may(me(request), initiative, "load")
    form = LoadForm(sent(request), request.FILES or None)
    frequency = found.measure.frequency
    context: dict[str, Any] = {
        "form": form,
        "series": found,
        "measure": found.measure,
        "example": label(normalise(timezone.localdate(), frequency), frequency),
    }
    if request.method == "POST" and form.is_valid():
        reading = _understood(request, form, found, context)
        if (
            reading
            and reading.ok
            and "confirm" in request.POST
            and _taken_in(request, form, found, reading)
        ):
            return redirect(found)
    context |= frame(request, initiative, tab="measures")
    return render(request, "measures/load.html", context)


def _understood(
    request: HttpRequest, form: LoadForm, series: Series, context: dict[str, Any]
) -> Reading | None:
    """Read what was given, and put on the page what was understood of it."""
    try:
        table = form.table()
    except Unreadable as unreadable:
        form.add_error("file" if form.cleaned_data.get("file") else "text", str(unreadable))
        return None
    file = form.cleaned_data.get("file")
    counts = series.measure.proportion
    posted = request.POST if "period" in request.POST and not file else None
    columns = ColumnsForm(posted, table=table, counts=counts)
    reading = understand(
        table,
        frequency=series.measure.frequency,
        counts=counts,
        columns=columns.chosen(),
    )
    name = file.name if file else form.cleaned_data["filename"]
    refill(form, text=as_text(table), filename=name)
    understood = {role: column.index for role, column in reading.columns.items()}
    context["reading"] = reading
    context |= _preview(series, reading)
    context["columns"] = ColumnsForm(initial=understood, table=table, counts=counts)
    return reading


def _preview(series: Series, reading: Reading) -> dict[str, Any]:
    """The rows as they were understood, each beside what stands, and what loading would do."""
    standing = {point.period: point for point in series.points.all()}
    rows = []
    for read in reading.rows:
        point = standing.get(read.start)
        same = point is not None and _figure(read).same_as(point)
        rows.append(
            {
                "period": label(read.start, series.measure.frequency),
                "figure": read,
                "change": "new" if point is None else "same" if same else "changed",
                "was": point,
            }
        )
    count = Counter(row["change"] for row in rows)
    # What changes is shown first: it is what a person has to look at.
    rows.sort(key=lambda row: row["change"] != "changed")
    return {"shown": rows[:PREVIEWED], "more": len(rows[PREVIEWED:]), "count": dict(count)}


def _taken_in(request: HttpRequest, form: LoadForm, series: Series, reading: Reading) -> bool:
    """Load what was understood and say what came of it; what went wrong is said on the form."""
    loaded = done(
        form,
        actions.load,
        series=series,
        figures=[_figure(row) for row in reading.rows],
        by=me(request),
        filename=form.cleaned_data["filename"],
    )
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


def _figure(row: ReadFigure) -> actions.Figure:
    return actions.Figure(
        period=row.start,
        value=None if row.value is None else round(row.value, DECIMALS),
        numerator=None if row.numerator is None else int(row.numerator),
        denominator=None if row.denominator is None else int(row.denominator),
        note=row.note,
    )


@signed_in
@keeps_typed
def split(request: HttpRequest, pk: int) -> HttpResponse:
    found = _series(pk)
    form = SplitForm(sent(request), series=found, initial={"period": request.GET.get("period")})
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.split, series=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("The series is split: each phase has its own median."))
        return redirect(found)
    return _form_page(
        request,
        found.measure.initiative,
        form,
        "measure",
        _("Split the series"),
        back=reverse("series", args=[pk]),
    )


@signed_in
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Split.objects.select_related("series__measure__initiative"), pk=pk)
    actions.join(split=found, by=me(request))
    messages.success(request, _("The two phases are one again."))
    return redirect(found.series)


@signed_in
@keeps_typed
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _series(pk)
    form = AnnotationForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.annotate, series=found, by=me(request), **form.cleaned_data):
        messages.success(request, _annotated(found, form.cleaned_data["on"]))
        return redirect(found)
    return _form_page(
        request,
        found.measure.initiative,
        form,
        "load",
        _("A note on the time axis"),
        back=reverse("series", args=[pk]),
    )


def _annotated(series: Series, on: date) -> str:
    periods = [point.period for point in series.points.all()]
    if periods and periods[0] <= normalise(on, series.measure.frequency) <= periods[-1]:
        return _("The note stands on the time axis.")
    return _("The note is kept. It shows on the chart when there are figures from that time.")


@signed_in
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Annotation.objects.select_related("series__measure__initiative"), pk=pk
    )
    actions.erase(annotation=found, by=me(request))
    messages.success(request, _("The note is taken off the time axis."))
    return redirect(found.series)
