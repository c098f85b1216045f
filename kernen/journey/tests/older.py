"""A database as an older version left it."""

import json
import zipfile
from pathlib import Path

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader as Loader


def go_back(room: str, migration: str) -> None:
    """Back by the room's own migrations, which one that makes all tables at once replaces."""
    load = Loader.load_disk

    def load_replaced(loader: Loader) -> None:
        load(loader)
        found = loader.disk_migrations.items()
        loader.disk_migrations = {key: one for key, one in found if not one.replaces}

    Loader.load_disk = load_replaced
    call_command("migrate", room, migration, verbosity=0)


def applied(archive: Path) -> list[str]:
    """The migrations that an archive stands at."""
    with zipfile.ZipFile(archive) as opened:
        return json.loads(opened.read("manifest.json"))["migrations"]
