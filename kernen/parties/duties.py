"""What the worker does in this room: sign-ins that have run out, and the e-mails of invitations."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from .inviting import mails
from .mailing import actions
from .mailing.sending import send
from .models import Invitation

#: So long the address of somebody who did not come is kept.
KEPT = timedelta(days=90)


def clear_sessions(now: datetime, limit: int) -> int:
    """Sign-ins that have run out go."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0


def send_invitations(now: datetime, limit: int) -> int:
    """The invitations that are asked for and not sent."""
    unsent = Invitation.objects.unsent(now).select_related("organisation", "by__user")
    return send(unsent[:limit], mails.message, now)


def forget_invitations(now: datetime, limit: int) -> int:
    """Those who never came."""
    return actions.forget(model=Invitation, before=(now - KEPT).date(), limit=limit)
