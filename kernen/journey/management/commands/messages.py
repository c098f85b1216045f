"""`kernen messages`: gather the texts to translate into kernen/locale."""

from typing import Any

from django.core.management.base import BaseCommand

from kernen.journey.management import catalogue


class Command(BaseCommand):
    help = "Gather the texts to translate into kernen/locale."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        missing = catalogue.update("da")
        self.stdout.write(f"kernen/locale/da: {missing} texts are not translated.")
