"""My work: what waits for a person, across all rooms, the most urgent first."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from django.core.cache import cache as kept
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.decisions import waiting as decisions
from kernen.decisions import waiting_answers as answers
from kernen.initiatives import waiting as initiatives
from kernen.initiatives.likeness import waiting as likeness
from kernen.lib.waiting import Urgency, Waiting
from kernen.measures import waiting as measures
from kernen.measures.catalogue import waiting as catalogue
from kernen.measures.delivering import waiting as delivering
from kernen.measures.machine import waiting as machine
from kernen.parties import waiting as parties
from kernen.parties.models import Person
from kernen.parties.signing_in import reader
from kernen.value import waiting as value

#: Each room's own account of what waits for a person; a room that has one adds it here.
WAITING: tuple[Callable[[Person], Iterable[Waiting]], ...] = (
    initiatives.waiting,
    likeness.waiting,
    answers.waiting,
    measures.waiting,
    catalogue.waiting,
    delivering.waiting,
    machine.waiting,
    value.waiting,
    decisions.waiting,
    parties.waiting,
)

#: For so many seconds the navigation's count may lag behind what others do.
KEPT = 300

HEADINGS = {
    Urgency.OVERDUE: _("Overdue"),
    Urgency.THIS_WEEK: _("This week"),
    Urgency.WITH_TIME: _("When you have time"),
}


def my_work(person: Person) -> list[Waiting]:
    """Everything that waits for the person, the most urgent and the oldest first, but for what is
    put off until a later day."""
    today = timezone.localdate()
    later = set(person.put_off.filter(until__gt=today).values_list("key", flat=True))
    lines = [line for waiting in WAITING for line in waiting(person) if line.key not in later]
    return sorted(lines, key=lambda line: _order(line, today))


def _order(line: Waiting, today: date) -> tuple[int, date, date, str]:
    return (line.urgency(today), line.due or date.max, line.since or date.max, line.key)


def grouped(lines: Iterable[Waiting]) -> list[dict[str, Any]]:
    """The lines under a heading for each urgency; `lines` stand in order already."""
    today = timezone.localdate()
    return [
        {"heading": HEADINGS[urgency], "overdue": urgency == Urgency.OVERDUE, "lines": list(some)}
        for urgency, some in groupby(lines, key=lambda line: line.urgency(today))
    ]


def my_work_count(request: HttpRequest) -> dict[str, Any]:
    """How much waits, for the navigation: asked for when a page shows it, and kept for a while."""

    @cache
    def count() -> int:
        person = reader(request)
        if person is None:
            return 0
        return kept.get_or_set(_key(person), lambda: len(my_work(person)), KEPT) or 0

    return {"my_work_count": count}


def _key(person: Person) -> str:
    return f"my_work:{person.pk}"


class CountAnewMiddleware:
    """Whoever has done something is shown at once what waits now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = reader(request) if request.method == "POST" else None
        if person:
            kept.delete(_key(person))
        return response
