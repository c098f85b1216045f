"""What a forum's secretary does before and while it sits."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kernen.decisions import actions, rules
from kernen.decisions.models import Item, Meeting, Proposal
from kernen.parties.models import Forum

from .lived import Lived

TODAY = timezone.localdate()


def called(lived: Lived, days: int = 0, forum: Forum | None = None, **more: Any) -> Meeting:
    day = TODAY + timedelta(days=days)
    return actions.call_meeting(
        forum=forum or lived.steering, on=day, deadline=day, by=lived.secretary, **more
    )


def put_on(
    lived: Lived, meeting: Meeting, *proposals: Proposal, in_block: bool = False
) -> list[Item]:
    return [
        actions.put_on_agenda(meeting=meeting, proposal=one, in_block=in_block, by=lived.secretary)
        for one in proposals
    ]


def several(lived: Lived, count: int) -> list[Proposal]:
    return [lived.endorsed(lived.submitted(lived.tested(f"Falls {n}"))) for n in range(count)]


def form(lived: Lived, forum: Forum | None = None, **more: Any) -> dict[str, Any]:
    """What a secretary sends who has read it through: everybody says yes."""
    seats = rules.seats(forum or lived.steering)
    return {
        "outcome": "spread",
        "scope": [lived.cluster.pk],
        "grounds": "It works.",
        "met_on": TODAY.isoformat(),
        "again": "365",
        "read": "1",
        **{f"stance_{seat.pk}": "yes" for seat in seats},
        **more,
    }
