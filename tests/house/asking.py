"""Whether a page asks the database as often when there is more of what it shows."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.world import World

Grow = Callable[[World], object]


def asks_as_often(world: World, url: str, grow: list[Grow]) -> None:
    client = Client()
    assert world.coordinator.user
    client.force_login(world.coordinator.user)

    def asked() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
            assert answer.status_code == 200
            b"".join(answer)  # a stream asks while it is read
        return [query["sql"] for query in queries]

    def rows() -> None:
        for one_more in grow * 3:
            one_more(world)

    rows()
    asked()  # the first look may fill a cache
    before = asked()
    rows()
    after = asked()
    extra = [sql for sql in after if after.count(sql) > 1][:5]
    assert len(after) == len(before), f"{len(before)} became {len(after)}, such as:\n" + "\n".join(
        extra or after[-5:]
    )
