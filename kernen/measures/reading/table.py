"""A table as it is read: headings, and a row below them for each period."""

from collections.abc import Container
from dataclasses import dataclass, replace

from django.utils.translation import pgettext

from kernen.measures.reading.cells import Row, Sentence, as_heading, column_letter, shown


@dataclass(frozen=True)
class Table:
    """What was written. Rows without any cell are left out; the numbers are those of the file."""

    headings: tuple[str, ...]
    """One for each column, "" where there is none."""
    header_row: int | None
    """The row number of the headings, None where the first row already holds figures."""
    rows: tuple[Row, ...]
    """What stands below the headings."""
    sheet: str = ""
    groups: tuple[str, ...] = ()
    """What stands above the headings of several columns together, such as a ward."""
    across: bool = False
    """Whether the sheet is turned: a row here is a column of it."""
    year: str = ""
    """The one year that titles, headings and the sheet's name speak of."""
    sources: tuple[int, ...] = ()
    """From a column here to the one in the sheet, or to its row number where that is turned."""
    crossed: bool = False
    """Whether a row here is a cell of the sheet, whose period stands half in its row and half above
    its column."""
    names: tuple[str, ...] = ()
    """What columns are called that are no single ones of the sheet, "" for those that are."""
    units: tuple[str, ...] = ()
    """What stood behind all figures of a column, and was taken away."""
    remarks: tuple[Sentence, ...] = ()
    """What is worth telling of how it was made."""
    of_sheets: tuple[str, ...] = ()
    """What the first columns say of each row's sheet, where there are several: "place", "year"."""

    def column_name(self, index: int) -> str:
        """ "B (Tæller)", or "B" where the column has no heading; of a turned sheet "row 3"."""
        if index < len(self.names) and self.names[index]:
            return self.names[index]
        heading = self.headings[index] if index < len(self.headings) else ""
        group = self.groups[index] if index < len(self.groups) else ""
        source = self.sources[index] if index < len(self.sources) else index
        words = ", ".join(dict.fromkeys(filter(None, (group, heading))))
        place = _row_name(source) if self.across else column_letter(source)
        return f"{place} ({shown(words)})" if words else place

    def offered(self, index: int) -> str:
        """The same where one is to be chosen: without a heading it shows how it begins."""
        name = self.column_name(index)
        headed = index < len(self.headings) and self.headings[index]
        written = (cell for row in self.rows if (cell := row.cell(index)) is not None)
        first = "" if headed else as_heading(next(written, None))
        return f"{name} ({first} …)" if first and "(" not in name else name

    def without(self, columns: Container[int]) -> "Table":
        """The same with nothing in these columns."""
        headings = ("" if at in columns else word for at, word in enumerate(self.headings))
        rows = (
            (row, (None if at in columns else cell for at, cell in enumerate(row.cells)))
            for row in self.rows
        )
        left = tuple(replace(row, cells=tuple(cells)) for row, cells in rows)
        return replace(self, headings=tuple(headings), rows=left)

    @property
    def offers(self) -> list[str]:
        """What each column is called where one is to be chosen."""
        width = max(len(self.headings), *(len(row.cells) for row in self.rows), 1)
        return [*map(self.offered, range(width))]

    def spot(self, row: Row, index: int) -> tuple[int, int]:
        """The row number and the column of the cell in the sheet."""
        number = row.numbers[index] if index < len(row.numbers) else row.number
        source = self.sources[index] if index < len(self.sources) else index
        if index < len(row.columns):
            return number, row.columns[index]
        return (source, number - 1) if self.across else (number, source)

    def place(self, row: Row, index: int) -> tuple[int, str]:
        """The number of the row and the name of the column in which the person finds the cell."""
        number, column = self.spot(row, index)
        if self.across:
            return number, column_letter(column)
        if not row.columns:
            return number, self.column_name(index)
        letter, name = column_letter(column), self.column_name(index)
        if name == letter or name.startswith(f"{letter} ("):
            return number, name
        heading = self.headings[index] if number != self.header_row else ""
        return number, letter + (f" ({shown(heading)})" if heading else "")

    def row_name(self, number: int) -> str:
        """ "row 3", or of a turned sheet "column C", or of one that is crossed "cell C3"."""
        row = next((one for one in self.rows if one.number == number and one.columns), None)
        if row is None:
            return line_name(number, across=self.across)
        at, column = self.spot(row, len(row.cells) - 1)
        if self.crossed:
            return pgettext("of a sheet", "cell %(cell)s") % {
                "cell": f"{column_letter(column)}{at}"
            }
        return line_name(column + 1 if self.across else at, across=self.across)


def line_name(number: int, *, across: bool) -> str:
    """What a person calls a row of a table, which is a column of a sheet that is turned."""
    if not across:
        return _row_name(number)
    return pgettext("of a sheet", "column %(letter)s") % {"letter": column_letter(number - 1)}


def _row_name(number: int) -> str:
    return pgettext("of a sheet", "row %(number)s") % {"number": number}
