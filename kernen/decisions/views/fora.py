"""A forum's pages: what lies there, its meetings and their agendas, its members."""

from typing import Any

from django.contrib import messages
from django.db.models import F, Prefetch, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.access import signed_in
from kernen.lib.printer import MISSING, printer
from kernen.lib.refusal import refusal
from kernen.lib.sheets import as_csv, as_xlsx
from kernen.parties.models import Forum, Person
from kernen.parties.rules import change_rule
from kernen.parties.signing_in import me, reader
from kernen.parties.views import placed, seated
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.paper import download

from .. import actions, minutes, rules
from ..agenda import agenda, listed
from ..forms.fora import MeetingForm
from ..models import Decision, Item, Meeting, Proposal
from ..tally import needed

#: So many of a forum's held meetings and of its decisions stand on its page.
LATEST = 10


@signed_in
def forum(request: HttpRequest, pk: int) -> HttpResponse:
    [found] = placed([get_object_or_404(Forum.objects.select_related("cluster"), pk=pk)])
    today = timezone.localdate()
    coming = list(found.meetings.filter(on__gte=today).order_by("on"))
    standing = found.decisions.standing().select_related("initiative")
    decisions = found.decisions.select_related("initiative", "followed_by")
    members = found.members.select_related("organisation", "person").order_by(
        F("end").asc(nulls_first=True), "organisation", "person"
    )
    lying, sit = waiting(found), seated(one for one in members if one.holds())
    context = {
        "forum": found,
        "waiting": lying,
        "unplanned": not all(line["meeting"] for line in lying),
        "coming": coming,
        "next": coming[0] if coming else None,
        "held": found.meetings.filter(on__lt=today)[:LATEST],
        "again": standing.exclude(look_again_on=None).order_by("look_again_on", "number"),
        "decisions": decisions[:LATEST],
        "many": decisions.count(),
        "today": today,
        "former_rules": found.former_rules.all(),
        "refused": refusal(rules.prepare, reader(request), found),
        "rule_refused": refusal(change_rule, reader(request), found),
        "members": members,
        "seated": sit,
        "takes": needed(sit["seats"], found.quorum),
    }
    return render(request, "decisions/forum.html", context)


def waiting(forum: Forum) -> list[dict[str, Any]]:
    """The proposals that lie with the forum, the oldest first, each with the meeting to come that
    takes it up. At the same number of queries however many."""
    coming = Item.objects.filter(meeting__on__gte=timezone.localdate(), meeting__forum=forum)
    lying: Any = (
        Proposal.objects.open()
        .filter(forum=forum, submitted_at__isnull=False)
        .select_related("initiative", "forum")
        .prefetch_related(
            "clusters",
            Prefetch(
                "items", coming.select_related("meeting").order_by("meeting__on"), to_attr="coming"
            ),
        )
        .order_by("submitted_at", "pk")
    )
    planned = {one: one.coming[0].meeting for one in lying if one.coming}
    return [
        {"proposal": one.proposal, "asks": one.asks, "meeting": planned.get(one.proposal)}
        for one in listed(lying)
    ]


@signed_in
@keeps_typed
def call_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Forum, pk=pk)
    rules.prepare(me(request), found)
    form = MeetingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.call_meeting, forum=found, by=me(request), **form.cleaned_data)
        if made:
            messages.success(request, _("The meeting is called. Put proposals on its agenda."))
            return redirect(made)
    context = {"forum": found, "form": form, "title": _("Call a meeting"), "back": found}
    return render(request, "decisions/of_forum.html", context)


def _meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("forum__cluster"), pk=pk)


