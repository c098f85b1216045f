"""`kernen worker`: what is done in the background, beside the server."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kernen.journey.management.serving import migrations_wait
from kernen.journey.management.working import Worker


class Command(BaseCommand):
    help = "Do what is done in the background: keep it running beside the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--parent", type=int, help="end with this process, which started it")

    def handle(self, *args: Any, once: bool, parent: int | None, **options: Any) -> None:
        if migrations_wait():
            raise SystemExit("kernen: the database is not up to date: run kernen migrate first.")
        worker = Worker()

        def stop(*_: Any) -> None:
            worker.stopped = True

        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, stop)
        if once:
            while worker.round():
                pass
            raise SystemExit(int(bool(worker.failures)))
        if not parent:
            self.stdout.write("Kernen works in the background.")
            self.stdout.flush()
        worker.run(parent=parent)
