"""What was decided is a row that is never changed: held by the model and the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps


class ChangedHistory(Exception):
    """Somebody tried to change or remove a row that stands for ever: a fault in the code."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ChangedHistory(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise ChangedHistory(f"{self.model.__name__} rows are never removed")


class AppendOnly(models.Model):
    """A row that is written once. Give its table `forbid_changes` in the migration too.

    What is `sealed` is not changed for anything: not even an erased person's name goes from it."""

    sealed = False
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ChangedHistory(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ChangedHistory(f"{type(self).__name__} rows are never removed")


_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
#: Lifted by name for one transaction; where the trigger says "sealed", only by the table's owner.
_GUARD = """
CREATE OR REPLACE FUNCTION kernen_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('kernen.lifted', true) = TG_TABLE_NAME AND (TG_NARGS = 0 OR
     current_user = (SELECT relowner::regrole::name FROM pg_class WHERE oid = TG_RELID)) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION kernen_append_only({sealed})
"""


def forbid_changes(table: str, *, sealed: bool = False) -> RunPython:
    """A migration operation: the database itself refuses UPDATE and DELETE on `table`; a guard that
    is there already is put up anew.

    TRUNCATE, with which the tests empty PostgreSQL, is as the triggers are: the table's owner may.
    """

    def forwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        words = {"table": table, "sealed": "'sealed'" if sealed else ""}
        lite = editor.connection.vendor == "sqlite"
        if not lite:
            editor.execute(_GUARD, params=None)
        for verb in ("UPDATE", "DELETE"):
            if lite:
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            sql = _SQLITE if lite else _POSTGRESQL
            editor.execute(sql.format(verb=verb, **words), params=None)

    def backwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return RunPython(forwards, backwards)


@contextmanager
def changes_allowed(table: str) -> Iterator[None]:
    """Lift the guard of the table: only for taking out the name of a person, or of a file, that is
    erased, inside a transaction that puts the guard back or undoes it all."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            told = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            triggers = cursor.execute(f"{told} AND name LIKE '%%_no_UPDATE'", [table]).fetchall()
            before = [f"DROP TRIGGER {name}" for name, _ in triggers]
            after = [sql for _, sql in triggers]
        else:
            before = [f"SET LOCAL kernen.lifted = '{table}'"]
            after = ["SET LOCAL kernen.lifted = ''"]
        for sql in before:
            cursor.execute(sql)
        yield
        for sql in after:
            cursor.execute(sql)
