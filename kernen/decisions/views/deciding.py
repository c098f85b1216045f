"""The pages on which a forum decides, recommends, and sends on."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.parties.models import Forum
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from .. import actions, rules
from ..agenda import Before, agenda, lying_before
from ..forms.deciding import MET_ON, STANCE, DecideForm, SureForm
from ..forms.fora import ForwardForm, RecommendForm
from ..models import Commitment, Decision, Meeting, Proposal, Stance
from ..since import since
from ..told import Told, tell, with_locked
from ..ways import closed, way


def _proposal(pk: int) -> tuple[Proposal, Before]:
    """A proposal that was submitted, as it lies before its forum."""
    submitted = Proposal.objects.filter(submitted_at__isnull=False)
    found = get_object_or_404(
        submitted.select_related("initiative__cluster", "forum__cluster"), pk=pk
    )
    return found, lying_before([found], found.forum)[found.pk]


def _meeting(request: HttpRequest, forum: Forum) -> Meeting | None:
    """The forum's meeting at which it is decided, if the address says one."""
    wanted = request.GET.get("meeting", "")
    return forum.meetings.filter(pk=wanted).first() if wanted.isdecimal() else None


def _day(typed: QueryDict | None, meeting: Meeting | None) -> date:
    """The day of the decision: as it was typed, or the meeting's; today at the latest."""
    try:
        return MET_ON.clean(typed.get("met_on") if typed else "")  # type: ignore[no-any-return]
    except ValidationError:
        today = timezone.localdate()
        return min(meeting.on, today) if meeting else today


def _form(typed: QueryDict | None, forum: Forum, meeting: Meeting | None, **how: Any) -> DecideForm:
    """Bound to what was sent; where all seats of which nothing is said yet are to say yes, unbound
    with that and with what was typed.

    Those have a seat who had one on the day, and the rule is the one of the day. Who was absent
    from the forum's last decision of that day is absent still, and the others say yes, until
    something else is chosen."""
    day = _day(typed, meeting)
    seats, ruled = list(rules.seats(forum, day)), forum.rule_on(day)
    how |= {"seats": seats, "ruled": ruled}
    outcome = how.pop("outcome", "")
    if typed is not None and "others" in typed:
        said = {name: typed.get(name) for name in typed} | {"scope": typed.getlist("scope")}
        for name in (STANCE.format(seat.pk) for seat in seats):
            said[name] = typed.get(name) or Stance.YES.value
        return DecideForm(stands={}, initial=said, **how)
    scope = [one.pk for one in how.get("clusters") or ()]
    initial = {"met_on": day, "outcome": outcome, "scope": scope}
    return DecideForm(typed, stands=_as_before(forum, day), initial=initial, **how)


def _as_before(forum: Forum, day: date) -> dict[int, str]:
    last = forum.decisions.filter(met_on=day).order_by("-number").first()
    absent = Stance.ABSENT.value
    return {
        vote["seat"]: absent if vote["stance"] == absent else Stance.YES.value
        for vote in (last.votes if last else ())
    }


def _ahead(meeting: Meeting | None, **stands: Any) -> Meeting | None:
    """The meeting to come on whose agenda it stands: it is written down before that is held."""
    today = timezone.localdate()
    if meeting is None:
        coming = Meeting.objects.filter(on__gt=today, **stands)
        return coming.order_by("on").first()
    return meeting if meeting.on > today else None


def _held(forum: Forum, meeting: Meeting | None, met_on: date, **stands: Any) -> Meeting | None:
    """The last meeting on whose agenda it stands, where its minute would leave the decision out,
    since that is of another day."""
    today = timezone.localdate()
    every = [meeting] if meeting else forum.meetings.filter(**stands).order_by("on")
    held = [one for one in every if one.on <= today]
    return held[-1] if held and met_on not in {one.on for one in held} else None


def _sit(
    request: HttpRequest,
    form: DecideForm,
    verb: Callable[..., Any],
    given: dict[str, Any],
    said: Callable[[Any], str],
    **page: Any,
) -> HttpResponse:
    """The form; then the record as it will stand, to be read through; then it is written down."""
    posted, meeting = request.POST, page["meeting"]
    given["by"] = me(request)
    wanted = request.method == "POST" and "back" not in posted
    if wanted and form.is_bound and form.is_valid():
        met_on = form.cleaned_data["met_on"]
        held = None if page["ahead"] else _held(page["forum"], meeting, met_on, **page["stands"])
        sure = SureForm(posted if "read" in posted else None, ahead=page["ahead"], held=held)
        if sure.is_valid():
            made = done(form, verb, **given, **form.told())
            if made:
                messages.success(request, said(made))
                return redirect(meeting or made)
        elif every := done(form, _as_it_will_stand, verb=verb, **given, **form.told()):
            context = {"form": form, "sure": sure, "every": every, "held": held, **page}
            return render(request, "decisions/read_through.html", context)
    return render(request, "decisions/decide.html", {"form": form, **page})


def _as_it_will_stand(verb: Callable[..., Any], **given: Any) -> list[Told]:
    """What the action makes, before it is taken back again: the rules have been asked."""
    with transaction.atomic():
        began = timezone.now()
        made = verb(**given)
        every = with_locked(tell(made if isinstance(made, list) else [made]), began)
        transaction.set_rollback(True)
    return every


def _asked(before: Before) -> str:
    """The outcome that the version asks for."""
    return before.version.asks if before.version else ""


