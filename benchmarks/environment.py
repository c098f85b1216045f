"""An installation of Kernen that is gone afterwards, for the benchmarks: import this first."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

VAR = tempfile.TemporaryDirectory(prefix="kernen-benchmark-")
os.environ["KERNEN_VAR"] = VAR.name
os.environ.setdefault(
    "KERNEN_SECRET_KEY", "a-secret-for-a-database-that-is-gone-soon-0123456789-abc"
)
os.environ["KERNEN_HTTPS"] = os.environ["KERNEN_DEBUG"] = "0"
os.environ["KERNEN_LOG"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "kernen.config.settings"

django.setup()


@contextmanager
def database(number: int) -> Iterator[None]:
    """An empty database of its own: the file of SQLite, a schema of PostgreSQL."""
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = str(Path(VAR.name) / f"{number}.sqlite3")
        with silent():
            call_command("migrate", verbosity=0)
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    with silent():
        call_command("migrate", verbosity=0)
    yield


@contextmanager
def silent() -> Iterator[None]:
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        yield
