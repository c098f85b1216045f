"""The pages on which organisations answer: signed in, or from the link in an e-mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kernen.initiatives.frame import frame
from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.parties.mailing.opening import opened
from kernen.parties.models import Organisation
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.once import once

from .. import rules
from ..actions import answer_by_link, endorse
from ..agreement import all_in_scope
from ..answering import actions
from ..answering import rules as answering
from ..answering.pages import Question, question
from ..forms.answers import AnswerForm, AskForm
from ..models import AnswerLink, Endorsement, Proposal

_LINKS: Any = AnswerLink.objects.select_related(
    "proposal__initiative", "proposal__forum", "organisation", "person", "by"
)
#: How often one visitor opens and sends by links: enough for a person, too little to guess.
RATES = {"answer_link": "60/m/ip"}


def _fetch(request: HttpRequest, pk: int, organisation: int) -> tuple[Proposal, Organisation]:
    seen = Proposal.objects.seen_by(reader(request)).filter(submitted_at__isnull=False)
    found = get_object_or_404(seen.select_related("initiative__cluster", "forum"), pk=pk)
    return found, get_object_or_404(Organisation, pk=organisation)


@signed_in
@keeps_typed
def answer(request: HttpRequest, pk: int, organisation: int) -> HttpResponse:
    """The proposal in short, what is new in it, and the form for whoever has the mandate."""
    proposal, answers = _fetch(request, pk, organisation)
    asked = question(proposal, answers)
    form = AnswerForm(sent(request), leads_to=asked.leads_to, initial=asked.initial)
    if request.method == "POST" and form.is_valid():
        given = {"proposal": proposal, "organisation": answers, "by": me(request)}
        made = done(form, endorse, **given, **form.said())
        if made:
            _thank(request, question(proposal, answers), made, form.cleaned_data["seen"])
            return redirect(f"{proposal.get_absolute_url()}#endorsements")
    refused = refusal(rules.endorse, reader(request), proposal, answers, all_in_scope(proposal))
    context = frame(request, proposal.initiative, tab="proposals")
    context |= {"asked": asked, "form": form, "refused": refused}
    return render(request, "decisions/answer.html", context)


def _thank(request: HttpRequest, now: Question, made: Endorsement, seen: int | None) -> None:
    """Saved; and where somebody else answered meanwhile, that both are kept."""
    messages.success(request, _("The answer is saved. You can answer again; the later counts."))
    before = [one for one in now.given if one.number < made.number and one.by != made.by]
    if before and before[0].number > (seen or 0):
        told = {"who": before[0].by, "answer": before[0].get_answer_display()}
        words = _("Meanwhile %(who)s answered “%(answer)s”. Both are kept, and yours counts.")
        messages.warning(request, words % told)


@signed_in
@keeps_typed
def ask(request: HttpRequest, pk: int, organisation: int) -> HttpResponse:
    """Ask for the organisation's answer by e-mail."""
    proposal, asked = _fetch(request, pk, organisation)
    mandate = answering.mandate(me(request), proposal)
    answering.may_ask(mandate, asked)
    why_not = refusal(answering.may_vouch, mandate, asked)
    form = AskForm(sent(request), organisation=asked, vouches=not why_not)
    if request.method == "POST" and form.is_valid():
        given = {"proposal": proposal, "organisation": asked, "by": me(request)}
        link = done(form, actions.ask, **given, **form.cleaned_data)
        if link:
            messages.success(
                request, _("The question is on its way to %(who)s.") % {"who": link.to}
            )
            return redirect(f"{proposal.get_absolute_url()}#endorsements")
    context = frame(request, proposal.initiative, tab="proposals") | {
        "proposal": proposal,
        "organisation": asked,
        "form": form,
        "nobody": why_not if not form.leaders else "",
    }
    return render(request, "decisions/ask_answer.html", context)


@signed_in
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    link = actions.send_again(link=_link(pk), by=me(request))
    messages.success(request, _("The question to %(who)s is sent again.") % {"who": link.to})
    return redirect(f"{link.proposal.get_absolute_url()}#endorsements")


@signed_in
@require_POST
def withdraw_link(request: HttpRequest, pk: int) -> HttpResponse:
    link = actions.withdraw_link(link=_link(pk), by=me(request))
    messages.success(request, _("The question to %(who)s is withdrawn.") % {"who": link.to})
    return redirect(f"{link.proposal.get_absolute_url()}#endorsements")


def _link(pk: int) -> AnswerLink:
    return get_object_or_404(_LINKS, pk=pk)


@public
@once
@never_cache
def answer_link(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever has the link from the e-mail: the proposal on one page, and the answer. Nobody
    is signed in by it."""
    found = _LINKS.filter(pk=pk).first()
    return opened(request, found, show=_by_link, refuse=_refused, rates=RATES)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "decisions/answer_link.html", {"refused": why}, status=410)


def _by_link(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    if closed := refusal(answering.opened, link):
        return _refused(request, closed)
    asked = question(link.proposal, link.organisation)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, leads_to=asked.leads_to, initial=asked.initial)
    if posted is not None and form.is_valid():
        made = done(form, answer_by_link, link=link, **form.said())
        if made:
            now = question(link.proposal, link.organisation)
            _thank(request, now, made, form.cleaned_data["seen"])
            return redirect(request.get_full_path())
    refused = refusal(answering.answer_by_link, link, all_in_scope(link.proposal))
    context = {"link": link, "asked": asked, "form": form, "closed": refused}
    return render(request, "decisions/answer_link.html", context)
