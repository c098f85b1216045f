"""What a file brought, and whether all of it may go."""

from collections.abc import Iterator

from django.db.models import F, Prefetch, QuerySet

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ... import rules as measures
from ...models import Load, Point
from .. import rules
from ..actions import TOGETHER
from ..models import Delivery


def may_go(by: Person, delivery: Delivery) -> None:
    """All that the person undoes of it at once."""
    for _looked in judge(delivery, by):
        pass


def judge(delivery: Delivery, by: Person) -> Iterator[int]:
    """Refused where something stands in the way, before anybody waits for the writing; else of how
    many places it is known that their figures may go."""
    done = 0
    for loads in chunks(delivery):
        rules.bring(by, [load.series for load in loads])
        for load in loads:
            try:
                measures.undo_load(load, load.series.loads.all(), load.series)
            except Refused as refused:
                raise Refused(f"{load.series}: {refused}") from None
        done += len(loads)
        yield done


def chunks(delivery: Delivery) -> Iterator[list[Load]]:
    """The loads of the delivery that are not undone, so many together as are quickly written; each
    with its series, and of that what is asked of it."""
    keys: list[int] = []
    count = 0
    found = delivery.loads.filter(undone_by=None).order_by("series")
    for key, figures in found.values_list("pk", F("added") + F("changed")):
        keys.append(key)
        count += figures
        if count >= TOGETHER:
            yield _whole(keys)
            keys, count = [], 0
    if keys:
        yield _whole(keys)


def _whole(keys: list[int]) -> list[Load]:
    later: QuerySet[Load] = Load.objects.filter(pk__gte=min(keys))
    parts = (
        Prefetch("series__points", Point.objects.order_by("period")),
        "series__splits",
        "series__freezes",
        Prefetch("series__loads", later.select_related("undone_by", "by")),
    )
    related = ("series__measure__initiative", "series__organisation", "undone_by", "by")
    found = Load.objects.filter(pk__in=keys).select_related(*related).prefetch_related(*parts)
    return list(found.order_by("series"))
