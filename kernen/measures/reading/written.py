"""A sheet written out as text that a person can mend and that is read back as the same sheet."""

import csv
import io
from datetime import date
from decimal import Decimal

from kernen.measures.reading.cells import Cell, Sheet, plain


def as_text(sheet: Sheet) -> str:
    """The sheet with tabs between cells; each row on the line of its number in the file."""
    lines = {row.number: row.cells for row in sheet.rows}
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for number in range(1, max(lines, default=0) + 1):
        if number in lines:
            writer.writerow([_written(cell) for cell in lines[number]])
        else:
            out.write("\n")
    return out.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
