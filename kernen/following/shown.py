"""A person's saved views, as the overview shows them."""

from typing import Any

from kernen.initiatives.selection import plain
from kernen.parties.models import Person

from .followers import follows


def of_overview(person: Person | None, query: str) -> dict[str, Any]:
    """The views above the overview, and which of them it is that the address asks for."""
    here = plain(query)
    views = list(person.saved_views.all()) if person else []
    this = next((view for view in views if view.query == here), None)
    return {
        "views": views,
        "here": here,
        "this_view": this,
        "follows_this": bool(this and follows(person, this)),
    }
