"""Tables in which half of a period stands in its row and half above its column: the months below
each other and the years side by side, or the other way round. Each cell becomes a row of its own,
so that all that follows reads one kind of table; it still knows where it stood."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from kernen.measures.reading.cells import (
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Sentence,
    Unreadable,
    as_heading,
    column_letter,
    is_period,
    is_year,
    shown,
)
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.table import Table
from kernen.measures.reading.when import is_total
from kernen.measures.reading.which import mostly

_NOT_CROSSED = _(
    "No months, weeks or quarters stand beside the rows with their years above the columns, nor the"
    " other way round. Choose that each period has a row or a column of its own."
)
_BESIDE = _("{column} belongs to no single period. It is left out.")
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\d.,])")
_NUMBER = re.compile(r"(\d\d?)\.?", re.ASCII)
#: How many of them a year has at most; and which of them stand there, if all do, by how many.
_MOST = {"week": 53, "month": 12, "quarter": 4}
_ALL = {4: "quarter", 12: "month", 52: "week", 53: "week"}


@dataclass(frozen=True)
class _Heads:
    """The columns above which half of the period stands, and what else stands there; the column
    with the other half; what the half above is, as a heading says it."""

    halves: Mapping[int, tuple[str, str]]
    down: int
    called: str


def crossed(table: Table) -> Table:
    """The table with a row for each cell. Raises Unreadable where nothing is crossed in it."""
    heads = _years_above(table) or _years_down(table)
    halves = [half for half, _other in heads.halves.values()] if heads else []
    if heads is None or len(set(heads.halves.values())) < len(halves):
        raise Unreadable(_NOT_CROSSED)
    if len({*halves}) * len(table.rows) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    return _laid_out(table, heads)


def crossing_row(rows: Sequence[Row]) -> int:
    """Where the halves of periods stand that are above the columns. Raises Unreadable."""
    for index, row in enumerate(rows):
        first, *others = row.cells
        years = any(_year_and_other(as_heading(cell)) for cell in others)
        if (years and not _is_half(as_heading(first))) or _halves_in(others):
            return index
    raise Unreadable(_NOT_CROSSED)


def _halves_in(cells: Sequence[Cell]) -> bool:
    words = [*map(as_heading, cells)]
    return sum(map(_is_half, words)) > 1 or bool(_count_up(words))


def _year_and_other(words: str) -> tuple[str, str] | None:
    """The year that a heading names, and what else it says; None of a whole period."""
    years = {*_YEAR.findall(words)}
    if len(years) != 1 or is_period(words, "quarter"):
        return None
    other = re.sub(r"^\W+|[^\w)%]+$|\(\W*\)", "", _YEAR.sub(" ", words))
    return years.pop(), " ".join(other.split())


def _is_half(words: str, role: str | None = None) -> bool:
    """Whether it lacks nothing but a year; of a bare number only its heading says so."""
    if number := _NUMBER.fullmatch(words):
        return role is not None and 1 <= int(number[1]) <= _MOST.get(role, 0)
    return not is_period(words, "quarter") and is_period(f"{words} 2020", "quarter")


def _count_up(words: Sequence[str]) -> str:
    """What is counted where all of a year stand there as numbers in their order, else ""."""
    numbers = [int(found[1]) for found in map(_NUMBER.fullmatch, words) if found]
    return _ALL.get(len(numbers), "") if numbers == [*range(1, len(numbers) + 1)] else ""


def _above(table: Table) -> Iterator[tuple[int, str, str]]:
    """Each column with what stands above it and above several."""
    for at, heading in enumerate(table.headings):
        group = table.groups[at] if at < len(table.groups) else ""
        yield at, heading, "" if group == heading else group


def _years_above(table: Table) -> _Heads | None:
    found = {at: _year_and_other(f"{group} {head}".strip()) for at, head, group in _above(table)}
    halves = {at: both for at, both in found.items() if both and not is_total(both[1])}
    beside = (at for at in found if not found[at] and _halves_down(table, at))
    down = next(beside, None) if halves else None
    own_years = any(not found[at] and mostly(table, at, is_year) for at in found)
    return None if down is None or own_years else _Heads(halves, down, "year")


def _halves_down(table: Table, at: int) -> bool:
    """Whether the column holds periods that lack their year."""
    role = role_of(_called(table, at))
    halves = mostly(table, at, lambda cell: _is_half(as_heading(cell), role))
    return halves and not _is_half(table.headings[at])


def _called(table: Table, at: int) -> str:
    """The heading of a column with halves of periods, or what they are where it says something
    else."""
    group = table.groups[at] if at < len(table.groups) else ""
    counted = _count_up([as_heading(row.cell(at)) for row in table.rows])
    said = (word for word in (table.headings[at], group) if role_of(word) in _MOST)
    return next(said, counted or "period")


def _years_down(table: Table) -> _Heads | None:
    counted = _count_up([word for _at, *words in _above(table) for word in words if word])
    halves: dict[int, tuple[str, str]] = {}
    called = counted
    for at, head, group in _above(table):
        for half, other in ((head, group), (group, head)):
            if _is_half(half, role_of(counted or other)):
                beside = role_of(other) in PERIODS
                called = other if beside else called
                halves[at] = half, "" if beside else other
                break
    others = [at for at in range(len(table.headings)) if at not in halves]
    down = next((at for at in others if mostly(table, at, is_year)), None)
    own_halves = any(_halves_down(table, at) for at in others)  # "K1" can be a ward
    if down is None or own_halves or len(halves) < 2:
        return None
    return _Heads(halves, down, called or "period")


def _laid_out(table: Table, heads: _Heads) -> Table:
    """A row for each half above the columns and each row."""
    others = [at for at in range(len(table.headings)) if at not in heads.halves]
    left_out = [
        at
        for at in others
        if at != heads.down
        and role_of(table.headings[at]) not in PERIODS
        and mostly(table, at, is_number)
    ]
    kept = [at for at in others if at not in left_out and any(r.cell(at) for r in table.rows)]
    halves = dict.fromkeys(half for half, _other in heads.halves.values())
    called = dict.fromkeys(other for _half, other in heads.halves.values())
    at_half = {both: at for at, both in heads.halves.items()}
    columns = {half: [at_half.get((half, other)) for other in called] for half in halves}
    years_above = heads.called == "year"
    own = _called(table, heads.down) if years_above else "year"
    pairs = (
        ((row, half) for half in halves for row in table.rows)
        if years_above
        else ((row, half) for row in table.rows for half in halves)
    )
    rows = tuple(
        _row(table, number, row, half, kept, columns[half])
        for number, (row, half) in enumerate(pairs, start=1)
    )
    spans = [[at for at in heads.halves if heads.halves[at][1] == other] for other in called]
    names = [_name(table, span, other) for span, other in zip(spans, called, strict=True)]
    return replace(
        table,
        headings=(
            *(own if at == heads.down else table.headings[at] for at in kept),
            heads.called,
            *called,
        ),
        rows=rows,
        groups=(),
        sources=(),
        crossed=True,
        names=(*(table.column_name(at) for at in kept), _name_of_halves(table, halves), *names),
        remarks=(*table.remarks, *(_beside(table, at) for at in left_out)),
    )


def _row(
    table: Table, number: int, row: Row, half: str, kept: Sequence[int], own: Sequence[int | None]
) -> Row:
    """The cells of one half above the columns, behind what is said of the row."""
    first = next(at for at in own if at is not None)
    spots = [table.spot(row, at) for at in kept]
    spots.append((table.header_row or 0, table.spot(row, first)[1]))
    spots += (table.spot(row, first if at is None else at) for at in own)
    figures = (None if at is None else row.cell(at) for at in own)
    return Row(
        number,
        (*(row.cell(at) for at in kept), half, *figures),
        tuple(number for number, _column in spots),
        tuple(column for _number, column in spots),
    )


def _name(table: Table, span: Sequence[int], other: str) -> str:
    """ "B, D (Tæller)", and "B–D" of many."""
    letters = [column_letter(table.sources[at] if table.sources else at) for at in span]
    said = f"{letters[0]}–{letters[-1]}" if len(letters) > 3 else ", ".join(letters)
    return f"{said} ({shown(other)})" if other else said


def _name_of_halves(table: Table, halves: Mapping[str, object]) -> str:
    place = pgettext("of a sheet", "row %(number)s") % {"number": table.header_row or 1}
    first, *_others, last = [*halves, ""] if len(halves) == 1 else halves
    return f"{place} ({first}–{last})" if last else f"{place} ({first})"


def _beside(table: Table, at: int) -> Sentence:
    return format_lazy(_BESIDE, column=table.column_name(at))
