"""Which sheet, and which way it lies, where nobody has said so."""

from dataclasses import replace
from datetime import date
from typing import Any

from kernen.measures.reading.cells import Book, Sheet, Unreadable
from kernen.measures.reading.columns import propose
from kernen.measures.reading.files import open_file, open_text
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.joining import said_by
from kernen.measures.reading.levels import holds_figures
from kernen.measures.reading.table import Table
from kernen.measures.reading.tables import holds_day, table_of
from kernen.measures.reading.when import PeriodReader

_ENOUGH = 100  # rows that show which way a sheet lies


def likeliest(book: Book, *, dates: bool = False) -> Sheet:
    """The first sheet that has two rows of figures, or of days, else one."""
    holds = holds_day if dates else holds_figures
    return max(book.sheets, key=lambda sheet: min(2, sum(map(holds, sheet.rows))))


def arranged(
    sheet: Sheet,
    *,
    frequency: str,
    kind: str | None = None,
    across: bool | None = None,
    crossed: bool = False,
    header: int | None = None,
    wide: bool = False,
) -> Table:
    """The sheet as a table, turned or crossed if they say so, or if more periods are found that
    way.

    Raises Unreadable."""
    dates = kind == "events"
    if across is not None or crossed or dates:
        return table_of(
            sheet, dates=dates, across=bool(across), crossed=crossed, header=header, wide=wide
        )
    ways: list[dict[str, bool]] = [{}, {"across": True}]
    ways += [{"crossed": True}] if frequency != "year" else []
    tables, refused = [], list[Unreadable]()
    for way in ways:
        try:
            tables.append(table_of(sheet, wide=wide, **way))
        except Unreadable as unreadable:
            refused += [] if "crossed" in way else [unreadable]
            continue
        if not way and _is_certain(tables[0], frequency, kind):
            return tables[0]
    found = [_periods(table, frequency, kind) for table in tables]
    # A sheet that is too wide, or has too much on top, is refused as it lies.
    if not tables or (refused and not max(found)[0]):
        raise refused[0]
    return tables[found.index(max(found))]


def of_years(first: Sheet, together: Sheet | None, **how: Any) -> tuple[Sheet, Table] | None:
    """All sheets `together`, where the first is a year as others are, and laid out as they are."""
    said = said_by([part.name for part in together.parts]) if together else {}
    if together is None or first.name not in said:
        return None
    try:
        table = arranged(together, **how)
    except Unreadable:
        return None
    return None if _twice(table, **how) else (together, table)


def _twice(table: Table, *, frequency: str, kind: str | None = None, **_how: Any) -> bool:
    """Whether sheets that are no years hold the same periods, and so are no parts of the time."""
    columns = propose(table, frequency, kind)
    if "year" in table.of_sheets or "period" not in columns:
        return False
    reader = PeriodReader(table, frequency, columns)
    seen: dict[date | str, str] = {}
    read = (
        (reader.read(row) if reader.can_read(row) else reader.with_year(row), row.sheet)
        for row in table.rows
    )
    return any(when and seen.setdefault(when, sheet) != sheet for when, sheet in read)


def _is_certain(table: Table, frequency: str, kind: str | None) -> bool:
    """Whether each row has a whole period, in a column that says nothing else: what stands beside
    it may look like a period too, such as a figure that became a date."""
    sample = replace(table, rows=table.rows[:_ENOUGH])
    columns = propose(sample, frequency, kind)
    heading = table.headings[columns["period"]] if "period" in columns else None
    if heading is None or table.header_row is None or (heading and role_of(heading) not in PERIODS):
        return False
    reader = PeriodReader(sample, frequency, columns)
    return all(reader.can_read(r) or reader.total(r) for r in sample.rows if r.filled > 1)


def _periods(table: Table, frequency: str, kind: str | None) -> tuple[int, int, int]:
    """How many rows have a period and a figure, how many of those lack no year, and below nought
    how many have a figure alone."""
    sample = replace(table, rows=table.rows[:_ENOUGH])
    columns = propose(sample, frequency, kind)
    if "period" not in columns:
        return 0, 0, 0
    reader = PeriodReader(sample, frequency, columns)
    first = len(table.of_sheets)  # behind the name of the sheet
    own = ((row, replace(row, cells=row.cells[first:])) for row in sample.rows)
    with_figures = [row for row, cells in own if holds_figures(cells)]
    read = [row for row in with_figures if reader.can_read(row)]
    lacking = [row for row in with_figures if not reader.can_read(row) and reader.lacks_year(row)]
    both = len(read) + len(lacking)
    return both, len(read), both and both - len(with_figures)


def read_file(data: bytes, filename: str, *, dates: bool = False) -> Table:
    """The likeliest table of a file, as it lies. Raises Unreadable."""
    return table_of(likeliest(open_file(data, filename), dates=dates), dates=dates)


def read_pasted(text: str, *, dates: bool = False) -> Table:
    """The table in text, as it lies. Raises Unreadable."""
    return table_of(likeliest(open_text(text), dates=dates), dates=dates)
