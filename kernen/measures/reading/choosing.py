"""Which sheet, and which way it lies, where nobody has said so."""

from dataclasses import replace

from kernen.measures.reading.cells import Book, Sheet, Unreadable
from kernen.measures.reading.columns import PeriodReader, propose
from kernen.measures.reading.files import open_file, open_text
from kernen.measures.reading.levels import holds_figures
from kernen.measures.reading.table import Table
from kernen.measures.reading.tables import holds_day, table_of

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
    found = [_periods(table, frequency, kind) for table in tables]
    # A sheet that is too wide, or has too much on top, is refused as it lies.
    if not tables or (refused and not max(found)[0]):
        raise refused[0]
    return tables[found.index(max(found))]


def _periods(table: Table, frequency: str, kind: str | None) -> tuple[int, int]:
    """How many rows have a period and a figure, and how many of those lack no year."""
    sample = replace(table, rows=table.rows[:_ENOUGH])
    columns = propose(sample, frequency, kind)
    if "period" not in columns:
        return 0, 0
    reader = PeriodReader(sample, frequency, columns)
    with_figures = [row for row in sample.rows if holds_figures(row)]
    read = [row for row in with_figures if reader.can_read(row)]
    lacking = [row for row in with_figures if not reader.can_read(row) and reader.lacks_year(row)]
    return len(read) + len(lacking), len(read)


def read_file(data: bytes, filename: str, *, dates: bool = False) -> Table:
    """The likeliest table of a file, as it lies. Raises Unreadable."""
    return table_of(likeliest(open_file(data, filename), dates=dates), dates=dates)


def read_pasted(text: str, *, dates: bool = False) -> Table:
    """The table in text, as it lies. Raises Unreadable."""
    return table_of(likeliest(open_text(text), dates=dates), dates=dates)
