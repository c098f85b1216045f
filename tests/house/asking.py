"""Whether a page asks the database as often when there is more of what it shows."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.world import World

Grow = Callable[[World], object]


def asked(world: World, *urls: str) -> list[list[str]]:
    """What each page asks the database for the coordinator. What is kept between pages is there
    since a look at another, or is filled by the same page each time; and nothing has grown too
    old since the look before, on a slow machine."""
    ContentType.objects.clear_cache()
    cache.clear()
    client = Client()
    assert world.coordinator.user
    client.force_login(world.coordinator.user)
    _look(client, reverse("account"))
    return [_look(client, url) for url in urls]


def _look(client: Client, url: str) -> list[str]:
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
    (before,) = asked(world, url)
    for _round in range(3):
        one_more(world)
    (after,) = asked(world, url)
    as_often(before, after)
