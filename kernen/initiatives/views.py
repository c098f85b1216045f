"""The register's pages: registering, and the tabs and forms inside an initiative's frame."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.parties import rules as parties
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from . import actions, rules
from .forms import (
    AppointForm,
    GoalsForm,
    InvolveForm,
    LinkForm,
    MoveForm,
    NoteForm,
    RegisterForm,
    SearchForm,
    StoryForm,
)
from .frame import frame
from .history import TEXTS, Version, versions
from .likeness.views import looking_alike
from .models import Initiative, Involvement, Link, TeamMember
from .placing import stand_in
from .stages import EVENTS, failing, unmet


def _fetch(pk: int) -> Initiative:
    return get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)


def _locked(request: HttpRequest, pk: int) -> Initiative:
    """The initiative, locked if something was sent that is to be compared with what stands."""
    if request.method == "POST":
        get_object_or_404(Initiative.objects.select_for_update(), pk=pk)
    return _fetch(pk)


@signed_in
@keeps_typed
def register(request: HttpRequest) -> HttpResponse:
    refused = refusal(rules.register, reader(request))
    mine = [] if refused else parties.writes_for(me(request))
    form = RegisterForm(sent(request), mine=mine)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.register(
            title=data["title"],
            problem=data["problem"],
            organisations=form.parties(),
            cluster=data["cluster"],
            by=me(request),
        )
        messages.success(request, _("The initiative is registered. Thank you!"))
        return redirect(made)
    context = {"form": form, "refused": refused, **looking_alike(form.data)}
    return render(request, "initiatives/register.html", context)


def _edit(
    request: HttpRequest, initiative: Initiative, form: BaseForm, verb: str, title: str, **more: Any
) -> HttpResponse:
    """A page inside the frame with one form; refused with its reason if one may not."""
    rules.may(me(request), initiative, verb)
    context = frame(request, initiative) | {"form": form, "title": title, **more}
    return render(request, "initiatives/edit.html", context)


@signed_in
@at_once
@keeps_typed
def story(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _locked(request, pk)
    form = StoryForm(sent(request), instance=_fetch(pk))
    if request.method == "POST" and form.is_valid():
        actions.tell(initiative=initiative, by=me(request), **form.story())
        messages.success(request, _("The story is saved."))
        return redirect(initiative)
    return _edit(request, initiative, form, "edit", _("The story"))


@signed_in
@at_once
@keeps_typed
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _locked(request, pk)
    form = GoalsForm(sent(request), initiative=initiative)
    if request.method == "POST" and form.is_valid():
        actions.set_goals(initiative=initiative, goals=form.cleaned_data, by=me(request))
        messages.success(request, _("The goals are saved."))
        return redirect(initiative)
    return _edit(request, initiative, form, "edit", _("Triple Aim: three goals at once"))


def earlier_texts(
    request: HttpRequest,
    initiative: Initiative,
    found: list[Version],
    texts: Mapping[str, Any],
    *,
    verb: str,
    fixed: Collection[str] = (),
    **more: Any,
) -> HttpResponse:
    """How texts came to say what they say, all of them or the one that the address names; those
    that are `fixed` cannot be set back."""
    only = request.GET.get("text", "")
    if only in texts:
        found = [kept for version in found if (kept := version.only(only)).changes]
    context = frame(request, initiative)
    context |= {
        "refused": context["refusals"].get(verb),
        "texts": texts,
        "only": only,
        "fixed": fixed,
        "versions": Paginator(found, 20).get_page(request.GET.get("page")),
        **more,
    }
    return render(request, "initiatives/history.html", context)


@signed_in
def history(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _fetch(pk)
    return earlier_texts(
        request,
        initiative,
        versions(initiative),
        TEXTS,
        verb="edit",
        action=reverse("set_back", args=[pk]),
        title=_("Earlier versions of the texts"),
    )


@signed_in
@require_POST
def set_back(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _fetch(pk)
    page = reverse("history", args=[pk])
    return text_set_back(request, actions.set_back, initiative, page, initiative=initiative)


def text_set_back(
    request: HttpRequest, action: Any, initiative: Initiative, page: str, /, **of: Any
) -> HttpResponse:
    """Let the text that was chosen say again what it said after an entry of the journal."""
    number = request.POST.get("entry", "")
    entry = get_object_or_404(initiative.journal, pk=number if number.isdecimal() else 0)
    try:
        action(text=request.POST.get("text", ""), to=entry, by=me(request), **of)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The text is set back, and the journal says so."))
    return redirect(page)


@signed_in
@keeps_typed
def involvement(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part: organisations and the team."""
    initiative = _fetch(pk)
    form = InvolveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done(
            form,
            actions.involve,
            initiative=initiative,
            organisation=data["organisation"],
            role=data["role"],
            since=data["start"],
            by=me(request),
        )
        if made:
            messages.success(request, _("%(name)s takes part.") % {"name": made.organisation})
            return redirect("involvement", pk)
    leads = list(initiative.leads())
    responsible = list(initiative.involvements.current().filter(role="responsible"))
    involvements = initiative.involvements.select_related("organisation").order_by(
        F("end").asc(nulls_first=True), "start", "organisation"
    )
    stand_in(involvements)
    context = frame(request, initiative, tab="involvement") | {
        "form": form,
        "sole_lead": leads[0] if len(leads) == 1 else None,
        "sole_responsible": responsible[0] if len(responsible) == 1 else None,
        "involvements": involvements,
        "team": initiative.team.select_related("person").order_by(
            F("end").asc(nulls_first=True), "start", "person"
        ),
    }
    return render(request, "initiatives/involvement.html", context)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Involvement.objects.select_related("initiative"), pk=pk)
    actions.withdraw(involvement=found, by=me(request))
    messages.success(request, _("%(name)s takes part no longer.") % {"name": found.organisation})
    return redirect("involvement", found.initiative_id)


