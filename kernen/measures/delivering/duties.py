"""What the worker does with the files of many places that people have sent: one at a time."""

import time
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db.models import Q
from django.utils import translation

from kernen.lib.refusal import Refused

from . import actions
from .models import Delivery
from .taking import READING, Tell, take

#: Seconds after which it is told again how far the reading is.
_TOLD_EVERY = 0.5


def take_deliveries(now: datetime, limit: int) -> int:
    """Take in the file that has waited longest. A worker that is killed leaves nothing of it, and
    another begins anew once it has given no sign for a while."""
    free = Q(seen_at=None) | Q(seen_at__lt=now - actions.LEASE)
    found = Delivery.objects.filter(free, ended_at=None).order_by("at", "pk")
    waiting = found.select_related("initiative", "measure", "by").first()
    if waiting is None:
        return 0
    try:
        actions.claim(delivery=waiting, now=now)
        with translation.override(waiting.language), NamedTemporaryFile() as file:
            file.write(waiting.content)
            file.flush()
            if problems := take(waiting, Path(file.name), _telling(waiting)):
                actions.refuse(delivery=waiting, problems=problems)
    except Refused:  # another worker was before this one
        return 0
    return 1


def _telling(delivery: Delivery) -> Tell:
    last = 0.0

    def tell(doing: str, done: int, of: int) -> None:
        """While it is written, in one transaction, nobody else would see it."""
        nonlocal last
        if doing == READING and (done == of or time.monotonic() - last > _TOLD_EVERY):
            last = time.monotonic()
            actions.tell_read(delivery=delivery, rows=of, read=done)

    return tell
