"""What waits for a person in the gains: what he or she is to find out."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from .models import Gain

#: So many are shown; when one is found out, the next takes its place.
MOST = 50


def waiting(person: Person) -> Iterator[Waiting]:
    """Gains that the person is to find out, for as long as nothing shows them."""
    awake = Initiative.objects.awake(timezone.now())
    gains = Gain.objects.filter(finds_out=person, evidence=None, initiative__in=awake)
    for gain in gains.select_related("initiative").order_by("find_by", "pk")[:MOST]:
        yield Waiting(
            key=f"gain:{gain.pk}",
            what=_("Find out what is gained: %(gain)s") % {"gain": gain.words},
            action=_("Have a look"),
            url=gain.get_absolute_url(),
            about=gain.initiative.title,
            due=gain.find_by,
        )
