"""What the worker does in this room: sign-ins that have run out, and the e-mails of invitations."""

import logging
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from .inviting import actions, mails
from .models import Invitation

log = logging.getLogger(__name__)

#: An invitation that could not be sent so often is given up until it is sent again by hand.
MOST_TRIES = 10
#: So long the address of somebody who did not come is kept.
KEPT = timedelta(days=90)


def clear_sessions(now: datetime, limit: int) -> int:
    """Sign-ins that have run out go."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0


def send_invitations(now: datetime, limit: int) -> int:
    """The invitations that are asked for and not sent."""
    waiting = Invitation.objects.standing().filter(
        sent_at=None, again_at__lte=now, tries__lt=MOST_TRIES
    )
    invitations = list(waiting.select_related("organisation", "by__user")[:limit])
    for invitation in invitations:
        if actions.claim(invitation=invitation, now=now):
            try:
                mails.message(invitation).send()
            except Exception:  # one address that is refused must not hold up the others
                log.exception("Invitation %s was not sent", invitation.pk)
            else:
                actions.sent(invitation=invitation)
    return len(invitations)


def forget_invitations(now: datetime, limit: int) -> int:
    """Those who never came."""
    return actions.forget(before=(now - KEPT).date(), limit=limit)
