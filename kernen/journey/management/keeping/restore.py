"""What `kernen restore` does: the archive takes the place of what stands, wholly or not at all."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

from kernen.initiatives.finding import FTS

from .alone import alone
from .archive import CannotKeep, Manifest, read
from .backup import Say, brought_back, database
from .files import FILES, placed, stored
from .pointing import pointed_at

#: What `kernen migrate` and the worker fill by themselves.
OF_ITS_OWN = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    settings.CACHES["default"]["LOCATION"],
}


def restore(path: Path, *, replace: bool, say: Say) -> Manifest:
    """Bring back what the archive at `path` holds, up to date with this version's migrations.

    Everything is done and compared in a throwaway database, which then takes the live one's
    place in a single transaction. Raises `CannotKeep`; what stood then still stands."""
    if not path.is_file():
        raise CannotKeep(f"there is no file {path}.")
    with alone() as folder, path.open("rb") as file:
        manifest = read(file)
        _refuse_strange(manifest)
        database().check_tools(made_by=manifest.version)
        if not replace:
            _refuse_data()
        say("Bringing the archive back on trial …")
        with brought_back(file, folder) as (_, name):
            _bring_up_to_date(name)
            say("Putting it in its place …")
            names = {name for name in manifest.files if name.startswith(f"{FILES}/")}
            with placed(folder, names):
                database().exchange(name)
    return manifest


def _refuse_strange(manifest: Manifest) -> None:
    """Archives of the other database, and of a version that knows migrations that we do not."""
    kinds = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    ours = database().KIND
    if manifest.database != ours:
        raise CannotKeep(
            f"the archive is of {kinds.get(manifest.database, 'another database')}, and this "
            f"database is {kinds[ours]}: DATABASE_URL says which is used."
        )
    on_disk = MigrationLoader(None).disk_migrations
    known = {*on_disk, *(old for migration in on_disk.values() for old in migration.replaces)}
    unknown = set(manifest.migrations) - {f"{app}.{name}" for app, name in known}
    if unknown:
        raise CannotKeep(
            f"a newer Kernen ({manifest.kernen}) made the archive, this one does not know "
            f"{min(unknown)}: install that version or a newer one first."
        )


def _refuse_data() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in OF_ITS_OWN or table.startswith(FTS):  # which SQLite fills by itself
                continue
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                raise CannotKeep(f"the database holds data ({table}): {_HOW}")
    if stored():
        raise CannotKeep(f"the folder {FILES} holds files: {_HOW}")


_HOW = "with --replace the archive takes its place."


def _bring_up_to_date(name: str) -> None:
    with pointed_at(name):
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as problem:
            raise CannotKeep(
                f"the archive cannot be brought up to date, nothing was changed: {problem}"
            ) from problem
