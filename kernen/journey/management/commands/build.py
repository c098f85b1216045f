"""`kernen build`: style, translations and static files, only what has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from kernen.journey.management.building import CannotBuild, build


class Command(BaseCommand):
    help = "Build style, translations and static files; only what has changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            build(self.stdout.write)
        except CannotBuild as problem:
            raise SystemExit(f"kernen: {problem}") from None
