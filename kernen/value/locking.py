"""What is kept of the estimates when a decision is taken, and how it is read again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from . import sentences
from .models import Actual, Amount, Locked
from .money import kroner

if TYPE_CHECKING:
    from .summary import Summary

_AMOUNT = (
    "pk", "who", "words", "counted_in", "low", "likely", "high", "rate", "first_year", "last_year",
)  # fmt: skip


def content(summary: Summary) -> dict[str, Any]:
    """Every row with how well it was known, and the reckoned figures, as plain values."""
    simulation = summary.simulation
    return {
        "gains": [
            _plain(one.gain, *_AMOUNT, "kind", "figure", "unit", "per") | {"basis": one.basis.value}
            for one in summary.gains
        ],
        "costs": [_plain(cost, *_AMOUNT, "recurs") for cost in summary.costs],
        "parties": {one.who: one.label for one in summary.parties},
        "years": list(summary.net.years),
        "net": {who: list(summary.net.of(who)) for who in summary.net.parties},
        "hourly_rate": _text(summary.terms.hourly_rate),
        "payback": asdict(summary.payback) if summary.net.years else None,
        "simulation": asdict(simulation) if simulation else None,
        "made_up": summary.made_up,
    }


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The gains and costs that are not in both alike, by their words."""
    named: dict[str, None] = {}
    for rows in ("gains", "costs"):
        for these, those in ((before[rows], after[rows]), (after[rows], before[rows])):
            there = [_but_label(row) for row in those]
            named |= {row["words"]: None for row in these if _but_label(row) not in there}
    if before["hourly_rate"] != after["hourly_rate"]:
        named[gettext("kroner an hour")] = None
    return list(named)


def _but_label(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what its party is called, which differs by language."""
    return {name: value for name, value in row.items() if name != "party"}


def _plain(row: Amount, *names: str) -> dict[str, Any]:
    return {name: _text(getattr(row, name)) for name in names} | {"party": row.who_said}


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Then:
    """What was locked, ready to be compared with what came of it."""

    locked: Locked

    @property
    def net(self) -> Mapping[str, list[float]]:
        return self.locked.content["net"]  # type: ignore[no-any-return]

    @property
    def years(self) -> list[int]:
        return self.locked.content["years"]  # type: ignore[no-any-return]

    @property
    def total(self) -> float:
        return sum(map(sum, self.net.values()))

    @property
    def gains(self) -> list[dict[str, Any]]:
        return self.locked.content["gains"]  # type: ignore[no-any-return]

    @property
    def documented(self) -> int:
        return sum(gain["basis"] == "documented" for gain in self.gains)

    @property
    def said(self) -> str:
        return sentences.then(self)

    @property
    def said_at(self) -> datetime | None:
        """When it was said, where that was before it was locked."""
        at = self.locked.content.get("said_at")
        return datetime.fromisoformat(at) if at else None

    @property
    def changed(self) -> list[str]:
        """What was changed after it was said and before it was locked, and is not in it."""
        return self.locked.content.get("changed", [])  # type: ignore[no-any-return]

    def of(self, who: str, year: int) -> float | None:
        """What the party was expected to gain, or to lose, in that year; None where it was not
        reckoned."""
        if who not in self.net or year not in self.years:
            return None
        return self.net[who][self.years.index(year)]


def last_of_each(locked: Iterable[Locked]) -> dict[str, Then]:
    """The last that was locked of each stage; `locked` stands newest first."""
    found: dict[str, Then] = {}
    for one in locked:
        found.setdefault(one.stage, Then(one))
    return found


@dataclass(frozen=True)
class Compared:
    """One party's year: what was expected, and what came of it."""

    actual: Actual
    target: float | None
    forecast: float | None

    @property
    def said(self) -> dict[str, str]:
        """Each net as people read it."""
        amounts = {"target": self.target, "forecast": self.forecast, "actual": self.actual.net}
        return {name: "–" if n is None else kroner(n) for name, n in amounts.items()}


@dataclass(frozen=True)
class Year:
    """A year in which something is reported: all parties that have, and the names of those of
    which something was expected and that have not."""

    year: int
    rows: tuple[Compared, ...]
    silent: Mapping[str, str]

    @property
    def actual(self) -> float:
        return sum(row.actual.net for row in self.rows)

    def expected(self, stage: str) -> float | None:
        """The sum over the same parties; None where it is not known for all of them."""
        each = [getattr(row, stage) for row in self.rows]
        return None if None in each else sum(each)

    @property
    def said(self) -> str:
        return sentences.year(self)


def compare(then: Mapping[str, Then], actuals: Iterable[Actual]) -> list[Year]:
    """The years in order; of what a party has reported of a year the last counts."""
    latest = {(actual.year, actual.who): actual for actual in actuals}
    years: dict[int, list[Compared]] = {}
    for (year, who), actual in sorted(latest.items(), key=lambda pair: pair[0][0]):
        expected = {stage: one.of(who, year) for stage, one in then.items()}
        row = Compared(actual, expected.get("target"), expected.get("forecast"))
        years.setdefault(year, []).append(row)
    return [Year(year, tuple(rows), _silent(then, latest, year)) for year, rows in years.items()]


def _silent(
    then: Mapping[str, Then], reported: Container[tuple[int, str]], year: int
) -> dict[str, str]:
    return {
        who: label
        for one in then.values()
        for who, label in one.locked.content["parties"].items()
        if one.of(who, year) and (year, who) not in reported
    }