@signed_in
@keeps_typed
def team(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _fetch(pk)
    form = AppointForm(sent(request), initiative=initiative)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done(
            form,
            actions.appoint,
            initiative=initiative,
            person=data["person"],
            role=data["role"],
            by=me(request),
        )
        if made:
            messages.success(request, _("%(name)s is on the team.") % {"name": made.person})
            return redirect("involvement", pk)
    return _edit(request, initiative, form, "team", _("Add to the team"))


@signed_in
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TeamMember.objects.select_related("initiative", "person"), pk=pk)
    actions.release(member=found, by=me(request))
    messages.success(request, _("%(name)s has left the team.") % {"name": found.person})
    return redirect("involvement", found.initiative_id)


@signed_in
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Search for the other initiative, and say what the two have to do with each other."""
    initiative = _fetch(pk)
    form = LinkForm(request.POST or None, initiative=initiative)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(
        form, actions.link, initiative=initiative, by=me(request), **form.cleaned_data
    ):
        messages.success(request, _("The link is made."))
        return redirect(initiative)
    search = SearchForm(request.GET)
    q = search.cleaned_data["q"] if search.is_valid() else ""
    keys = Initiative.objects.exclude(pk=pk).best(q, 10) if q else []
    by_key = Initiative.objects.in_bulk(keys)
    found = [by_key[key] for key in keys]
    context = {"form": form, "search": search, "q": q, "found": found, "kinds": Link.MADE_BY_ONE}
    return render(request, "initiatives/links.html", frame(request, initiative) | context)


@signed_in
@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Link.objects.select_related("initiative", "other"), pk=pk)
    actions.unlink(link=found, by=me(request))
    messages.success(request, _("The link is removed."))
    return redirect(found.initiative)


@signed_in
@keeps_typed
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _fetch(pk)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.note(initiative=initiative, words=form.cleaned_data["words"], by=me(request))
        messages.success(request, _("The note stands in the journal."))
        return redirect("journal", pk)
    told = initiative.journal.seen_by(reader(request)).select_related("by")
    entries = Paginator(told, 50)
    page = request.GET.get("page") or _page_of(told, request.GET.get("entry", ""))
    context = frame(request, initiative, tab="journal") | {
        "form": form,
        "entries": entries.get_page(page),
    }
    return render(request, "initiatives/journal.html", context)


def _page_of(told: Any, number: str) -> int:
    """The page of the journal on which an entry stands, so that a link can lead to it."""
    entry = told.filter(pk=number).first() if number.isdecimal() else None
    if entry is None:
        return 1
    newer = Q(at__gt=entry.at) | Q(at=entry.at, pk__gt=entry.pk)
    return int(told.filter(newer).count()) // 50 + 1


@signed_in
@keeps_typed
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Let an event happen; where words are needed, ask for them first."""
    initiative = _fetch(pk)
    event = EVENTS.get(name)
    if event is None:
        raise Http404
    if initiative.stage not in event.sources or event.room:
        return redirect(initiative)  # the page has moved on; its own buttons say what can follow
    missing = unmet(event, failing(initiative))
    asks = bool(event.asks or missing)
    form = MoveForm(sent(request), event=event)
    if request.method == "POST" and (not asks or form.is_valid()):
        words = form.cleaned_data["words"] if asks else ""
        actions.move(initiative=initiative, event=name, by=me(request), words=words)
        messages.success(request, str(event.done))
        return redirect(initiative)
    return _edit(request, initiative, form, "move", str(event.label), missing=missing, event=event)
