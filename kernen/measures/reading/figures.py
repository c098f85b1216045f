"""From a table to the figures of a series, with each problem named by row and column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kernen.lib.periods import FREQUENCIES, label, parse
from kernen.measures.reading.between import own_rows
from kernen.measures.reading.cells import Cell, Row, Sentence, is_period, shown
from kernen.measures.reading.columns import FIGURES, ROLES_OF, is_counted, propose
from kernen.measures.reading.complaints import TWO_FIGURES
from kernen.measures.reading.gathered import counted_by_day, observed
from kernen.measures.reading.headings import PERIODS
from kernen.measures.reading.numbers import is_number, parts
from kernen.measures.reading.places import Places, by_place, is_several, places_of
from kernen.measures.reading.results import Column, Figure, Problem, Reading
from kernen.measures.reading.rows import RowReader
from kernen.measures.reading.shares import about_shares
from kernen.measures.reading.table import Table
from kernen.measures.reading.units import about_unit, refuse_other
from kernen.measures.reading.unread import about_parts, about_periods, of_measure, told_apart
from kernen.measures.reading.which import in_doubt

_WHICH = _("The file has figures of several places ({names}). Choose which of them belong here.")

_TWINS = _("{one} and {other} have the same heading. Choose which of them counts, and check again.")
TWICE = _("The period {period} is also in {row}, with another figure. Keep one of them.")
TWICE_APART = _(
    "The period {period} is also in {row}, and {column} says another thing there. Keep the rows of"
    " one of them."
)
_PARTS = _(
    "The table stands in parts beside each other ({one} and {other}). Put one below the other, or"
    " choose which of them counts and check again."
)
#: What is not found, in a sheet as it lies and in one that is turned.
_NO_PERIODS = (
    _("No column holds periods. Choose which one does."),
    _("No row holds periods. Choose which one does."),
)
_NO_EVENTS = (
    _("Choose one column for the events and one for the exposure, such as bed days."),
    _("Choose one row for the events and one for the exposure, such as bed days."),
)
_NO_COUNTS = (
    _(
        "Choose one column for the numerator and one for the denominator. If you only have the"
        " percentage, let the measure have one value a period."
    ),
    _(
        "Choose one row for the numerator and one for the denominator. If you only have the"
        " percentage, let the measure have one value a period."
    ),
)
_DOUBTS = {
    "counts": _(
        "Numerator and denominator may stand in any of these: {names}. Choose them, or call the two"
        " “numerator” and “denominator” in the file."
    ),
    "rates": _(
        "Events and exposure may stand in any of these: {names}. Choose them, or call the two"
        " “events” and “exposure” in the file."
    ),
    "values": _(
        "The figure may stand in any of these: {names}. Choose which one counts, or keep only that"
        " one in the file."
    ),
}
_NO_FIGURES = (
    _("No column holds figures. Choose which one does."),
    _("No row holds figures. Choose which one does."),
)


def understand(
    table: Table,
    *,
    frequency: str,
    kind: str | None = None,
    columns: Mapping[str, int] | None = None,
    today: date | None = None,
    place: str = "",
    here: Sequence[str] = (),
    said: bool = False,
    unit: str = "",
    name: str = "",
) -> Reading:
    """Read the table as a series with one figure per `frequency`.

    `kind` is one of `columns.ROLES_OF` (None: counts or values, as the table has).
    `columns` maps roles to indices and replaces what would be proposed.
    A period that begins after `today` is a problem.
    Of a table with several places `place` is the one that is meant, else the one called as `here`.
    With `said` a row without figure says that its figure is missing; else it is passed over.
    `unit` is what the values of the series are in, and `name` how its measure is called.
    """
    wanted = [*filter(None, (unit, name))]
    chosen, places = _chosen(table, frequency, kind, columns, wanted)
    at = None if columns is not None or places.names else of_measure(table, chosen, name)
    if at is not None:
        chosen |= {"place": at}
        places, here = places_of(table, chosen, kind), [name]
    place = place if place in places.names else places.likely(here)
    if columns is None:
        chosen |= places.columns.get(place, {})
    if places.names and not place and (places.rows or columns is None):
        reading = _nothing_yet(table, chosen)
        reading.problems.append(_which(places))
    elif columns is None and kind != "samples" and (twins := twins_of(table, chosen)):
        reading = _nothing_yet(table, chosen)
        reading.problems.append(twins)
    else:
        own = by_place(table, chosen, kind)[place] if places.rows else table
        how = {"said": said, "own_note": _own_note(places, place), "unit": unit}
        reading = _reading(own, chosen, frequency, kind, today or timezone.localdate(), **how)
        if reading.empty:
            reading.remarks.append(Problem(passed_over(reading.empty)))
    reading.place, reading.places = place, places.names
    return reading


@dataclass(frozen=True)
class Each:
    """The figures of every place in a table, by its name there."""

    columns: Mapping[str, int]
    """What the columns hold that are no single place's."""
    readings: Mapping[str, Reading]
    totals: Sequence[str]
    """Names that stand for all places together, and are left out."""
    own: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The columns of each place, where each has its own."""


def understand_each(
    table: Table,
    *,
    frequency: str,
    kind: str,
    columns: Mapping[str, int] | None = None,
    own: Mapping[str, Mapping[str, int]] | None = None,
    today: date | None = None,
    unit: str = "",
    name: str = "",
) -> Each:
    """Read the table as several series: as `understand`, for each of the places in it. `own`: by
    the name of each place which columns are its alone, where a person says so."""
    wanted = [*filter(None, (unit, name))]
    chosen, places = _chosen(table, frequency, kind, columns, wanted)
    if own and not places.rows:
        places = Places(columns=own)
    if places.rows and not FIGURES & chosen.keys():
        likely = propose(table, frequency, kind, wanted)
        chosen |= {role: i for role, i in likely.items() if role in FIGURES}
    elif not places.rows:
        chosen = {role: i for role, i in chosen.items() if role not in FIGURES}
    tables = by_place(table, chosen, kind) if places.rows else {}
    totals = [name for name in places.names if is_several(name)]
    unsaid = columns is None and "period" in chosen
    beside = _other_periods(table, chosen["period"]) if unsaid else None
    readings = {
        name: _reading(
            tables.get(name, table),
            chosen | dict(places.columns.get(name, {})),
            frequency,
            kind,
            today or timezone.localdate(),
            own_note=_own_note(places, name),
            unit=unit,
        )
        for name in places.names
        if name not in totals
    }
    for reading in readings.values():
        reading.problems[:0] = [beside] if beside else []
    return Each(chosen, readings, totals, {} if places.rows else places.columns)


def _own_note(places: Places, name: str) -> bool:
    """Whether a note is the place's own, and not one for all that stand side by side."""
    return not places.columns or "note" in places.columns.get(name, {})


