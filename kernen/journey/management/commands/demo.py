"""`kernen demo`: Kernen on this machine, with demonstration data, in one command."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from kernen.journey import demo
from kernen.journey.management import demonstration
from kernen.journey.management.building import CannotBuild, build
from kernen.journey.management.serving import fault_of_port, migrations_wait, serve
from kernen.parties.models import Organisation
from kernen.parties.signing_in import demo_people


class Command(BaseCommand):
    help = "Try Kernen on this machine, with demonstration data."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8123")
        parser.add_argument("--reset", action="store_true", help="start afresh: remove all data")

    def handle(self, *args: Any, port: str, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise SystemExit("kernen: a demonstration is started with the command kernen demo.")
        if fault := fault_of_port(port):
            raise SystemExit(f"kernen: {fault}, for example with make demo PORT=8200.")
        settings.VAR.mkdir(parents=True, exist_ok=True)
        demonstration.refuse_other_data()
        try:
            build(self.stdout.write)
        except CannotBuild as problem:
            raise SystemExit(f"kernen: {problem}") from None
        if reset:
            self.stdout.write("Removing the data …")
            demonstration.remove()
        demonstration.mark()
        self._fill()
        self._serve(int(port))

    def _fill(self) -> None:
        if migrations_wait():
            self.stdout.write("Setting up the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not Organisation.objects.exists():
            self.stdout.write("Loading the demonstration data …")
            with transaction.atomic():  # all or nothing: what is broken off starts over
                demo.load(self.stdout.write)

    def _serve(self, port: int) -> None:
        people = "\n".join(
            f"  {person.name}{', ' if person.title else ''}{person.title}"
            for person in demo_people()
        )
        greeting = (
            f"\nKernen is running at http://127.0.0.1:{port}\n\n"
            f"Sign in with one click as one of these made-up people:\n{people}\n\n"
            "Press Ctrl-C to stop; the data are kept for the next start."
        )
        settings.SITE = f"http://127.0.0.1:{port}"
        os.environ["KERNEN_SITE"] = settings.SITE  # for the worker's mails
        with _worker():
            serve(
                bind=f"127.0.0.1:{port}",
                workers=2,
                ready=lambda: self.stdout.write(greeting),
                loglevel="warning",
                graceful_timeout=2,  # who stops a demonstration does not want to wait
                on_exit=lambda server: self.stdout.write("\nKernen has stopped."),
            )


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside the server, which ends with it, however it ends."""
    argv = [sys.executable, sys.argv[0], "worker", f"--parent={os.getpid()}"]
    worker = subprocess.Popen(argv)  # noqa: S603 our own command
    try:
        yield
    finally:
        worker.terminate()
