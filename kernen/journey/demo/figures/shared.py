"""Measures from the catalogue, with made-up figures up to now: who measures what is asked of the
last year."""

from datetime import date, timedelta

from kernen.lib.periods import normalise

from .. import catalogue, region, task_force
from ..told import MADE_UP, Counted, Followed, counts, values
from ..who import HORSENS, VEST

YESTERDAY = date.today() - timedelta(days=1)
MONTHS, WEEKS = 23, 52


def _months_ago(months: int) -> date:
    first = YESTERDAY.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


_MONTH, _WEEK = _months_ago(MONTHS), normalise(YESTERDAY - timedelta(weeks=WEEKS), "week")


def _counted(initiative: str, shared: str, *series: tuple[str, str]) -> Counted:
    weekly, valued = shared == catalogue.FMK, shared == catalogue.WAITING_DAYS
    frequency, first = ("week", _WEEK) if weekly else ("month", _MONTH)
    read = values if valued else counts
    followed = [
        Followed(place, YESTERDAY, remark=MADE_UP, figures=read(first, frequency, written))
        for place, written in series
    ]
    return Counted(initiative, first, {}, followed, shared=shared)


COUNTED = [
    _counted(
        region.MEDICINE_BAG,
        catalogue.FMK,
        (
            HORSENS,
            "41/48 44/51 39/47 45/52 40/49 46/53 43/50 38/46 47/54 42/49 44/52 41/47 40/48 45/53 "
            "43/51 46/52 39/46 44/50 42/51 45/52 41/49 43/50 40/47 46/54 42/48 44/51 57/68 55/66 "
            "60/70 56/69 58/67 54/66 59/71 57/69 61/72 55/65 58/70 56/68 60/71 57/66 54/67 59/69 "
            "58/71 56/67 61/73 55/68 57/67 60/72 58/69 56/66 59/70 57/68",
        ),
    ),
    _counted(
        region.HOME_VISITS,
        catalogue.FOLLOW_UP,
        (
            "Hedensted Kommune",
            "31/44 29/41 33/45 30/43 34/46 28/40 32/44 31/42 35/47 30/42 33/46 29/41 32/45 34/46 "
            "31/43 33/44 30/42 35/47 32/44 26/45 24/43 27/46 25/44",
        ),
        (
            "Odder Kommune",
            "14/22 16/24 13/21 15/23 17/25 14/22 16/23 15/24 13/20 16/24 15/22 14/21 17/25 15/23 "
            "14/22 16/24 13/20 15/22 16/23 12/23 13/24 11/21 12/22",
        ),
    ),
    _counted(
        task_force.COPD,
        catalogue.FOLLOW_UP,
        (
            "Silkeborg Kommune",
            "40/66 43/68 38/64 41/67 44/69 39/65 42/66 45/70 40/64 43/68 41/65 44/69 39/66 42/67 "
            "45/70 41/64 43/68 40/65 44/69 42/66 41/67 43/68 40/64",
        ),
        (
            "Viborg Kommune",
            "51/72 49/70 53/74 50/71 54/75 48/69 52/73 51/70 55/76 50/72 53/74 49/70 52/71 54/75 "
            "51/73 53/72 50/70 55/76 52/74 51/71 54/73 50/72 53/75",
        ),
    ),
    _counted(
        task_force.SET_FREE,
        catalogue.WAITING_DAYS,
        (VEST, "61 58 64 55 60 66 57 62 59 63 54 61 65 58 60 56 62 59 64 57 61 58 63"),
    ),
    _counted(
        task_force.SET_FREE,
        catalogue.READMITTED,
        (
            VEST,
            "28/172 31/180 26/165 30/177 33/184 27/169 29/175 32/181 28/170 30/178 26/166 31/179 "
            "29/173 33/185 27/168 30/176 28/171 32/182 29/174 31/180 27/167 30/177 28/172",
        ),
    ),
]
