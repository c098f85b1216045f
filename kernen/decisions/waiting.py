"""What waits for a forum's chairs and secretaries."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.waiting import Waiting
from kernen.parties.models import Forum, Person

from .models import Decision, Item, Meeting, Proposal
from .rules import OFFICERS

#: So many of each kind are shown; when one is done, the next takes its place.
MOST = 50
#: How long before its day a decision is brought to mind, and a proposal may lie untouched.
AHEAD, LIES = timedelta(days=30), timedelta(days=14)


def waiting(person: Person) -> Iterator[Waiting]:
    held = person.seats.current().filter(role__in=OFFICERS)
    fora = Forum.objects.filter(pk__in=held.values("forum"))
    yield from _on_no_agenda(fora)
    yield from _to_look_at_again(fora)
    yield from _left_closed(fora)


def _on_no_agenda(fora: QuerySet[Forum]) -> Iterator[Waiting]:
    """Proposals that no meeting to come takes up; the next one's deadline is theirs."""
    today = timezone.localdate()
    coming = Meeting.objects.filter(forum=OuterRef("forum"), on__gte=today).order_by("on")
    taken = Item.objects.filter(proposal=OuterRef("pk"), meeting__on__gte=today)
    lying: Any = (
        Proposal.objects.open()
        .filter(~Exists(taken), forum__in=fora, submitted_at__isnull=False)
        .annotate(
            next=Subquery(coming.values("pk")[:1]), by=Subquery(coming.values("deadline")[:1])
        )
        .select_related("initiative", "forum")
        .order_by("submitted_at", "pk")
    )
    for one in lying[:MOST]:
        since = timezone.localdate(one.submitted_at)
        address = ("arrange", one.next) if one.next else ("call_meeting", one.forum_id)
        yield Waiting(
            key=f"proposal:{one.pk}:{one.forum_id}",
            what=_("A proposal to %(forum)s stands on no agenda.") % {"forum": one.forum},
            action=_("Put on the agenda") if one.next else _("Call a meeting"),
            url=reverse(address[0], args=[address[1]]),
            about=one.initiative.title,
            since=since,
            due=one.by or since + LIES,
        )


def _to_look_at_again(fora: QuerySet[Forum]) -> Iterator[Waiting]:
    """Decisions whose day comes soon."""
    soon = timezone.localdate() + AHEAD
    due = Decision.objects.standing().filter(forum__in=fora, look_again_on__lte=soon)
    for one in due.select_related("initiative", "forum").order_by("look_again_on", "pk")[:MOST]:
        yield Waiting(
            key=f"look_again:{one.pk}",
            what=_("A decision of %(forum)s is to be looked at again.") % {"forum": one.forum},
            action=_("Look at it"),
            url=one.get_absolute_url(),
            about=one.initiative.title,
            since=one.met_on,
            due=one.look_again_on,
        )


def _left_closed(fora: QuerySet[Forum]) -> Iterator[Waiting]:
    """Later decisions that nobody outside can read, though everybody reads what they follow."""
    found = Decision.objects.left_closed().filter(forum__in=fora)
    for one in found.select_related("initiative", "forum").order_by("met_on", "pk")[:MOST]:
        yield Waiting(
            key=f"left_closed:{one.pk}",
            what=_("Everybody can read a decision of %(forum)s, and not the one that followed it.")
            % {"forum": one.forum},
            action=_("Look at it"),
            url=one.get_absolute_url(),
            about=one.initiative.title,
            since=one.met_on,
        )
