"""How a large file is to be read, where a person says so: whoever sent it, or whoever put one with
the same headings right before."""

import json
from collections.abc import Sequence
from copy import copy
from hashlib import sha256
from typing import Any

from ..loading.many.matching import known
from ..models import Delivery, Measure, Shape
from ..reading.cells import Row
from .rows import Rows
from .sheets import SheetRows
from .surveying import first_lines, headings_in, heads


def as_said(
    rows: Rows | SheetRows, delivery: Delivery
) -> tuple[Rows | SheetRows, dict[str, Any], Shape | None]:
    """The rows of the sheet that is meant; of them the row of the headings ("header"), the column
    of each role ("columns") and the series of places that are called otherwise ("places"), as far
    as somebody said so; and the shape that says it. Raises Unreadable."""
    if said := delivery.said:
        return _in_sheet(rows, said["sheet"]), said, None
    for shape in Shape.objects.filter(measure=delivery.measure, organisation=None):
        of = _in_sheet(rows, shape.own.get("", {}).get("sheet", ""))
        lines = first_lines(of)
        for header in dict.fromkeys((headings_in(lines), shape.header or 0)):
            if digest_of(lines, header) == shape.headings:
                return of, {"header": header, "columns": shape.columns}, shape
    return rows, {}, None


def named(measure: Measure | None) -> dict[str, int]:
    """By what files call a place, folded, the number of the series that was chosen for it before,
    or 0 where it is left out."""
    return {name: int(pk) for name, pk in known(measure).items()} if measure else {}


def digest_of(lines: Sequence[Row], header: int) -> str:
    """A digest of the headings, as a shape has it; "" where there are none."""
    names, groups, _last = heads(lines, header)
    written = ["row by row", names, groups]
    return sha256(json.dumps(written).encode()).hexdigest() if header and any(names) else ""


def _in_sheet(rows: Rows | SheetRows, name: str) -> Rows | SheetRows:
    if name not in rows.sheets:
        return rows
    of = copy(rows)
    of.sheet = name
    return of
