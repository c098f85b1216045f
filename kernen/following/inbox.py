"""The inbox as a page shows it: by initiative, the one with the newest notice first."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber

from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from .models import Notice

PER_PAGE = 15
#: So many notices of one initiative stand open; its journal holds the rest.
SHOWN = 5


@dataclass
class Group:
    initiative: Initiative
    count: int
    unread: int
    notices: list[Notice]

    @property
    def left(self) -> int:
        return self.count - len(self.notices)


def groups(person: Person, *, only_unread: bool, page: Any) -> Any:
    """A page of groups: two queries for them and two for what is in them."""
    notices = Notice.objects.seen_by(person)
    if only_unread:
        notices = notices.unread()
    by_initiative = (
        notices.order_by()
        .values("entry__initiative")
        .annotate(n=Count("pk"), newest=Max("entry"), new=Count("pk", filter=Q(read_at=None)))
        .order_by("-newest")
    )
    shown: Any = Paginator(by_initiative, PER_PAGE).get_page(page)
    keys = [row["entry__initiative"] for row in shown]
    initiatives = Initiative.objects.select_related("cluster").in_bulk(keys)
    newest = notices.filter(entry__initiative__in=keys).annotate(
        number=Window(RowNumber(), partition_by="entry__initiative", order_by=F("entry").desc())
    )
    listed: dict[int, list[Notice]] = {key: [] for key in keys}
    for notice in newest.filter(number__lte=SHOWN).select_related("entry__by"):
        listed[notice.entry.initiative_id].append(notice)
    shown.object_list = [
        Group(initiatives[row["entry__initiative"]], row["n"], row["new"], listed[key])
        for key, row in zip(keys, shown, strict=True)
    ]
    return shown
