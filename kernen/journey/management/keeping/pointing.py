"""The program's own connection, pointed at another database for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Within the block everything that asks the database, migrations too, asks the one named."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
