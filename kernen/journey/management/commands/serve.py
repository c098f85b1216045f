"""`kernen serve`: the server for production, with the settings of the environment."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kernen.journey.management.demonstration import is_demonstration
from kernen.journey.management.serving import migrations_wait, serve


class Command(BaseCommand):
    help = "Serve the pages in production, behind a proxy that speaks HTTPS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bind", default="127.0.0.1:8000", help="address and port, or a unix: socket"
        )
        parser.add_argument("--workers", type=int, default=(os.cpu_count() or 1) + 1)

    def handle(self, *args: Any, bind: str, workers: int, **options: Any) -> None:
        if settings.DEMO:
            raise SystemExit("kernen: a demonstration is not for production: unset KERNEN_DEMO.")
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise SystemExit("kernen: the static files are missing: run kernen build first.")
        if is_demonstration():
            raise SystemExit("kernen: this database is a demonstration's: name one of its own.")
        if migrations_wait():
            raise SystemExit("kernen: the database is not up to date: run kernen migrate first.")
        serve(
            bind=bind,
            workers=workers,
            ready=lambda: self.stdout.write(f"Kernen serves {bind} with {workers} workers."),
            accesslog="-",
        )
