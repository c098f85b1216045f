"""What titles and the name of a sheet say of when its figures are: the year of all periods, or the
one period of all rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.measures.reading.cells import Row, Sheet, as_heading, is_period, is_year
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.table import Table
from kernen.measures.reading.when import is_when

LEADING = 30  # how many rows of titles may stand above the headings
_DAY = re.compile(r"\d\d?\.? ?[^\W\d_]{3,9}\.? ?(?:19|20)\d\d")
#: What a title says of the file, and not of its figures.
_DRAWN = re.compile(
    r"\b(?:opdateret|udtrukket|udtræk|udskrevet|trukket|dannet|updated|extracted|printed)\b",
    re.IGNORECASE,
)
#: What a title says of several periods together.
_STRETCH = re.compile(
    r"\s[-–]\s|\b(?:til|fra|siden|efter|før|og|med|to|from|since|and|rullende|seneste|sidste|hidtil"
    r"|akkumuleret|måneder|mdr|uger)\b",
    re.IGNORECASE,
)
_LONGEST = 4  # so many words a period has
_FROM_TITLES = gettext_lazy(
    "No column holds periods: they are read from the title or the name of the sheet."
)


def year_of(sheet: Sheet, table: Table) -> str:
    """For periods such as "jan", whose year stands but once."""
    first = table.header_row or 1
    rows = sheet.rows if table.across else [row for row in sheet.rows if row.number <= first]
    titles = [
        as_heading(row.cell(0)) for row in rows[:LEADING] if row.filled == 1 or not table.across
    ]
    titles += table.headings[:1] if is_year(table.headings[0]) else ()
    of_figures = (text for text in titles if not _DRAWN.search(text))
    said = (_DAY.sub(_unless_a_day, text) for text in [sheet.name, *of_figures])
    found = re.findall(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-])", " ".join(said))
    return found[0] if len(set(found)) == 1 else ""


def _unless_a_day(found: re.Match[str]) -> str:
    """Nothing in place of a day, such as the one on which the figures were drawn."""
    return "" if is_period(found[0], "day") else found[0]


def with_period(table: Table, name: str, above: Sequence[Row]) -> Table:
    """With the period of the title or the sheet's name in a column of its own, where no other has
    one: a list of places as they were in one month."""
    cells = (cell for row in table.rows for cell in row.cells)
    named = any(role_of(heading) in PERIODS or is_when(heading) for heading in table.headings)
    if named or any(is_when(cell) and not is_number(cell) for cell in cells):
        return table
    titles = [name, *(as_heading(row.cell(0)) for row in above[-LEADING:] if row.filled == 1)]
    found = {period.casefold(): period for title in titles for period in _periods(title)}
    if len(found) != 1 or table.header_row is None:
        return table
    (period,) = found.values()
    width = len(table.headings)
    return replace(
        table,
        headings=(*table.headings, "period"),
        groups=(*table.groups, "") if table.groups else (),
        rows=tuple(
            replace(
                row,
                cells=(*row.cells, period),
                numbers=(*row.numbers, row.number) if row.numbers else (),
            )
            for row in table.rows
        ),
        sources=(*(table.sources or range(width)), 0),
        names=(*(table.names or ("",) * width), _("the title")),
        remarks=(*table.remarks, _FROM_TITLES),
    )


def _periods(title: str) -> Iterator[str]:
    """The periods finer than a year that a title names, each as long as it is written."""
    if _DRAWN.search(title) or _STRETCH.search(title):
        return
    words = title.split()
    at = 0
    while at < len(words):
        for many in range(_LONGEST, 0, -1):
            text = " ".join(words[at : at + many]).strip(" ,;:()")
            if is_period(text, "quarter") and (many == 1 or re.search(r"[^\W\d_]", text)):
                if not is_period(text, "day"):
                    yield text
                at += many - 1
                break
        at += 1
