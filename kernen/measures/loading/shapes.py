"""Shapes of files that were corrected before, found again by their headings."""

import json
from collections.abc import Sequence
from hashlib import sha256

from ..models import Series, Shape
from ..reading.cells import Sheet, Unreadable
from ..reading.tables import Table, table_of

#: So many sheets of a file are compared with what was corrected before.
_SHEETS = 10


def headings_of(table: Table) -> str:
    """A digest of the headings with something below them; "" where there are none."""
    if table.header_row is None:
        return ""
    filled = {i for row in table.rows for i, cell in enumerate(row.cells) if cell is not None}
    groups = table.groups or ("",) * len(table.headings)
    written = [(groups[i], table.headings[i]) for i in sorted(filled)]
    return sha256(json.dumps([table.across, written]).encode()).hexdigest()


def remembered(series: Series, sheets: Sequence[Sheet]) -> tuple[Shape, Sheet, Table] | None:
    """The first sheet that looks as one did that was corrected, and how it was to be read."""
    kept = Shape.objects.filter(measure=series.measure_id, organisation=series.organisation_id)
    shapes = {shape.headings: shape for shape in kept.select_related("by")}
    named = {shape.own.get(str(series.pk), {}).get("sheet") for shape in shapes.values()}
    for sheet in sorted(sheets[:_SHEETS], key=lambda sheet: sheet.name not in named):
        for across in sorted({shape.across for shape in shapes.values()}):
            try:
                dates = series.measure.events and not across
                table = table_of(sheet, dates=dates, across=across)
            except Unreadable:
                continue
            if shape := shapes.get(headings_of(table)):
                return shape, sheet, table
    return None


def own(shape: Shape, series: Series) -> tuple[str, dict[str, int] | None]:
    """The place that the file calls the series by, and its columns; None to propose them."""
    found = shape.own.get(str(series.pk))
    if found:
        return found["place"], found["columns"]
    return "", shape.columns or None
