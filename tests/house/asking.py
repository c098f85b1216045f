"""Whether a page asks the database as often when there is more of what it shows."""

from collections.abc import Callable

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.world import World

Grow = Callable[[World], object]


def asked(world: World, url: str) -> list[str]:
    """What the page asks the database for the coordinator; the first look may fill a cache."""
    client = Client()
    assert world.coordinator.user
    client.force_login(world.coordinator.user)
    for _look in range(2):
        reset_queries()  # the log holds 9,000
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
            assert answer.status_code == 200, f"{url}: {answer.status_code}"
            b"".join(answer)  # a stream asks while it is read
    return [query["sql"] for query in queries]


def as_often(before: list[str], after: list[str]) -> None:
    extra = [sql for sql in after if after.count(sql) > 1][:5]
    assert len(after) == len(before), f"{len(before)} became {len(after)}, such as:\n" + "\n".join(
        extra or after[-5:]
    )


def asks_as_often(world: World, url: str, one_more: Grow) -> None:
    one_more(world)
    before = asked(world, url)
    for _round in range(3):
        one_more(world)
    as_often(before, asked(world, url))
