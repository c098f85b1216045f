"""`kernen import FOLDER`: takes in the files with figures that are laid into a folder."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from kernen.journey.management.serving import migrations_wait
from kernen.measures.machine.folder import take, waiting


class Command(BaseCommand):
    help = "Take in the files with figures that are laid into a folder, each exactly once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--once", action="store_true", help="what lies there now, and end")
        parser.add_argument(
            "--settle",
            type=float,
            default=5,
            help="leave a file alone that was written to in so many seconds (5)",
        )

    def handle(self, *args: Any, folder: Path, once: bool, settle: float, **options: Any) -> None:
        if migrations_wait():
            raise SystemExit("kernen: the database is not up to date: run kernen migrate first.")
        if not folder.is_dir():
            raise SystemExit(f"kernen: there is no folder {folder}.")
        stopped = Event()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: stopped.set())
        while not stopped.is_set():
            for path in waiting(folder, settle):
                if stopped.is_set():
                    break
                try:
                    self.stdout.write(take(path))
                except FileNotFoundError:  # another took it meanwhile
                    continue
            if once:
                break
            close_old_connections()
            stopped.wait(min(settle, 5) or 0.1)
