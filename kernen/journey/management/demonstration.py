"""The database of a demonstration: known by a mark that it alone carries.

`kernen demo` takes only a database that is empty, which it marks with a table of its own, or one
that carries this mark and has no tables but Kernen's."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kernen.initiatives.finding import FTS

MARK = "kernen_demonstration"


def is_demonstration() -> bool:
    return MARK in connection.introspection.table_names()


def refuse_other_data() -> None:
    tables = set(connection.introspection.table_names())
    ours = {
        MARK,
        MigrationRecorder.Migration._meta.db_table,
        settings.CACHES["default"]["LOCATION"],
        *connection.introspection.django_table_names(),
        *(table for table in tables if table.startswith(FTS)),  # SQLite's index of the search
    }
    if tables and not (MARK in tables and tables <= ours):
        raise SystemExit(
            "kernen: this database holds something else than a demonstration, and stays untouched: "
            "unset DATABASE_URL, or name an empty database."
        )


def mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (since date)")


def remove() -> None:
    """Empty the database, the mark too, and remove its documents; nothing outside it that leans on
    its tables goes along."""
    refuse_other_data()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        return
    if tables := connection.introspection.table_names():
        names = ", ".join(map(connection.ops.quote_name, tables))
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {names}")
