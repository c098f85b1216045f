"""What the worker does in this room."""

from datetime import datetime
from importlib import import_module

from django.conf import settings


def clear_sessions(now: datetime, limit: int) -> int:
    """Sign-ins that have run out go."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0
