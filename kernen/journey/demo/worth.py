"""Gains and costs of three initiatives. The study of heart rehabilitation is real; all amounts are
made up, and marked so.

What was said before a forum decided is entered before that; what figures of later years show, and
what somebody is to find out yet, comes after it, so that what is frozen knows only its own day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kernen.initiatives.models import Initiative
from kernen.measures.models import Series
from kernen.parties.models import Person
from kernen.value import actions

from .region import HEART, TOBS
from .task_force import MULTIMORBIDITY
from .who import MIDT, Who

HOURS, ONCE = {"counted_in": "hours"}, {"recurs": "once"}
REGION, MUNICIPALITY, PRACTICE, CITIZENS = (
    "region",
    "municipality",
    "general_practice",
    "citizens",
)
_ASSUMED = "Eksempeldata: Beløb, timer og år er opdigtet og siger intet om parterne."


@dataclass(frozen=True)
class Said:
    """A gain or a cost: for whom, in words, and what else is known of it."""

    who: str
    words: str
    more: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    series: str = ""
    shows: str = ""
    study: Mapping[str, Any] = field(default_factory=dict)
    found_by: str = ""


@dataclass(frozen=True)
class Worth:
    """`later` are costs that came to light between the target and the forecast; `open` are gains
    that somebody is to find out, said after all that."""

    initiative: str
    by: str
    said: date
    rate: int
    assumed: str
    gains: Sequence[Said]
    costs: Sequence[Said]
    target: date | None = None
    forecast: date | None = None
    later: Sequence[Said] = ()
    open: Sequence[Said] = ()
    actual: Sequence[tuple[str, int, int, int, str]] = ()


def _amount(low: int, likely: int, high: int, first: int, last: int) -> dict[str, int]:
    return {"low": low, "likely": likely, "high": high, "first_year": first, "last_year": last}


def _once(likely: int, year: int, **more: Any) -> dict[str, Any]:
    return {"likely": likely, "first_year": year, "last_year": year, **ONCE, **more}


#: The first year of what is proposed today.
_NEXT = timezone.localdate().year + 1

ALL = [
    Worth(
        TOBS,
        "Karen Lyngholm",
        date(2018, 10, 15),
        330,
        _ASSUMED,
        gains=[
            Said(
                REGION,
                "Færre indlæggelser, der kunne være forebygget",
                _amount(2_500_000, 4_500_000, 6_500_000, 2020, 2024),
                "economy",
            ),
            Said(
                MUNICIPALITY,
                "Mindre pleje efter en indlæggelse",
                _amount(400_000, 1_100_000, 2_000_000, 2021, 2024),
                "economy",
            ),
            Said(
                MUNICIPALITY,
                "En ændret tilstand bliver set samme dag",
                {},
                "health",
                series="Borgere scoret med TOBS ved ændret tilstand",
                shows=(
                    "Eksempeldata: En borger, der bliver scoret den dag, tilstanden ændrer sig, er "
                    "også set den dag."
                ),
            ),
            Said(
                MUNICIPALITY,
                "Borgeren kan blive hjemme, mens sygdommen bliver behandlet",
                {"figure": 350, "unit": "borgere"},
                "citizen",
            ),
        ],
        costs=[
            Said(
                MUNICIPALITY,
                "Tid til at score og handle på scoren",
                HOURS | _amount(6000, 8000, 12_000, 2020, 2024),
            ),
            Said(MUNICIPALITY, "Oplæring i hjemmeplejen", _once(6000, 2020, **HOURS, high=9000)),
            Said(REGION, "Undervisningsmateriale og koordinering", _once(600_000, 2020)),
            Said(
                PRACTICE,
                "Flere opkald fra hjemmeplejen",
                HOURS | _amount(500, 900, 1500, 2020, 2024) | {"rate": 800},
            ),
        ],
        open=[
            Said(
                REGION,
                "Patienten bliver set, før tilstanden er alvorlig",
                {},
                "health",
                found_by="Hanne Elverdam",
            )
        ],
        target=date(2019, 10, 1),
        forecast=date(2020, 1, 20),
        later=[Said(MUNICIPALITY, "Skemaet ind i omsorgsjournalen", _once(900_000, 2020))],
        actual=[
            (
                MUNICIPALITY,
                2020,
                5_900_000,
                0,
                "Eksempeldata: Oplæringen tog længere tid, fordi hold blev aflyst.",
            ),
            (REGION, 2020, 640_000, 3_100_000, "Eksempeldata: Indlæggelser til årets takster."),
        ],
    ),
    Worth(
        HEART,
        "Peter Markdal",
        date(2017, 9, 4),
        340,
        _ASSUMED,
        gains=[
            Said(
                REGION,
                "Hospitalerne holder ikke længere selv holdene",
                _amount(4_800_000, 5_400_000, 6_000_000, 2018, 2022),
                "economy",
            ),
            Said(
                REGION,
                "Færre dør af hjertesygdom, og færre bliver indlagt igen",
                {},
                "health",
                study={
                    "reference": (
                        "Anderson L m.fl.: Exercise-based cardiac rehabilitation for coronary "
                        "heart disease. Cochrane Database of Systematic Reviews 2016"
                    ),
                    "address": "10.1002/14651858.CD001800.pub3",
                    "says": (
                        "Træning efter hjertesygdom mindsker risikoen for at dø af den og for at "
                        "blive indlagt."
                    ),
                },
            ),
            Said(
                MUNICIPALITY,
                "Kortere tid på sygedagpenge",
                _amount(500_000, 1_700_000, 2_500_000, 2018, 2022),
                "economy",
            ),
            Said(
                CITIZENS,
                "Kortere vej til holdet",
                HOURS | _amount(6000, 9000, 12_000, 2018, 2022) | {"rate": 100},
                "economy",
            ),
            Said(PRACTICE, "Lægen kender planen og kan følge op på den", {}, "citizen"),
        ],
        costs=[
            Said(
                MUNICIPALITY,
                "Hold med træning, kost og samtaler",
                _amount(5_500_000, 6_200_000, 7_000_000, 2018, 2022),
            ),
            Said(MUNICIPALITY, "Lokaler og udstyr", _once(1_800_000, 2018, high=2_400_000)),
            Said(REGION, "Lægeansvar og sparring", _amount(400_000, 500_000, 700_000, 2018, 2022)),
        ],
        target=date(2018, 3, 1),
    ),
    Worth(
        MULTIMORBIDITY,
        "Anders Lindeborg",
        timezone.localdate() - timedelta(days=28),
        600,
        (
            "Eksempeldata: Beløb, timer og år er opdigtet. Bevillingen fra Task Force på "
            "450.000 kr. er brugt til afprøvningen og regnes ikke med."
        ),
        gains=[
            Said(
                MIDT,
                "Færre undersøgelser, der gentager hinanden",
                _amount(100_000, 250_000, 450_000, _NEXT, _NEXT + 4),
                "economy",
            ),
            Said(REGION, "Én samlet plan for behandlingen", {}, "citizen"),
            Said(
                PRACTICE,
                "Færre medicinfejl hos den, der har flere sygdomme",
                {},
                "health",
                found_by="Anders Lindeborg",
            ),
        ],
        costs=[
            Said(
                MIDT,
                "Specialister på konferencen",
                HOURS | _amount(250, 320, 500, _NEXT, _NEXT + 4) | {"rate": 850},
            ),
            Said(
                PRACTICE,
                "Egen læge på video",
                HOURS | _amount(150, 200, 350, _NEXT, _NEXT + 4) | {"rate": 950},
            ),
        ],
    ),
]


def enter(entered: dict[str, Initiative], who: Who) -> None:
    """What was said of it before it was decided, or is said now."""
    for worth in ALL:
        _enter(worth, entered[worth.initiative], who)


def follow_on(entered: dict[str, Initiative], who: Who) -> None:
    """What is known since: by figures of later years, and by whom it is to be found out."""
    for worth in ALL:
        initiative, by = entered[worth.initiative], who.people[worth.by]
        for said in worth.gains:
            if said.series:
                gain = initiative.gains.get(words=said.words)
                series = Series.objects.filter(measure__name=said.series).earliest("pk")
                at = _at(timezone.localdate() - timedelta(days=40))
                actions.add_evidence(gain=gain, series=series, says=said.shows, by=by, at=at)
        for said in worth.open:
            _gain(said, initiative, who, by, _at(timezone.localdate() - timedelta(days=40)))


def _enter(worth: Worth, initiative: Initiative, who: Who) -> None:
    by, at = who.people[worth.by], _at(worth.said)
    actions.assume(
        initiative=initiative, hourly_rate=Decimal(worth.rate), assumed=worth.assumed, by=by, at=at
    )
    for said in worth.gains:
        _gain(said, initiative, who, by, at)
    for said in worth.costs:
        actions.add_cost(initiative=initiative, by=by, at=at, **_fields(said, who))
    if worth.target:
        actions.lock(initiative=initiative, stage="target", by=by, at=_at(worth.target))
    for said in worth.later:
        actions.add_cost(initiative=initiative, by=by, at=at, **_fields(said, who))
    if worth.forecast:
        actions.lock(initiative=initiative, stage="forecast", by=by, at=_at(worth.forecast))
    for party, year, paid, gained, words in worth.actual:
        actions.report_actual(
            initiative=initiative,
            who=party,
            year=year,
            paid=paid,
            gained=gained,
            words=words,
            made_up=True,
            by=by,
            at=_at(date(year + 1, 2, 1)),
        )


def _gain(said: Said, initiative: Initiative, who: Who, by: Person, at: datetime) -> None:
    fields = _fields(said, who)
    if said.found_by:
        day = timezone.localdate() + timedelta(days=20)
        fields |= {"finds_out": who.people[said.found_by], "find_by": day}
    gain = actions.add_gain(initiative=initiative, kind=said.kind, by=by, at=at, **fields)
    if said.study:
        actions.add_evidence(gain=gain, by=by, at=at, **said.study)


def _fields(said: Said, who: Who) -> dict[str, Any]:
    named = who.organisations.get(said.who)
    party = f"organisation:{named.pk}" if named else said.who
    return {"who": party, "words": said.words, "made_up": True, **said.more}


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 14))
