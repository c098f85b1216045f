"""What waits for whoever sent a file: to see that its first rows are understood right."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from .models import Delivery


def waiting(person: Person) -> Iterator[Waiting]:
    found = Delivery.objects.filter(by=person, ended_at=None, confirmed_at=None)
    for delivery in found.select_related("initiative").defer("content"):
        said = _(
            "The figures of “%(file)s” are not loaded yet: see that they are understood correctly."
        )
        if delivery.asks_why:
            said = _("“%(file)s” changes figures that stand: say why, and they are loaded.")
        yield Waiting(
            key=f"delivery:{delivery.pk}",
            what=said % {"file": delivery},
            action=_("See the first rows"),
            url=delivery.get_absolute_url(),
            about=delivery.initiative.title,
        )
