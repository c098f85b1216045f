"""Saving and bringing back an SQLite database, through SQLite's own online backup."""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

from django.db import connection

from .archive import CannotKeep, Sums

KIND, PART = "sqlite", "database.sqlite3"
PATIENCE = 20  # seconds to wait for somebody who writes


def version() -> int:
    return 0  # the format of the file is the same since 2004


def check_tools(made_by: int) -> None:
    """Nothing but Python is needed."""


def dump(into: Path) -> Sums:
    """A copy of the live database as it stands at one moment, also while it is written to."""
    name = _live()
    if not name.exists():
        raise CannotKeep(f"there is no database at {name}.")
    with closing(_open(name)) as live, closing(_open(into)) as copy:
        live.execute("BEGIN")  # what is read and copied below is of one moment
        sums = _sums(live)
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    return sums


@contextmanager
def trial(saved: Path) -> Iterator[str]:
    """The saved file is a database: it is opened and looked through."""
    try:
        with closing(_open(saved)) as copy:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as problem:
        raise CannotKeep("the archive is broken: its database cannot be opened.") from problem
    if faults != ["ok"]:
        raise CannotKeep(f"the archive is broken: {faults[0]}.")
    yield str(saved)


def sums(name: str) -> Sums:
    with closing(_open(Path(name))) as database:
        return _sums(database)


def exchange(name: str) -> None:
    """Write the database over the live one in a single transaction: wholly, or not at all."""
    _live().parent.mkdir(parents=True, exist_ok=True)
    last = time.monotonic() + PATIENCE

    def wait(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > last:
            raise CannotKeep("somebody still writes to the database: stop Kernen first.")

    with closing(_open(Path(name))) as source, closing(_open(_live())) as live:
        try:
            source.backup(live, progress=wait)
        except sqlite3.Error as problem:
            _refuse(problem)


def _refuse(problem: sqlite3.Error) -> NoReturn:
    raise CannotKeep(f"the database cannot be written: {problem}.") from problem


def _live() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def _sums(database: sqlite3.Connection) -> Sums:
    listed = database.execute(  # a virtual table holds nothing but what stands in others
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " ORDER BY name"
    )
    return {name: _sum(database, name) for (name,) in listed.fetchall()}


def _sum(database: sqlite3.Connection, table: str) -> tuple[int, str]:
    """The rows counted, and the checksums of all added up, so that their order does not matter."""
    rows = total = 0
    for row in database.execute(f"SELECT * FROM {connection.ops.quote_name(table)}"):  # noqa: S608
        digest = hashlib.blake2b(repr(row).encode(), digest_size=8).digest()
        rows, total = rows + 1, total + int.from_bytes(digest, "big")
    return rows, f"{total % 2**64:016x}"
