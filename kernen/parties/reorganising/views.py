"""Changes of the structure: prepared, confirmed and withdrawn. What one would move is shown on its
own page, which is the journey's."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import ClusterChange, OrganisationChange, Reorganisation
from ..signing_in import me, reader
from . import actions, rules
from .forms import ClusterChangeForm, OrganisationChangeForm, ReorganisationForm


@signed_in
def reorganisations(request: HttpRequest) -> HttpResponse:
    context = {
        "reorganisations": Reorganisation.objects.all(),
        "refused": refusal(rules.prepare, reader(request)),
    }
    return render(request, "parties/reorganisations.html", context)


def _edit(
    request: HttpRequest, form: BaseForm, title: str, of: Reorganisation | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "reorganisation": of, **more}
    return render(request, "parties/reorganising.html", context)


@signed_in
@keeps_typed
def prepare(request: HttpRequest) -> HttpResponse:
    rules.prepare(me(request))
    form = ReorganisationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.prepare_reorganisation, by=me(request), **form.cleaned_data)
        if made:
            messages.success(request, _("Now say what begins. Nothing changes until you confirm."))
            return redirect(made)
    return _edit(request, form, _("Prepare a change of structure"))


@signed_in
@keeps_typed
def alter(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    rules.alter(me(request), found)
    form = ReorganisationForm(sent(request), instance=get_object_or_404(Reorganisation, pk=pk))
    if request.method == "POST" and form.is_valid():
        arguments = form.cleaned_data | {"reorganisation": found, "by": me(request)}
        if done(form, actions.alter_reorganisation, **arguments):
            return redirect(found)
    return _edit(request, form, _("Name, day and reason"), found)


def _plan(
    request: HttpRequest,
    of: Reorganisation,
    form: BaseForm,
    action: Any,
    title: str,
    part: Any = None,
) -> HttpResponse:
    """Plan one part of the change, anew or again."""
    rules.alter(me(request), of)
    if request.method == "POST" and form.is_valid():
        chosen = {
            name: list(value) if hasattr(value, "model") else value
            for name, value in form.cleaned_data.items()
        }
        if done(form, action, reorganisation=of, part=part, by=me(request), **chosen):
            return redirect(of)
    return _edit(request, form, title, of)


@signed_in
@keeps_typed
def plan_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    form = ClusterChangeForm(sent(request))
    return _plan(request, found, form, actions.plan_cluster, _("A cluster or council begins"))


@signed_in
@keeps_typed
def replan_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(ClusterChange.objects.select_related("reorganisation"), pk=pk)
    form = ClusterChangeForm(sent(request), instance=part)
    return _plan(
        request, part.reorganisation, form, actions.plan_cluster, _("What begins"), part=part
    )


@signed_in
@keeps_typed
def plan_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    form = OrganisationChangeForm(sent(request))
    title = _("Organisations merge, or one is renamed")
    return _plan(request, found, form, actions.plan_organisation, title)


@signed_in
@keeps_typed
def replan_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(OrganisationChange.objects.select_related("reorganisation"), pk=pk)
    form = OrganisationChangeForm(sent(request), instance=part)
    title = _("Organisations merge, or one is renamed")
    of = part.reorganisation
    return _plan(request, of, form, actions.plan_organisation, title, part=part)


def _take_out(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    part = get_object_or_404(model.objects.select_related("reorganisation"), pk=pk)
    actions.take_out(part=part, by=me(request))
    messages.success(request, _("“%(name)s” is taken out of the change.") % {"name": part.name})
    return redirect(part.reorganisation)


@signed_in
@require_POST
def take_out_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_out(request, ClusterChange, pk)


@signed_in
@require_POST
def take_out_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_out(request, OrganisationChange, pk)


@signed_in
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    actions.confirm(reorganisation=found, by=me(request))
    messages.success(request, _("The change is confirmed, and takes force by itself on its day."))
    return redirect(found)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    actions.take_back(reorganisation=found, by=me(request))
    messages.success(request, _("The change is withdrawn: the structure goes on as it is."))
    return redirect(found)


@signed_in
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reorganisation, pk=pk)
    actions.take_up(reorganisation=found, by=me(request))
    messages.success(request, _("The change is being prepared again, as it was planned."))
    return redirect(found)
