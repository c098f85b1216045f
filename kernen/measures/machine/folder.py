"""Figures from files that somebody's system lays into a folder: each is taken in exactly once.

A file says by its name of which series it is, `series-12….csv`, or by a file beside it, of the same
name but for `.toml`: `series = 12`. There, or for all of them in `kernen.toml`, stands whose name
the figures are loaded in: `by = "anna@example.org"`; and why figures that stand are changed:
`reason = "Late registrations"`.

A file is known again by what it holds. Whoever is killed between taking it in and moving it to
`done/` takes it in anew, and finds that it is there already."""

import re
import time
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..fetching import charted_for
from ..loading.understanding import called
from ..models import Load, Series
from ..preview import figure_of
from ..reading.cells import Unreadable
from ..reading.choosing import arranged, likeliest, of_years
from ..reading.figures import understand
from ..reading.files import MAX_BYTES, open_file
from ..reading.joining import by_year
from ..reading.results import Reading
from ..rules import Unexplained
from . import actions

KINDS = {".csv", ".tsv", ".txt", ".xlsx", ".ods"}
SAYS, DONE, REFUSED = "kernen.toml", "done", "refused"
_NUMBER = re.compile(r"(?:series|serie)-(\d{1,18})(?!\d)", re.IGNORECASE)


class Unfit(Exception):
    """The file is not taken in; `str(unfit)` says why, a line for each problem."""


def waiting(folder: Path, settle: float) -> Iterator[Path]:
    """The files that lie there, by name, but for those on which somebody may still be writing."""
    before = time.time() - settle
    for path in sorted(folder.iterdir()):
        fit = path.suffix.lower() in KINDS and not path.name.startswith((".", "~"))
        if fit and path.is_file() and not path.is_symlink() and path.stat().st_mtime <= before:
            yield path


def take(path: Path) -> str:
    """Take the file in and move it to `done/`, or to `refused/` with the reason beside it. Says in
    a sentence what came of it."""
    try:
        load, before = _taken(path)
    except Unfit as unfit:
        moved = _move(path, REFUSED, why=str(unfit))
        return _("%(file)s is refused: %(why)s") % {"file": moved.name, "why": _first(unfit)}
    _move(path, DONE)
    if before:
        when = date_format(timezone.localtime(load.at), "DATETIME_FORMAT")
        said = _("%(file)s was taken in before, %(at)s: nothing was done.")
        return said % {"file": path.name, "at": when}
    told = {"file": path.name, "added": load.added, "changed": load.changed}
    return _("%(file)s is taken in: %(added)s new, %(changed)s changed.") % told


def _taken(path: Path) -> tuple[Load, bool]:
    """What it brought, and whether it had come before."""
    said = _said(path)
    by = _person(said)
    series = _series(path, said, by)
    if path.stat().st_size > MAX_BYTES:
        raise Unfit(_("The file is larger than 5 MB: load the figures in smaller parts."))
    data = path.read_bytes()
    reading = _read(data, path.name, series)
    digest = sha256(data).hexdigest()
    figures = {series: [figure_of(row) for row in reading.rows]}
    sent = {"sender": path.name, "key": f"file:{digest}", "digest": digest}
    sent["reason"] = str(said.get("reason", ""))
    began = timezone.now()
    try:
        (load,) = actions.give(measure=series.measure, figures=figures, by=by, **sent)
    except Unexplained as told:
        where = _('Write it in %(file)s: reason = "Late registrations"') % {"file": SAYS}
        raise Unfit(f"{told} {where}") from None
    except Refused as refused:
        raise Unfit(str(refused)) from None
    except ValidationError as error:
        raise Unfit("\n".join(error.messages)) from None
    return load, load.at < began


def _said(path: Path) -> dict[str, Any]:
    """What stands in the file beside it, and for all files in the folder's own."""
    said: dict[str, Any] = {}
    for beside in (path.parent / SAYS, path.with_suffix(".toml")):
        if beside.is_file():
            try:
                said |= tomllib.loads(beside.read_text("utf-8"))
            except ValueError:
                told = _("%(file)s cannot be read: write it as TOML.")
                raise Unfit(told % {"file": beside.name}) from None
    return said


def _person(said: dict[str, Any]) -> Person:
    by = said.get("by")
    if not isinstance(by, str):
        told = _('Write in %(file)s in whose name figures are loaded: by = "anna@example.org"')
        raise Unfit(told % {"file": SAYS})
    found = Person.objects.filter(user__is_active=True, user__email__iexact=by).first()
    if found is None:
        raise Unfit(_("Nobody with an open account has the address %(by)s.") % {"by": by})
    return found


def _series(path: Path, said: dict[str, Any], by: Person) -> Series:
    named = _NUMBER.match(path.stem)
    number = said.get("series", int(named[1]) if named else None)
    if type(number) is not int:
        told = _("Name the file for its series, such as series-12.csv, or write beside it, in "
                 "%(file)s: series = 12")  # fmt: skip
        raise Unfit(told % {"file": path.with_suffix(".toml").name})
    found: Series | None = charted_for(by).filter(pk=number).first()
    if found is None:
        told = _("There is no series %(number)s, or it is closed to %(who)s.")
        raise Unfit(told % {"number": number, "who": by})
    return found


def _read(data: bytes, name: str, series: Series) -> Reading:
    measure = series.measure
    try:
        book = open_file(data, name)
        sheet = likeliest(book, dates=measure.events)
        how: dict[str, Any] = {"frequency": measure.frequency, "kind": measure.figures}
        found = of_years(sheet, by_year(book.sheets), **how)
        table = found[1] if found else arranged(sheet, **how)
    except Unreadable as unreadable:
        raise Unfit(str(unreadable)) from None
    reading = understand(
        table,
        frequency=measure.frequency,
        kind=measure.figures,
        here=called(series),
        unit=measure.unit,
    )
    if not reading.ok:
        raise Unfit("\n".join(problem.sentence for problem in reading.problems))
    return reading


def _move(path: Path, where: str, *, why: str = "") -> Path:
    """Into the folder, with what stands beside it; never over another file of that name."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    stem, number = path.stem, 1
    while (folder / f"{stem}{path.suffix}").exists():
        number += 1
        stem = f"{path.stem}-{number}"
    if why:
        (folder / f"{stem}.txt").write_text(f"{why}\n", "utf-8")
    beside = path.with_suffix(".toml")
    moved = path.rename(folder / f"{stem}{path.suffix}")
    if beside.is_file() and beside.name != SAYS:
        beside.rename(folder / f"{stem}.toml")
    return moved


def _first(unfit: Unfit) -> str:
    return str(unfit).partition("\n")[0]
