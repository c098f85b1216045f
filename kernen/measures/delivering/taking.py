"""From a file on the disk to figures that are in, or to what is wrong in it.

Reading comes first and holds nobody up; only writing is one transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kernen.lib.refusal import Refused

from .. import rules as measures
from ..reading.cells import Unreadable
from ..reading.results import Problem
from . import actions
from .looking import found_in
from .models import Delivery
from .places import Known
from .reader import MOST_TOLD, Reader, survey
from .rows import rows_in
from .spool import Spool

#: What is being done, how much of it is done, and of how much.
Tell = Callable[[str, int, int], None]
READING, WRITING = "reading", "writing"


def take(delivery: Delivery, path: Path, tell: Tell) -> list[str]:
    """Take in all that is in the file, in the name of whoever delivers it, or say what is wrong.

    Whoever is killed leaves nothing: the same file is taken anew."""
    return _read(delivery, path, tell, _bring)


def look(delivery: Delivery, path: Path, tell: Tell) -> list[str]:
    """Keep what taking it in would do, for whoever sent it to see, or say what is wrong."""
    return _read(delivery, path, tell, _show)


def _read(delivery: Delivery, path: Path, tell: Tell, then: "_Then") -> list[str]:
    try:
        with _unsearched():
            return _read_all(delivery, path, tell, then)
    except measures.Unexplained as no:
        if delivery.confirmed_at:  # whoever sent it can be asked
            raise
        return [f"{no.series.measure}, {no.series}: {no}"]
    except (Unreadable, Refused) as no:
        return [str(no)]
    except ValidationError as error:
        return error.messages


def _read_all(delivery: Delivery, path: Path, tell: Tell, then: "_Then") -> list[str]:
    rows = rows_in(path)
    surveyed = survey(rows, tell=lambda there: tell(READING, 0, there))
    known = Known(delivery.initiative, delivery.measure, delivery.by)
    reader = Reader(rows, surveyed, known)
    delivery.rows = surveyed.rows
    with Spool() as spool:
        reader.fill(spool, lambda read: tell(READING, read, surveyed.rows))
        if reader.problems:
            problems = [*map(told, reader.problems)]
            if len(problems) >= MOST_TOLD:
                problems.append(_("There are more: mend these first."))
            return problems
        if not spool.count():
            return [_("There are no figures to load.")]
        delivery.repeated, delivery.empty = reader.repeated, surveyed.empty + reader.passed
        then(delivery, reader, spool, tell)
    return []


_Then = Callable[[Delivery, Reader, Spool, Tell], object]


def _bring(delivery: Delivery, reader: Reader, spool: Spool, tell: Tell) -> None:
    figures = spool.count()
    actions.bring(
        delivery=delivery,
        spool=spool,
        known=reader.known,
        by=delivery.by,
        tell=lambda done: tell(WRITING, done, figures),
    )


def _show(delivery: Delivery, reader: Reader, spool: Spool, tell: Tell) -> None:
    rows = delivery.rows
    found = found_in(reader, spool, lambda: tell(READING, rows, rows))
    actions.show(delivery=delivery, found=found)


@contextmanager
def _unsearched() -> Iterator[None]:
    """While rows come and go by the hundred thousand, Python looks for what is left of them, and
    not each time through all of the program as well: a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def told(problem: Problem) -> str:
    """Its sentence with what stands in the cell: nobody finds a row among 200,000 by eye."""
    if problem.row is None or not problem.value or problem.value in str(problem.message):
        return problem.sentence
    place = {"row": problem.row, "column": problem.column, "value": problem.value}
    return _("Row %(row)s, column %(column)s, “%(value)s”: %(message)s") % (
        place | {"message": problem.message}
    )
