"""`kernen backup [FILE]`: database and files in one archive, brought back on trial."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.utils import OperationalError
from django.utils import timezone

from kernen.journey.management.keeping.archive import CannotKeep
from kernen.journey.management.keeping.backup import backup


class Command(BaseCommand):
    help = "Save database and files in one archive, and try that it can be brought back."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=Path(),
            help="a new file, or a folder in which one is named after the time",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.is_dir():
            file /= f"kernen-{timezone.localtime():%Y-%m-%d-%H%M%S}.zip"
        try:
            manifest = backup(file, self.stdout.write)
        except (CannotKeep, OperationalError, OSError) as problem:
            raise SystemExit(f"kernen: no backup was made: {problem}".rstrip()) from None
        rows = sum(rows for rows, _ in manifest.tables.values())
        self.stdout.write(
            f"{file} is whole: brought back on trial, every one of {rows} rows in "
            f"{len(manifest.tables)} tables and of {len(manifest.files) - 1} files is there."
        )
