"""What goes in and out of the API, as its description says."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    WrapValidator,
)

from ..reading.cells import MAX_ROWS
from .sent import Amiss


def _number(said: Any) -> Decimal:
    """A number of JSON, as `api.Exact` reads it; a text that looks like one is none."""
    if isinstance(said, bool) or not isinstance(said, int | Decimal):
        raise ValueError
    return Decimal(said)


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Count = Annotated[int, Field(strict=True)]
#: As many as a point keeps.
MOST = 2**31 - 1


class Point(Schema):
    """One period's figure. Which fields it has is said by `fields` of the measure; with none of
    them the period is known as missing."""

    model_config = ConfigDict(extra="forbid")

    period: str = Field(
        max_length=60, examples=["2026-11-16", "2026-W47", "november 2026"],
        description="The first day of the period, or the period as it is called.",
    )  # fmt: skip
    value: Number | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    size: Count | None = Field(
        None, le=MOST, description="How many observations or events it stands for."
    )
    spread: Number | None = Field(None, description="The standard deviation of the observations.")
    note: str = Field("", max_length=300)


class PlacedPoint(Point):
    """The figure of one place: its series by number, or the organisation and its ward or unit."""

    series: Count | None = None
    organisation: str = Field("", max_length=200)
    place: str = Field("", max_length=150)


def _apart(said: Any, check: Any) -> Any:
    """A row that is not as described says so itself, so that all rows are told of at once."""
    try:
        return check(said)
    except ValidationError as error:
        return Amiss(said if isinstance(said, dict) else {}, error.errors(include_url=False))


Row = Annotated[Point, WrapValidator(_apart)]
PlacedRow = Annotated[PlacedPoint, WrapValidator(_apart)]


class Reasoned(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(
        "", max_length=300, examples=["Three discharges were registered too late"],
        description="Why figures are changed: needed where another figure stands already.",
    )  # fmt: skip


class Points(Reasoned):
    points: list[Row] = Field(max_length=MAX_ROWS)


class PlacedPoints(Reasoned):
    points: list[PlacedRow] = Field(max_length=MAX_ROWS)


class Definition(Schema):
    """What is counted, of whom and from where; and which fields a point has."""

    measure: int
    name: str
    address: str
    initiative: str
    figures: str
    fields: list[str]
    frequency: str
    unit: str
    per: int | None = None
    direction: str
    goal: float | None = None
    numerator: str
    denominator: str
    counted: str
    source: str


class Place(Schema):
    """A series: the measure at one place."""

    series: int
    organisation: str
    place: str
    address: str


class SeriesOut(Place):
    measure: Definition


class MeasureOut(Schema):
    measure: Definition
    places: list[Place]


class PointOut(Schema):
    """A figure as it stands; it can be sent again as it is."""

    period: date
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    size: int | None = None
    spread: float | None = None
    note: str | None = None


class PlacedPointOut(PointOut):
    series: int
    organisation: str
    place: str


class PointsOut(Schema):
    points: list[PointOut]


class PlacedPointsOut(Schema):
    points: list[PlacedPointOut]


class Taken(Schema):
    """How many periods came in anew at a place, and how many got another figure."""

    series: int
    added: int
    changed: int
    at: datetime | None = None


class Told(Schema):
    """What is said of a row by its number from 1, of a field as people call it and by its place in
    the message; of the message as a whole without them."""

    detail: str
    row: int | None = None
    field: str | None = None
    pointer: str | None = None


class Answer(Schema):
    """What came of it: `loads` are the same each time the same is sent under the same key.
    `warnings` are of rows that were taken in and are worth a look, as the figures stand now: far
    from the usual, which nobody has confirmed, or of a period that is not over. The latest periods
    of each series are looked at."""

    dry_run: bool
    loads: list[Taken]
    warnings: list[Told] = []


class ProblemOut(Schema):
    """RFC 9457; `errors` says of each row what is wrong, the first hundred things."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Told] = []
