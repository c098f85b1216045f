"""A proposal's pages: begun, written part by part, submitted, read in each of its versions."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kernen.initiatives.frame import frame
from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.lib.access import signed_in
from kernen.lib.differences import differences
from kernen.lib.printer import MISSING, printer
from kernen.lib.refusal import refusal
from kernen.parties.models import Cluster, Forum
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from .. import actions, paper, rules
from ..agenda import listed
from ..answering import shown as answering
from ..answering.earlier import answered_on
from ..forms.proposals import AskForm, PartForm, SubmitForm, WithdrawForm
from ..gates import unmet
from ..known import Known, known
from ..models import Proposal, ProposalVersion
from ..parts import PARTS
from ..sheet import advised, answered, draw, standing
from ..ways import WHY, closed, way


def _fetch(request: HttpRequest, pk: int) -> Proposal:
    seen = Proposal.objects.seen_by(reader(request))
    return get_object_or_404(seen.select_related("initiative__cluster", "forum__cluster"), pk=pk)


def _initiative(pk: int) -> Initiative:
    return get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)


def _own(initiative: Initiative) -> list[Cluster]:
    return [initiative.cluster] if initiative.cluster else []


def _fora() -> list[Forum]:
    return list(Forum.objects.on(timezone.localdate()).select_related("cluster"))


@signed_in
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed of an initiative and decided on it, and the way that a proposal takes."""
    initiative = _initiative(pk)
    seen = Proposal.objects.seen_by(reader(request)).filter(initiative=initiative)
    fora, binding = _fora(), initiative.binding
    context = frame(request, initiative, tab="proposals") | {
        "proposals": listed(seen.select_related("forum").prefetch_related("clusters")),
        "decisions": initiative.decisions.select_related("forum", "followed_by"),
        "way": way(binding, _own(initiative), fora),
        "why": WHY[binding],
        "closed": [why for forum in fora if (why := closed(forum, binding, ()))],
        "refused": refusal(rules.draft, reader(request), initiative),
    }
    return render(request, "decisions/proposals.html", context)


@signed_in
@keeps_typed
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a proposal: what, for whom, to which of the fora there are; the first on its way is
    chosen beforehand, and of the clusters all where it binds the whole region."""
    initiative = _initiative(pk)
    rules.draft(me(request), initiative)
    fora, binding = _fora(), initiative.binding
    steps = way(binding, _own(initiative), fora)
    first = next((step.forum for step in steps if step.forum), None)
    clusters = list(Cluster.objects.current()) if binding else _own(initiative)
    initial = {"asks": "spread", "clusters": clusters, "forum": first}
    form = AskForm(sent(request), binding=binding, fora=fora, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.draft, initiative=initiative, by=me(request), **form.cleaned_data)
        if made:
            messages.success(request, _("The proposal is begun. Complete it part by part."))
            return redirect(made)
    context = frame(request, initiative, tab="proposals") | {
        "form": form,
        "title": _("A new proposal"),
        "decided": initiative.decisions.lately().select_related("forum"),
        "submit": _("Begin the proposal"),
        "why": WHY[binding],
        "closed": [why for forum in fora if (why := closed(forum, binding, ()))],
        "back": reverse("proposals", args=[pk]),
    }
    return render(request, "decisions/ask.html", context)


@signed_in
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that lies before the forum; the draft to those who write it."""
    found = _fetch(request, pk)
    facts = known(found)
    writes = not refusal(rules.write, reader(request), found)
    as_draft = writes and (facts.latest is None or "draft" in request.GET)
    return _page(request, facts, None if as_draft else facts.latest)


