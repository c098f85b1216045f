"""Files with the figures of many places in the demonstration: one that changed nothing, one in
which something is wrong, and one that waits to be looked at."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from kernen.lib.periods import label
from kernen.measures.delivering import actions
from kernen.measures.delivering.taking import look, take
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
    late = [*rows[:-1], (MIDT, series.place, last, rows[-1][3], (rows[-1][4] or 0) + 2)]
    files = {"udtraek.csv": rows, "udtraek-alle-steder.csv": wrong, "sene-tal.csv": late[-6:]}
    for name, given in files.items():
        content = "\n".join(";".join(map(str, row)) for row in (_HEADINGS, *given)).encode()
        delivery = actions.receive(
            initiative=series.measure.initiative,
            measure=series.measure,
            filename=name,
            content=content,
            by=by,
        )
        does = look if given is files["sene-tal.csv"] else take
        with NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            if problems := does(delivery, Path(file.name), lambda *told: None):
                actions.refuse(delivery=delivery, problems=problems)
