"""Handing over the lead, and saying that an initiative still runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from .. import rules
from ..frame import frame
from ..models import Initiative, LeadOffer
from . import actions
from .forms import AnswerForm, OfferForm


@signed_in
@keeps_typed
def offer_lead(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    form = OfferForm(sent(request), initiative=initiative)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = {"to": data["to"], "words": data["words"]}
        made = done(form, actions.offer_lead, initiative=initiative, by=me(request), **words)
        if made:
            said = _("%(name)s is asked. Nothing changes until the answer is yes.")
            messages.success(request, said % {"name": made.to})
            return redirect(initiative)
    refused = refusal(rules.offer_lead, me(request), initiative)
    context = frame(request, initiative) | {"form": form, "refused": refused}
    return render(request, "initiatives/offer_lead.html", context)


@signed_in
@keeps_typed
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """The offer as it stands; whom it is made to answers it here."""
    found = get_object_or_404(LeadOffer.objects.select_related("initiative", "to", "by"), pk=pk)
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        accepted = form.cleaned_data["answer"] == "accept"
        verb = actions.accept_lead if accepted else actions.decline_lead
        verb(offer=found, words=form.cleaned_data["words"], by=me(request))
        thanks = _("You lead the initiative now.") if accepted else _("Thank you for answering.")
        messages.success(request, thanks)
        return redirect(found.initiative)
    refused = refusal(rules.answer_offer, reader(request), found)
    context = frame(request, found.initiative) | {"offer": found, "form": form, "refused": refused}
    return render(request, "initiatives/offer.html", context)


@signed_in
@require_POST
def withdraw_offer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(LeadOffer.objects.select_related("initiative"), pk=pk)
    actions.withdraw_offer(offer=found, by=me(request))
    messages.success(request, _("The offer is withdrawn."))
    return redirect(found.initiative)


@signed_in
@require_POST
def still_running(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative, pk=pk)
    actions.still_running(initiative=initiative, by=me(request))
    messages.success(request, _("Thank you. The journal says that it is still running."))
    return redirect(initiative)
