"""What an initiative is worth: the page, its files, and what the estimates stand on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.initiatives import rules
from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.lib.access import signed_in
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from . import actions, exports, summary
from .estimates import terms_of
from .forms import ActualForm, TermsForm
from .models import Kind
from .pictures import flows, years
from .since import since


def _initiative(pk: int) -> Initiative:
    return get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)


@signed_in
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means, who gains what, the money, and what came of it."""
    initiative = _initiative(pk)
    so_far = since(initiative)
    found = so_far.now
    context = frame(request, initiative, tab="value") | {
        "summary": found,
        "kinds": Kind,
        "flows": flows(found) if found.net.years else None,
        "years": years(found) if found.net.years else None,
        "then": so_far.then,
        "compared": so_far.compared,
    }
    return render(request, "value/value.html", context)


@signed_in
def value_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Gains and costs, a row each."""
    return exports.of(summary.of(_initiative(pk)), kind)


@signed_in
@at_once
@keeps_typed
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _initiative(pk)
    if request.method == "POST":  # what the form compares with stands until it is saved
        Initiative.objects.locked(initiative)
    form = TermsForm(sent(request), instance=terms_of(initiative))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(
        form, actions.assume, initiative=initiative, by=me(request), **form.cleaned_data
    ):
        messages.success(request, _("What the estimates stand on is saved."))
        return redirect("value", pk)
    return _form_page(request, initiative, form, _("What the estimates stand on"))


@signed_in
@keeps_typed
def actual(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _initiative(pk)
    form = ActualForm(sent(request), initiative=initiative)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(
        form, actions.report_actual, initiative=initiative, by=me(request), **form.cleaned_data
    ):
        messages.success(request, _("The actual figures are kept beside what was expected."))
        return redirect("value", pk)
    return _form_page(request, initiative, form, _("Actual figures for a year"))


def _form_page(
    request: HttpRequest, initiative: Initiative, form: object, title: str
) -> HttpResponse:
    rules.may(me(request), initiative, "value")
    context = frame(request, initiative, tab="value") | {"form": form, "title": title}
    context["back"] = reverse("value", args=[initiative.pk])
    return render(request, "initiatives/edit.html", context)
