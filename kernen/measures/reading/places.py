"""Files that hold the figures of several places, and which of them a series is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kernen.measures.reading.cells import Cell, Row, shown
from kernen.measures.reading.columns import is_counted
from kernen.measures.reading.headings import role_of
from kernen.measures.reading.numbers import is_number, parts
from kernen.measures.reading.table import Table
from kernen.measures.reading.units import says
from kernen.measures.reading.when import begins_a_total
from kernen.measures.reading.which import figure_columns, mostly

#: What stands for all places together.
_WHOLES = {
    "hele landet", "landet", "hele danmark", "landsplan", "på landsplan", "landsgennemsnit",
    "landstal", "hele regionen", "regionen", "alle regioner", "alle kommuner", "alle hospitaler",
    "alle sygehuse", "alle afdelinger", "alle afsnit", "alle steder", "alle enheder",
    "danmark", "denmark", "hele dk", "alle", "alle i alt", "samtlige", "all",
    "whole country", "the whole country", "whole region", "the whole region", "all regions",
    "all municipalities", "all hospitals", "all departments", "all wards", "all units",
    "all places",
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The places in a table by name: each in columns of its own, or all in the rows of one."""

    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By place the column of each role."""
    rows: Sequence[str] = ()

    @property
    def names(self) -> list[str]:
        return [*self.rows] or [*self.columns]

    def likely(self, here: Iterable[str]) -> str:
        """The one place that is called as the series is, or "" where none or several are."""
        if len(self.names) == 1:
            return self.names[0]
        found = fitting(self.names, here)
        return found[0] if len(found) == 1 else ""


def fitting(names: Iterable[str], here: Iterable[str]) -> list[str]:
    """Those that are called so, or else those that hold the first of `here` or stand in it as whole
    words: the others may name a ward with its hospital, which is more than the ward."""
    wanted = [folded(name) for name in here]
    of = {name: folded(name) for name in names}
    if found := [name for name, own in of.items() if own and own in wanted]:
        return found
    first = next(iter(wanted), "")
    return [name for name, own in of.items() if own and first and _holds(own, first)]


def _holds(name: str, wanted: str) -> bool:
    """Whether one of the two names stands as whole words in the other."""
    short, long = sorted((name, wanted), key=len)
    return f" {short} " in f" {long} "


def is_several(name: str) -> bool:
    """Whether it is no place, and a total of them."""
    return begins_a_total(name) or folded(name) in _WHOLES


def folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def places_of(
    table: Table, columns: Mapping[str, int], kind: str | None, wanted: Sequence[str] = ()
) -> Places:
    """What a person can choose among; nothing where the table is of one place, or the heading of
    its figures says one of the `wanted` words."""
    if "place" in columns:
        return Places(rows=[name for name in _spelt(table, columns["place"]).values() if name])
    if kind in ("samples", "events"):
        return Places()
    free = [i for i in range(len(table.headings)) if i not in _when(columns)]
    unnoted = [i for i in free if i != columns.get("note")]
    found = _by_groups(table, free, kind, wanted)
    value = columns.get("value")
    if value is None or not any(says(table.headings[value], word) for word in wanted):
        found = found or _by_headings(table, unnoted, kind)
    return Places(columns=found if len(found) > 1 else {})


def by_place(table: Table, columns: Mapping[str, int], kind: str | None) -> dict[str, Table]:
    """The rows of each place; a period is often written once for all places below it, but no day
    of an event is."""
    rows: dict[str, list[Row]] = {}
    name, sheet, last = "", "", dict[int, Cell]()
    when, spelt = _when(columns), _spelt(table, columns["place"])
    for row in table.rows:
        if row.sheet != sheet:
            name, sheet, last = "", row.sheet, {}
        name = spelt[shown(row.cell(columns["place"])).casefold()] or name
        last |= {i: cell for i in when if kind != "events" and (cell := row.cell(i)) is not None}
        cells = tuple(last.get(i, cell) for i, cell in enumerate(row.cells))
        rows.setdefault(name, []).append(replace(row, cells=cells))
    return {name: replace(table, rows=tuple(own)) for name, own in rows.items()}


def _spelt(table: Table, at: int) -> dict[str, str]:
    """Each name in a column as it is written first, whatever its letters are in capitals."""
    first: dict[str, str] = {}
    for row in table.rows:
        name = shown(row.cell(at))
        first.setdefault(name.casefold(), name)
    return first


def _when(columns: Mapping[str, int]) -> set[int]:
    return {columns[role] for role in ("period", "year") if role in columns}


def _by_groups(
    table: Table, free: list[int], kind: str | None, wanted: Sequence[str]
) -> dict[str, dict[str, int]]:
    """A place above several columns, such as its numerator and its denominator."""
    if not table.groups:
        return {}
    found: dict[str, dict[str, int]] = {}
    for name in dict.fromkeys(table.groups[i] for i in free if table.groups[i]):
        fit = [i for i in free if table.groups[i] == name]
        if figures := figure_columns(table, fit, is_counted(kind), wanted):
            notes = [i for i in fit if role_of(table.headings[i]) == "note"]
            found[name] = figures | ({"note": notes[0]} if notes else {})
    return found


def _by_headings(table: Table, free: list[int], kind: str | None) -> dict[str, dict[str, int]]:
    """A column for each place, whose heading says nothing else."""
    counted = is_counted(kind)
    holds = parts if counted else is_number
    named = [i for i in free if table.headings[i] and mostly(table, i, holds)]
    roles = {i: role_of(table.headings[i]) for i in named}
    if counted is None or (not counted and set(roles.values()) & {"value", "count"}):
        return {}
    own = [i for i in named if roles[i] in (None, "place")]
    return {
        table.headings[i]: dict.fromkeys(("numerator", "denominator") if counted else ("value",), i)
        for i in own
    }
