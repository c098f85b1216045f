"""A measure of single practices, of which all but one are closed; all figures are made up."""

from datetime import date

from kernen.initiatives.models import Dimension
from kernen.measures.models import Measure

from .. import region
from ..told import MADE_UP, Counted, Followed, counts
from ..who import PRACTICES

#: Twenty months of each practice, in which the visits come sooner from the tenth on.
WRITTEN = (
    "3/6 5/6 1/5 3/5 1/5 4/6 5/8 3/7 5/11 5/11 6/8 6/10 6/8 8/11 2/5 8/8 4/5 4/5 6/7 8/10",
    "3/9 4/9 6/10 5/9 3/9 5/9 4/11 6/12 6/13 6/8 7/11 8/10 6/9 2/8 7/10 7/8 5/9 4/9 6/9 8/13",
    "2/5 7/9 3/7 4/9 3/4 1/4 6/8 7/8 8/9 2/5 5/10 4/9 6/10 7/9 5/8 5/7 3/4 5/8 6/8 4/6",
    "1/4 3/5 4/7 5/5 2/6 3/6 7/10 0/7 2/4 7/10 7/9 5/7 3/4 3/4 5/7 6/10 1/4 3/7 3/4 6/10",
    "3/6 5/9 4/6 3/5 5/8 6/10 6/9 4/9 3/7 6/7 8/11 5/8 6/7 6/10 3/8 1/5 5/7 5/8 3/5 2/6",
    "6/9 5/7 2/6 2/3 3/7 5/9 1/3 2/3 5/7 5/7 4/6 6/9 5/5 6/6 4/7 4/9 3/4 3/4 4/7 7/9",
    "5/8 6/13 5/12 2/8 4/9 6/11 2/7 4/7 5/8 6/12 10/10 5/8 6/8 11/12 9/11 4/7 6/7 4/12 3/7 5/9",
)

COUNTED = [
    Counted(
        region.HOME_VISITS,
        date(2018, 1, 15),
        {
            "name": "Hjemmebesøg inden for syv dage",
            "kind": Measure.Kind.PROCESS,
            "dimension": Dimension.EXPERIENCE,
            "numerator": "Borgere, der har haft besøg senest syv dage efter udskrivelsen",
            "denominator": "Praksis' borgere, der er udskrevet til tæt opfølgning i måneden",
            "counted": "Borgere på 75 år og derover",
            "source": "Lægesystemets ydelser",
        },
        [
            Followed(
                practice,
                date(2019, 9, 16),
                remark=MADE_UP,
                figures=counts(date(2018, 1, 1), Measure.Frequency.MONTH, written),
                closed=practice != PRACTICES[-1],
            )
            for practice, written in zip(PRACTICES, WRITTEN, strict=True)
        ],
    )
]
