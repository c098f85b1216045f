"""What the base page says of whoever is signed in, fetched only when a page shows it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kernen.lib.shown_day import shown_day

from . import lineage
from .models import Organisation, Person, Reorganisation
from .signing_in import reader


def own_organisation(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`own_organisation` in every template; three queries."""
    return {"own_organisation": SimpleLazyObject(lambda: _organisation(reader(request)) or "")}


def foreseen(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`foreseen` in every template: on a chosen day, what is being prepared to hold by then and
    does not show yet. One query."""
    prepared = Reorganisation.objects.filter(state=Reorganisation.State.PREPARED)
    return {"foreseen": SimpleLazyObject(lambda: list(prepared.filter(day__lte=shown_day())))}


def _organisation(person: Person | None) -> Organisation | None:
    """The first in which the person has a role today, as it is on the day shown."""
    held = person and person.roles.current().order_by("pk").first()
    if not held:
        return None
    return lineage.standing(Organisation, {held.organisation_id})[held.organisation_id][0]
