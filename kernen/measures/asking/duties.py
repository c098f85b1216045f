"""What the worker does for figures that are asked for: mails when one is due, once a period."""

from datetime import datetime

from django.utils import timezone

from kernen.initiatives.stages import Stage
from kernen.parties.duties import KEPT
from kernen.parties.mailing import actions as mailing
from kernen.parties.mailing.sending import send

from ..models import FiguresLink
from . import actions, mails

#: Nobody is asked for a figure before this hour of the day.
MORNING = 7


def send_figures_links(now: datetime, limit: int) -> int:
    """The questions that are asked and not sent."""
    related = ("series__measure", "series__organisation", "person", "by__user")
    unsent = FiguresLink.objects.unsent(now).select_related(*related)
    return send(unsent[:limit], mails.message, now)


def ask_when_due(now: datetime, limit: int) -> int:
    """Those for whom another period is over. Of what was stopped nothing is due."""
    if timezone.localtime(now).hour < MORNING:
        return 0
    links = FiguresLink.objects.standing().filter(asks_on__lte=timezone.localdate(now))
    links = links.exclude(series__measure__initiative__stage=Stage.STOPPED)
    found = links.select_related("series__measure__initiative").order_by("asks_on", "pk")[:limit]
    return sum(actions.ask_when_due(link=link, now=now) for link in found)


def forget_figures_links(now: datetime, limit: int) -> int:
    """Those by which nobody ever gave a figure."""
    return mailing.forget(model=FiguresLink, before=(now - KEPT).date(), limit=limit)
