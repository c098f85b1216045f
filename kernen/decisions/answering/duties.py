"""What the worker does for the answers: sends what is asked, reminds once, tells of versions."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kernen.parties.duties import KEPT
from kernen.parties.mailing import actions as mailing
from kernen.parties.mailing.sending import send

from ..models import AnswerLink, Endorsement, Item, ProposalVersion
from . import actions, mails

#: One is reminded after so long, or so long before the deadline of the meeting it comes to.
AFTER, BEFORE_DEADLINE = timedelta(days=10), timedelta(days=3)


def send_answer_links(now: datetime, limit: int) -> int:
    """The questions that are asked and not sent."""
    related = ("proposal", "organisation", "version", "person", "by__user")
    unsent = AnswerLink.objects.unsent(now).select_related(*related)
    return send(unsent[:limit], mails.message, now)


def remind(now: datetime, limit: int) -> int:
    """Those who have not answered, where nobody else of the organisation has; each once."""
    today = timezone.localdate(now)
    soon = Item.objects.filter(
        proposal=OuterRef("proposal"),
        meeting__deadline__range=(today, today + BEFORE_DEADLINE),
    )
    given = Endorsement.objects.filter(
        proposal=OuterRef("proposal"), organisation=OuterRef("organisation")
    )
    links = AnswerLink.objects.standing().unanswered().filter(reminded_at=None)
    links = links.filter(sent_at__isnull=False).filter(~Exists(given))
    # Nobody is reminded on the day on which he or she was asked.
    late = Q(sent_at__lte=now - AFTER) | (Q(Exists(soon)) & Q(sent_at__lte=now - timedelta(days=1)))
    return sum(actions.remind(link=link, now=now) for link in links.filter(late)[:limit])


def ask_anew(now: datetime, limit: int) -> int:
    """Those who were told of an earlier version than the latest."""
    later = ProposalVersion.objects.filter(
        proposal=OuterRef("proposal"), edition__gt=OuterRef("version__edition")
    )
    behind = AnswerLink.objects.standing().filter(Exists(later))
    return sum(actions.ask_anew(link=link) for link in behind[:limit])


def forget_answer_links(now: datetime, limit: int) -> int:
    """Those by which nobody ever answered."""
    return mailing.forget(model=AnswerLink, before=(now - KEPT).date(), limit=limit)
