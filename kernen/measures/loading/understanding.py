"""What was given and how it is read: as the person says now, as last time, or as is likeliest."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..models import Measure, Series, Shape
from ..reading.cells import Sentence, Sheet, Unreadable
from ..reading.choosing import arranged, likeliest, of_years
from ..reading.figures import understand
from ..reading.files import open_text
from ..reading.joining import YEARS, alike, by_year, every, said_by, together
from ..reading.places import Places
from ..reading.results import Problem, Reading
from ..reading.table import Table
from ..reading.tables import lines_of, table_of
from ..reading.written import as_text
from .elsewhere import named_elsewhere
from .forms import ALL_SHEETS, CROSSED, ArrangementForm, ColumnsForm, LoadForm
from .shapes import own, remembered

#: The text of all sheets that goes to the page and back with the form.
_CARRIED = 2_000_000
_GONE = _("Choose the file again: its other sheets are too large to be kept on the page.")


_ALIKE = _(
    "The file has {count} sheets that are laid out alike. Only “{sheet}” is read, and the others"
    " are not: see below that the right one is chosen."
)


@dataclass(frozen=True)
class Said:
    """What the person says of how it is to be read; `anew` where the page showed something else."""

    sheet: str | None = None
    across: bool | None = None
    crossed: bool = False
    header: int | None = None
    place: str = ""
    anew: bool = False


@dataclass(frozen=True)
class Given:
    """The sheets that may be meant, the likeliest first, and the names of all."""

    sheets: Sequence[Sheet]
    names: Sequence[str]
    carried: str = ""
    remarks: Sequence[Sentence] = ()
    every: Sheet | None = None
    """All sheets as one in which each is a place, where there are several at hand."""
    years: Sheet | None = None
    """The same where each is a year, or a part of one."""
    filename: str = ""

    @property
    def offered(self) -> list[str]:
        """What can be chosen: all as years, where they are, or one of them."""
        return [YEARS, *self.names] if said_by(self.names) else [*self.names]


@dataclass(frozen=True)
class Understood:
    given: Given
    sheet: Sheet
    table: Table
    reading: Reading
    columns: ColumnsForm
    shape: Shape | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        """How it is read, as a shape keeps it."""
        columns = {role: column.index for role, column in self.reading.columns.items()}
        return {
            "sheet": self.sheet.name,
            "crossed": self.table.crossed,
            "header": self.table.header_row or 0,
            "place": self.reading.place,
            "columns": columns,
        }

    def arrangement(self, first: str) -> ArrangementForm:
        return arrangement_of(
            self.given,
            self.sheet,
            self.table,
            first or json.dumps(self.chosen, sort_keys=True),
            place=self.reading.place,
            places=self.reading.places,
        )

    def corrected(self, first: str) -> bool:
        return bool(first) and first != json.dumps(self.chosen, sort_keys=True)


def arrangement_of(
    what: Given, sheet: Sheet, table: Table, first: str, place: str = "", places: Sequence[str] = ()
) -> ArrangementForm:
    """How the sheet lies, as the page shows it to be corrected."""
    chosen = {
        "sheet": sheet.name,
        "across": CROSSED if table.crossed else "1" if table.across else "",
        "header": "" if sheet.parts else str(table.header_row or 0),
        "place": place,
    }
    lines = lines_of(sheet, across=table.across)
    return ArrangementForm(chosen, sheets=what.offered, lines=lines, places=places, first=first)


def unread(what: Given, wanted: Said) -> ArrangementForm:
    """The same where the sheet cannot be read as it lies."""
    across, header = wanted.across or False, "" if wanted.header is None else str(wanted.header)
    way = CROSSED if wanted.crossed else "1" if across else ""
    chosen = {"sheet": what.sheets[0].name, "across": way, "header": header}
    return ArrangementForm(
        chosen | {"place": ""}, sheets=what.offered, lines=lines_of(what.sheets[0], across=across)
    )


def said(data: Mapping[str, Any], *, file: bool) -> Said:
    """What stands on the page that was sent; of another file that is given only the sheet."""
    sheet, across, header, place = (data.get(name, "") for name in ArrangementForm.NAMES)
    if file:
        return Said(sheet or None)
    if "shown" not in data:
        return Said()
    was = shown(data)
    if was[:1] != [sheet]:
        return Said(sheet, anew=True)
    way = Said(sheet, across not in ("", CROSSED), across == CROSSED)
    if was[1:2] != [across]:
        return replace(way, anew=True)
    line = int(header) if re.fullmatch(r"\d{1,8}", header) else None
    if was[2:3] != [header]:
        return replace(way, header=line, anew=True)
    return replace(way, header=line, place=place, anew=was[3:] != [place])


def shown(data: Mapping[str, Any]) -> list[str]:
    """Sheet, way, headings and place as they stood on the page before anybody changed them."""
    try:
        return [*map(str, json.loads(data.get("shown", "")))]
    except (ValueError, TypeError):
        return []


def given(form: LoadForm, wanted: Said, measure: Measure, here: Sequence[str] = ()) -> Given:
    """What the form has; a sheet that is called as `here` is the likeliest. Raises Unreadable."""
    if form.cleaned_data.get("file"):
        return _of_file(form, wanted, measure, here)
    texts, was = form.carried(), form.cleaned_data["sheet_shown"]
    sheet = wanted.sheet or ""
    whole = sheet in ALL_SHEETS and was in texts
    if texts and was in texts and (whole or sheet != was):
        texts[was] = form.cleaned_data["text"]
        if not (all(texts.values()) if whole else texts.get(sheet)):
            raise Unreadable(_GONE)
        form.cleaned_data["text"] = texts[was if whole else sheet]
    carried = json.dumps(texts) if texts else ""
    if whole:
        sheets = [replace(open_text(text).sheets[0], name=name) for name, text in texts.items()]
        found = together(sheet, sheets)
        return Given(
            [found] if found else sheets, [*texts], carried, form.told(), every(sheets),
            by_year(sheets),
        )  # fmt: skip
    own = replace(form.book().sheets[0], name=sheet)
    return Given([own], [*texts] or [sheet], carried, form.told())


def show(
    form: LoadForm,
    what: Given,
    sheet: Sheet,
    table: Table | None = None,
    problems: Sequence[Problem] = (),
) -> None:
    """Put the sheet on the page, and what comes back with it; of several that are read together
    the first in which there is a problem, or else the first that has rows in the `table`."""
    file = form.cleaned_data.get("file")
    name = file.name if file else form.cleaned_data["filename"]
    names = [problem.sheet for problem in problems if problem.sheet]
    names = names or [row.sheet for row in (table.rows[:1] if table else ())]
    seen = next((one for one in sheet.parts if one.name in names), next(iter(sheet.parts), sheet))
    form.shows(
        text=as_text(seen),
        filename=name,
        sheets=what.carried,
        remarks=what.remarks,
        sheet=seen.name,
        several=bool(sheet.parts),
    )


def _of_file(form: LoadForm, wanted: Said, measure: Measure, here: Sequence[str]) -> Given:
    book = form.book()
    names = [sheet.name for sheet in book.sheets]
    named = [sheet for sheet in book.sheets if sheet.name == wanted.sheet]
    own_sheet = Places(rows=names).likely(here)
    best = next((sheet for sheet in book.sheets if sheet.name == own_sheet), None)
    best = best or likeliest(book, dates=measure.events)
    sheets = named or [best, *(sheet for sheet in book.sheets if sheet is not best)]
    if len(names) < 2:
        return Given(sheets, names, remarks=book.remarks)
    if wanted.sheet in ALL_SHEETS and (found := together(wanted.sheet or "", book.sheets)):
        sheets = [found]
    texts = {sheet.name: as_text(sheet) for sheet in book.sheets}
    if sum(map(len, texts.values())) > _CARRIED:
        texts = dict.fromkeys(names, "")
    carried = json.dumps(texts)
    return Given(sheets, names, carried, book.remarks, every(book.sheets), by_year(book.sheets))


def understood(series: Series, what: Given, wanted: Said, data: Mapping[str, Any]) -> Understood:
    """Read the sheet for the series; `data` may hold the person's columns. Raises Unreadable."""
    frequency, kind = series.measure.frequency, series.measure.figures
    kept: dict[str, Any] = {"measure": series.measure, "organisation": series.organisation}
    sheets = [*filter(None, [what.years]), *what.sheets]
    found = remembered(sheets, str(series.pk), **kept) if wanted.across is None else None
    if found:
        shape, sheet, table = found
        place, columns = own(shape, series)
    else:
        shape, place, columns = None, wanted.place, None
        sheet, table = likeliest_of(what, wanted, frequency=frequency, kind=kind)
        if "period" in data and not wanted.anew:
            columns = ColumnsForm(data, offers=table.offers, kind=kind).chosen()
    reading = understand(
        table,
        frequency=frequency,
        kind=kind,
        columns=columns,
        place=place,
        here=called(series),
        unit=series.measure.unit,
        name=series.measure.name,
    )
    if count := _alike(what, sheet, table, dates=series.measure.events):
        told = format_lazy(_ALIKE, count=count, sheet=sheet.name)
        what = replace(what, remarks=(*what.remarks, told))
    reading.remarks[:0] = map(Problem, what.remarks)
    if not reading.places:
        reading.remarks += named_elsewhere(series, called(series), sheet, table, what.filename)
    holds = {role: column.index for role, column in reading.columns.items()}
    form = ColumnsForm(holds=holds, offers=table.offers, kind=kind)
    return Understood(what, sheet, table, reading, form, shape)


def likeliest_of(what: Given, wanted: Said, **how: Any) -> tuple[Sheet, Table]:
    """The sheet that is said, or all of them where each is a year and they are laid out alike.
    Raises Unreadable."""
    first = what.sheets[0]
    if wanted.sheet is None and (found := of_years(first, what.years, **how)):
        return found
    how |= {"across": wanted.across, "crossed": wanted.crossed, "header": wanted.header}
    return first, arranged(first, **how)


def _alike(what: Given, sheet: Sheet, table: Table, *, dates: bool) -> int:
    """How many sheets are laid out as the one that is read, where others are."""
    if what.every is None:
        return 0
    how: dict[str, Any] = {"across": table.across, "crossed": table.crossed}
    read = partial(table_of, dates=dates and not table.across, **how)
    found = alike(what.every.parts, read)
    return len(found) if len(found) > 1 and sheet.name in found else 0


def called(series: Series) -> list[str]:
    """What a file can call the series; a ward is never taken for its whole hospital."""
    organisation = str(series.organisation)
    if not series.place:
        return [organisation]
    return [series.place, str(series), f"{organisation}, {series.place}"]
