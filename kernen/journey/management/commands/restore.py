"""`kernen restore FILE`: bring back what `kernen backup` saved."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.utils import OperationalError

from kernen.journey.management.keeping.archive import CannotKeep
from kernen.journey.management.keeping.restore import restore


class Command(BaseCommand):
    help = "Bring back database and files from an archive of kernen backup."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="in place of the data that are there now"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(file, replace=replace, say=self.stdout.write)
        except (CannotKeep, OperationalError, OSError) as problem:
            raise SystemExit(f"kernen: nothing was brought back: {problem}".rstrip()) from None
        self.stdout.write(
            f"Database and files are those of {manifest.made}, "
            f"saved by Kernen {manifest.kernen} and up to date."
        )
