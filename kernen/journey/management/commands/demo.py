"""`kernen demo`: Kernen on this machine, with demonstration data, in one command."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from kernen.journey import demo
from kernen.journey.management.building import CannotBuild, build
from kernen.journey.management.serving import fault_of_port, migrations_wait, serve
from kernen.parties.models import Organisation, Person
from kernen.parties.signing_in import demo_people


class Command(BaseCommand):
    help = "Try Kernen on this machine, with demonstration data."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8123)
        parser.add_argument("--reset", action="store_true", help="start afresh: remove all data")

    def handle(self, *args: Any, port: int, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise SystemExit("kernen: a demonstration is started with the command kernen demo.")
        if fault := fault_of_port(port):
            raise SystemExit(f"kernen: {fault}, for example with make demo PORT=8200.")
        settings.VAR.mkdir(parents=True, exist_ok=True)
        self._refuse_real_data()
        try:
            build(self.stdout.write)
        except CannotBuild as problem:
            raise SystemExit(f"kernen: {problem}") from None
        if reset:
            self.stdout.write("Removing the data …")
            _remove_data()
        self._fill()
        self._serve(port)

    def _refuse_real_data(self) -> None:
        """A database with people but no made-up ones is somebody's work, not a demonstration."""
        tables = connection.introspection.table_names()
        if Person._meta.db_table not in tables or not Person.objects.exists():
            return
        if not Person.objects.filter(made_up=True).exists():
            raise SystemExit(
                "kernen: this database holds real data, not a demonstration: "
                "unset DATABASE_URL, or name an empty database."
            )

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
        serve(
            bind=f"127.0.0.1:{port}",
            workers=2,
            ready=lambda: self.stdout.write(greeting),
            loglevel="warning",
            graceful_timeout=2,  # who stops a demonstration does not want to wait
            on_exit=lambda server: self.stdout.write("\nKernen has stopped."),
        )


def _remove_data() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
