"""Writes many points at once, as quickly as the database takes them; only the actions call this."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection

from ..models import Load, Point
from .spool import Spooled

_POINT = Point._meta.db_table
_HISTORY = Point.history.model._meta.db_table
_COLUMNS = [str(field.column) for field in Point._meta.concrete_fields]
#: In the order of `_rows`.
_WRITTEN = (
    "series_id, period, value, numerator, denominator, exposure, size, spread, note, left_out"
)


def write(
    of: Mapping[int, tuple[Sequence[Spooled], bool]],
    at: datetime,
) -> None:
    """New points by the number of their series, with whether their denominators are exposures; and
    their rows in the audit log, which the database copies."""
    if not of:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {_POINT}")  # noqa: S608 names of our own
        before = cursor.fetchone()[0] or 0
        rows = _rows(of)
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_POINT} ({_WRITTEN}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * 10)
            cursor.executemany(
                f"INSERT INTO {_POINT} ({_WRITTEN}) VALUES ({marks})",  # noqa: S608
                rows,  # type: ignore[arg-type]  # an iterator is taken as well
            )
        columns, keys = ", ".join(_COLUMNS), ", ".join(map(str, of))
        cursor.execute(
            f"INSERT INTO {_HISTORY} ({columns}, history_date, history_type) "  # noqa: S608
            f"SELECT {columns}, %s, '+' FROM {_POINT} WHERE id > %s AND series_id IN ({keys})",
            [connection.ops.adapt_datetimefield_value(at), before],
        )


def _rows(of: Mapping[int, tuple[Sequence[Spooled], bool]]) -> Iterator[tuple[object, ...]]:
    for figures, exposure in of.values():
        for series, period, _row, _words, value, part, whole, size, spread, note in figures:
            yield series, period, value, part, whole, exposure, size, spread, note, ""


def keep_loads(loads: Sequence[Load]) -> None:
    """New loads. What they bring is much text, each quote of which a client of PostgreSQL that puts
    it into an INSERT would escape by hand: with COPY it need not."""
    if connection.vendor != "postgresql":
        Load.objects.bulk_create(loads)
        return
    fields = [field for field in Load._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(str(field.column) for field in fields)
    into = f"COPY {Load._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for load in loads:
            said = ((field, getattr(load, field.attname)) for field in fields)
            copy.write_row([field.get_db_prep_save(value, connection) for field, value in said])


def remove(points: Sequence[int], at: datetime) -> None:
    """Take out the points with these numbers, and keep in the audit log how they stood."""
    if not points:
        return
    columns, keys = ", ".join(_COLUMNS), ", ".join(map(str, points))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_HISTORY} ({columns}, history_date, history_type) "  # noqa: S608
            f"SELECT {columns}, %s, '-' FROM {_POINT} WHERE id IN ({keys})",
            [connection.ops.adapt_datetimefield_value(at)],
        )
        cursor.execute(f"DELETE FROM {_POINT} WHERE id IN ({keys})")  # noqa: S608
