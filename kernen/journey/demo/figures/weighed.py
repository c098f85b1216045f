"""Measures whose changes are weighed: one place with a clear effect, and places that start one
after another; all figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import elsewhere, region
from ..told import MADE_UP, Counted, Followed, counts, values
from ..who import COPENHAGEN

PROCESS, DOWN = Measure.Kind.PROCESS, Measure.Direction.DOWN
VALUES, MONTH = Measure.Figures.VALUES, Measure.Frequency.MONTH

INFECTIONS, VISITS = "Behandlede urinvejsinfektioner", "Besøgt hjemme inden for syv dage"
#: The first period with the visits, by place; the last place has not begun.
STARTED: dict[str, tuple[date | None, str]] = {
    "Horsens Kommune": (date(2018, 6, 1), "Første besøg den 4. juni, siger hjemmesygeplejen."),
    "Hedensted Kommune": (date(2018, 10, 1), "Aftalen med lægerne trådte i kraft 1. oktober."),
    "Odder Kommune": (date(2019, 1, 1), "Står i kommunens årsplan."),
    "Skanderborg Kommune": (date(2019, 5, 1), "Efter kurset for sygeplejerskerne i april."),
    "Silkeborg Kommune": (date(2019, 9, 1), "Oplyst af lederen af hjemmesygeplejen."),
    "Favrskov Kommune": (None, "Lederen siger, at de tidligst begynder til sommer."),
}
_VISITED = {
    "Horsens Kommune": "30/58 32/67 37/65 24/49 35/67 53/69 49/68 22/31 37/47 36/53 27/39 30/43 "
    "37/54 37/61 36/52 28/35 43/56 43/64 28/37 33/50 30/42 47/65 20/30 37/48 49/65 35/46",
    "Hedensted Kommune": "21/33 32/61 38/68 39/69 40/67 34/43 38/58 42/68 28/52 54/67 41/52 25/35 "
    "38/47 40/53 31/40 45/57 35/45 54/67 32/36 40/55 20/31 24/33 40/49 38/48 37/48 43/48",
    "Odder Kommune": "35/63 29/49 18/43 24/68 35/65 25/42 20/36 17/37 19/34 19/49 31/52 28/54 "
    "45/65 43/67 31/50 34/52 17/31 27/39 48/69 46/67 21/29 32/48 30/48 34/56 21/32 29/47",
    "Skanderborg Kommune": "19/43 20/37 41/62 32/57 26/35 33/60 19/50 21/36 27/55 34/47 22/48 "
    "29/43 36/68 22/35 42/69 25/37 52/61 50/68 24/33 54/65 22/29 36/44 35/50 49/59 27/35 20/29",
    "Silkeborg Kommune": "22/40 35/66 20/41 26/50 14/30 37/62 30/68 17/39 33/63 22/43 17/40 28/42 "
    "16/34 41/68 15/32 29/46 31/54 31/48 16/32 41/68 48/64 45/65 26/34 29/44 33/44 25/40",
    "Favrskov Kommune": "16/28 29/61 23/58 12/32 20/35 24/44 33/66 33/64 18/33 44/66 16/40 20/37 "
    "35/69 13/31 17/29 34/61 12/38 29/54 21/42 19/37 24/45 21/49 23/34 17/30 32/69 35/57",
}

COUNTED = [
    Counted(
        elsewhere.INFECTIONS,
        date(2018, 1, 8),
        {
            "name": INFECTIONS,
            "dimension": Dimension.HEALTH,
            "figures": VALUES,
            "unit": "infektioner",
            "direction": DOWN,
            "chart": "c",
            "counted": "Borgere på rehabiliteringscenteret, hver behandling talt for sig",
            "source": "Centerets medicinliste",
        },
        [
            Followed(
                COPENHAGEN,
                date(2020, 1, 13),
                remark=MADE_UP,
                figures=values(
                    date(2016, 1, 1),
                    MONTH,
                    "24 34 26 19 23 22 32 23 29 35 25 25 29 29 20 19 26 34 39 25 31 26 26 28 "
                    "12 9 14 12 13 15 18 16 15 10 13 18 13 12 10 21 14 23 14 12 19 22 17 16",
                ),
                splits=[
                    (date(2018, 1, 1), "Alle afsnit følger nu de fem råd om væske og hygiejne.")
                ],
            )
        ],
    ),
    Counted(
        region.HOME_VISITS,
        date(2017, 12, 4),
        {
            "name": VISITS,
            "kind": PROCESS,
            "dimension": Dimension.EXPERIENCE,
            "numerator": "Udskrevne med besøg af læge og sygeplejerske inden for syv dage",
            "denominator": "Udskrevne, som hospitalet har henvist til besøg, i måneden",
            "counted": "Udskrevne borgere i kommunen",
            "source": "Kommunens omsorgsjournal",
        },
        [
            Followed(
                place,
                date(2020, 3, 9),
                remark=MADE_UP,
                figures=counts(date(2018, 1, 1), MONTH, visited),
            )
            for place, visited in _VISITED.items()
        ],
    ),
]
