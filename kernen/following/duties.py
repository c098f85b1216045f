"""What the worker does in this room: telling, and the digests."""

import logging
from datetime import datetime

from kernen.initiatives.models import Untold

from . import actions, digests
from .followers import followers
from .models import Digest

log = logging.getLogger(__name__)

#: A digest that could not be sent so often is given up: its notices stay in the inbox.
MOST_TRIES = 10


def tell(now: datetime, limit: int) -> int:
    """Each entry that nobody was told of, to those who follow."""
    waiting = Untold.objects.select_related("entry").order_by("pk")[:limit]
    entries = [untold.entry for untold in waiting]
    return actions.announce(followers=followers(entries)) if entries else 0


def gather_digests(now: datetime, limit: int) -> int:
    """A digest for each person for whom it is time and something unread waits."""
    made = 0
    for frequency, slot in digests.slots(now).items():
        for person in digests.waiting(frequency, slot)[: limit - made]:
            actions.gather(person=person, slot=slot)
            made += 1
    return made


def send_digests(now: datetime, limit: int) -> int:
    """The digests that are made and not sent."""
    waiting = Digest.objects.filter(sent_at=None, again_at__lte=now, tries__lt=MOST_TRIES)
    digests_now = list(waiting.select_related("person__user")[:limit])
    for digest in digests_now:
        if actions.claim(digest=digest, now=now):
            try:
                digests.message(digest).send()
            except Exception:  # one address that is refused must not hold up the others
                log.exception("Digest %s was not sent", digest.pk)
            else:
                actions.sent(digest=digest)
    return len(digests_now)
