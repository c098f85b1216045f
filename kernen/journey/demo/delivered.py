"""Files with the figures of many places in the demonstration: one that changed nothing, and one in
which something is wrong."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from kernen.lib.periods import label
from kernen.measures.delivering import actions
from kernen.measures.delivering.taking import take
from kernen.measures.models import Series

from .machines import MEASURE
from .who import COORDINATOR, MIDT, Who

_HEADINGS = ("organisation", "afsnit", "periode", "tæller", "nævner")


def enter(who: Who) -> None:
    by = who.people[COORDINATOR]
    series = Series.objects.get(measure__name=MEASURE, organisation__name=MIDT)
    frequency = series.measure.frequency
    rows = [
        (MIDT, series.place, label(point.period, frequency), point.numerator, point.denominator)
        for point in series.points.all()
    ]
    last = rows[-1][2]
    wrong = [*rows, (MIDT, "Afsnit uden navn", last, 3, 40), (MIDT, series.place, last, 52, 40)]
    for name, given in (("udtraek.csv", rows), ("udtraek-alle-steder.csv", wrong)):
        content = "\n".join(";".join(map(str, row)) for row in (_HEADINGS, *given)).encode()
        delivery = actions.receive(
            initiative=series.measure.initiative,
            measure=series.measure,
            filename=name,
            content=content,
            by=by,
        )
        with NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            if problems := take(delivery, Path(file.name), lambda *told: None):
                actions.refuse(delivery=delivery, problems=problems)
