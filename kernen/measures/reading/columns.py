"""Which column holds what: proposed from headings and content, for a person to confirm."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kernen.measures.reading.cells import is_period, is_year
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.table import Table
from kernen.measures.reading.when import PeriodReader
from kernen.measures.reading.which import figure_columns, mostly, sample_columns

#: By kind of figures (`Measure.Figures`) what columns can hold beside the period and a note.
#: Observations stand in one column or in several side by side, from `value` to `last`.
ROLES_OF = {
    "counts": ("numerator", "denominator"),
    "rates": ("numerator", "denominator"),
    "values": ("value",),
    "samples": ("value", "last", "spread", "size"),
    "events": ("value",),
}
FIGURES = {role for roles in ROLES_OF.values() for role in roles}
_SAMPLE = 100  # rows that show in which column the periods stand


def is_counted(kind: str | None) -> bool | None:
    return None if kind is None else "numerator" in ROLES_OF[kind]


def propose(
    table: Table, frequency: str, kind: str | None, wanted: Sequence[str] = ()
) -> dict[str, int]:
    """Role to column index; a role that nothing fits, or that several may be, is left out. `kind`
    says what is wanted, None that the table may decide between counts and values; `wanted` is how
    the unit of the series and its measure are called."""
    if table.of_sheets:
        one = propose(_one_sheet(table), frequency, kind, wanted)
        said = {role: at for at, role in enumerate(table.of_sheets)}
        own = {
            role: at + len(said) for role, at in one.items() if role != "place" or role not in said
        }
        return said | own
    columns = _period_columns(table, frequency)
    free = [i for i in range(len(table.headings)) if i not in columns.values()]
    if kind == "samples":
        columns |= sample_columns(table, free)
    elif kind != "events":  # a number beside a date can be anything: a person says what it is
        counts = is_counted(kind)
        columns |= figure_columns(table, free, counts, wanted)
    free = [i for i in free if i not in columns.values()]
    noted = [i for i in free if role_of(table.headings[i]) == "note"]  # whatever is written there
    free = [i for i in free if not mostly(table, i, is_number)]
    notes = free if table.header_row is None else noted
    places = [i for i in free if role_of(table.headings[i]) == "place" and _differs(table, i)]
    columns |= {"place": places[0]} if places else {}
    return columns | ({"note": notes[0]} if notes and notes[:1] != places[:1] else {})


def _one_sheet(table: Table) -> Table:
    """The table without the names of its sheets."""
    first = len(table.of_sheets)
    rows = tuple(replace(row, cells=row.cells[first:], sheet="") for row in table.rows)
    headings, groups = table.headings[first:], table.groups[first:]
    return replace(table, headings=headings, groups=groups, rows=rows, of_sheets=())


def _differs(table: Table, index: int) -> bool:
    """Whether several things are written in the column."""
    return len({row.cell(index) for row in table.rows} - {None}) > 1


def _period_columns(table: Table, frequency: str) -> dict[str, int]:
    """The column, or the two, in which most periods can be read; a heading counts before that."""
    sample = replace(table, rows=table.rows[:_SAMPLE])
    roles = {i: role_of(head) for i, head in enumerate(table.headings) if not _is_one_period(head)}
    of_years = _of_years(table)
    named = [i for i in roles if roles[i] in PERIODS]
    if frequency != "year":  # one heading may stand above the years and the weeks in them
        beside = {
            i for i in of_years if roles.get(i) != "year" and table.headings[i + 1 : i + 2] == ("",)
        }
        named = [i + 1 if i in beside else i for i in named]
    years = [i for i in named if roles[i] == "year"] or of_years

    def tries(among: Iterable[int]) -> list[dict[str, int]]:
        alone = [{"period": i} for i in among]
        beside = [one | {"year": years[0]} for one in alone if years and one["period"] not in years]
        return alone + beside

    def readable(columns: dict[str, int]) -> int:
        return sum(map(PeriodReader(sample, frequency, columns).can_read, sample.rows))

    def lacking_year(columns: dict[str, int]) -> int:
        return sum(map(PeriodReader(sample, frequency, columns).lacks_year, sample.rows))

    best = max(tries(named or roles), key=readable, default={})
    if best and not readable(best) and named and not lacking_year(best):
        whole = max(({"period": i} for i in roles), key=readable)  # "område, enhed og tid"
        return whole if readable(whole) else best
    if best and (named or readable(best)):
        return best
    best = max(tries(roles), key=lacking_year, default={})
    return best if best and lacking_year(best) else {}


def _is_one_period(heading: str) -> bool:
    """Whether a heading is itself a period, such as "Uge 1", and no word for those below it, nor
    their year."""
    texts = (heading, f"{heading} 2018") if re.search(r"\d", heading) else ()
    return any(is_period(text, "quarter") for text in texts)


def _of_years(table: Table) -> list[int]:
    """A column that holds nothing but years, some of them once for several periods."""
    columns = ([row.cell(i) for row in table.rows] for i in range(len(table.headings)))
    return [
        i
        for i, cells in enumerate(columns)
        if any(cells) and all(cell is None or is_year(cell) for cell in cells)
    ]