def passed_over(count: int) -> Sentence:
    """The sentence about rows whose figure was left empty."""
    return ngettext(
        "%(count)s period without a figure is passed over.",
        "%(count)s periods without a figure are passed over.",
        count,
    ) % {"count": count}


def _nothing_yet(table: Table, chosen: Mapping[str, int]) -> Reading:
    return Reading({role: Column(i, table.column_name(i)) for role, i in chosen.items()})


def _reading(
    table: Table,
    chosen: Mapping[str, int],
    frequency: str,
    kind: str | None,
    today: date,
    **how: Any,
) -> Reading:
    """The figures of a table that is of one place."""
    reading = _nothing_yet(table, chosen)
    if said := lacking(table, chosen, frequency, kind):
        reading.problems.append(Problem(said))
    elif other := refuse_other(table, chosen, how.get("unit", "")):
        reading.problems.append(other)
    else:
        _read(RowReader(table, frequency, chosen, today, kind, **how), reading)
    return reading


def twins_of(table: Table, chosen: Mapping[str, int]) -> Problem | None:
    """Two columns with the same heading, of which only one was taken: nobody said which."""
    names = [*zip(table.groups or table.headings, map(str.casefold, table.headings), strict=True)]
    for role, taken in chosen.items():
        for other, name in enumerate(names):
            if other < len(table.of_sheets):  # the names of the sheets
                continue
            free = other not in chosen.values() and name == names[taken] and name[1]
            if free and role not in ("place", "note") and any(r.cell(other) for r in table.rows):
                sentence = _PARTS if role in PERIODS else _TWINS
                words = {"one": table.column_name(taken), "other": table.column_name(other)}
                return Problem(format_lazy(sentence, **words))
    return None


def _other_periods(table: Table, at: int) -> Problem | None:
    """Another column with the same heading as the periods, and other periods in it."""
    for other, heading in enumerate(table.headings):
        own = other != at and heading and heading == table.headings[at]
        if own and any(row.cell(other) not in (None, row.cell(at)) for row in table.rows):
            names = {"one": table.column_name(at), "other": table.column_name(other)}
            return Problem(format_lazy(_PARTS, **names))
    return None


def _which(places: Places) -> Problem:
    names = ", ".join(places.names[:5]) + (" …" if len(places.names) > 5 else "")
    return Problem(format_lazy(_WHICH, names=names))


def _read(reader: RowReader, reading: Reading) -> None:
    """The figures of all rows, and what is wrong with them."""
    table, frequency, kind = reader.table, reader.frequency, reader.kind
    rows, others, told = own_rows(table, reader.periods)
    read = [(row, figure) for row in rows if (figure := reader.read(row))]
    reader.tell_once()
    for row in others[:1]:
        reader.wrong(row, "period", told)
    reading.period_examples = [
        (reader.periods.shown(row), label(figure.start, frequency))
        for row, figure in (read if len(read) < 4 else [*read[:2], read[-1]])
    ]
    if reader.observed:
        reading.rows = observed(figure for _row, figure in read)
    elif kind == "events":
        reading.rows = counted_by_day(reader, read)
    else:
        _keep_each_once(reader, reading, read)
    reader.refuse_turned(read)
    if reader.unit and not reader.counts:
        written, percent = table.units, bool(reader.percent)
        reader.remarks += about_unit(reader.unit, written, reading.rows, percent=percent)
    reader.remarks += about_parts(table, reader.columns)
    reader.remarks += about_periods(table, reader.periods, reader.columns)
    if reader.counts and kind != "rates":
        reader.remarks += about_shares(table, reader.columns, read)
    reading.remarks += dict.fromkeys(reader.remarks)
    reading.empty = len(reader.empty - {figure.start for figure in reading.rows})
    reading.problems = sorted(reader.problems, key=lambda problem: problem.row or 0)
    if not reading.problems and not reading.ok:
        reading.problems.append(Problem(_("There are no figures to load.")))


