"""What the worker does for likeness, a little at a time.

Each duty finds out from the data what is to do, so that whatever was broken off is taken up again,
and says how much it did."""

from datetime import datetime

from .keep import compare, keep, uncompared, unread
from .nearest import providers


def compute_vectors(now: datetime, limit: int) -> int:
    """Let every provider of likeness read the texts that are new or have changed."""
    done = 0
    for provider in providers():
        some = unread(provider, limit - done)
        keep(provider, some)
        done += len(some)
    return done


def find_likenesses(now: datetime, limit: int) -> int:
    """Compare each initiative whose text is new or has changed with all the others."""
    keys = uncompared(limit)
    for key in keys:
        compare(key)
    return len(keys)
