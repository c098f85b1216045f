"""Measures from the north of Jutland and from Copenhagen.

Only the series on the shared medicine card answers to figures that are known: the latest point,
the mean numerator and denominator and the last median. All other figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import catalogue, elsewhere
from ..told import MADE_UP, Counted, Followed, counts, events, samples, values
from ..who import AALBORG, BISPEBJERG, COPENHAGEN

HEALTH, EXPERIENCE, COST = Dimension
PROCESS, BALANCING, DOWN = Measure.Kind.PROCESS, Measure.Kind.BALANCING, Measure.Direction.DOWN
RATES, VALUES = Measure.Figures.RATES, Measure.Figures.VALUES
SAMPLES, EVENTS = Measure.Figures.SAMPLES, Measure.Figures.EVENTS
DAY, WEEK, MONTH, QUARTER = list(Measure.Frequency)[:4]

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
        elsewhere.WAITING,
        date(2016, 1, 4),
        {
            "name": "Ventedage for den enkelte borger",
            "dimension": EXPERIENCE,
            "figures": SAMPLES,
            "unit": "dage",
            "direction": DOWN,
            "chart": "xbar",
            "counted": (
                "Dage fra færdigbehandling til udskrivelse for hver borger på 65 år og derover, "
                "der udskrives til rehabiliteringscenteret i måneden"
            ),
            "source": "E-sundhed og kommunens visitationssystem",
        },
        [
            Followed(
                BISPEBJERG,
                date(2019, 1, 14),
                remark=MADE_UP,
                figures=samples(
                    date(2016, 1, 1),
                    MONTH,
                    "4.56~1.51×9 4.94~1.51×18 4.65~1.66×17 4.33~1.78×12 4.15~2.67×13 "
                    "3.77~1.79×13 4.44~1.81×9 4.31~1.30×16 5.11~1.60×18 3.50~1.51×12 "
                    "4.00~1.69×8 3.86~1.29×14 4.33~1.59×15 4.45~2.02×11 4.67~2.23×15 "
                    "4.32~1.34×19 3.60~1.84×15 4.29~1.31×17 2.88~1.75×16 3.12~1.25×8 "
                    "2.94~1.25×17 3.40~1.84×10 2.90~1.79×10 3.12~1.81×8 2.78~1.22×18 "
                    "2.44~1.33×9 3.32~1.86×19 2.68~1.80×19 2.85~0.99×13 3.36~1.50×11 "
                    "2.67~1.41×9 3.00~1.51×15 2.55~1.21×11 2.64~1.69×11 2.76~1.25×17 "
                    "2.80~1.48×10",
                ),
                splits=[
                    (
                        date(2017, 7, 1),
                        "Den daglige gennemgang og kapacitetskonferencerne er blevet fast praksis.",
                    )
                ],
                notes=[(date(2017, 4, 3), "Daglig gennemgang af hver borger")],
            )
        ],
    ),
    Counted(
        elsewhere.INFECTIONS,
        date(2018, 1, 8),
        {
            "name": "Urinvejsinfektioner",
            "dimension": HEALTH,
            "figures": RATES,
            "unit": "sengedage",
            "per": 1000,
            "direction": DOWN,
            "chart": "u",
            "numerator": "Behandlede urinvejsinfektioner, der er opstået under opholdet",
            "denominator": "Sengedage i måneden",
            "counted": "Borgere på 65 år og derover",
        },
        [
            Followed(
                COPENHAGEN,
                date(2020, 1, 6),
                place="Rehabiliteringscenteret",
                remark=MADE_UP,
                figures=counts(
                    date(2018, 1, 1),
                    MONTH,
                    "6/908 7/1002 4/1039 9/950 8/902 12/976 10/1008 11/1045 8/909 10/904 9/1022 "
                    "8/1008 20/1070 12/1038 7/974 6/964 5/1131 3/963 4/934 2/913 7/986 4/989 "
                    "7/960 4/976",
                ),
                notes=[(date(2019, 3, 4), "Drikkerunder og tidlig opmærksomhed på symptomer")],
            ),
            Followed(
                COPENHAGEN,
                date(2020, 1, 6),
                place="De midlertidige pladser",
                remark=MADE_UP,
                figures=counts(
                    date(2018, 1, 1),
                    MONTH,
                    "3/679 6/592 3/635 6/610 3/645 4/588 3/647 3/605 10/656 7/633 4/615 7/581 "
                    "3/638 4/627 7/670 5/596 2/630 10/629 3/620 3/618 6/617 3/588 3/573 2/595",
                ),
            ),
        ],
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
    Counted(
        elsewhere.RECEPTION,
        date(2022, 1, 3),
        {
            "name": "Dage mellem fald med alvorlig skade",
            "kind": BALANCING,
            "dimension": HEALTH,
            "figures": EVENTS,
            "frequency": DAY,
            "unit": "dage",
            "chart": "t",
            "counted": "Fald på centeret, der fører til brud, hovedskade eller indlæggelse",
            "source": "Utilsigtede hændelser, som centeret har indberettet",
        },
        [
            Followed(
                COPENHAGEN,
                date(2026, 10, 1),
                place="Rehabiliteringscenteret",
                remark=MADE_UP,
                figures=events(
                    "2022-01-11 2022-02-11 2022-03-24 2022-04-04 2022-04-17 2022-07-29 "
                    "2022-10-05 2022-12-03 2022-12-10 2022-12-18 2023-01-01 2023-01-21 "
                    "2023-02-20 2023-03-01 2023-03-27 2023-04-04 2023-04-12 2023-05-16 "
                    "2023-07-21 2023-10-07 2023-11-21 2024-01-16 2024-02-15 2024-03-28 "
                    "2024-07-07 2024-11-13 2024-12-03 2024-12-27 2025-04-25 2025-07-11 "
                    "2025-10-02 2026-01-19 2026-05-30 2026-09-08"
                ),
                splits=[(date(2023, 7, 21), "Faldrunden hver morgen er blevet fast praksis.")],
                notes=[(date(2023, 5, 1), "Faldrunde hver morgen")],
            )
        ],
    ),
]