def _chosen(
    table: Table,
    frequency: str,
    kind: str | None,
    columns: Mapping[str, int] | None,
    wanted: Sequence[str],
) -> tuple[dict[str, int], Places]:
    """The columns as the person says or as is likely, and the places that they leave to choose."""
    chosen = dict(columns if columns is not None else propose(table, frequency, kind, wanted))
    places = places_of(table, chosen, kind, wanted)
    if columns is None and places.columns:
        own = {i for figures in places.columns.values() for i in figures.values()}
        chosen = {r: i for r, i in chosen.items() if r not in FIGURES and i not in own}
    if kind or "numerator" in chosen:
        used = ("period", "year", "place", "note", *ROLES_OF[kind or "counts"])
        chosen = {role: index for role, index in chosen.items() if role in used}
    return chosen, places


def lacking(
    table: Table, chosen: Mapping[str, int], frequency: str, kind: str | None
) -> Sentence | None:
    """The sentence that says which column is not found."""
    top: Iterable[Cell] = table.headings if table.header_row else table.rows[0].cells
    if sum(is_period(cell, frequency) and not is_number(cell) for cell in top) > 2:
        return _(
            "The periods stand side by side in one row. Choose that each period has a column of"
            " its own."
        )
    across = table.across
    if "period" not in chosen:
        return _NO_PERIODS[across]
    if kind == "events":
        return None
    found = {"numerator", "denominator"} & chosen.keys()
    if not found and "value" not in chosen:
        counts = is_counted(kind)
        several = in_doubt(table, chosen, bool(counts))
        if len(several) > 1:
            names = ", ".join(map(table.column_name, several[:6])) + (" …" if several[6:] else "")
            return format_lazy(_DOUBTS.get(kind or "", _DOUBTS["values"]), names=names)
    if kind == "rates" and len(found) < 2:
        return _NO_EVENTS[across]
    if len(found) == 1 or (kind == "counts" and not found):
        return _NO_COUNTS[across]
    if not found and "value" not in chosen:
        written = (cell for row in table.rows for cell in row.cells if parts(cell))
        both = next(written, None)
        return format_lazy(TWO_FIGURES, text=shown(both)) if both else _NO_FIGURES[across]
    return None


def are_finer(first: str, second: str, frequency: str) -> bool:
    """Whether the two are periods of a finer kind than the series', and not the same one."""
    for finer in list(FREQUENCIES)[: list(FREQUENCIES).index(frequency)]:
        try:
            return parse(first, finer) != parse(second, finer)
        except ValueError:
            continue
    return False


def _keep_each_once(
    reader: RowReader, reading: Reading, read: Iterable[tuple[Row, Figure]]
) -> None:
    """One figure per period; a period that stands twice must have the same figure."""
    table = reader.table
    kept: dict[date, Figure] = {}
    rows: dict[date, Row] = {}
    written: dict[int, str] = {}
    for row, figure in read:
        first = kept.setdefault(figure.start, figure)
        own = rows.setdefault(figure.start, row)
        written[row.number] = reader.periods.written(row)
        if first is figure:
            continue
        period = label(figure.start, reader.frequency)
        if are_finer(written[first.row], written[row.number], reader.frequency):
            sentence = _(
                "{first} and {second} both fall in {period}, and the measure has one figure for"
                " each. Add them up in your spreadsheet, or define a measure that is counted as"
                " often as your file."
            )
            words = {"first": written[first.row], "second": written[row.number], "period": period}
            reader.problems[:] = [Problem(format_lazy(sentence, **words))]
            return
        column = told_apart(table, reader.columns, own, row)
        if first.numbers != figure.numbers or column:
            words = {"period": period, "row": table.row_name(first.row), "column": column}
            sentence = TWICE_APART if column else TWICE
            reader.wrong(row, "period", format_lazy(sentence, **words))
            continue
        sentence = _("The period {period} is also in {row}, with the same figure. It counts once.")
        told = format_lazy(sentence, period=period, row=table.row_name(first.row))
        number, column = table.place(row, reader.periods.column)
        shown = reader.periods.shown(row)
        reading.remarks.append(Problem(told, number, column, shown, sheet=row.sheet))
        kept[figure.start] = replace(first, note=first.note or figure.note)
    reading.rows = sorted(kept.values(), key=lambda figure: figure.start)