@signed_in
@keeps_typed
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What the forum decides on a proposal, at a meeting or outside of one."""
    found, before = _proposal(pk)
    forum = found.forum
    rules.decide_on(me(request), found)
    meeting = _meeting(request, forum)
    form = _form(sent(request), forum, meeting, clusters=before.clusters, outcome=_asked(before))
    page: dict[str, Any] = {"forum": forum, "meeting": meeting, "befores": [before]}
    page |= {"title": found.initiative, "hinders": _in_block(before, forum)["hinders"]}
    page["stands"] = {"items__proposal": found}
    page["ahead"] = _ahead(meeting, forum=forum, **page["stands"])
    said = _("The decision is written down.")
    return _sit(request, form, actions.decide, {"proposal": found}, lambda made: said, **page)


@signed_in
@keeps_typed
def decide_block(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on all that is taken in one block, in the same words."""
    meeting = get_object_or_404(Meeting.objects.select_related("forum__cluster"), pk=pk)
    forum = meeting.forum
    befores = [
        line.before for line in agenda(meeting) if line.item.in_block and line.before and line.open
    ]
    given = {"proposals": [before.proposal for before in befores]}
    rules.decide_together(me(request), given["proposals"])
    asked = {_asked(before) for before in befores}
    outcome = asked.pop() if len(asked) == 1 else ""
    form = _form(sent(request), forum, meeting, clusters=None, outcome=outcome)
    page: dict[str, Any] = {"forum": forum, "meeting": meeting, "ahead": _ahead(meeting)}
    page["stands"] = {}
    page["title"] = _("What is taken in one block")
    page["together"] = [_in_block(before, forum) for before in befores]
    page["arranged"] = not refusal(rules.arrange, me(request), meeting)
    return _sit(request, form, actions.decide_together, given, _written, **page)


def _in_block(before: Before, forum: Forum) -> dict[str, Any]:
    """An item of a block, how binding it would be, and what hinders the block if it decides as is
    asked for."""
    initiative = before.initiative
    given = (initiative, forum, _asked(before), before.clusters, before.in_scope)
    commitment = Commitment(rules.commitment(initiative)).label
    return {"before": before, "commitment": commitment, "hinders": refusal(rules.ripe, *given)}


def _written(made: Collection[Decision]) -> str:
    words = ngettext(
        "%(count)s decision is written down.", "%(count)s decisions are written down.", len(made)
    )
    return words % {"count": len(made)}


@signed_in
@keeps_typed
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new decision that follows an earlier one."""
    rows = Decision.objects.select_related("initiative", "forum__cluster", "version")
    found = get_object_or_404(rows, pk=pk)
    rules.look_again(me(request), found)
    meeting = _meeting(request, found.forum)
    form = _form(sent(request), found.forum, meeting, clusters=None)
    page: dict[str, Any] = {"forum": found.forum, "meeting": meeting, "earlier": found}
    page["title"] = found.initiative
    page["stands"] = {"items__decision": found}
    page["ahead"] = _ahead(meeting, forum=found.forum, **page["stands"])
    page["since"] = since(found, me(request))
    return _sit(request, form, actions.look_again, {"decision": found}, _followed, **page)


def _followed(made: Decision) -> str:
    said = _("The decision is written down, and follows the earlier.")
    if not Decision.objects.left_closed().filter(pk=made.pk).exists():
        return said
    more = _("Everybody can read the earlier: let everybody read this one too, on its page.")
    return f"{said} {more}"


@signed_in
@keeps_typed
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    found, before = _proposal(pk)
    rules.recommend(me(request), found, found.forum)
    form = RecommendForm(sent(request))
    title = _("Recommend")
    said = _("The recommendation stands beside the proposal.")
    return _of_proposal(request, form, actions.recommend, title, said, before, forum=found.forum)


@signed_in
@keeps_typed
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a proposal on: the next forum on its way is chosen beforehand, closed ones say why."""
    found, before = _proposal(pk)
    rules.prepare(me(request), found.forum)
    binding, clusters = found.initiative.binding, list(before.clusters)
    fora = (
        Forum.objects.on(timezone.localdate()).select_related("cluster").exclude(pk=found.forum_id)
    )
    shut = {forum: closed(forum, binding, clusters) for forum in fora}
    open_ = [forum for forum, why in shut.items() if not why]
    steps = [step.forum for step in way(binding, clusters, [found.forum, *open_]) if step.forum]
    after = steps[steps.index(found.forum) + 1 :] if found.forum in steps else steps
    form = ForwardForm(sent(request), fora=open_, next_forum=next(iter(after), None))
    title, said = _("Send it on"), _("The proposal is sent on, with all that was said of it.")
    shown = {"closed": [why for why in shut.values() if why], "none_open": not open_}
    return _of_proposal(request, form, actions.forward, title, said, before, shown)


def _of_proposal(
    request: HttpRequest,
    form: Any,
    verb: Callable[..., Any],
    title: str,
    said: str,
    before: Before,
    shown: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    found = before.proposal
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, verb, proposal=found, by=me(request), **form.cleaned_data, **more):
        messages.success(request, said)
        return redirect(found.forum)
    context = {
        "form": form, "title": title, "forum": found.forum, "back": found.forum,
        "before": before, "submit": title, **(shown or {}),
    }  # fmt: skip
    return render(request, "decisions/of_forum.html", context)
