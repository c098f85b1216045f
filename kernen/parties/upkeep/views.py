"""The pages on which an organisation keeps its own people and data."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from .. import lineage
from ..models import Invitation, Organisation, OrganisationEntry, OrganisationRole
from ..rules import is_administrator
from ..signing_in import me
from . import actions, rules
from .forms import OrganisationForm, RoleForm

#: So many of those who were here once are shown, and so many lines of what was done.
FORMER, ENTRIES = 50, 20


@signed_in
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is here, who was, and what was done; for those who keep it."""
    organisation = get_object_or_404(Organisation, pk=pk)
    rules.keep(me(request), organisation)
    today = date.today()
    same = lineage.organisations().of(pk, today)
    roles = OrganisationRole.objects.filter(organisation__in=same).select_related("person__user")
    entries = OrganisationEntry.objects.filter(organisation__in=same)
    invitations = Invitation.objects.filter(organisation__in=same)
    context = {
        "organisation": organisation,
        "roles": roles.exclude(end__lt=today).order_by("person", "pk"),
        "former": roles.filter(end__lt=today).order_by("-end", "-pk")[:FORMER],
        "invitations": invitations.waiting().select_related("by").order_by("email"),
        "entries": entries.select_related("by", "person")[:ENTRIES],
        "may_erase": is_administrator(me(request)),
    }
    return render(request, "parties/people.html", context)


def held_role(pk: int) -> OrganisationRole:
    found: Any = OrganisationRole.objects.select_related("person__user", "organisation")
    return get_object_or_404(found, pk=pk)


@signed_in
@keeps_typed
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    held = held_role(pk)
    form = RoleForm(sent(request), initial={"role": held.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        if done(form, actions.change_role, held=held, role=role, by=me(request)):
            messages.success(request, _("The role is changed, from today."))
            return redirect("people", held.organisation_id)
    refused = refusal(rules.change_role, me(request), held)
    return render(
        request, "parties/change_role.html", {"held": held, "form": form, "refused": refused}
    )


@signed_in
@at_once
@keeps_typed
def rename_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who keep the organisation."""
    stands: Any = Organisation.objects
    if request.method == "POST":  # what the form compares with stands until it is saved
        stands = stands.select_for_update()
    found = get_object_or_404(stands, pk=pk)
    rules.keep(me(request), found)
    form = OrganisationForm(sent(request), organisation=found)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if done(form, actions.rename, organisation=found, name=name, by=me(request)):
            messages.success(request, _("The name is saved."))
            return redirect(found)
    refused = refusal(rules.rename, me(request), found)
    context = {"organisation": found, "form": form, "refused": refused}
    return render(request, "parties/rename_organisation.html", context)
