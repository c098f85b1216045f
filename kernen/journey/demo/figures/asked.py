"""A weekly measure whose figures a nurse gives from a link; all of them are made up."""

from datetime import date, timedelta

from kernen.initiatives.models import Dimension
from kernen.lib.periods import normalise
from kernen.measures.models import Measure

from .. import task_force
from ..told import MADE_UP, Counted, Followed, counts

CALLED = "Ringet op inden for to døgn"
#: Eighteen weeks, the last of them three weeks ago; the next comes by the link, and one is due.
_WRITTEN = (
    "9/14 11/16 8/13 10/15 12/17 9/13 11/15 10/16 12/15 13/17 11/14 12/16 13/16 11/15 14/17 12/15 "
    "13/15 12/14"
)
_THIS_WEEK = normalise(date.today(), "week")
_FIRST = _THIS_WEEK - timedelta(weeks=2 + len(_WRITTEN.split()))

COUNTED = [
    Counted(
        task_force.COPD,
        _FIRST,
        {
            "name": CALLED,
            "kind": Measure.Kind.PROCESS,
            "dimension": Dimension.EXPERIENCE,
            "frequency": Measure.Frequency.WEEK,
            "numerator": "Borgere, der er ringet op senest to døgn efter udskrivelsen",
            "denominator": "Borgere med KOL, der er udskrevet i ugen",
            "source": "Hjemmesygeplejens liste",
        },
        [
            Followed(
                "Silkeborg Kommune",
                _THIS_WEEK - timedelta(weeks=2),
                remark=MADE_UP,
                place="Hjemmesygeplejen",
                figures=counts(_FIRST, "week", _WRITTEN),
            )
        ],
    )
]
