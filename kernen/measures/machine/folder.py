"""Figures from files that somebody's system lays into a folder: each is taken in exactly once.

A file says by its name of which series it is, `series-12….csv`, or by a file beside it, of the same
name but for `.toml`: `series = 12`. There, or for all of them in `kernen.toml`, stands whose name
the figures are loaded in: `by = "anna@example.org"`; and why figures that stand are changed:
`reason = "Late registrations"`.

A file is known again by what it holds. Whoever is killed between taking it in and moving it to
`done/` takes it in anew, and finds that it is there already. What was undone comes in again by a
file that somebody lays there anew."""

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
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.periods import label
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..actions import Figure
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
from .warning import worth_a_look

KINDS = {".csv", ".tsv", ".txt", ".xlsx", ".ods"}
#: What other programs leave lying, and what stands beside a file.
_OTHERS = {".toml", ".part", ".partial", ".filepart", ".crdownload", ".tmp", ".swp", ".ini"}
SAYS, DONE, REFUSED = "kernen.toml", "done", "refused"
#: What stands after a file's name in the name of the file that says why it is refused, or what of
#: it is worth a look.
WHY = ".txt"
_NUMBER = re.compile(r"(?:series|serie)-(\d{1,18})(?!\d)", re.IGNORECASE)

_WRITE_BY = gettext_lazy(
    'Write in %(file)s in whose name figures are loaded: by = "anna@example.org"'
)


class Unfit(Exception):
    """The file is not taken in; `str(unfit)` says why, a line for each problem."""


def waiting(folder: Path, settle: float) -> Iterator[Path]:
    """The files that lie there, by name, but for those on which somebody may still be writing."""
    before = time.time() - settle
    for path in sorted(folder.iterdir()):
        other = path.suffix.lower() in _OTHERS or path.name.startswith((".", "~"))
        other |= path.name.endswith("~") or path.name == "Thumbs.db"
        if other or path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_mtime <= before:
            yield path


def unready(folder: Path) -> str:
    """Why no file can be taken in as long as what is said in the folder stays as it is, or ""."""
    told = _WRITE_BY % {"file": SAYS}
    for beside in sorted(folder.glob("*.toml"), key=lambda one: one.name != SAYS):
        try:
            if "by" in _read_toml(beside):
                return ""
        except Unfit as unfit:
            if beside.name == SAYS:
                told = str(unfit)
                break
    return _("No file in %(folder)s was touched. %(why)s") % {"folder": folder, "why": told}


def take(path: Path) -> str:
    """Take the file in and move it to `done/`, or to `refused/` with the reason beside it. Says in
    a sentence what came of it, and in the next what of it is worth a look: that stands beside it
    too."""
    try:
        load, before, undoing = _taken(path)
    except Unfit as unfit:
        moved = _move(path, REFUSED, why=str(unfit))
        return _("%(file)s is refused: %(why)s") % {"file": moved.name, "why": _first(unfit)}
    doubts = [] if before else list(_doubts(load))
    _move(path, DONE, why="\n".join(doubts))
    told = {"file": path.name, "added": load.added, "changed": load.changed, "at": _when(load)}
    if before:
        return _("%(file)s was taken in before, %(at)s: nothing was done.") % told
    said = _came(told, undoing)
    if doubts:
        said += " " + _("Worth a look: %(doubts)s") % {"doubts": " ".join(doubts)}
    return said


def _came(told: dict[str, Any], undoing: Load | None) -> str:
    if undoing is None:
        return _("%(file)s is taken in: %(added)s new, %(changed)s changed.") % told
    told |= {"by": undoing.by, "at": _when(undoing)}
    said = _(
        "%(file)s is taken in again, after %(by)s undid it %(at)s: %(added)s new, "
        "%(changed)s changed."
    )
    return said % told


def _doubts(load: Load) -> Iterator[str]:
    """What of it is worth a look, though it is taken in."""
    frequency = load.series.measure.frequency
    figures = dict(enumerate(map(Figure.kept, load.taken)))
    for one in worth_a_look({load.series: figures}, [load]):
        period = capfirst(label(figures[one.row or 0].period, frequency))
        yield str(one.message) if one.column == "period" else f"{period}: {one.message}"


