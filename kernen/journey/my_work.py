"""My work: what waits for a person, across all rooms, the most urgent first."""

from collections.abc import Callable, Iterable
from datetime import date

from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

#: Each room's own account of what waits for a person; a room that has one adds it here.
WAITING: tuple[Callable[[Person], Iterable[Waiting]], ...] = ()


def my_work(person: Person) -> list[Waiting]:
    """Everything that waits for the person, the most urgent and the oldest first."""
    today = date.today()
    lines = [line for waiting in WAITING for line in waiting(person)]
    return sorted(lines, key=lambda line: _order(line, today))


def _order(line: Waiting, today: date) -> tuple[int, date, date, str]:
    return (line.urgency(today), line.due or date.max, line.since or date.max, line.key)
