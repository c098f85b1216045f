"""From a file on the disk to figures that are in, or to what is wrong in it.

Reading comes first and holds nobody up; only writing is one transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.refusal import Refused

from .. import rules as measures
from ..models import Shape
from ..reading.cells import Unreadable
from ..reading.results import Problem
from . import actions
from .looking import found_in, understood
from .models import Delivery
from .places import Known
from .reader import MOST_TOLD, Reader
from .rows import Rows, rows_in
from .shapes import as_said, named
from .sheets import SheetRows
from .spool import Spool
from .surveying import survey

#: What is being done, how much of it is done, and of how much.
Tell = Callable[[str, int, int], None]
READING, WRITING = "reading", "writing"


def take(delivery: Delivery, path: Path, tell: Tell) -> list[str]:
    """Take in all that is in the file, in the name of whoever delivers it, or say what is wrong.

    Whoever is killed leaves nothing: the same file is taken anew."""
    return _read(delivery, path, tell, _bring)


def look(delivery: Delivery, path: Path, tell: Tell) -> list[str]:
    """Keep what taking it in would do, or what is wrong in its rows, for whoever sent it to see; or
    say why it cannot be read at all."""
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
    rows, said, shape = as_said(rows_in(path), delivery)
    surveyed = survey(rows, said.get("header"), tell=lambda there: tell(READING, 0, there))
    called = named(delivery.measure) | said.get("places", {})
    known = Known(delivery.initiative, delivery.measure, delivery.by, called)
    reader = Reader(rows, surveyed, known, said.get("columns"))
    delivery.rows = surveyed.rows
    with Spool() as spool:
        unsure = rows.unsure or reader.lacks
        problems = [str(unsure)] if unsure else _filled(spool, reader, tell)
        delivery.repeated, delivery.empty = reader.repeated, surveyed.empty + reader.passed
        read = _Read(delivery, rows, reader, shape, spool, tell, asks=bool(unsure))
        return then(read, problems)


def _filled(spool: Spool, reader: Reader, tell: Tell) -> list[str]:
    """Read all rows into the spool, or say what is wrong."""
    reader.fill(spool, lambda read: tell(READING, read, reader.surveyed.rows))
    problems = [*map(told, reader.problems)]
    if len(problems) >= MOST_TOLD:
        problems.append(_("There are more: mend these first."))
    return problems if problems or spool.count() else [_("There are no figures to load.")]


class _Read(NamedTuple):
    delivery: Delivery
    rows: Rows | SheetRows
    reader: Reader
    shape: Shape | None
    spool: Spool
    tell: Tell
    asks: bool
    """Whether somebody has to say first what is to be read."""


_Then = Callable[[_Read, list[str]], list[str]]


def _bring(read: _Read, problems: list[str]) -> list[str]:
    if problems:
        return problems
    figures = read.spool.count()
    actions.bring(
        delivery=read.delivery,
        spool=read.spool,
        known=read.reader.known,
        by=read.delivery.by,
        tell=lambda done: read.tell(WRITING, done, figures),
    )
    return []


def _show(read: _Read, problems: list[str]) -> list[str]:
    """What is wrong is shown as well: with other columns it may be right."""
    there, unplaced = read.delivery.rows, {*map(told, read.reader.unplaced)}
    if unplaced:
        problems = [problem for problem in problems if problem not in unplaced]
        problems.insert(0, _unplaced(len(unplaced)))
    found = understood(read.rows, read.reader, read.shape)
    found |= {"problems": problems, "asks": read.asks}
    if not problems:
        found |= found_in(read.reader, read.spool, lambda: read.tell(READING, there, there))
    actions.show(delivery=read.delivery, found=found)
    return []


def _unplaced(count: int) -> str:
    told = ngettext(
        "%(n)s place is called otherwise here. Choose below which one it is.",
        "%(n)s places are called otherwise here. Choose below which ones they are.",
        count,
    )
    return told % {"n": count}


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