def _taken(path: Path) -> tuple[Load, bool, Load | None]:
    """What it brought, whether it had come before, and what undid it since."""
    if path.suffix.lower() not in KINDS:
        told = _("Figures are read from files that end in %(kinds)s: save it as one of these.")
        raise Unfit(told % {"kinds": ", ".join(sorted(KINDS))})
    said = _said(path)
    by = _person(said)
    series = _series(path, said, by)
    if path.stat().st_size > MAX_BYTES:
        raise Unfit(_("The file is larger than 5 MB: load the figures in smaller parts."))
    data = path.read_bytes()
    reading = _read(data, path.name, series)
    digest = sha256(data).hexdigest()
    figures = {series: [figure_of(row) for row in reading.rows]}
    key, undoing = _key(series, digest, path)
    sent = {"sender": path.name, "key": key, "digest": digest}
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
    return load, load.at < began, undoing


def _key(series: Series, digest: str, path: Path) -> tuple[str, Load | None]:
    """The key under which it counts once: another for each time that it was undone. With what undid
    it, which came before the file was laid there."""
    key = f"file:{digest}"
    came = series.loads.filter(key__startswith=key, undone_by__isnull=False)
    undone = list(came.select_related("undone_by__by").order_by("pk"))
    if not undone:
        return key, None
    undoing = undone[-1].undone_by
    if path.stat().st_ctime < undoing.at.timestamp():
        told = _("%(by)s undid it %(at)s, when it lay here already: lay it here again, if it is "
                 "right after all.")  # fmt: skip
        raise Unfit(told % {"by": undoing.by, "at": _when(undoing)})
    return f"{key}:{len(undone) + 1}", undoing


def _said(path: Path) -> dict[str, Any]:
    """What stands in the file beside it, and for all files in the folder's own."""
    said: dict[str, Any] = {}
    for beside in (path.parent / SAYS, path.with_suffix(".toml")):
        if beside.is_file():
            said |= _read_toml(beside)
    return said


def _read_toml(beside: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(beside.read_text("utf-8"))
    except ValueError:
        told = _("%(file)s cannot be read: write it as TOML.")
        raise Unfit(told % {"file": beside.name}) from None


def _person(said: dict[str, Any]) -> Person:
    by = said.get("by")
    if not isinstance(by, str):
        raise Unfit(_WRITE_BY % {"file": SAYS})
    found = Person.objects.filter(user__is_active=True, user__email__iexact=by).first()
    if found is None:
        raise Unfit(_("Nobody with an open account has the address %(by)s.") % {"by": by})
    return found


def _series(path: Path, said: dict[str, Any], by: Person) -> Series:
    named = _NUMBER.match(path.stem)
    number = said.get("series", int(named[1]) if named else None)
    if "measure" in said and type(number) is not int:
        raise Unfit(
            _(
                "A file in the folder is of one series: write series = 12 instead of measure. A "
                "file of many places is taken in by kernen import FILE --measure 12."
            )
        )
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
        name=measure.name,
    )
    if not reading.ok:
        raise Unfit("\n".join(problem.sentence for problem in reading.problems))
    return reading


def _move(path: Path, where: str, *, why: str = "") -> Path:
    """Into the folder, with what stands beside it; never over another file of that name."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    stem, number = path.stem, 1
    while any((folder / f"{stem}{path.suffix}{more}").exists() for more in ("", WHY)):
        number += 1
        stem = f"{path.stem}-{number}"
    if why:
        (folder / f"{stem}{path.suffix}{WHY}").write_text(f"{why}\n", "utf-8")
    beside = path.with_suffix(".toml")
    moved = path.rename(folder / f"{stem}{path.suffix}")
    if beside.is_file() and beside.name != SAYS:
        beside.rename(folder / f"{stem}.toml")
    return moved


def _when(load: Load) -> str:
    return date_format(timezone.localtime(load.at), "DATETIME_FORMAT")


def _first(unfit: Unfit) -> str:
    return str(unfit).partition("\n")[0]
