"""How the grid bears 2,000 and 20,000 series: time and queries, against 20.

    .venv/bin/python -m benchmarks.grid [--large 20000]                  on SQLite
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.grid on PostgreSQL

Each size gets an empty database that is gone afterwards; 300 of the series are one initiative's. A
pattern of series is settled from its figures, and how it stands is copied to all the others: the
grid reads nothing else. Ends with 1 where a page asks more often or takes more than twice as long.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.environment import database
from benchmarks.overview import Looked, compare, look
from benchmarks.register import fill, words
from kernen.initiatives.models import Dimension, Initiative
from kernen.lib.periods import between
from kernen.measures.models import Measure, Point, Series, Standing
from kernen.measures.standing.keep import settle
from kernen.parties.models import Cluster, Organisation, Person

SMALL, LARGE = 20, 20_000
#: So many stand as they do because their figures were settled; the others stand like them.
PATTERN, OF_ONE, FIGURES = 20, 300, 36

PAGES = {
    "the region": "/measures/",
    "page 2 (or last)": "/measures/?page=2",
    "the last page": "/measures/?page=100000",
    "what needs attention": "/measures/?show=attention",
    "a cluster": "/measures/?cluster={cluster}",
    "an organisation": "/measures/?organisation={hospital}",
    "an initiative": "/measures/?initiative={initiative}",
    "a kind": "/measures/?kind=outcome",
    "a dimension": "/measures/?dimension=health",
    "a word": "/measures/?q=ventetid",
    "all filters": "/measures/?cluster={cluster}&organisation={hospital}&kind=outcome"
    "&dimension=health&show=attention",
    "by name": "/measures/?sort=name",
    "by place": "/measures/?sort=-place",
    "by update": "/measures/?sort=-updated",
    "by what is missing": "/measures/?sort=-missing",
    "on a day": "/on/{day}/measures/?cluster={council}",
}


def addresses() -> dict[str, str]:
    ids: dict[str, Any] = {
        "cluster": Cluster.objects.earliest("pk").pk,
        "council": Cluster.objects.latest("pk").pk,
        "hospital": Organisation.objects.get(name="Sygehus 0-0").pk,
        "initiative": Initiative.objects.earliest("pk").pk,
        "day": date.today() + timedelta(days=41),
    }
    return {name: address.format(**ids) for name, address in PAGES.items()}


def enter(number: int) -> Person:
    """So many series at the places of the region; the first of each size fit every filter."""
    person = fill(max(number // 10, 30))
    chance = random.Random(number)  # noqa: S311 the same each time
    initiatives = list(Initiative.objects.order_by("pk"))
    places = list(Organisation.objects.order_by("pk"))
    hospital = Organisation.objects.get(name="Sygehus 0-0")
    measures, series = [], []
    for at in range(number):
        sure = at < SMALL
        measure = Measure(
            initiative=initiatives[0] if at < OF_ONE else chance.choice(initiatives),
            name=f"{words(chance, 2)} {'ventetid' if sure else ''} {at}",
            kind="outcome" if sure else chance.choice(Measure.Kind.values),
            dimension="health" if sure else chance.choice(Dimension.values),
            figures="values",
            direction="down",
            goal=chance.choice([None, 10, 50]),
        )
        place = hospital if sure else chance.choice(places)
        measures.append(measure)
        series.append(Series(measure=measure, organisation=place, place=f"Afsnit {at}"))
    Measure.objects.bulk_create(measures, batch_size=5000)
    Series.objects.bulk_create(series, batch_size=5000)
    _stand(chance, series)
    return person


def _stand(chance: random.Random, series: list[Series]) -> None:
    starts = between(date.today() - timedelta(days=31 * FIGURES), date.today(), "month")
    pattern = series[:PATTERN]
    Point.objects.bulk_create(
        Point(series=one, period=start, value=chance.gauss(50 + 15 * (at % 3 == 0 and n > 24), 5))
        for at, one in enumerate(pattern)
        for n, start in enumerate(starts)
    )
    settle(*pattern)
    Standing.objects.update(loaded_at=timezone.now())
    known = list(Standing.objects.all())
    rows = []
    for one in series[PATTERN:]:
        row = copy(chance.choice(known))
        row.series, row.name, row.place = one, one.measure.name, str(one)
        row.initiative = one.measure.initiative
        row.loaded_at = timezone.now() - timedelta(minutes=chance.random() * 60 * 24 * 700)
        rows.append(row)
    Standing.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(number: int, say: Callable[[str], None]) -> Looked:
    with database(number):
        start = time.monotonic()
        person = enter(number)
        say(f"{number} series entered in {time.monotonic() - start:.0f} s.")
        client = Client(SERVER_NAME="localhost")
        client.force_login(person.user)  # type: ignore[arg-type]
        return {name: look(client, address) for name, address in addresses().items()}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--large", type=int, default=LARGE)
    large = asked.parse_args().large
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain  # nothing is collected here

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    say(f"On {connection.display_name}")
    few = measure(SMALL, say)
    return max(compare(few, measure(size, say), SMALL, size) for size in (large // 10, large))


if __name__ == "__main__":
    sys.exit(main())
