"""What one follows, saves and reads is one's own affair; telling is the worker's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

#: So many saved views fit above the overview.
MOST_VIEWS = 20


def own(by: Person | None, person: Person) -> None:
    if by != person:
        raise Refused(_("That is another person's own: only he or she changes it."))


def follows(by: Person | None) -> None:
    if by is None:
        raise Refused(_("Your sign-in belongs to no person yet: ask an administrator."))


def save_view(by: Person, *, filtered: bool) -> None:
    if not filtered:
        raise Refused(_("Choose a filter first: then the view can be saved."))
    if by.saved_views.count() >= MOST_VIEWS:
        raise Refused(_("You have %(most)s views: delete one first.") % {"most": MOST_VIEWS})


def by_itself(by: Any) -> None:
    """Telling follows from what happened: nobody does it by hand."""
    if by is not None:
        raise Refused(_("Kernen does that by itself."))
