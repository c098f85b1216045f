"""Figures on their way in, put in order in a file that is gone afterwards."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ..actions import Figure


class Spooled(NamedTuple):
    """One figure as it was read; `words` numbers those in which its period was written."""

    series: int
    period: str
    row: int
    words: int
    value: str | None
    numerator: int | None
    denominator: int | None
    size: int | None
    spread: str | None
    note: str

    @property
    def figure(self) -> Figure:
        return Figure(
            date.fromisoformat(self.period),
            None if self.value is None else Decimal(self.value),
            self.numerator,
            self.denominator,
            self.note,
            self.size,
            None if self.spread is None else Decimal(self.spread),
        )

    @property
    def kept(self) -> dict[str, str]:
        """The figure as a load keeps it."""
        kept = {"period": self.period}
        if self.value is not None:
            kept["value"] = self.value
        if self.numerator is not None:
            kept["numerator"], kept["denominator"] = str(self.numerator), str(self.denominator)
        if self.size is not None:
            kept["size"] = str(self.size)
        if self.spread is not None:
            kept["spread"] = self.spread
        if self.note:
            kept["note"] = self.note
        return kept


_COLUMNS = ", ".join(Spooled._fields)
_KINDS = Spooled.__annotations__.values()


class Spool:
    """SQLite sorts them, on the disk where they are many."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")  # one without a name is gone when it is closed
        for told in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            f"CREATE TABLE figure ({_COLUMNS})",
        ):
            self._file.execute(told)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *told: object) -> None:
        self._file.close()

    def fill(self, figures: Iterable[tuple[object, ...]]) -> None:
        """Nothing is given as an empty text: Python takes twice as long to hand over None."""
        marks = ", ".join("?" if kind in (int, str) else "nullif(?, '')" for kind in _KINDS)
        add = f"INSERT INTO figure VALUES ({marks})"  # noqa: S608
        self._file.executemany(add, figures)

    def count(self) -> int:
        with closing(self._file.execute("SELECT count(*) FROM figure")) as found:
            return int(found.fetchone()[0])

    def series(self) -> list[int]:
        """Those of which there are figures."""
        with closing(self._file.execute("SELECT DISTINCT series FROM figure")) as found:
            return [series for (series,) in found]

    def twice(self) -> Iterator[list[Spooled]]:
        """Those of each series and period that stands several times, in the order of the file."""
        several = "SELECT series, period FROM figure GROUP BY series, period HAVING count(*) > 1"
        found = self._rows(f"WHERE (series, period) IN ({several})")
        for _key, figures in groupby(found, key=lambda figure: (figure.series, figure.period)):
            yield [*figures]

    def leave(self, figure: Spooled, *, note: str) -> None:
        """Keep of its series and period this one, with the note."""
        there = (figure.series, figure.period, figure.row)
        self._file.execute("DELETE FROM figure WHERE series = ? AND period = ? AND row <> ?", there)
        self._file.execute(
            "UPDATE figure SET note = ? WHERE series = ? AND period = ? AND row = ?",
            (note, *there),
        )

    def by_series(self) -> Iterator[tuple[int, list[Spooled]]]:
        """The figures of each series in order of time."""
        for series, figures in groupby(self._rows(), key=attrgetter("series")):
            yield series, [*figures]

    def chunks(self, most: int) -> Iterator[list[tuple[int, list[Spooled]]]]:
        """Whole series, together about so many figures at `most`."""
        chunk: list[tuple[int, list[Spooled]]] = []
        count = 0
        for one in self.by_series():
            chunk.append(one)
            count += len(one[1])
            if count >= most:
                yield chunk
                chunk, count = [], 0
        if chunk:
            yield chunk

    def first(self, number: int) -> set[int]:
        """The numbers of so many rows that stand first in the file."""
        ask = "SELECT row FROM figure ORDER BY row LIMIT ?"
        with closing(self._file.execute(ask, (number,))) as found:
            return {row for (row,) in found}

    def _rows(self, where: str = "") -> Iterator[Spooled]:
        ask = f"SELECT {_COLUMNS} FROM figure {where} ORDER BY series, period, row"  # noqa: S608
        with closing(self._file.execute(ask)) as found:
            yield from map(Spooled._make, found)
