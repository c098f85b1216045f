"""What a test of a constraint does: write, past all forms and rules, a row that it forbids."""

from collections.abc import Callable
from typing import Any

from tests.house.world import World

Breach = Callable[[World], object]


def again(model: Any) -> Breach:
    """Writes a second row like the first one there is."""

    def breach(world: World) -> None:
        row = model.objects.order_by("pk").first()
        row.pk = None
        model.objects.bulk_create([row])

    return breach
