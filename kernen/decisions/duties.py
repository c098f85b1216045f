"""What the program does by itself for fora, at intervals."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.utils import timezone

from kernen.parties.models import Forum

from .models import Decision, Item, Meeting


def bring_back(now: datetime, limit: int, forum: Forum | None = None) -> int:
    """Put decisions that are to be looked at again on the agenda of their forum's next meeting.

    A decision comes once to a meeting; where the forum did not take it up, it comes to the next.
    Gives how many came."""
    today = timezone.localdate(now)
    coming = Meeting.objects.filter(forum=OuterRef("forum"), on__gte=today).order_by("on")
    standing = Decision.objects.standing()
    due = (standing.filter(forum=forum) if forum else standing).annotate(
        meeting=Subquery(coming.values("pk")[:1]), meets_on=Subquery(coming.values("on")[:1])
    )
    there = Item.objects.filter(meeting=OuterRef("meeting"), decision=OuterRef("pk"))
    due = due.filter(~Exists(there), look_again_on__lte=F("meets_on"))
    found = list(due.order_by("look_again_on", "number")[:limit])
    last: dict[int, int] = defaultdict(int)
    last.update(
        Meeting.objects.filter(pk__in={one.meeting for one in found})
        .annotate(last=Max("items__position", default=0))
        .values_list("pk", "last")
    )
    for one in found:
        last[one.meeting] += 1
        Item(meeting_id=one.meeting, decision=one, position=last[one.meeting]).save()
    return len(found)
