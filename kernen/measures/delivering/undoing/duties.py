"""What the worker does with files that are to be undone: one at a time."""

from datetime import datetime

from django.utils import translation

from kernen.lib.refusal import Refused

from ..actions import LEASE
from ..models import Delivery
from . import actions
from .judging import judge


def undo_deliveries(now: datetime, limit: int) -> int:
    """Undo the file that has waited longest. A worker that is killed has undone nothing of it, and
    another begins anew once it has given no sign for a while."""
    free = Delivery.objects.free(now - LEASE)
    found = free.filter(undo_asked_at__isnull=False).order_by("undo_asked_at")
    waiting = found.select_related("initiative", "by").first()
    if waiting is None:
        return 0
    with translation.override(waiting.language):
        try:
            actions.claim_undo(delivery=waiting, now=now)
            _undo(waiting)
        except Refused:  # another worker was before this one
            return 0
    return 1


def _undo(delivery: Delivery) -> None:
    try:
        for looked in judge(delivery, delivery.by):
            actions.tell_looked(delivery=delivery, looked=looked)
        actions.undo_delivery(delivery=delivery, reason=delivery.undo_reason, by=delivery.by)
    except Refused as refused:
        actions.refuse_undo(delivery=delivery, why=str(refused))
