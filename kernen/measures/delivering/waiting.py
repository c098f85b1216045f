"""What waits for whoever sent a file: to see that it is understood right."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from .models import Delivery


def waiting(person: Person) -> Iterator[Waiting]:
    found = Delivery.objects.filter(by=person, ended_at=None, confirmed_at=None)
    seen = found.exclude(looked_at=None).select_related("initiative")
    for delivery in seen.defer("content", "found"):
        said = _(
            "The figures of “%(file)s” are not loaded yet: see that they are understood correctly."
        )
        yield Waiting(
            key=f"delivery:{delivery.pk}",
            what=said % {"file": delivery},
            action=_("See what is in the file"),
            url=delivery.get_absolute_url(),
            about=delivery.initiative.title,
        )
