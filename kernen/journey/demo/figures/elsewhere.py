"""Measures from the north of Jutland and from Copenhagen.

Only the series on the shared medicine card answers to figures that are known: the latest point,
the mean numerator and denominator and the last median. All other figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import catalogue, elsewhere
from ..told import MADE_UP, Counted, Followed, counts, values
from ..who import AALBORG, BISPEBJERG, COPENHAGEN

HEALTH, EXPERIENCE, COST = Dimension
PROCESS, BALANCING, DOWN = Measure.Kind.PROCESS, Measure.Kind.BALANCING, Measure.Direction.DOWN
VALUES = Measure.Figures.VALUES
WEEK, MONTH, QUARTER = Measure.Frequency.WEEK, Measure.Frequency.MONTH, Measure.Frequency.QUARTER

COUNTED = [
    Counted(
        elsewhere.DRY,
        date(2021, 3, 8),
        {
            "name": "Henviste børn, der kunne være hjulpet uden hospitalet",
            "dimension": COST,
            "frequency": QUARTER,
            "direction": DOWN,
            "numerator": "Henviste børn, der ikke har brug for specialiseret behandling",
            "denominator": "Børn henvist med inkontinens i kvartalet",
        },
        [
            Followed(
                AALBORG,
                date(2025, 1, 20),
                remark=MADE_UP,
                figures=counts(
                    date(2019, 1, 1),
                    QUARTER,
                    "40/93 30/84 34/84 39/83 37/83 35/69 36/79 34/75 41/87 36/80 "
                    "37/86 37/75 21/82 20/83 27/94 29/89 24/70 35/97 32/73 27/94 "
                    "29/90 28/80 36/97 23/75",
                ),
                splits=[(date(2022, 1, 1), "Sundhedsplejen tager nu selv den første samtale.")],
                notes=[
                    (date(2021, 4, 1), "Vidensstedet åbner"),
                    (date(2021, 10, 1), "Sundhedsplejen er oplært"),
                ],
            )
        ],
    ),
    Counted(
        elsewhere.TOBS_AT_CENTRE,
        date(2018, 4, 30),
        {
            "name": "Borgere scoret ved modtagelsen",
            "kind": PROCESS,
            "dimension": HEALTH,
            "numerator": "Borgere, der er scoret med TOBS den første dag",
            "denominator": "Borgere modtaget i måneden",
        },
        [
            Followed(
                COPENHAGEN,
                date(2019, 1, 7),
                place="Rehabiliteringscenteret",
                remark=MADE_UP,
                figures=counts(
                    date(2018, 5, 1),
                    MONTH,
                    "10/13 6/9 6/8 8/10 9/13 7/11 9/11 7/9",
                ),
            )
        ],
    ),
    Counted(
        elsewhere.WAITING,
        date(2016, 1, 4),
        {
            "name": "Ventedage",
            "dimension": COST,
            "figures": VALUES,
            "unit": "dage",
            "direction": DOWN,
            "counted": (
                "Dage fra færdigbehandling til udskrivelse, lagt sammen for måneden, for borgere "
                "på 65 år og derover, der udskrives til rehabiliteringscenteret"
            ),
            "source": "E-sundhed og kommunens visitationssystem",
        },
        [
            Followed(
                BISPEBJERG,
                date(2019, 1, 14),
                remark=(
                    "Eksempeldata: Kilden viser serien som et billede. Målingen og årene er "
                    "kildens; tallene og tidspunkterne for ændringerne er opdigtet."
                ),
                figures=values(
                    date(2016, 1, 1),
                    MONTH,
                    "48 44 43 34 55 36 46 48 37 43 47 52 43 51 41 41 37 47 24 27 32 "
                    "26 27 30 35 26 25 23 28 29 19 25 30 28 30 29",
                ),
                splits=[
                    (
                        date(2017, 7, 1),
                        "Den daglige gennemgang og kapacitetskonferencerne er blevet fast praksis.",
                    )
                ],
                notes=[
                    (date(2016, 10, 3), "Kapacitetskonferencer på tværs"),
                    (date(2017, 4, 3), "Daglig gennemgang af hver borger"),
                    (date(2018, 3, 1), "Plejeforløbsplaner til tiden"),
                ],
            )
        ],
    ),
    Counted(
        elsewhere.WAITING,
        date(2016, 1, 4),
        {
            "name": "Genindlagte inden for 30 dage",
            "kind": BALANCING,
            "dimension": HEALTH,
            "direction": DOWN,
            "numerator": "Udskrevne, der bliver indlagt igen inden for 30 dage",
            "denominator": "Udskrevne til rehabiliteringscenteret i måneden",
            "counted": "Borgere på 65 år og derover",
        },
        [
            Followed(
                BISPEBJERG,
                date(2019, 2, 11),
                remark=MADE_UP,
                figures=counts(
                    date(2016, 1, 1),
                    MONTH,
                    "9/49 8/50 8/59 13/59 12/55 4/64 9/61 7/68 3/49 9/58 8/54 7/51 "
                    "5/58 5/52 11/54 11/55 11/56 8/65 8/54 9/57 9/58 8/56 7/53 7/60 "
                    "9/54 9/60 8/65 8/57 14/58 10/62 7/54 10/58 4/54 10/66 13/59 "
                    "11/53",
                ),
            )
        ],
    ),
    # Named by the sources as measured, but without figures.
    Counted(
        elsewhere.WAITING,
        date(2016, 6, 6),
        {
            "name": "Udskrevet fra centeret til eget hjem",
            "dimension": EXPERIENCE,
            "numerator": "Borgere, der udskrives fra centeret til eget hjem",
            "denominator": "Borgere, der udskrives fra centeret i måneden",
        },
    ),
    Counted(
        elsewhere.WAITING,
        date(2016, 6, 6),
        {},
        shared=catalogue.PLANS,
    ),
    Counted(
        elsewhere.WAITING,
        date(2016, 6, 6),
        {
            "name": "Forgæves ambulante tider",
            "kind": PROCESS,
            "dimension": COST,
            "figures": VALUES,
            "unit": "tider",
            "direction": DOWN,
            "counted": "Ambulante tider, der går tabt, fordi borgeren er indlagt",
        },
    ),
    Counted(
        elsewhere.FMK,
        date(2018, 4, 2),
        {},
        [
            Followed(
                BISPEBJERG,
                date(2018, 11, 26),
                place="Ortopædkirurgisk Afdeling M",
                remark=(
                    "Eksempeldata: Kilden viser serien som et billede. Seneste uge, gennemsnittet "
                    "og den seneste median er kildens. De øvrige tal er opdigtet, så de passer."
                ),
                figures=counts(
                    date(2018, 4, 2),
                    WEEK,
                    "91/100 99/111 111/123 95/106 108/120 103/114 89/98 115/127 "
                    "99/110 108/119 95/105 111/122 102/113 92/101 117/128 105/116 "
                    "99/109 114/124 94/103 108/118 112/121 103/112 106/115 116/126 "
                    "108/115 101/108 105/110 98/104 104/109 99/102 118/122 110/117 "
                    "107/115 128/133",
                ),
                splits=[
                    (
                        date(2018, 10, 1),
                        "Niveauet er et andet fra uge 40. Kilden begynder en ny median her.",
                    )
                ],
            )
        ],
        shared=catalogue.FMK,
    ),
]
