"""The life of an initiative as tables: stages, the events that lead between them, and the gates.

A stage is never typed in: it follows from events. `docs/stages.md` is printed from these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.parties.models import THREE_SECTORS

if TYPE_CHECKING:
    from .models import Initiative


class Stage(models.TextChoices):
    IDEA = "idea", pgettext_lazy("stage", "Idea")
    PRE_STUDY = "pre_study", pgettext_lazy("stage", "Pre-study")
    TESTING = "testing", pgettext_lazy("stage", "Testing")
    DECISION = "decision", pgettext_lazy("stage", "Decision")
    SPREADING = "spreading", pgettext_lazy("stage", "Spreading")
    OPERATION = "operation", pgettext_lazy("stage", "Operation")
    STOPPED = "stopped", pgettext_lazy("stage", "Stopped")


#: The way from idea to operation; stopping may happen anywhere on it.
WAY: list[Stage] = [stage for stage in Stage if stage is not Stage.STOPPED]

#: After so long without a trace the lead is asked whether it still runs. What is in operation is
#: watched by its figures, and what is stopped is over.
IDLE_AFTER: dict[Stage, timedelta] = {
    Stage.IDEA: timedelta(days=180),
    Stage.PRE_STUDY: timedelta(days=90),
    Stage.TESTING: timedelta(days=90),
    Stage.DECISION: timedelta(days=180),
    Stage.SPREADING: timedelta(days=180),
}


@dataclass(frozen=True)
class Gate:
    """A condition of an event. A hard one stops it; a soft one is passed with a written reason."""

    name: str
    missing: Promise  # one sentence: what is missing
    mend: str  # name of the address (of an initiative) where it is filled in
    met: Callable[[Initiative], bool]
    hard: bool = False


# What the gates ask for may be fetched for many at once, by `Initiative.objects.with_gates`.


def _all_sectors(initiative: Initiative) -> bool:
    return not set(THREE_SECTORS) - set(initiative.sectors())


def _told(field: str) -> Callable[[Initiative], bool]:
    return lambda initiative: bool(getattr(initiative, field))


GATES = {
    gate.name: gate
    for gate in (
        Gate(
            "lead",
            _("Nobody leads the initiative: name a lead."),
            "team",
            lambda initiative: initiative.is_led(),
            hard=True,
        ),
        Gate(
            "purpose",
            _("The purpose is not told yet: say in a few lines what it is to achieve."),
            "story",
            _told("purpose"),
            hard=True,
        ),
        Gate(
            "target_group",
            _("It is not said whom it is for: name the target group."),
            "story",
            _told("target_group"),
        ),
        Gate(
            "triple_aim",
            _("Health, experience and cost do not all have a goal: make all three plausible."),
            "goals",
            lambda initiative: sum(bool(goal.words) for goal in initiative.goals.all()) == 3,
        ),
        Gate(
            "measure",
            _("There is no measure: choose at least one that shows whether it works."),
            "measures",
            # The measures belong to a later room; only their being there is asked for.
            lambda initiative: bool(initiative.measures.all()),
        ),
        Gate(
            "sectors",
            _("Not all three sectors take part: bring in the missing ones from the start."),
            "involvement",
            _all_sectors,
        ),
        Gate(
            "citizens",
            _("It is not said how citizens are involved: say it in a line."),
            "story",
            _told("citizens"),
        ),
    )
}


@dataclass(frozen=True)
class Event:
    """Something that happens to an initiative and leads it to a stage.

    `target` None leads back to the stage before. `asks` is the question that must be answered in
    words. `room` names the later room whose own page performs the event; until then it is only
    entered afterwards, as history."""

    name: str
    label: Promise  # on the button
    done: Promise  # in the journal
    sources: tuple[Stage, ...]
    target: Stage | None
    gates: tuple[str, ...] = ()
    asks: Promise | None = None
    room: str = ""


EVENTS = {
    event.name: event
    for event in (
        Event("register", _("Register"), _("Registered"), (), Stage.IDEA),
        Event(
            "start_pre_study",
            _("Start the pre-study"),
            _("The pre-study started"),
            (Stage.IDEA,),
            Stage.PRE_STUDY,
            ("lead", "target_group", "sectors"),
        ),
        Event(
            "start_testing",
            _("Start testing"),
            _("Testing started"),
            (Stage.IDEA, Stage.PRE_STUDY),
            Stage.TESTING,
            ("lead", "purpose", "target_group", "triple_aim", "measure", "sectors", "citizens"),
        ),
        Event(
            "submit",
            _("Submit for decision"),
            _("A proposal was submitted for decision"),
            (Stage.TESTING,),
            Stage.DECISION,
            room="decisions",
        ),
        Event(
            "test_further",
            _("Decide: test further"),
            _("It was decided to test further"),
            (Stage.DECISION,),
            Stage.TESTING,
            room="decisions",
        ),
        Event(
            "spread",
            _("Decide: spread"),
            _("It was decided to spread"),
            (Stage.DECISION,),
            Stage.SPREADING,
            room="decisions",
        ),
        Event(
            "hand_over",
            _("Hand over to operation"),
            _("Handed over to operation"),
            (Stage.TESTING, Stage.SPREADING),
            Stage.OPERATION,
            room="operation",
        ),
        Event(
            "stop",
            _("Stop the initiative"),
            _("Stopped"),
            tuple(WAY),
            Stage.STOPPED,
            asks=_("Why does it end, and what was learned?"),
        ),
        Event(
            "reopen",
            _("Reopen the initiative"),
            _("Reopened"),
            (Stage.STOPPED,),
            None,
            asks=_("Why is it taken up again?"),
        ),
    )
}


#: Rooms that have a page for their events: the name of its address, of an initiative.
PAGES = {"decisions": "proposals"}


def events_from(stage: str) -> list[Event]:
    """The events that can follow at `stage`, those of later rooms included."""
    return [event for event in EVENTS.values() if stage in event.sources]


def failing(initiative: Initiative) -> dict[str, Gate]:
    """Every gate that the initiative does not meet now, by name."""
    return {name: gate for name, gate in GATES.items() if not gate.met(initiative)}


def unmet(event: Event, failing: dict[str, Gate]) -> list[Gate]:
    """Those of the failing gates that `event` has, hard ones first."""
    gates = [failing[name] for name in event.gates if name in failing]
    return sorted(gates, key=lambda gate: not gate.hard)


def as_markdown() -> str:
    """The tables as a page for `docs/stages.md`."""
    lines = [
        "# The stages of an initiative",
        "",
        "Printed from `kernen/initiatives/stages.py` by `kernen print_docs`; do not edit.",
        "A stage is never typed in: it follows from events. Hard gates stop an event; a soft",
        "gate is passed with a written reason, which is kept in the journal.",
        "",
        "| event | from | to | gates | asks | performed in |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for event in EVENTS.values():
        gates = ", ".join(
            f"{name} ({'hard' if GATES[name].hard else 'soft'})" for name in event.gates
        )
        way = "every stage" if event.sources == tuple(WAY) else ", ".join(event.sources)
        target = event.target or "the stage before"
        room = event.room or "initiatives"
        asks = event.asks or "–"
        lines.append(
            f"| {event.name} | {way or '–'} | {target} | {gates or '–'} | {asks} | {room} |"
        )
    lines += ["", "| gate | says when it is not met |", "| --- | --- |"]
    lines += [f"| {gate.name} | {gate.missing} |" for gate in GATES.values()]
    lines += ["", "Its lead is asked once whether it still runs, after so long without a trace:"]
    lines += ["", "| stage | days |", "| --- | --- |"]
    lines += [f"| {stage.value} | {after.days} |" for stage, after in IDLE_AFTER.items()]
    return "\n".join(lines) + "\n"
