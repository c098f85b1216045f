"""The shape in which an initiative of the demonstration is told, before it is entered."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kernen.initiatives.models import Initiative, Involvement
from kernen.lib.periods import following
from kernen.measures.actions import Figure

#: What the sources say of time; written in the journal of every initiative.
DAYS = "Eksempeldata: Kilderne nævner år og årstider. Dagene i forløbet er anslået."
YEARS = "Eksempeldata: Kilderne siger, hvad der skete, men ikke hvornår. Datoerne er anslået."

#: The remark on a series of which no figure is known.
MADE_UP = "Eksempeldata: Tal og noter er opdigtet og siger intet om stedet."


@dataclass(frozen=True)
class Event:
    """One of `stages.EVENTS`, from before Kernen."""

    on: date
    name: str
    words: str = ""


@dataclass(frozen=True)
class Note:
    on: date
    words: str


@dataclass(frozen=True)
class Joined:
    on: date
    organisation: str
    role: str = Involvement.Role.PARTNER


@dataclass(frozen=True)
class Told:
    """An initiative; people and organisations by name, the first organisation is responsible.

    `history` runs from the day of registering on. `links` name the kind and the other's title."""

    title: str
    problem: str
    lead: str
    coordinator: str
    organisations: Sequence[str]
    registered: date
    purpose: str = ""
    target_group: str = ""
    citizens: str = ""
    orientation: str = ""
    origin: str = Initiative.Origin.OWN
    priority_area: str = ""
    cluster: str = ""
    dating: str = DAYS
    goals: Mapping[str, str] = field(default_factory=dict)
    history: Sequence[Event | Note | Joined] = ()
    team: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()

    @property
    def story(self) -> dict[str, Any]:
        names = (
            "purpose",
            "target_group",
            "citizens",
            "orientation",
            "origin",
            "priority_area",
        )
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True)
class Followed:
    """A made-up series at a place; `loaded` is the day on which its figures came in. One that is
    `closed` is loaded by somebody of its own."""

    organisation: str
    loaded: date
    remark: str
    place: str = ""
    figures: Sequence[Figure] = ()
    splits: Sequence[tuple[date, str]] = ()
    notes: Sequence[tuple[date, str]] = ()
    closed: bool = False
    corrected: str = ""
    """Why the last figure, a count, was corrected since."""


@dataclass(frozen=True)
class Counted:
    """A measure of the initiative with that title; `fields` are those of `Measure`.

    One that is `shared` says what the measure of that name in the catalogue says."""

    initiative: str
    defined: date
    fields: Mapping[str, Any]
    series: Sequence[Followed] = ()
    shared: str = ""


@dataclass(frozen=True)
class Filed:
    """A document of the initiative with that title: a file with its content, or a link.

    `later` are the versions that followed."""

    initiative: str
    title: str
    on: date
    name: str = ""
    content: bytes = b""
    address: str = ""
    note: str = ""
    later: Sequence["Filed"] = ()


def values(first: date, frequency: str, written: str) -> list[Figure]:
    """A value a period from the first on, as in "48 44 43"."""
    words = written.split()
    return [
        Figure(period, value=Decimal(value))
        for period, value in zip(_periods(first, frequency), words, strict=False)
    ]


def counts(first: date, frequency: str, written: str) -> list[Figure]:
    """A numerator over a denominator a period from the first on, as in "91/100 99/111"."""
    pairs = [pair.split("/") for pair in written.split()]
    return [
        Figure(period, numerator=int(numerator), denominator=int(denominator))
        for period, (numerator, denominator) in zip(_periods(first, frequency), pairs, strict=False)
    ]


def samples(first: date, frequency: str, written: str) -> list[Figure]:
    """Mean, standard deviation and number a period from the first on, as in "4.56~1.51×9"."""
    figures = []
    for period, summary in zip(_periods(first, frequency), written.split(), strict=False):
        mean, spread, size = summary.replace("×", "~").split("~")
        figures.append(Figure(period, value=Decimal(mean), spread=Decimal(spread), size=int(size)))
    return figures


def events(written: str) -> list[Figure]:
    """The days on which it happened, as in "2022-01-11 2022-02-11"."""
    return [
        Figure(date.fromisoformat(day), size=times)
        for day, times in Counter(written.split()).items()
    ]


def _periods(first: date, frequency: str) -> Iterator[date]:
    """Without end."""
    while True:
        yield first
        first = following(first, frequency)
