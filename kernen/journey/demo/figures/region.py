"""Measures of the whole region's initiatives; all figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import catalogue, region
from ..told import MADE_UP, Counted, Followed, counts, values
from ..who import AARHUS, HORSENS, VEST

HEALTH, EXPERIENCE = Dimension.HEALTH, Dimension.EXPERIENCE
PROCESS, BALANCING, DOWN = Measure.Kind.PROCESS, Measure.Kind.BALANCING, Measure.Direction.DOWN
VALUES = Measure.Figures.VALUES
MONTH, QUARTER = Measure.Frequency.MONTH, Measure.Frequency.QUARTER

COUNTED = [
    Counted(
        region.TOBS,
        date(2018, 10, 8),
        {
            "goal": 80,
        },
        [
            Followed(
                "Horsens Kommune",
                date(2021, 1, 11),
                remark=MADE_UP,
                figures=counts(
                    date(2018, 10, 1),
                    MONTH,
                    "32/62 28/60 23/44 34/57 30/58 37/61 44/71 39/67 35/54 36/66 "
                    "31/50 30/55 34/55 48/56 46/62 55/69 48/59 46/60 44/56 45/57 "
                    "49/65 47/61 49/59 62/70 45/59 51/64 41/52",
                ),
                splits=[(date(2019, 11, 1), "Alle aftenhold scorer nu på skemaet.")],
                notes=[(date(2019, 11, 1), "Skemaet ligger i omsorgsjournalen")],
            ),
            Followed(
                "Viborg Kommune",
                date(2021, 1, 12),
                remark=MADE_UP,
                figures=counts(
                    date(2019, 1, 1),
                    MONTH,
                    "60/86 62/85 64/90 73/89 69/95 61/78 70/84 74/91 70/90 67/90 "
                    "64/89 62/85 72/105 68/95 72/89 68/87 64/88 74/99 63/81 67/93 "
                    "76/102 68/87 71/88 63/88",
                ),
            ),
            # Too few points for the rules.
            Followed(
                "Lemvig Kommune",
                date(2021, 1, 13),
                remark=MADE_UP,
                figures=counts(
                    date(2020, 7, 1),
                    MONTH,
                    "12/24 12/20 11/22 16/21 7/12 12/18",
                ),
            ),
        ],
        shared=catalogue.TOBS,
    ),
    Counted(
        region.HEART,
        date(2018, 3, 5),
        {},
        [
            Followed(
                VEST,
                date(2021, 2, 1),
                remark=MADE_UP,
                figures=counts(
                    date(2018, 1, 1),
                    QUARTER,
                    "86/115 80/113 77/101 87/112 86/122 87/114 92/119 86/115 96/122 "
                    "91/119 83/110 86/112",
                ),
            )
        ],
        shared=catalogue.REHABILITATION,
    ),
    Counted(
        region.SMOKING,
        date(2019, 1, 21),
        {},
        [
            Followed(
                HORSENS,
                date(2021, 1, 18),
                remark=MADE_UP,
                figures=values(
                    date(2019, 1, 1),
                    MONTH,
                    "18 17 13 14 18 18 14 16 16 10 18 11 18 20 23 15 14 24 26 21 25 20 22 18",
                ),
                splits=[(date(2020, 1, 1), "Spørgsmålet er blevet en fast del af journalen.")],
            ),
            Followed(
                AARHUS,
                date(2021, 1, 19),
                remark=MADE_UP,
                figures=values(
                    date(2019, 1, 1),
                    MONTH,
                    "25 27 36 30 26 37 31 38 39 38 30 22 23 28 41 41 28 34 28 25 27 28 31 39",
                ),
            ),
        ],
        shared=catalogue.REFERRALS,
    ),
    # Getting worse: what more referrals may cost elsewhere.
    Counted(
        region.SMOKING,
        date(2019, 1, 21),
        {
            "name": "Ventetid på rygestophold",
            "kind": BALANCING,
            "dimension": EXPERIENCE,
            "figures": VALUES,
            "unit": "dage",
            "direction": DOWN,
            "counted": "Dage fra henvisning til første møde, median for månedens henviste borgere",
        },
        [
            Followed(
                "Aarhus Kommune",
                date(2021, 1, 20),
                remark=MADE_UP,
                figures=values(
                    date(2019, 1, 1),
                    MONTH,
                    "14 15 13 17 12 11 15 18 13 14 17 13 14 14 19 18 21 20 16 23 20 22 20 22",
                ),
                splits=[(date(2020, 3, 1), "Der kommer flere henvisninger, end der er hold til.")],
            )
        ],
    ),
]
