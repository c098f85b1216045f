"""Whether a worker lives: it says so every few seconds, and is believed for a minute."""

from collections.abc import Iterable

from django.core.cache import cache

KEY, BELIEVED = "worker", 60


def beat(failing: Iterable[str]) -> None:
    """Say that a worker lives, and which of its duties fail."""
    cache.set(KEY, sorted(failing), BELIEVED)


def last() -> list[str] | None:
    """The duties that fail, as a worker said a moment ago; None where no worker lives."""
    found: list[str] | None = cache.get(KEY)
    return found