@signed_in
def version(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    found = _fetch(request, pk)
    return _page(request, known(found), get_object_or_404(found.versions, edition=edition))


def _page(request: HttpRequest, facts: Known, shown: ProposalVersion | None) -> HttpResponse:
    found, person, answers = facts.proposal, reader(request), answered(facts)
    sheet = shown.sheet[get_language() or "da"] if shown else draw(facts)
    sheet = standing(sheet, facts) if shown in (None, facts.latest) else sheet
    before = found.versions.filter(edition=shown.edition - 1).first() if shown else None
    missing = unmet(facts) if shown is None else []
    earlier = shown if shown and shown != facts.latest else None
    context = frame(request, facts.initiative, tab="proposals") | {
        "proposal": found,
        "sheet": sheet,
        "version": shown,
        "latest": facts.latest,
        "versions": found.versions.select_related("by"),
        "taken": found.decisions.order_by("number").last(),
        "changed": _changed(before, shown) if before and shown else {},
        "rewritten": facts.latest is not None and _rewritten(facts),
        "short": paper.Page(sheet, shown, answers, advised(facts), found.get_absolute_url()),
        "answers": answers and paper.at_a_glance(answers),
        "missing": [{"gate": gate, "url": gate.url(facts)} for gate in missing],
        "endorsements": answering.shown(person, found, facts.latest, facts.in_scope),
        "way": facts.way,
        "on_version": answered_on(found, earlier) if earlier else None,
        "recommendations": [one for one in facts.recommendations if earlier in (None, one.version)],
        "forwardings": found.forwardings.select_related("source", "target", "by"),
        "write_refused": refusal(rules.write, person, found),
        "withdraw_refused": refusal(rules.withdraw, person, found),
        "prepare_refused": refusal(rules.prepare, person, found.forum),
        "decide_refused": refusal(rules.decide_on, person, found),
        "no_pdf": "" if printer() else MISSING,
    }
    return render(request, "decisions/proposal.html", context)


def _changed(before: ProposalVersion, after: ProposalVersion) -> dict[str, Any]:
    """By part: the two versions' words in one, with what differs marked."""
    return {
        field: differences(before.words.get(field, ""), after.words.get(field, ""))
        for field in PARTS
        if before.words.get(field, "") != after.words.get(field, "")
    }


def _rewritten(facts: Known) -> bool:
    """Whether something was written that the forum has not seen."""
    latest, proposal = facts.latest, facts.proposal
    return latest is not None and (
        latest.words != {field: getattr(proposal, field) for field in PARTS}
        or latest.asks != proposal.asks
        or latest.scope != sorted(cluster.pk for cluster in facts.clusters)
    )


@signed_in
@keeps_typed
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is asked for, of which forum, for which clusters."""
    found = _fetch(request, pk)
    rules.write(me(request), found)
    fora, binding = _fora(), found.initiative.binding
    initial = {
        "asks": found.asks,
        "clusters": list(found.clusters.values_list("pk", flat=True)),
        "forum": found.forum_id,
    }
    form = AskForm(sent(request), binding=binding, fora=fora, initial=initial)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.write, proposal=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("It is saved."))
        return redirect(found)
    context = frame(request, found.initiative, tab="proposals") | {
        "form": form,
        "title": _("What is asked for, and of whom"),
        "why": WHY[binding],
        "closed": [why for forum in fora if (why := closed(forum, binding, ()))],
        "back": found.get_absolute_url(),
    }
    return render(request, "decisions/ask.html", context)


@signed_in
@at_once
@keeps_typed
def write(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One part in words, beside what Kernen knows of it."""
    if part not in PARTS:
        raise Http404
    if request.method == "POST":  # what the form compares with stands until it is saved
        get_object_or_404(Initiative.objects.select_for_update(of=("self",)), proposals=pk)
    found = _fetch(request, pk)
    rules.write(me(request), found)
    form = PartForm(sent(request), proposal=_fetch(request, pk), part=PARTS[part])
    if request.method == "POST" and form.is_valid():
        told = {part: form.cleaned_data["words"]}
        if done(form, actions.write, proposal=found, by=me(request), **told):
            messages.success(request, _("It is saved."))
            return redirect(f"{found.get_absolute_url()}?draft#{part}")
    facts = known(found)
    drawn = next(one for one in draw(facts)["parts"] if one["field"] == part)
    context = frame(request, found.initiative, tab="proposals") | {
        "proposal": found,
        "form": form,
        "part": drawn,
        "asks": PARTS[part].asks,
    }
    return render(request, "decisions/write.html", context)


@signed_in
@keeps_typed
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it: what is missing stands first, with where it is mended."""
    found = _fetch(request, pk)
    rules.may_submit(me(request), found)  # what is missing is told on the page
    facts = known(found)
    missing, moves = unmet(facts), facts.initiative.stage == Stage.TESTING
    form = SubmitForm(
        sent(request),
        missing=missing,
        conditions=_conditions(facts),
        first=facts.latest is None,
    )
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.submit, proposal=found, by=me(request), **form.told()):
        said = _("The proposal lies with %(forum)s now.") % {"forum": found.forum}
        moved = _("The initiative has gone on from testing to decision.") if moves else ""
        messages.success(request, f"{said} {moved}".strip())
        return redirect(found)
    context = frame(request, found.initiative, tab="proposals") | {
        "proposal": found,
        "form": form,
        "missing": [{"gate": gate, "url": gate.url(facts)} for gate in missing],
        "stopped": bool(missing) and missing[0].hard,
        "first": facts.latest is None,
        "moves": moves,
    }
    return render(request, "decisions/submit.html", context)


def _conditions(facts: Known) -> list[Any]:
    """The answers "yes, if …" that stand."""
    return [
        asked.standing
        for one in facts.in_scope
        for asked in one.asked
        if asked.standing and asked.answer == "yes_if"
    ]


@signed_in
@keeps_typed
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetch(request, pk)
    rules.withdraw(me(request), found)
    form = WithdrawForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.withdraw, proposal=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("It is withdrawn. What was submitted stays readable."))
        return redirect("proposals", found.initiative_id)
    context = frame(request, found.initiative, tab="proposals") | {
        "form": form,
        "title": pgettext("to a forum", "Withdraw the proposal"),
        "submit": pgettext("to a forum", "Withdraw the proposal"),
        "back": found.get_absolute_url(),
    }
    return render(request, "initiatives/edit.html", context)


@signed_in
def proposal_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The proposal on one page: the latest version, or the draft before there is one."""
    found = _fetch(request, pk)
    facts = known(found)
    latest = facts.latest
    sheet = latest.sheet[get_language() or "da"] if latest else draw(facts)
    page = paper.Page(
        sheet=standing(sheet, facts),
        version=latest,
        answers=answered(facts),
        advice=advised(facts),
        address=request.build_absolute_uri(found.get_absolute_url()),
    )
    return paper.response(page, kind)
