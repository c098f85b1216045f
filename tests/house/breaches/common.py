"""How rows are written past all the forms and rules."""

from collections.abc import Callable
from typing import Any

from kernen.following.models import Follow
from tests.house.world import World

Breach = Callable[[World], object]


def again(model: Any, **fields: Any) -> Breach:
    """Writes a second row like the first one there is, but for these fields."""

    def breach(world: World) -> None:
        row = model.objects.order_by("pk").first()
        row.pk = None
        for name, value in fields.items():
            setattr(row, name, value)
        model.objects.bulk_create([row])

    return breach


def appended(model: Any, **wrong: Any) -> Breach:
    """Writes one more row, wrong in this, like the first one there is of what is never changed."""

    def breach(world: World) -> None:
        row = model.objects.order_by("pk").first()
        row.pk = None
        for name, value in wrong.items():
            setattr(row, name, value)
        model.objects.bulk_create([row])

    return breach


def twice(breach: Breach) -> Breach:
    def both(world: World) -> None:
        Follow.objects.all().delete()
        breach(world)
        breach(world)

    return both
