"""What the worker does with the files of many places that people have sent: one at a time."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db.models import Q
from django.utils import translation

from kernen.lib.refusal import Refused

from ..rules import Unexplained
from . import actions
from .models import Delivery
from .taking import READING, Tell, look, take

#: So long a file is kept of which nobody says whether it is understood right.
KEPT = timedelta(days=7)
#: Seconds after which it is told again how far the reading is.
_TOLD_EVERY = 0.5


def take_deliveries(now: datetime, limit: int) -> int:
    """Read through, or take in, the file that has waited longest. A worker that is killed leaves
    nothing of it, and another begins anew once it has given no sign for a while."""
    free = Delivery.objects.free(now - actions.LEASE).filter(ended_at=None)
    found = free.filter(Q(looked_at=None) | Q(confirmed_at__isnull=False)).order_by("at", "pk")
    waiting = found.select_related("initiative", "measure", "by").first()
    if waiting is None:
        return 0
    try:
        actions.claim(delivery=waiting, now=now)
        with translation.override(waiting.language), NamedTemporaryFile() as file:
            file.write(waiting.content)
            file.flush()
            _take(waiting, Path(file.name))
    except Refused:  # another worker was before this one
        return 0
    return 1


def _take(delivery: Delivery, path: Path) -> None:
    tell = _telling(delivery)
    try:
        problems = (take if delivery.confirmed_at else look)(delivery, path, tell)
    except Unexplained:
        actions.look_again(delivery=delivery)
        return
    if problems:
        actions.refuse(delivery=delivery, problems=problems)


def forget_deliveries(now: datetime, limit: int) -> int:
    """Throw away the files of which nobody said for a week that they are understood right."""
    found = Delivery.objects.filter(ended_at=None, confirmed_at=None, at__lt=now - KEPT)
    several = list(found.defer("content").order_by("pk")[:limit])
    for delivery in several:
        actions.throw_away(delivery=delivery, by=None)
    return len(several)


def _telling(delivery: Delivery) -> Tell:
    last = 0.0

    def tell(doing: str, done: int, of: int) -> None:
        """While it is written, in one transaction, nobody else would see it."""
        nonlocal last
        if doing == READING and (done == of or time.monotonic() - last > _TOLD_EVERY):
            last = time.monotonic()
            actions.tell_read(delivery=delivery, rows=of, read=done)

    return tell
