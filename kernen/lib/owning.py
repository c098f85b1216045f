"""On PostgreSQL Kernen may run as another database user than the one that owns its tables: then no
path, nor raw SQL in the program's own name, changes or removes what stands for ever."""

import json
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from .append_only import AppendOnly

#: Sealed, but for the name of an erased person, which a function of the owner's takes out.
JOURNAL = "initiatives_entry"


def sealed() -> list[str]:
    """The tables that the program may add to and never change."""
    models = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return [JOURNAL, *(model._meta.db_table for model in models if model.sealed)]


def grant(user: str) -> None:
    """Let the user do with every table what Kernen does, and with the sealed ones only add."""
    who = connection.ops.quote_name(user)
    with connection.cursor() as cursor:
        for sql in (
            f"GRANT USAGE ON SCHEMA public TO {who}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}",
            *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {who}" for table in sealed()),
        ):
            cursor.execute(sql)


def redact(field: str, said: Mapping[Any, Any], person: int) -> None:
    """Put the mark of an erased person in the name's place in lines of the journal, by their key;
    PostgreSQL looks itself whether that is all that changes."""
    with connection.cursor() as cursor:
        for key, value in said.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            cursor.execute("SELECT kernen_redact_entry(%s, %s, %s, %s)", [key, field, text, person])


def after_migrating(**told: Any) -> None:
    """What a migration made belongs to the owner; the program's user gets its rights to it."""
    if settings.RUNS_AS and connection.vendor == "postgresql":
        grant(settings.RUNS_AS)


def owns_its_tables() -> bool:
    """Whether the program itself could lift the guards."""
    if connection.vendor != "postgresql":
        return False  # a file is its owner's, and nothing is parted there
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(%s)",
            [JOURNAL],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
