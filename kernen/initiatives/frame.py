"""The fixed frame of an initiative's pages: the way so far, who is in, what may be done, tabs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kernen.parties.models import THREE_SECTORS
from kernen.parties.signing_in import reader

from . import rules
from .models import Initiative
from .placing import place, stand_in
from .stages import PAGES, WAY, Gate, Stage, events_from, unmet

#: Name of the address → what the tab is called. Each tab is drawn by its own room.
TABS = {
    "initiative": gettext_lazy("Overview"),
    "involvement": gettext_lazy("Who takes part"),
    "measures": gettext_lazy("Measures"),
    "value": gettext_lazy("Value"),
    "proposals": pgettext_lazy("tab", "Decision"),
    "documents": gettext_lazy("Documents"),
    "journal": gettext_lazy("Journal"),
}

#: Name of the address → how many things its tab holds, where a room above counts them.
COUNTS: dict[str, Callable[[Initiative], int]] = {}


def frame(request: HttpRequest, initiative: Initiative, tab: str = "") -> dict[str, Any]:
    """What `initiatives/frame.html` shows, for every page inside it."""
    person = reader(request)
    request.section = "overview"  # type: ignore[attr-defined]  # where one finds all initiatives
    place([initiative])
    held = initiative.involvements.shown().filter(role="responsible")
    stand_in(responsible := list(held.select_related("organisation")))
    refusals = rules.refusals(person, initiative)
    return {
        "initiative": initiative,
        "steps": steps(initiative),
        "refusals": refusals,
        "tabs": [
            {
                "label": label,
                "url": reverse(name, args=[initiative.pk]),
                "current": name == tab,
                "count": COUNTS[name](initiative) if name in COUNTS else 0,
            }
            for name, label in TABS.items()
        ],
        "sector_marks": sector_marks(initiative),
        "responsible": list(dict.fromkeys(place for one in responsible for place in one.places)),
    }


def steps(initiative: Initiative) -> list[dict[str, Any]]:
    """The way from idea to operation: where it is, the day each stage was first reached, and where
    it came to a stage again, that day too. What it came to and left again stands with its day.

    A stage that was passed over is left out."""
    reached: dict[str, date] = {}
    again: dict[str, date] = {}
    order: list[str] = []
    entries = initiative.journal.exclude(stage="").order_by("at", "pk")
    for stage, at in entries.values_list("stage", "at"):
        day = timezone.localtime(at).date()
        if day != reached.setdefault(stage, day):
            again[stage] = day
        order.append(stage)
    stopped = initiative.stage == Stage.STOPPED
    last = next((s for s in reversed(order) if s != Stage.STOPPED), Stage.IDEA)
    current = WAY.index(Stage(last))
    way = [
        {
            "label": stage.label,
            "date": reached.get(stage),
            "again": again.get(stage),
            "state": _state(number, current, stopped=stopped),
        }
        for number, stage in enumerate(WAY)
        if number > current or stage in reached
    ]
    if stopped:
        passed = [step for step in way if step["state"] == "done"]
        ended = again.get(Stage.STOPPED) or reached[Stage.STOPPED]
        return [*passed, {"label": Stage.STOPPED.label, "date": ended, "state": "stopped"}]
    return way


def _state(number: int, current: int, *, stopped: bool) -> str:
    if number == current and not stopped:
        return "current"
    return "todo" if number > current else "done"


def sector_marks(initiative: Initiative) -> list[dict[str, Any]]:
    """Whether each of the three sectors, and the citizens, are in; and since when."""
    joined = initiative.sectors()
    marks = [
        {"label": sector.label, "present": sector in joined, "since": joined.get(sector)}
        for sector in THREE_SECTORS
    ]
    return [*marks, {"label": _("Citizens"), "present": bool(initiative.citizens), "since": None}]


def ways_on(initiative: Initiative, missing: dict[str, Gate]) -> list[dict[str, Any]]:
    """The events that can follow now on a page of this room, each with what is missing.

    `missing` are the initiative's failing gates; a hard one among them refuses the event."""
    ways = []
    for event in events_from(initiative.stage):
        if event.room:
            continue
        gates = unmet(event, missing)
        ways.append(
            {
                "event": event,
                "missing": gates,
                "words": bool(gates or event.asks),
                "refusal": rules.obstacle(event, gates),
                "forward": event.name not in ("stop", "reopen"),
            }
        )
    return ways


def ways_elsewhere(initiative: Initiative) -> list[dict[str, Any]]:
    """The events that can follow now on the pages of later rooms; without an address where the room
    is not built yet. One line for each page."""
    found: dict[str, dict[str, Any]] = {}
    for event in events_from(initiative.stage):
        if event.room:
            way = found.setdefault(PAGES.get(event.room, event.name), {"labels": [], "url": ""})
            way["labels"].append(str(event.label))
            if event.room in PAGES:
                way["url"] = reverse(PAGES[event.room], args=[initiative.pk])
    return list(found.values())
