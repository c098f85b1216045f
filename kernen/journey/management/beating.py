"""How a worker says that it lives; known also before the tables are, unlike its duties."""

from typing import Any

from django.core.cache import cache

#: Where it is said, and for how many seconds one believes it.
BEAT, BELIEVED = "worker", 60


def say(failing: list[str]) -> None:
    cache.set(BEAT, {"failing": failing}, BELIEVED)


def beat() -> dict[str, Any] | None:
    """What a worker last said: the names of the duties that fail; None where none runs."""
    found: dict[str, Any] | None = cache.get(BEAT)
    return found
