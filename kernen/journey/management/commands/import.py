"""`kernen import FOLDER` takes in the files with figures that are laid into a folder, and `kernen
import FILE --measure 12 --by anna@example.org` one file with the figures of many places."""

import signal
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.journey.management.serving import migrations_wait
from kernen.lib.refusal import Refused
from kernen.measures.delivering.taking import READING, take
from kernen.measures.delivering.undoing.actions import undo_delivery
from kernen.measures.machine import folder
from kernen.measures.models import Delivery
from kernen.parties.models import Person

_MORE = """
FOLDER is watched until the command is told to stop. A file there (.csv, .tsv, .txt, .xlsx, .ods; at
most 5 MB) is of one series, and says by its name of which: series-12.csv, or serie-12-june.xlsx; or
a file beside it, fmk.toml beside fmk.csv, says series = 12. In kernen.toml, for all files, or in
the file beside one, stands in whose name the figures are loaded, and why figures that stand are
changed:

    by = "anna@example.org"
    reason = "Late registrations"

A file that is taken in is moved to done/, one that is refused to refused/, with the reason beside
it (series-12.csv.txt). Before anybody has said a name nothing is moved. The same file again is
taken in once; laid there anew after it was undone it comes in again.

A file with the figures of many places has its headings in the first row, and then a row for each
place and period, such as

    organisation;ward;period;numerator;denominator;note
    Sygehus Fyn;Afsnit A;2026-W47;128;133;

It is CSV with semicolons, tabs or commas, of any size, or the same in one sheet of an Excel file
(XLSX), which takes some times longer and may unpack to 500 MB. Places are written as they stand in
Kernen; a column "series" with their numbers does as well. With --initiative instead of --measure a
column "measure" says which measure of the initiative a row is of. All of it is taken in, or
nothing, and what is wrong is told by row. While it is read nobody waits; while it is written others
who want to write wait (on PostgreSQL only those of the same initiative). Whoever is killed leaves
nothing: give the same file again. How the series stand is worked out by the worker afterwards.
"""


class Command(BaseCommand):
    help = "Take in files with figures: those that are laid into a folder, or one of many places."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _MORE
        parser.add_argument("what", type=Path, metavar="FOLDER or FILE", nargs="?")
        parser.add_argument("--once", action="store_true", help="what lies there now, and end")
        parser.add_argument(
            "--settle",
            type=float,
            default=5,
            help="leave a file alone that was written to in so many seconds (5)",
        )
        many = parser.add_argument_group("a file of many places")
        of = many.add_mutually_exclusive_group()
        of.add_argument("--measure", type=int, help="the number of the measure, as in its address")
        of.add_argument("--initiative", type=int, help="the number of the initiative")
        many.add_argument("--by", default="", help="in whose name: an e-mail address")
        many.add_argument("--reason", default="", help="why figures are changed, or a file undone")
        many.add_argument("--undo", type=int, metavar="NUMBER", help="undo all that a file brought")

    def handle(
        self,
        *args: Any,
        what: Path | None,
        once: bool,
        settle: float,
        undo: int | None,
        **options: Any,
    ) -> None:
        if migrations_wait():
            raise SystemExit("kernen: the database is not up to date: run kernen migrate first.")
        if undo is not None:
            self._undo(undo, **options)
        elif what is None:
            raise SystemExit("kernen: name a folder or a file.")
        elif what.is_file():
            self._deliver(what, **options)
        elif what.is_dir():
            self._watch(what, once, settle)
        else:
            raise SystemExit(f"kernen: there is no file or folder {what}.")

    def _watch(self, there: Path, once: bool, settle: float) -> None:
        stopped, said = Event(), ""
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: stopped.set())
        while not stopped.is_set():
            waiting = list(folder.waiting(there, settle))
            unready = folder.unready(there) if waiting else ""
            if unready and once:
                raise SystemExit(f"kernen: {unready}")
            if unready and unready != said:
                self.stderr.write(unready)
            said = unready
            for path in [] if unready else waiting:
                if stopped.is_set():
                    break
                try:
                    self.stdout.write(folder.take(path))
                except FileNotFoundError:  # another took it meanwhile
                    continue
            if once:
                break
            close_old_connections()
            stopped.wait(min(settle, 5) or 0.1)

    def _deliver(
        self,
        path: Path,
        measure: int | None,
        initiative: int | None,
        by: str,
        reason: str,
        **_options: Any,
    ) -> None:
        delivery = Delivery(
            initiative=_of(measure, initiative),
            measure_id=measure,
            by=_person(by),
            filename=path.name,
            reason=reason,
            language=get_language() or "",
        )
        problems = take(delivery, path, _Progress(self.stderr))
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            no = _("%(file)s is refused, and nothing of it is taken in.") % {"file": path.name}
            raise SystemExit(f"kernen: {no}")
        told = {"file": path.name, "added": delivery.added, "changed": delivery.changed}
        self.stdout.write(_("%(file)s is taken in: %(added)s new, %(changed)s changed.") % told)
        if delivery.places:
            whole = _("%(command)s takes it back as a whole.")
            self.stdout.write(whole % {"command": f"kernen import --undo {delivery.pk}"})

    def _undo(self, number: int, by: str, reason: str, **_options: Any) -> None:
        delivery = Delivery.objects.select_related("initiative").filter(pk=number).first()
        if delivery is None:
            raise SystemExit(f"kernen: no file was taken in under the number {number}.")
        if not reason:
            raise SystemExit("kernen: say why it is undone: --reason 'The file was an old one'")
        try:
            undo_delivery(delivery=delivery, reason=reason, by=_person(by))
        except Refused as refused:
            raise SystemExit(f"kernen: {refused}") from None
        self.stdout.write(_("The load is undone: the figures stand as they did before it."))


def _of(measure: int | None, initiative: int | None) -> Initiative:
    found = (
        Initiative.objects.filter(measures=measure)
        if measure
        else Initiative.objects.filter(pk=initiative or 0)
    ).first()
    if found is None:
        raise SystemExit(
            "kernen: say of which measure the figures are, by its number: --measure 12; or of which"
            " initiative, where a column names the measure: --initiative 7."
        )
    return found


def _person(email: str) -> Person:
    known = Person.objects.filter(user__is_active=True)
    found = known.filter(user__email__iexact=email).first() if email else None
    if found is None and email:
        raise SystemExit(f"kernen: nobody with the e-mail {email} can sign in.")
    if found is None:
        raise SystemExit("kernen: say in whose name figures are loaded: --by anna@example.org")
    return found


class _Progress:
    """One line that is written anew on a terminal, and a line now and then in a log."""

    def __init__(self, out: Any):
        self.out, self.last = out, 0.0
        self.again = bool(out.isatty())

    def __call__(self, doing: str, done: int, of: int) -> None:
        now = time.monotonic()
        if done < of and now - self.last < (0.2 if self.again else 5):
            return
        self.last = now
        words = _("%(done)s of %(of)s rows are written")
        if doing == READING:
            words = _("%(done)s of %(of)s rows are read")
        told = words % {"done": number_format(done), "of": number_format(of)}
        self.out.write(f"\r{told}" if self.again else told, ending="" if self.again else "\n")
        if self.again and done >= of:
            self.out.write("")
