"""`kernen export [FILE]`: the whole register in open formats."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from kernen.journey import register
from kernen.journey.management.serving import migrations_wait


class Command(BaseCommand):
    help = "Write the whole register as one ZIP of CSV files with their description."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=Path(),
            help="a new file, or a folder in which one is named after the day",
        )
        parser.add_argument("--language", default="en", help="of the headings (en, da)")

    def handle(self, *args: Any, file: Path, language: str, **options: Any) -> None:
        if migrations_wait():
            raise SystemExit("kernen: the database is not up to date: run kernen migrate first.")
        if file.is_dir():
            file /= f"kernen-export-{timezone.localdate()}.zip"
        try:
            with translation.override(language), file.open("xb") as opened:
                tables = register.write(opened)
        except FileExistsError:
            raise SystemExit(f"kernen: {file} is there already: name another file.") from None
        except OSError as problem:
            raise SystemExit(f"kernen: nothing was written: {problem}") from None
        self.stdout.write(f"{file} holds {len(tables)} tables, described in datapackage.json.")
