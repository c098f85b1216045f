"""A lead proposes a measure to the catalogue; its future owner answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ...models import Measure, SharedProposal
from ..views import turned_back
from . import actions, rules
from .forms import DeclineForm, ProposeForm, TakeInForm


@signed_in
@keeps_typed
def propose_shared(request: HttpRequest, pk: int) -> HttpResponse:
    whole = Measure.objects.select_related("initiative__cluster")
    measure = get_object_or_404(whole, pk=pk)
    if refused := refusal(rules.propose, reader(request), measure):
        return turned_back(request, refused, measure)
    form = ProposeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.propose_shared, measure=measure, by=me(request), **form.told())
        if made:
            said = _("It is proposed. You are told when %(owner)s has answered.")
            messages.success(request, said % {"owner": made.to})
            return redirect(measure)
    context = frame(request, measure.initiative, tab="measures")
    title, submit = _("Propose it to the catalogue"), _("Propose it")
    context |= {"measure": measure, "form": form, "title": title, "submit": submit}
    return render(request, "initiatives/edit.html", context | {"back": measure.get_absolute_url()})


@signed_in
@keeps_typed
def shared_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal as it stands; whoever keeps the organisation's shared measures answers here."""
    proposal = _proposal(pk)
    typed = sent(request)
    no = typed if typed and "decline" in typed else None
    yes = typed if typed and "decline" not in typed else None
    take_in, decline = TakeInForm(yes, proposal=proposal), DeclineForm(no)
    if request.method == "POST" and _answered(request, proposal, take_in, decline):
        proposal.refresh_from_db()
        return redirect(proposal.shared or proposal)
    context = {
        "proposal": proposal,
        "refused": refusal(rules.answer, reader(request), proposal),
        "may_withdraw": refusal(rules.withdraw, reader(request), proposal) is None,
        "form": take_in,
        "decline": decline,
    }
    return render(request, "measures/shared_proposal.html", context)


def _answered(
    request: HttpRequest, proposal: SharedProposal, take_in: TakeInForm, decline: DeclineForm
) -> bool:
    given: dict[str, Any] = {"proposal": proposal, "by": me(request)}
    if decline.is_bound and decline.is_valid():
        done(decline, actions.decline_proposal, **given, **decline.cleaned_data)
        form: Any = decline
        said = _("Thank you for answering. The lead is told.")
    elif take_in.is_bound and take_in.is_valid():
        given |= {"name": take_in.cleaned_data["name"], **take_in.texts()}
        done(take_in, actions.take_in_proposal, **given)
        form = take_in
        said = _("It stands in the catalogue. The lead is told.")
    else:
        return False
    if form.is_valid():
        messages.success(request, said)
    return form.is_valid()


@signed_in
@require_POST
def withdraw_shared_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = _proposal(pk)
    actions.withdraw_shared_proposal(proposal=proposal, by=me(request))
    messages.success(request, _("The proposal is withdrawn."))
    return redirect(proposal.measure)


def _proposal(pk: int) -> SharedProposal:
    whole = SharedProposal.objects.select_related(
        "measure__initiative", "to", "by", "answered_by", "shared"
    )
    return get_object_or_404(whole, pk=pk)
