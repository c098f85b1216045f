"""The day whose structure the pages show: today, unless the visitor chose another.

What one may do, and what a form offers for something new, is always a matter of today."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

_chosen: ContextVar[date | None] = ContextVar("shown_day", default=None)


def shown_day() -> date:
    return _chosen.get() or date.today()


def chosen_day() -> date | None:
    """The day that was chosen instead of today, or None."""
    return _chosen.get()


@contextmanager
def showing(day: date | None) -> Iterator[None]:
    token = _chosen.set(day)
    try:
        yield
    finally:
        _chosen.reset(token)
