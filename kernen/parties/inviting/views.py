"""The pages on which somebody is invited, and answers."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import Invitation, Organisation
from ..signing_in import me, reader
from ..upkeep.rules import keep
from . import actions, mails, rules
from .forms import InviteForm, JoinForm


@signed_in
@keeps_typed
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who keep the organisation."""
    organisation = get_object_or_404(Organisation, pk=pk)
    keep(me(request), organisation)
    form = InviteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, actions.invite, organisation=organisation, by=me(request), **given):
            told = _("An invitation is on its way to %(email)s.")
            messages.success(request, told % {"email": given["email"]})
            return redirect("people", pk)
    refused = refusal(rules.invite, me(request), organisation)
    context = {"organisation": organisation, "form": form, "refused": refused}
    return render(request, "parties/invite.html", context)


@signed_in
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = actions.send_again(invitation=_found(pk), by=me(request))
    told = _("The invitation to %(email)s is sent again.")
    messages.success(request, told % {"email": invitation.email})
    return redirect("people", invitation.organisation_id)


@signed_in
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = actions.withdraw(invitation=_found(pk), by=me(request))
    told = _("The invitation to %(email)s is withdrawn.")
    messages.success(request, told % {"email": invitation.email})
    return redirect("people", invitation.organisation_id)


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
@keeps_typed
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever has the link from the e-mail, and for the person whose address it names."""
    found = Invitation.objects.filter(pk=pk).select_related("by", "organisation").first()
    person = reader(request)
    if not found or not mails.shown_to(found, person, request.GET.get("key", "")):
        refused = _("The link is not whole: copy it from the e-mail once more.")
        return render(request, "parties/invitation.html", {"refused": refused})
    form = JoinForm(sent(request), email=found.email)
    if request.method == "POST" and _answered(request, found, form):
        return redirect("front")
    context = {
        "invitation": found,
        "means": mails.MEANS[mails.Role(found.role)],
        "form": form,
        "known": rules.account_of(found.email),
        "refused": refusal(rules.answer, found),
        "other": refusal(rules.accept, person, found) if person else None,
    }
    return render(request, "parties/invitation.html", context)


def _answered(request: HttpRequest, found: Invitation, form: JoinForm) -> bool:
    """Accepted or declined by the person who is signed in; a visitor gets an account."""
    person = reader(request)
    if person and request.POST.get("answer") == "decline":
        actions.decline(invitation=found, by=person)
        messages.success(request, _("You have declined the invitation."))
        return True
    if person:
        actions.accept(invitation=found, by=person)
    elif form.is_valid():
        given = form.cleaned_data
        account = {"name": given["name"], "title": given["title"], "password": given["password1"]}
        person = done(form, actions.join, invitation=found, **account)
        if person:
            login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            request.session.set_expiry(0)  # as after a password: until the browser is closed
    if person:
        told = _("Welcome: you take part for %(organisation)s now.")
        messages.success(request, told % {"organisation": found.organisation})
    return bool(person)


def _found(pk: int) -> Invitation:
    found: Any = Invitation.objects.select_related("organisation")
    return get_object_or_404(found, pk=pk)
