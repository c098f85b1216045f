"""What was expected when it was decided, beside what is expected now and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kernen.initiatives.models import Initiative

from . import summary
from .locking import Then, Year, compare, content, last_of_each
from .models import Amount, Basis, Cost, Gain, Locked
from .summary import Summary

_FIGURES = ("low", "likely", "high", "rate", "figure")
#: What a locked row holds beside the fields of its model.
_BESIDE = ("who", "party", "basis")
STAGES = ("target", "forecast")


@dataclass(frozen=True)
class Said:
    """A gain or a cost as it was said at one moment; of a gain, how well it was known."""

    row: Any  # a Gain or a Cost, unsaved where it was locked
    basis: str = ""


@dataclass(frozen=True)
class Course:
    """One gain or one cost: as the target, as the forecast, and now; None where it was not said."""

    party: str
    words: str
    said: tuple[Said | None, ...]


@dataclass(frozen=True)
class Since:
    then: list[Then]
    now: Summary
    gains: list[Course]
    costs: list[Course]
    compared: list[Year]

    @property
    def said(self) -> str:
        """What is expected now, in the same words as what was locked."""
        locked = Locked(initiative=self.now.initiative, content=content(self.now))
        return Then(locked).said


def since(initiative: Initiative) -> Since:
    """At the same number of queries however much was said and reported."""
    now = summary.of(initiative)
    then = last_of_each(initiative.locked_values.select_related("by"))
    actuals = initiative.actuals.select_related("organisation", "by")
    gains: dict[int, tuple[str, Said]] = {
        one.gain.pk: (one.gain.who_said, Said(one.gain, str(one.basis.label))) for one in now.gains
    }
    costs = {cost.pk: (cost.who_said, Said(cost)) for cost in now.costs}
    return Since(
        then=[one for stage in STAGES if (one := then.get(stage))],
        now=now,
        gains=_courses(then, "gains", Gain, gains),
        costs=_courses(then, "costs", Cost, costs),
        compared=compare(then, actuals),
    )


def _courses(
    then: Mapping[str, Then],
    rows: str,
    model: type[Amount],
    now: Mapping[int, tuple[str, Said]],
) -> list[Course]:
    moments = [
        _locked(then[stage].locked.content[rows], model) if stage in then else {}
        for stage in STAGES
    ]
    moments.append(dict(now))
    found = []
    for key in sorted({key for moment in moments for key in moment}):
        told = [moment.get(key) for moment in moments]
        party, last = [one for one in told if one][-1]
        said = tuple(one[1] if one else None for one in told)
        found.append(Course(party, last.row.words, said))
    return found


def _locked(rows: Iterable[Mapping[str, Any]], model: type[Amount]) -> dict[int, tuple[str, Said]]:
    """Rows as they were locked, by their number."""
    return {row["pk"]: (row["party"], _as_said(row, model)) for row in rows if "pk" in row}


def _as_said(row: Mapping[str, Any], model: type[Amount]) -> Said:
    fields = {
        name: Decimal(value) if name in _FIGURES and value is not None else value
        for name, value in row.items()
        if name not in _BESIDE
    }
    basis = str(Basis(row["basis"]).label) if "basis" in row else ""
    return Said(model(**fields), basis)
