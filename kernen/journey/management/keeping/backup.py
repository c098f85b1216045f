"""What `kernen backup` does, and the trial it shares with `kernen restore`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from . import postgresql, sqlite
from .alone import alone
from .archive import FORMAT, CannotKeep, Manifest, extract, read, whole_or_nothing, write
from .files import stored

Say = Callable[[str], object]


def database() -> ModuleType:
    """The module that knows the database in use; both have the same functions."""
    return sqlite if connection.vendor == "sqlite" else postgresql


def backup(path: Path, say: Say) -> Manifest:
    """Save database and files at `path`, which appears when the archive has been brought back
    on trial and says the same. Raises `CannotKeep`."""
    if path.exists():
        raise CannotKeep(f"{path} is there already: name another file.")
    if not path.parent.is_dir():
        raise CannotKeep(f"there is no folder {path.parent}.")
    kind = database()
    with alone() as folder, whole_or_nothing(path) as file:
        kind.check_tools(made_by=0)
        say("Saving the database …")
        saved = folder / kind.PART
        manifest = _manifest(kind.dump(saved))
        say("Saving the files …")
        manifest = write(file, {kind.PART: saved, **stored()}.items(), manifest)
        saved.unlink()
        say("Bringing both back on trial …")
        with brought_back(file, folder) as (found, _):
            if found != manifest:
                raise CannotKeep("the archive does not say what was saved: is the disk in order?")
    return manifest


def _manifest(tables: dict[str, tuple[int, str]]) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    if not applied:
        raise CannotKeep("the database is empty: there is nothing to save.")
    return Manifest(
        format=FORMAT,
        kernen=metadata.version("kernen"),
        made=timezone.now().isoformat(timespec="seconds"),
        database=database().KIND,
        version=database().version(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        tables=tables,
        files={},
    )


@contextmanager
def brought_back(file: BinaryIO, folder: Path) -> Iterator[tuple[Manifest, str]]:
    """The archive unpacked in the folder and its database brought back under a throwaway name,
    with every checksum compared: of the files, and of each table's rows."""
    kind, manifest = database(), read(file)
    extract(file, manifest, folder)
    with kind.trial(folder / kind.PART) as name:
        found = kind.sums(name)
        differ = sorted(
            table
            for table in {*found, *manifest.tables}
            if found.get(table) != manifest.tables.get(table)
        )
        if differ:
            raise CannotKeep(f"what was brought back differs in {', '.join(differ)}.")
        yield manifest, name
