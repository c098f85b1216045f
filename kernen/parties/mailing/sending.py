"""How the worker sends what is mailed with a link: claimed first, marked afterwards."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives

from ..models import Mailed
from . import actions

log = logging.getLogger(__name__)


def send(
    unsent: Iterable[Any], message: Callable[[Any], EmailMultiAlternatives], now: datetime
) -> int:
    """Send each of them, and say how many were tried."""
    several: list[Mailed] = list(unsent)
    for mailed in several:
        if actions.claim(mailed=mailed, now=now):
            try:
                message(mailed).send()
            except Exception:  # one address that is refused must not hold up the others
                log.exception("%s %s was not sent", mailed._meta.label, mailed.pk)
            else:
                actions.sent(mailed=mailed)
    return len(several)