@signed_in
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, and what was decided."""
    found, person = _meeting(pk), reader(request)
    lines = agenda(found)
    context = _told(found) | {
        "lines": lines,
        "together": [line for line in lines if line.item.in_block and line.before and line.open],
        "refused": refusal(rules.prepare, person, found.forum),
        "arrange_refused": refusal(rules.arrange, person, found),
        "begun": found.on <= timezone.localdate(),
        "minuted": not refusal(rules.read_minute, found, taken=_taken(found).exists()),
        "no_pdf": "" if printer() else MISSING,
    }
    return render(request, "decisions/meeting.html", context)


def _told(found: Meeting) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "meeting": found,
        "forum": found.forum,
        "held": found.on < today,
        "is_today": found.on == today,
        "late": found.deadline < today <= found.on,
    }


@signed_in
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the agenda in order, choose what is taken in one block, put on and take off."""
    found, by = _meeting(pk), me(request)
    rules.arrange(by, found)
    if request.method == "POST":
        _arranged(found, request.POST, by)
        messages.success(request, _said(request.POST))
        moved = request.POST.get("up") or request.POST.get("down")
        return redirect(reverse("arrange", args=[pk]) + (f"#item-{moved}" if moved else ""))
    there = {item.proposal_id for item in found.items.all()}
    lying = [line for line in waiting(found.forum) if line["proposal"].pk not in there]
    context = _told(found) | {
        "lines": agenda(found),
        # What stands on another agenda to come lies last: it would move from there.
        "others": sorted(lying, key=lambda line: line["meeting"] is not None),
    }
    return render(request, "decisions/arrange.html", context)


def _arranged(found: Meeting, wanted: QueryDict, by: Person) -> None:
    """What was typed and ticked first, then what was pressed."""
    items = list(found.items.all())
    places = {item.pk: _number(wanted.get(f"place-{item.pk}"), item.position) for item in items}
    order = sorted(places, key=lambda key: places[key])
    _move(order, _number(wanted.get("up")), -1)
    _move(order, _number(wanted.get("down")), +1)
    blocks = [_number(key) for key in wanted.getlist("block")]
    actions.arrange(meeting=found, order=order, in_block=blocks, by=by)
    for item in items:
        if str(item.pk) == wanted.get("off"):
            actions.take_off_agenda(item=item, by=by)
    if "on" in wanted:
        chosen = Proposal.objects.filter(pk__in=filter(str.isdecimal, wanted.getlist("proposal")))
        for proposal in chosen.order_by("submitted_at", "pk"):
            actions.put_on_agenda(meeting=found, proposal=proposal, by=by)


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _move(order: list[int], key: int, step: int) -> None:
    if key in order:
        place = order.index(key)
        other = min(max(place + step, 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]


def _said(wanted: QueryDict) -> str:
    chosen = len(wanted.getlist("proposal"))
    if "on" in wanted and chosen:
        words = ngettext(
            "%(count)s proposal is on the agenda.", "%(count)s proposals are on the agenda.", chosen
        )
        return words % {"count": chosen}
    return _("The agenda is saved.")


def _agenda_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    found = _meeting(pk)
    address = request.build_absolute_uri(found.get_absolute_url())
    content = minutes.AGENDAS[kind](found, agenda(found), address)
    return download(content, _("Agenda %(meeting)s") % {"meeting": minutes.titled(found)}, kind)


@signed_in
def agenda_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The agenda on paper."""
    return _agenda_file(request, pk, "pdf")


@signed_in
def agenda_docx(request: HttpRequest, pk: int) -> FileResponse:
    """The agenda for Word, to go out with the invitation."""
    return _agenda_file(request, pk, "docx")


@signed_in
def agenda_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    return as_csv(minutes.rows(agenda(_meeting(pk))), f"agenda-{pk}")


@signed_in
def agenda_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = minutes.rows(agenda(_meeting(pk)))
    return as_xlsx(rows, f"agenda-{pk}", title=_("Agenda"), widths=minutes.WIDTHS)


def _taken(found: Meeting) -> QuerySet[Decision]:
    """What the forum decided on the day of the meeting."""
    return Decision.objects.filter(forum=found.forum, met_on=found.on).order_by("number")


@signed_in
def meeting_minutes(request: HttpRequest, pk: int) -> FileResponse:
    """The minute of the whole meeting: every decision that the forum took on that day."""
    found = _meeting(pk)
    taken = _taken(found)
    rules.read_minute(found, taken=taken.exists())
    content = minutes.minute_pdf(
        taken.select_related("initiative", "forum", "version", "by"),
        request.build_absolute_uri(found.get_absolute_url()),
        meeting=found,
    )
    return download(content, _("Minutes %(meeting)s") % {"meeting": minutes.titled(found)}, "pdf")
