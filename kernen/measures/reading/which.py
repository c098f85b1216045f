"""Which columns hold the figures; where it is not plain, none is taken, and a person is asked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from kernen.measures.reading.cells import Cell
from kernen.measures.reading.headings import PERIODS, role_of, sureness
from kernen.measures.reading.numbers import decimal_signs, is_number, parts, read_number, says_none
from kernen.measures.reading.table import Table
from kernen.measures.reading.units import says

_NO_FIGURES = ("order", "note", "spread", "goal")
#: What is no part and no whole: those that are left, "Ikke opfyldt".
_REST = re.compile(r"\W*(?:ikke|nej|ej|uden|not|no|without)\b", re.IGNORECASE)
#: Those of whom, or of which, some are counted.
_ALL_OF = re.compile(
    r"\b(?:udskrevne|udskrivelser|udskrivninger|indlæggelser|patienter|borgere|beboere|forløb"
    r"|operationer|fødsler|kontakter|discharges|admissions|patients|citizens|residents)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\b(?:gennemsnit\w*|gnsn?|snit|middelværdi|mean|average)\b", re.IGNORECASE)
_SHARES = re.compile(
    r"(?<!\d)(?<!\d )%|\b(?:pct|procent\w*|percent\w*|per cent|\w*andele?n?|rate\w*|share"
    r"|proportion\w*)\b",
    re.IGNORECASE,
)
#: A heading that is as short says nothing of a measure.
_SHORT = 4
_MEDIANS = re.compile(r"\bmedian\w*", re.IGNORECASE)


def sample_columns(table: Table, free: Iterable[int]) -> dict[str, int]:
    """Mean, standard deviation and number by their headings, else the observations."""
    numeric = [i for i in free if mostly(table, i, is_number)]
    roles = {i: role_of(table.headings[i]) for i in numeric}
    sizes = [i for i in numeric if roles[i] in ("denominator", "count")]
    means = [i for i in numeric if roles[i] in ("value", None)]
    means.sort(key=lambda i: (roles[i] is None, bool(_MEDIANS.search(table.headings[i]))))
    spreads = [i for i in numeric if roles[i] == "spread"]
    if sizes and means and (spreads or len(numeric) == 2):
        summary = {"value": means[0], "size": sizes[0]}
        return summary | ({"spread": spreads[0]} if spreads else {})
    seen = [i for i in numeric if roles[i] not in ("order", "note")]
    several = {"last": seen[-1]} if len(seen) > 1 else {}
    return {"value": seen[0], **several} if seen else {}


def figure_columns(
    table: Table, free: Iterable[int], counts: bool | None, wanted: Sequence[str] = ()
) -> dict[str, int]:
    """The columns of one figure; `counts` says whether it has a numerator and a denominator,
    `wanted` is how the unit of the series and its measure are called."""
    found = _likely_columns(table, free, counts, wanted)
    return {} if _of_two(table, found) else found


def _of_two(table: Table, found: Mapping[str, int]) -> bool:
    """Whether numerator and denominator stand below two headings of which none says what is
    counted, such as two places."""
    pair = [found[role] for role in ("numerator", "denominator") if role in found]
    groups = {table.groups[i] for i in pair if table.groups and table.groups[i]}
    own = all(table.groups[i] != table.headings[i] for i in pair) if groups else False
    return own and len(groups) > 1 and not {*map(role_of, groups)} & {"numerator", "denominator"}


def _likely_columns(
    table: Table, free: Iterable[int], counts: bool | None, wanted: Sequence[str]
) -> dict[str, int]:
    roles = _roles(table, free, counts)
    fractions = [i for i in roles if mostly(table, i, parts)]
    if fractions and counts is not False:
        return {"numerator": fractions[0], "denominator": fractions[0]}
    numeric = [i for i in roles if mostly(table, i, is_number)]
    if counts is False:
        values = _values(table, roles, numeric, wanted)
        return {"value": values[0]} if len(values) == 1 else {}
    wholes = [i for i in numeric if roles[i] == "denominator"]
    beside = [i for i in numeric if roles[i] not in ("value", "denominator")]
    if not beside and len(wholes) == 2 and any(_is_n(table, i) for i in wholes):
        return _by_size(table, *wholes, sure=True)  # "n" and "N"
    found = {role: _surest(table, roles, numeric, role) for role in ("numerator", "denominator")}
    taken = {role: columns[0] for role, columns in found.items() if columns}
    if counts and any(len(columns) > 1 for columns in found.values()):
        return {}  # two that are "heraf"
    others = [i for i in numeric if roles[i] not in ("value", *taken)]
    if len(taken) == 2:
        return taken
    if taken and others and (len(others) == 1 or not counts):
        (lacking,) = found.keys() - taken.keys()
        others.sort(key=lambda i: roles[i] is None)
        return taken | {lacking: others[0]}
    if len(others) == 2 and not taken and (len(numeric) == 2 or counts):
        pair = _by_size(table, *others, sure=bool(counts))
        if not counts or _is_plain(table, pair):
            return pair
    if counts:
        return {}  # any of them may be what is counted
    values = [i for role in ("value", "count", None) for i in roles if roles[i] == role]
    values = [i for i in values if i in numeric or roles[i]] or (numeric if not numeric[1:] else [])
    return {"value": values[0]} if values else {}


def in_doubt(table: Table, chosen: Mapping[str, int], counts: bool) -> list[int]:
    """The columns of which each may hold the figures, or a part of them."""
    free = [i for i in range(len(table.headings)) if i not in chosen.values()]
    roles = _roles(table, free, counts)
    no = (*PERIODS, "value") if counts else (*PERIODS, "numerator", "denominator")
    return [i for i in roles if roles[i] not in no and mostly(table, i, is_number)]


def _roles(table: Table, free: Iterable[int], counts: bool | None) -> dict[int, str | None]:
    """What columns that may hold figures are by their headings."""
    roles = {i: role_of(table.headings[i]) for i in free}
    roles = {i: r for i, r in roles.items() if r not in _NO_FIGURES and not _only_counts(table, i)}
    if counts is not False:
        roles = {i: role for i, role in roles.items() if not _REST.match(table.headings[i])}
    return {i: None if role == "place" else role for i, role in roles.items()}


def _only_counts(table: Table, index: int) -> bool:
    """Whether the first column has no heading and numbers the rows, as programs write them out."""
    if index or table.headings[index] or table.header_row is None:
        return False
    written = [_number(row.cell(index), set()) for row in table.rows]
    return len(written) > 1 and written in ([*range(n, n + len(written))] for n in (0, 1))


def _surest(
    table: Table, roles: Mapping[int, str | None], numeric: Sequence[int], role: str
) -> list[int]:
    """The columns that have the role; one alone where its heading says so more plainly than all
    others, or all say the same. Without numbers a column counts too, so that what is wrong in it
    shows."""
    found = [i for i in roles if roles[i] == role]
    found = [i for i in found if i in numeric] or found
    return _plain(table, found)


def _plain(table: Table, found: Sequence[int]) -> list[int]:
    best = max((sureness(table.headings[i]) for i in found), default=0)
    found = [i for i in found if sureness(table.headings[i]) == best]
    same = {table.headings[i].casefold() for i in found}
    return found[:1] if len(same) == 1 and "" not in same else [*found]


def _values(
    table: Table,
    roles: Mapping[int, str | None],
    numeric: Sequence[int],
    wanted: Sequence[str],
) -> list[int]:
    """The columns of which one is the value: what says the unit or the measure, or is called a
    value, comes before all else."""
    found = [i for i in roles if roles[i] in ("value", "count", None)]
    found = [i for i in found if i in numeric or roles[i]]
    if wanted and not any(map(_SHARES.search, wanted)):
        found = [i for i in found if not _SHARES.search(table.headings[i])] or found
    telling = [i for i in found if any(_tells(table.headings[i], word) for word in wanted)]
    means = [i for i in found if _MEANS.search(table.headings[i])]
    medians = [i for i in found if _MEDIANS.search(table.headings[i]) and i not in means]
    if means and medians and (not telling or {*telling} & {*means, *medians}):
        meant = {1: means, 2: medians}.get(_mean_or_median(" ".join(wanted)), [])
        return meant if len(meant) == 1 else [*means, *medians]
    named = [i for i in found if roles[i] == "value"]
    if not telling and not named:
        telling = [i for i in numeric if any(says(table.headings[i], word) for word in wanted)]
    if named and all(roles[i] == "count" for i in telling):  # "Antal dage" beside "Gennemsnit"
        return [*telling, *named] if telling else _plain(table, named)
    numbers = [i for i in found if i in numeric]
    alone = found[:1] or (numeric if len(numeric) == 1 else [])
    return _plain(table, telling or numbers) or [*alone]


def _tells(heading: str, word: str) -> bool:
    """Whether a heading says the unit or the measure, or a part of its name."""
    return says(heading, word) or (len(heading) > _SHORT and says(word, heading))


def _mean_or_median(words: str) -> int:
    """1 for a mean, 2 for a median, else 0 or 3."""
    return bool(_MEANS.search(words)) + 2 * bool(_MEDIANS.search(words))


def _is_plain(table: Table, pair: Mapping[str, int]) -> bool:
    """Whether the larger of two counts is of all: its heading says so alone, or none is there."""
    part, whole = table.headings[pair["numerator"]], table.headings[pair["denominator"]]
    if not part and not whole:
        return True
    return bool(_ALL_OF.search(whole)) and not _ALL_OF.search(part)


def _is_n(table: Table, index: int) -> bool:
    return table.headings[index].casefold() == "n"


def _by_size(table: Table, one: int, other: int, *, sure: bool) -> dict[str, int]:
    """Of two columns of counts the numerator is never larger; if not `sure`, they can be else."""
    pairs = [
        (a, b)
        for a, b in zip(_numbers(table, one), _numbers(table, other), strict=True)
        if a is not None and b is not None
    ]
    whole = all(number == number.to_integral_value() for pair in pairs for number in pair)
    if (sure or whole) and all(a <= b for a, b in pairs):
        return {"numerator": one, "denominator": other}
    if (sure or whole) and all(b <= a for a, b in pairs):
        return {"numerator": other, "denominator": one}
    return {"numerator": one, "denominator": other} if sure else {"value": one}


def mostly(table: Table, index: int, test: Callable[[Cell], object]) -> bool:
    """Whether at least half of what is written in the column passes the test."""
    filled = [cell for row in table.rows if not says_none(cell := row.cell(index))]
    return bool(filled) and 2 * sum(map(bool, map(test, filled))) >= len(filled)


def _numbers(table: Table, index: int) -> list[Decimal | None]:
    cells = [row.cell(index) for row in table.rows]
    signs = decimal_signs(cells, whole=True)
    return [_number(cell, signs) for cell in cells]


def _number(cell: Cell, signs: set[str]) -> Decimal | None:
    try:
        return read_number(cell, signs)
    except ValueError:
        return None
