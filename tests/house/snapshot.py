"""A small world takes a second to make through the actions. It is made once, and for every further
test laid out anew: the same rows, and objects that no other test has touched."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from kernen.parties.models import Organisation

Made = TypeVar("Made")
#: A table with its columns, and its rows as the database gives them.
Rows = list[tuple[str, list[str], Any]]


@dataclass
class Snapshot(Generic[Made]):
    make: Callable[[], Made]
    kept: tuple[bytes, Rows] | None = field(default=None, init=False)

    def lay_out(self) -> Made:
        """What was made, with all its rows in the database, which must hold nothing of its kind;
        where it does, it is made beside them."""
        if Organisation.objects.exists():
            return self.make()
        if self.kept is None:
            made = self.make()
            self.kept = pickle.dumps(made), list(_rows())
            return made
        objects, rows = self.kept
        with transaction.atomic():  # a row may come before the one that it points at
            for table, columns, some in rows:
                _put(table, columns, some)
        return pickle.loads(objects)  # noqa: S301 written by this process


def _tables() -> Iterator[tuple[str, list[str]]]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.app_label not in ("contenttypes", "auth"):
            columns = [f.column for f in meta.local_concrete_fields if not _generated(f)]
            yield meta.db_table, columns


def _generated(one: object) -> bool:
    return isinstance(one, models.GeneratedField)


def _rows() -> Iterator[tuple[str, list[str], Any]]:
    raw = connection.connection
    for table, columns in _tables():
        listed = _listed(columns)
        if connection.vendor == "sqlite":
            some = [tuple(row) for row in raw.execute(f"SELECT {listed} FROM {table}")]  # noqa: S608
        else:
            with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) TO STDOUT") as copy:
                some = b"".join(copy)
        if some:
            yield table, columns, some


def _put(table: str, columns: list[str], some: Any) -> None:
    raw, listed = connection.connection, _listed(columns)
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(columns))
        raw.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", some)  # noqa: S608
    else:
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            copy.write(some)


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
