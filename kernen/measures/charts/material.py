"""What an evaluation is made from: figures, when each place started, and what is left out.

The same whether it was read from the series a moment ago or was frozen with a result years ago."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from kernen.measures.evaluation import (
    Counted,
    Estimate,
    NoAnswer,
    Segmented,
    Stepped,
    counted,
    segmented,
    stepped,
)
from kernen.measures.evaluation.stepped import NEVER

#: How many periods a year has, and the pairs of sine and cosine that follow it, where the time of
#: year can be told from the figures.
CYCLES = {"month": (12, 2), "quarter": (4, 1)}
#: Whole years that are needed for it.
YEARS = 2

Amounts = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """The figures of a series, one for each period, None where there is none.

    `values` are in the measure's unit; `left_out` says why a figure does not count, or nothing.
    `start` is the first period with the change, None where it has not started; `why` says how that
    is known."""

    name: str
    series: int
    made_up: bool
    values: Amounts
    numerators: Amounts
    denominators: Amounts
    left_out: tuple[str, ...]
    start: date | None
    why: str

    @property
    def judged(self) -> Amounts:
        """The values that count."""
        return self._counting(self.values)

    def _counting(self, amounts: Amounts) -> Amounts:
        return tuple(
            None if out else amount for amount, out in zip(amounts, self.left_out, strict=True)
        )

    def counts(self) -> tuple[list[float], list[float]]:
        """Numerators and denominators that count, NaN where there are none."""
        over, under = self._counting(self.numerators), self._counting(self.denominators)
        return [*map(_number, over)], [*map(_number, under)]


@dataclass(frozen=True, slots=True)
class Material:
    """A measure's figures at a place or at several that are compared (`several`).

    `kind`: "shares" have numerators out of denominators, "events" counts over something, "values"
    are what they are. `factor` brings a ratio to the `unit`."""

    name: str
    unit: str
    direction: str
    frequency: str
    factor: float
    kind: str
    several: bool
    periods: tuple[date, ...]
    places: tuple[PlaceFigures, ...]

    @property
    def made_up(self) -> bool:
        return any(place.made_up for place in self.places)

    def position(self, place: PlaceFigures) -> int:
        """Of the place's first period with the change; past the last where it has not started."""
        if place.start is None:
            return len(self.periods)
        start = place.start
        return sum(period < start for period in self.periods)

    def figures(self) -> tuple[Any, ...]:
        """All that another answer could come from."""
        places = [
            (place.series, place.judged, *place.counts(), self.position(place))
            for place in self.places
        ]
        return self.unit, self.factor, self.kind, self.periods, repr(places)

    def as_json(self) -> dict[str, Any]:
        places = [
            {**asdict(place), "start": place.start.isoformat() if place.start else None}
            for place in self.places
        ]
        periods = [period.isoformat() for period in self.periods]
        return {**asdict(self), "periods": periods, "places": places}


def material_of(data: Mapping[str, Any]) -> Material:
    """What `as_json` made."""
    places = tuple(map(_place_of, data["places"]))
    periods = tuple(map(date.fromisoformat, data["periods"]))
    return Material(**{**data, "periods": periods, "places": places})


def _place_of(data: Mapping[str, Any]) -> PlaceFigures:
    place: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    place["start"] = date.fromisoformat(place["start"]) if place["start"] else None
    return PlaceFigures(**place)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the figures tell: the answer, and what stands beside it.

    `plain` is the same as though each period stood alone; `ratio` how many times as many events
    there are, `seasonal` that with the time of year taken out."""

    main: Segmented | Stepped | NoAnswer
    plain: Segmented | None = None
    ratio: Counted | None = None
    seasonal: Counted | None = None

    def as_json(self) -> dict[str, Any]:
        """Each part under its name; a missing expectation is null, since JSON knows no NaN."""
        return {one.name: _written(getattr(self, one.name)) for one in fields(self)}


def answers_of(data: Mapping[str, Any]) -> Answers:
    """What `as_json` made."""
    return Answers(**{name: _read(part) for name, part in data.items()})


@lru_cache(maxsize=64)
def answers(material: Material) -> Answers:
    """The calculation, once for the same figures."""
    if material.several:
        return Answers(_compared(material))
    place = material.places[0]
    change = material.position(place)
    values = [*map(_number, place.judged)]
    main, plain = segmented(values, change), segmented(values, change, plain=True)
    if not isinstance(plain, Segmented) or material.kind != "events":
        return Answers(main, plain if isinstance(plain, Segmented) else None)
    events, over = place.counts()
    ratio, seasonal = counted(events, change, exposure=over), None
    cycle, harmonics = CYCLES.get(material.frequency, (math.inf, 0))
    if len(material.periods) >= YEARS * cycle:
        seasonal = counted(events, change, exposure=over, harmonics=harmonics, cycle=cycle)
    return Answers(main, plain, _told(ratio), _told(seasonal))


def _compared(material: Material) -> Stepped | NoAnswer:
    starts = [
        NEVER if place.start is None else material.position(place) for place in material.places
    ]
    if material.kind == "values":
        return stepped([[*map(_number, place.judged)] for place in material.places], starts)
    over, under = zip(*(place.counts() for place in material.places), strict=True)
    return stepped(over, starts, n=under, multiply=material.factor)


def _told(answer: Counted | NoAnswer | None) -> Counted | None:
    return answer if isinstance(answer, Counted) else None


def _number(amount: float | None) -> float:
    return math.nan if amount is None else amount


KINDS = {kind.__name__: kind for kind in (Segmented, Stepped, Counted)}


def _written(part: Any) -> Any:
    if part is None:
        return None
    plain = {
        key: [None if isinstance(one, float) and math.isnan(one) else one for one in value]
        if isinstance(value, tuple)
        else value
        for key, value in asdict(part).items()
    }
    return {"kind": type(part).__name__, **plain}


def _read(part: Mapping[str, Any] | None) -> Any:
    if part is None:
        return None
    values = {key: _value(value) for key, value in part.items() if key != "kind"}
    return KINDS[part["kind"]](**values)


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return Estimate(**value)
    return tuple(map(_number, value)) if isinstance(value, list) else value
