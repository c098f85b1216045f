"""Measures of the clusters' and the Task Force's initiatives; all figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import task_force
from ..told import MADE_UP, Counted, Followed, counts, values
from ..who import MIDT, REGION

HEALTH, EXPERIENCE = Dimension.HEALTH, Dimension.EXPERIENCE
PROCESS, DOWN = Measure.Kind.PROCESS, Measure.Direction.DOWN
VALUES, MONTH = Measure.Figures.VALUES, Measure.Frequency.MONTH

COUNTED = [
    Counted(
        task_force.COPD,
        date(2015, 2, 2),
        {
            "name": "KOL-patienter genindlagt inden for 30 dage",
            "dimension": HEALTH,
            "direction": DOWN,
            "numerator": "Udskrevne, der bliver akut indlagt igen inden for 30 dage",
            "denominator": "Udskrevne med KOL i måneden",
            "counted": "Patienter udskrevet til en af klyngens kommuner",
        },
        [
            Followed(
                MIDT,
                date(2016, 2, 8),
                remark=MADE_UP,
                figures=counts(
                    date(2013, 7, 1),
                    MONTH,
                    "10/48 7/40 11/48 12/47 8/48 13/47 9/48 9/47 9/42 14/47 7/48 "
                    "14/53 8/40 16/44 6/41 5/46 9/54 8/49 9/53 8/47 10/48 10/47 "
                    "3/47 4/46 13/50 12/41 16/46 6/43 16/44 9/41",
                ),
                notes=[(date(2015, 2, 2), "Prøvehandlingerne begynder")],
                corrected="Tre genindlæggelser manglede i det første udtræk.",
            )
        ],
    ),
    Counted(
        task_force.COPD,
        date(2015, 2, 2),
        {
            "name": "Ved, hvem de kan ringe til",
            "kind": PROCESS,
            "dimension": EXPERIENCE,
            "numerator": "Patienter, der svarer ja, når de bliver spurgt to dage efter",
            "denominator": "Udskrevne med KOL, der er spurgt",
        },
        [
            Followed(
                MIDT,
                date(2016, 2, 8),
                remark=MADE_UP,
                figures=counts(
                    date(2014, 4, 1),
                    MONTH,
                    "30/47 29/41 28/43 24/48 23/40 34/47 18/44 20/42 23/44 28/45 "
                    "19/40 27/36 25/38 33/43 31/40 33/42 35/44 34/48 30/40 34/42 "
                    "36/47",
                ),
                splits=[(date(2015, 3, 1), "Alle får et kort med ét nummer at ringe til.")],
            )
        ],
    ),
    Counted(
        task_force.SHOULDER,
        date(2013, 4, 8),
        {
            "name": "Dage til udredning",
            "dimension": EXPERIENCE,
            "figures": VALUES,
            "unit": "dage",
            "direction": DOWN,
            "goal": 21,
            "counted": (
                "Dage fra første henvendelse til udredning, median for månedens borgere med ondt "
                "i skulderen i de tre kommuner"
            ),
        },
        [
            Followed(
                MIDT,
                date(2015, 2, 9),
                remark=MADE_UP,
                figures=values(
                    date(2013, 4, 1),
                    MONTH,
                    "40 40 35 34 37 40 39 42 14 26 16 29 22 26 19 23 21 18 21 16 15 27",
                ),
                splits=[(date(2013, 12, 1), "Åbent hus holdes nu hver uge.")],
                notes=[(date(2013, 12, 1), "Åbent hus hver uge")],
            )
        ],
    ),
    Counted(
        task_force.MULTIMORBIDITY,
        date(2014, 10, 6),
        {
            "name": "Konferencer med egen læge på video",
            "kind": PROCESS,
            "figures": VALUES,
            "unit": "konferencer",
            "counted": "Konferencer, hvor patientens praktiserende læge er med på video",
        },
        [
            Followed(
                MIDT,
                date(2015, 5, 11),
                place="Diagnostisk Center Silkeborg",
                remark=MADE_UP,
                figures=values(
                    date(2014, 10, 1),
                    MONTH,
                    "7 5 4 5 6 5 6",
                ),
                notes=[(date(2015, 1, 5), "Egen læge får et link med indkaldelsen")],
            )
        ],
    ),
    # Followed at a place, but no figures have come in.
    Counted(
        task_force.TELEMEDICINE,
        date(2015, 3, 9),
        {
            "name": "Løst ved første henvendelse",
            "kind": PROCESS,
            "dimension": EXPERIENCE,
            "numerator": "Henvendelser, der er løst, uden at borgeren må ringe igen",
            "denominator": "Henvendelser til servicecenteret i måneden",
        },
        [Followed(REGION, date(2015, 3, 9), remark="Eksempeldata: Målingen er opdigtet.")],
    ),
]
