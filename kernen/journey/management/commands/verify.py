"""`kernen verify`: does every decision, answer and version stand as it was written?"""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from kernen.decisions.chain import Chained, Head, first_break


class Command(BaseCommand):
    help = "Prove that no decision, answer or version was changed, or name the first break."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        for model in apps.get_models():
            if not issubclass(model, Chained):
                continue
            name = str(model._meta.verbose_name_plural)
            found = first_break(model)
            if found:
                broken.append(str(found))
                continue
            head = Head.objects.filter(chain=model._meta.label_lower).first()
            length = head.length if head else 0
            last = f", the last {head.hash[:12]}" if head and length else ""
            self.stdout.write(f"{name}: {length} records, whole{last}")
        if broken:
            raise CommandError("The chain is broken at " + "; ".join(broken))
