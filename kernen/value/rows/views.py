"""The pages of one gain or one cost: its form, what it stands on, what it said before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.initiatives import rules
from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.initiatives.views import earlier_texts, text_set_back
from kernen.lib.access import signed_in
from kernen.measures.pictures import chart_of
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from .. import actions
from ..forms import AmountForm, FiguresForm, StudyForm, amount_form
from ..history import texts, versions
from ..known import GAINS, improved, known, to_cite, to_stand_on
from ..models import Amount, Cost, Evidence, Gain, Kind, Party

MODELS: dict[str, type[Amount]] = {"gain": Gain, "cost": Cost}


def _fetch(noun: str, pk: int) -> Any:
    whole = MODELS[noun]._default_manager.select_related("initiative__cluster", "organisation")
    return get_object_or_404(whole, pk=pk)


def _back(initiative: Initiative, part: str = "") -> str:
    return reverse("value", args=[initiative.pk]) + part


def _form_page(
    request: HttpRequest, initiative: Initiative, form: Any, title: str, **more: Any
) -> HttpResponse:
    rules.may(me(request), initiative, "value")
    context = frame(request, initiative, tab="value") | {"form": form, "title": title, **more}
    return render(request, "initiatives/edit.html", {"back": _back(initiative), **context})


def _asked(request: HttpRequest) -> dict[str, str]:
    """Whom the form is for to begin with, as the address says."""
    asked = request.GET.get("who", "")
    return {"who": asked} if asked in Party.values else {}


@signed_in
@keeps_typed
def add_gain(request: HttpRequest, pk: int) -> HttpResponse:
    """One more gain of the kind that the address names."""
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    asked = request.GET.get("kind", "")
    kind = Kind(asked) if asked in Kind.values else Kind.ECONOMY
    new = Gain(initiative=initiative, kind=kind)
    form = amount_form(new)(sent(request), instance=new, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        made = done(
            form,
            actions.add_gain,
            initiative=initiative,
            kind=kind,
            by=me(request),
            **form.cleaned_data,
        )
        if made:
            messages.success(request, _("The gain is saved. Is anything known that shows it?"))
            return redirect(made)
    title = _("A gain: %(kind)s") % {"kind": kind.label}
    return _form_page(request, initiative, form, title)


@signed_in
@keeps_typed
def add_cost(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    new = Cost(initiative=initiative)
    form = amount_form(new)(sent(request), instance=new, initial=_asked(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(
        form, actions.add_cost, initiative=initiative, by=me(request), **form.cleaned_data
    ):
        messages.success(request, _("The cost is saved."))
        return redirect(_back(initiative, "#costs"))
    return _form_page(request, initiative, form, _("A cost"))


@signed_in
def gain(request: HttpRequest, pk: int) -> HttpResponse:
    """One gain: what it says, how well it is known, and what it stands on."""
    found = get_object_or_404(GAINS.select_related("initiative__cluster"), pk=pk)
    context = frame(request, found.initiative, tab="value")
    context |= {
        "gain": found,
        "known": known(found),
        **({} if context["refusals"].get("value") else _to_stand_on(found)),
    }
    return render(request, "value/gain.html", context)


def _to_stand_on(gain: Gain) -> dict[str, Any]:
    """The forms that let a gain stand on more."""
    taken = list(gain.evidence.all())
    series, cited = {one.series_id for one in taken}, {one.result_id for one in taken}
    charts = [chart_of(one) for one in to_stand_on(gain.initiative) if one.pk not in series]
    showing = [one for one in charts if improved(one)]
    results = [one for one in to_cite(gain.initiative) if one.pk not in cited]
    return {
        "figures_form": FiguresForm(showing=showing, results=results)
        if showing or results
        else None,
        "others": len(charts) - len(showing),
        "study_form": StudyForm(),
    }


@signed_in
@keeps_typed
def on_figures(request: HttpRequest, pk: int) -> HttpResponse:
    found: Gain = _fetch("gain", pk)
    showing = [one for one in map(chart_of, to_stand_on(found.initiative)) if improved(one)]
    form = FiguresForm(sent(request), showing=showing, results=to_cite(found.initiative))
    return _stands(request, found, form, _("Figures that show it"))


@signed_in
@keeps_typed
def on_study(request: HttpRequest, pk: int) -> HttpResponse:
    return _stands(request, _fetch("gain", pk), StudyForm(sent(request)), _("A study"))


def _stands(request: HttpRequest, gain: Gain, form: Any, title: str) -> HttpResponse:
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.add_evidence, gain=gain, by=me(request), **form.cleaned_data):
        messages.success(request, _("The gain is documented by it from now on."))
        return redirect(gain)
    back = gain.get_absolute_url()
    return _form_page(request, gain.initiative, form, title, back=back)


@signed_in
@require_POST
def take_out_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    whole = Evidence.objects.select_related(
        "gain__initiative", "series__measure", "series__organisation", "result"
    )
    found = get_object_or_404(whole, pk=pk)
    actions.take_out_evidence(evidence=found, by=me(request))
    messages.success(request, _("The gain no longer stands on it."))
    return redirect(found.gain)


@signed_in
@at_once
@keeps_typed
def change(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    found = _fetch(noun, pk)
    if request.method == "POST":  # what the form compares with stands until it is saved
        Initiative.objects.locked(found.initiative)
        found = _fetch(noun, pk)
    form: AmountForm = amount_form(found)(sent(request), instance=_fetch(noun, pk))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.change, row=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("It is saved."))
        return redirect(found)
    title = _("The gain") if noun == "gain" else _("The cost")
    return _form_page(request, found.initiative, form, title, back=found.get_absolute_url())


@signed_in
@require_POST
def take_out(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    found = _fetch(noun, pk)
    actions.take_out(row=found, by=me(request))
    messages.success(request, _("It is taken out. The journal says what it was."))
    return redirect(_back(found.initiative))


@signed_in
def earlier(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    found = _fetch(noun, pk)
    return earlier_texts(
        request,
        found.initiative,
        versions(found),
        texts(type(found)),
        verb="value",
        action=reverse(f"set_back_of_{noun}", args=[pk]),
        title=_("Earlier versions of “%(row)s”") % {"row": found.words},
    )


@signed_in
@require_POST
def set_back(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    found = _fetch(noun, pk)
    page = reverse(f"history_of_{noun}", args=[pk])
    return text_set_back(request, actions.set_back, found.initiative, page, row=found)
