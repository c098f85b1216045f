"""What the base page needs to know of the visitor, fetched only when a page shows it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kernen.lib.shown_day import chosen_day, shown_day

from .kept import mark_of

#: The sections of the navigation, in order: name of the address, label, and the beginnings of
#: other addresses that belong to the section.
SECTIONS = (
    ("my_work", _("My work"), ()),
    ("overview", _("Overview"), ()),
    ("grid", _("Measures"), ("/walls/",)),
    ("catalogue", _("Catalogue"), ("/coverage/", "/catalogue-proposals/")),
    ("clusters", _("Clusters"), ("/reorganisations/",)),
    ("organisations", _("Organisations"), ()),
    ("fora", _("Fora"), ("/meetings/",)),
    ("decisions", _("Decisions"), ()),
)

#: More unread notices than this are not counted.
MANY = 100


class Page:
    """`page` in every template."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.demo: bool = settings.DEMO
        self.day = shown_day()
        self.other_day = chosen_day()

    @cached_property
    def person(self) -> Any:
        """The person who is signed in, or None. One query."""
        return getattr(getattr(self.request, "user", None), "person", None)

    @property
    def whose(self) -> str:
        """The mark of who is signed in, by which the browser knows what it keeps for whom."""
        user = getattr(self.request, "user", None)
        return mark_of(user) if user else ""

    @cached_property
    def unread(self) -> str:
        """How many notices the person has not read, counted to a hundred; "" if none."""
        if self.person is None:
            return ""
        count = self.person.notices.seen_by(self.person).unread()[:MANY].count()
        return f"{MANY - 1}+" if count == MANY else str(count or "")

    @cached_property
    def inbox_url(self) -> str:
        return _address("inbox")

    @property
    def here(self) -> str:
        """The address to come back to after choosing a language."""
        return self.request.get_full_path()

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The navigation: address, label and whether the page belongs there: a page inside a frame
        does where its frame says, as `request.section`."""
        path = self.request.path
        framed = getattr(self.request, "section", "")
        return [
            {
                "name": name,
                "url": url,
                "label": label,
                "current": name == framed
                if framed
                else path != self.register_url
                and (path.startswith(url) or self.request.path_info.startswith(also)),
            }
            for name, label, also in SECTIONS
            if (url := _address(name))
        ]

    @cached_property
    def register_url(self) -> str:
        return _address("register")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def page(request: HttpRequest) -> dict[str, Page]:
    return {"page": Page(request)}
