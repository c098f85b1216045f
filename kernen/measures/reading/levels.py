"""Headings on two lines, such as a place above its numerator and its denominator."""

from collections.abc import Sequence

from kernen.measures.reading.cells import Cell, Row, as_heading, is_period, shown
from kernen.measures.reading.headings import COUNTED, PERIODS, role_of, without_role
from kernen.measures.reading.numbers import is_number, parts

#: What stands below headings to say in what the figures are.
_UNITS = {
    "antal", "stk", "%", "pct", "procent", "dage", "timer", "minutter", "min", "kr", "dkk", "mio",
    "point", "personer", "patienter", "borgere", "number", "days", "hours",
}  # fmt: skip


def holds_figures(row: Row) -> bool:
    """Whether a number stands beside something else."""
    return row.filled > 1 and any(is_number(c) or parts(c) is not None for c in row.cells)


def are_headings(row: Row) -> bool:
    """Whether the row says what at least two columns hold, and is no row of figures."""
    words = [*map(shown, row.cells)]
    figures = any(is_number(word) or is_period(word, "year") for word in words)
    return not figures and len({*map(role_of, words)} - {None}) > 1


def is_wordy(row: Row) -> bool:
    """Whether the row has two cells or more, and only words in them."""
    written = [cell for cell in row.cells if cell is not None]
    return len(written) > 1 and not any(is_number(c) or is_period(c, "year") for c in written)


def padded(row: Row, width: int) -> tuple[Cell, ...]:
    cells = row.cells[:width]
    return cells + (None,) * (width - len(cells))


def levels(
    above: Row | None, header: Row, below: list[Row], width: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings, and what stands above several of them; a second line of headings is taken from
    the rows `below`."""
    lower = tuple(map(as_heading, padded(header, width)))
    if above is not None and above.filled > 1 and (_counts_twice(lower) or _repeats(lower)):
        return lower, _spread(above, width)
    gaps = any(cell is None for cell in header.cells[1:])
    if gaps and below and is_wordy(below[0]) and not holds_figures(below[0]):
        upper = _spread(header, width)
        second = tuple(map(as_heading, padded(below[0], width)))
        if any(b and not a for a, b in zip(lower, second, strict=True)):
            below.pop(0)
            leaf = tuple(b or a for a, b in zip(lower, second, strict=True))
            if {*map(role_of, upper)} >= COUNTED and not {*map(role_of, second)} >= COUNTED:
                return upper, leaf  # what is counted stands above, and the places below it
            return leaf, upper
    if below and is_wordy(below[0]) and not holds_figures(below[0]) and _explains(header, below[0]):
        below.pop(0)
    return lower, _beside(lower, below) if _counts_twice(lower) else ()


def _explains(header: Row, row: Row) -> bool:
    """Whether the row says what stands in the columns: "antal" below each heading, or how it is to
    be filled in."""
    if header.cells[0] is not None and row.cell(0) is None:
        return True
    first, *others = [str(cell) for cell in row.cells if cell is not None]
    bracketed = all(word[0] in "([" and word[-1] in ")]" for word in (first, *others))
    return bracketed or all(word.casefold().strip("() .") in _UNITS for word in others)


def _counts_twice(headings: Sequence[str]) -> bool:
    """Whether what is counted stands there more than once."""
    roles = [role for role in map(role_of, headings) if role in COUNTED]
    return len(roles) > len(set(roles)) > 1


def _repeats(headings: Sequence[str]) -> bool:
    """Whether the same words stand there again, and no periods do: that is a table in parts."""
    words = [heading.casefold() for heading in headings if heading]
    again = {word for word in words if words.count(word) > 1}
    return bool(again) and not any(role_of(word) in PERIODS for word in again)


def _spread(row: Row, width: int) -> tuple[str, ...]:
    """Each word with the empty cells to the right of it: a heading over several columns."""
    words, last = [], ""
    for cell in padded(row, width):
        last = as_heading(cell) or last
        words.append(last)
    return tuple(words)


def _beside(headings: Sequence[str], below: Sequence[Row]) -> tuple[str, ...]:
    """The place in the same heading as what is counted there ("Randers, tæller"), or in that of
    an empty column in front of it; () where neither names each of them."""
    groups, last = [], ""
    for at, heading in enumerate(headings):
        counted = role_of(heading) in COUNTED
        if not counted and all(row.cell(at) is None for row in below):
            last = heading
        groups.append((without_role(heading) or last) if counted else "")
    named = {group for group in groups if group}
    missing = any(role_of(h) in COUNTED and not g for h, g in zip(headings, groups, strict=True))
    return () if missing or len(named) < 2 else tuple(groups)
