"""How long a million figures of many places take from a file, against a bare bulk insert of the
same rows in the same run, and how much memory.

    .venv/bin/python -m benchmarks.figures [--large 1000000]                  on SQLite
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.figures on PostgreSQL

Weekly figures of 260 weeks at as many places as it takes, week by week as systems write them, read
from a CSV file. "Bare" inserts the same rows, the points and their copies in the audit log, in one
transaction by what the database takes most quickly (COPY, or one prepared statement), out of tuples
that lie ready in memory, and commits it, since only then PostgreSQL looks whether each series is
there. "Django" is `bulk_create` of the points alone, of a tenth, times ten. The memory is what a
process of its own needs for the import above what it has before.

Ends with 1 where the import takes more than three times as long as the bare insert, or more memory
for the large file than twice that for a tenth of it and 20 MB."""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.environment import VAR, database
from kernen.initiatives import actions as initiatives
from kernen.measures import actions as measuring
from kernen.measures.delivering.spool import Spooled
from kernen.measures.delivering.taking import take
from kernen.measures.delivering.writing import write
from kernen.measures.models import Delivery, Measure, Point, Series
from kernen.parties import actions as parties
from kernen.parties.models import Person

LARGE, WEEKS, MOST = 1_000_000, 260, 3.0
STARTS = [date(2021, 1, 4) + timedelta(weeks=week) for week in range(WEEKS)]
#: As many series as are written together.
TOGETHER = 20_000 // WEEKS


def places(number: int) -> Measure:
    """A measure that is followed at so many places."""
    hospital = parties.found_organisation(name="Sygehus Fyn", sector="hospital", by=None)
    anna = parties.enrol(name="Anna", email="anna@example.org", administrator=False, by=None)
    parties.give_role(person=anna, organisation=hospital, role="contributor", by=None)
    made = initiatives.register(
        title="FMK", problem="Det er ikke ajour.", organisations=[hospital], cluster=None, by=anna
    )
    measure = measuring.define(
        initiative=made, name="FMK ajour", figures="counts", frequency="week", by=anna
    )
    Series.objects.bulk_create(
        Series(measure=measure, organisation=hospital, place=f"Afsnit {at}") for at in range(number)
    )
    return measure


def figures(measure: Measure) -> Iterator[tuple[Series, date, int, int]]:
    """The same each time, week by week and in each week place by place."""
    chance = random.Random(7)  # noqa: S311 the same each time
    series = list(measure.series.order_by("pk"))
    for start in STARTS:
        for one in series:
            whole = chance.randint(20, 99)
            yield one, start, chance.randint(0, whole), whole


def imported(measure: Measure) -> tuple[float, float]:
    """The seconds, and the MB that it took more."""
    path = Path(VAR.name) / "figures.csv"
    with path.open("w") as file:
        file.write("organisation;afsnit;uge;tæller;nævner;bemærkning\n")
        for series, start, part, whole in figures(measure):
            year, week, _day = start.isocalendar()
            file.write(f"Sygehus Fyn;{series.place};{year}-W{week:02};{part};{whole};\n")
    anna = Person.objects.get(name="Anna")
    delivery = Delivery(initiative=measure.initiative, measure=measure, by=anna, language="da")
    delivery.filename = path.name
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = timed(lambda: take(delivery, path, lambda *told: None))
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    there = Point.objects.count()
    if not delivery.added == there == Point.history.count() == len(STARTS) * measure.series.count():
        sys.exit("not all of it came in")
    return seconds, more / 1024


def bare(measure: Measure) -> float:
    """The points and their rows in the audit log, as quickly as the database takes them."""
    of: dict[int, tuple[list[Spooled], bool]] = {}
    for one, start, part, whole in figures(measure):
        kept, _exposure = of.setdefault(one.pk, ([], False))
        row = Spooled(one.pk, start.isoformat(), 0, 0, None, part, whole, None, None, "")
        kept.append(row)
    series, now = list(of.items()), timezone.now()

    @transaction.atomic
    def work() -> None:
        for at in range(0, len(series), TOGETHER):
            write(dict(series[at : at + TOGETHER]), now)

    return timed(work)


def by_django(measure: Measure) -> float:
    """The points alone, of the first tenth, times ten."""
    tenth = islice(figures(measure), measure.series.count() * WEEKS // 10)
    points = [
        Point(series=series, period=start, numerator=part, denominator=whole)
        for series, start, part, whole in tenth
    ]
    return 10 * timed(lambda: Point.objects.bulk_create(points, batch_size=5_000))


def undone(work: Callable[[], float]) -> float:
    with transaction.atomic():
        seconds = work()
        transaction.set_rollback(True)
    return seconds


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one(number: int) -> dict[str, float]:
    with database(1):
        seconds, memory = imported(places(number // WEEKS))
    with database(2):
        least = bare(places(number // WEEKS))
    with database(3):
        measure = places(number // WEEKS)
        django = undone(lambda: by_django(measure))
    return {"import": seconds, "bare": least, "django": django, "memory": memory}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--large", type=int, default=LARGE)
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        print(json.dumps(one(given.one)))
        return 0
    print(f"On {connection.display_name}")
    print("| figures | import | × bare insert | × Django's `bulk_create` | memory |")
    print("| ---: | ---: | ---: | ---: | ---: |", flush=True)
    found = []
    for number in (given.large // 10, given.large):
        # A process of its own for each, since a process never tells of less memory than it had.
        argv = [sys.executable, "-m", "benchmarks.figures", f"--one={number}"]
        took = json.loads(subprocess.check_output(argv))  # noqa: S603
        found.append(took)
        ratios = [took["import"] / took[name] for name in ("bare", "django")]
        told = f"{ratios[0]:.1f} | {ratios[1]:.1f} | {took['memory']:.0f} MB"
        print(f"| {number:,} | {took['import']:.0f} s | {told} |", flush=True)
    few, many = found
    flat = many["memory"] <= 2 * few["memory"] + 20
    return 0 if many["import"] <= MOST * many["bare"] and flat else 1


if __name__ == "__main__":
    sys.exit(main())
