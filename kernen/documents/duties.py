"""What is done now and then, without anybody asking."""

from datetime import datetime, timedelta
from itertools import islice

from . import storing
from .models import Version

#: No upload takes as long: a file that nobody knows after this has been left behind.
LEFT = timedelta(days=1)


def remove_orphans(now: datetime, limit: int) -> int:
    """Remove files that no version knows: a server died between storing a file and its row, or
    between erasing a document and removing its files.

    At most `limit` of them; says how many."""
    left = (
        key
        for month in storing.months()
        for key in _unknown(month)
        if storing.stored_at(key) < now - LEFT
    )
    found = list(islice(left, limit))
    for key in found:
        storing.remove(key)
    return len(found)


def _unknown(month: str) -> list[str]:
    held = Version.objects.filter(key__startswith=f"{month}/", document__erased_at=None)
    known = set(held.values_list("key", flat=True))
    return [key for key in storing.keys(month) if key not in known]
