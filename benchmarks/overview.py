"""How the overview bears 100,000 initiatives: time and queries, against 100.

    .venv/bin/python -m benchmarks.overview [--large 100000]                  on SQLite
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.overview on PostgreSQL

Each size gets an empty database that is gone afterwards. The goal: as many queries, and at most
twice the time. Ends with 1 where a page misses it."""

import argparse
import re
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.environment import database
from benchmarks.register import REFORM, fill
from kernen.initiatives.areas import PriorityArea
from kernen.initiatives.models import Initiative
from kernen.parties.models import Cluster, Organisation, Reorganisation, Sector

SMALL, LARGE, ROUNDS = 100, 100_000, 15

#: By page the least milliseconds, how often it asks, and how many it says there are.
Looked = dict[str, tuple[float, int, str]]

#: What is looked at, and its address; `{…}` is filled in by `addresses`.
PAGES = {
    "overview": "/initiatives/",
    "page 2": "/initiatives/?page=2",
    "filtered: stage": "/initiatives/?stage=testing",
    "filtered: cluster": "/initiatives/?cluster={cluster}",
    "filtered: at home in": "/initiatives/?home={cluster}",
    "filtered: no cluster": "/initiatives/?home=none",
    "filtered: sector": "/initiatives/?sector=hospital",
    "filtered: organisation": "/initiatives/?organisation={municipality}",
    "filtered: priority area": "/initiatives/?priority_area=" + PriorityArea.values[0],
    "filtered: target group": "/initiatives/?target_group=børn",
    "filtered: orientation": "/initiatives/?orientation=upstream",
    "filtered: origin": "/initiatives/?origin=own",
    "filtered: idle": "/initiatives/?idle=12",
    "filtered: missing": "/initiatives/?missing=hospital&missing=general_practice",
    "filtered: all at once": "/initiatives/?cluster={cluster}&{all}",
    "searched: a common word": "/initiatives/?q=børn",
    "searched: two words": "/initiatives/?q=digital screening",
    "searched: a compound": "/initiatives/?q=demensnetværket",
    "searched: misspelt": "/initiatives/?q=demensnetværg",
    "searched: an organisation": "/initiatives/?q=kommune",
    "searched and filtered": "/initiatives/?q=hjerteforløb&stage=testing&cluster={cluster}",
    "common word and sector": "/initiatives/?q=børn&sector=municipality",
    "sorted: title": "/initiatives/?sort=title",
    "sorted: title, down": "/initiatives/?sort=-title",
    "sorted: stage": "/initiatives/?sort=stage",
    "sorted: stage, down": "/initiatives/?sort=-stage",
    "sorted: cluster": "/initiatives/?sort=cluster",
    "sorted: cluster, down": "/initiatives/?sort=-cluster",
    "searched and sorted": "/initiatives/?q=børn&sort=title",
    "board": "/initiatives/?view=board",
    "board: sector": "/initiatives/?view=board&sector=municipality",
    "board: cluster": "/initiatives/?view=board&cluster={cluster}",
    "board: missing": "/initiatives/?view=board&missing=general_practice",
    "board: idle": "/initiatives/?view=board&idle=12",
    "board: all at once": "/initiatives/?view=board&cluster={cluster}&{all}",
    "board: a common word": "/initiatives/?view=board&q=børn",
    "board: a compound": "/initiatives/?view=board&q=demensnetværket",
    "on a day: overview": "/on/{day}/initiatives/",
    "on a day: council": "/on/{day}/initiatives/?cluster={council}",
    "on a day: all at once": "/on/{day}/initiatives/?cluster={council}&{all}",
    "on a day: common word": "/on/{day}/initiatives/?q=børn",
    "on a day: sorted, cluster": "/on/{day}/initiatives/?sort=cluster",
    "on a day: board": "/on/{day}/initiatives/?view=board",
    "on a day: board, council": "/on/{day}/initiatives/?view=board&cluster={council}",
    "on a day: the council": "/on/{day}/clusters/{council}/",
    "front": "/",
    "my work": "/my-work/",
    "inbox": "/inbox/",
    "inbox: all": "/inbox/?show=all",
    "saved views": "/views/",
    "cluster": "/clusters/{cluster}/",
    "clusters": "/clusters/",
    "organisation": "/organisations/{hospital}/",
    "a change of structure": "/reorganisations/{reform}/",
    "initiative": "/initiatives/{first}/",
    "its journal": "/initiatives/{first}/journal/",
    "its earlier texts": "/initiatives/{first}/history/",
    "links, searched": "/initiatives/{first}/links/?q=børn",
    "register": "/initiatives/register/",
}


def addresses() -> dict[str, str]:
    """The pages that could grow with the register."""
    ids = {
        "cluster": Cluster.objects.earliest("pk").pk,
        "council": Cluster.objects.latest("pk").pk,
        "hospital": Organisation.objects.filter(sector=Sector.HOSPITAL).earliest("pk").pk,
        "municipality": Organisation.objects.get(name="Kommune 0-1").pk,
        "first": Initiative.objects.earliest("pk").pk,
        "reform": Reorganisation.objects.earliest("pk").pk,
        "all": "stage=testing&sector=municipality&orientation=upstream&origin=own&idle=3"
        "&missing=general_practice&priority_area=" + PriorityArea.values[0],
        "day": REFORM + timedelta(days=1),
    }
    return {name: address.format(**ids) for name, address in PAGES.items()}


def look(client: Client, address: str) -> tuple[float, int, str]:
    """The least milliseconds of a page, how often it asks, and how many it says there are."""

    def page() -> str:
        cache.clear()  # what is kept for a while would hide what a page costs
        answer = client.get(address)
        if answer.status_code not in (200, 302):
            sys.exit(f"{address}: {answer.status_code}")
        return answer.content.decode()

    page()
    with CaptureQueriesContext(connection) as queries:
        shown = page()
    asked = len(queries)  # now: the next page empties the log
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        page()
        times.append(time.perf_counter() - start)
    heading = re.search(r"<h2>(.*?)</h2>", shown)
    return min(times) * 1000, asked, heading[1] if heading else "–"


def measure(number: int, say: Callable[[str], None]) -> Looked:
    with database(number):
        start = time.monotonic()
        person = fill(number)
        say(f"{number} initiatives entered in {time.monotonic() - start:.0f} s.")
        client = Client(SERVER_NAME="localhost")
        client.force_login(person.user)  # type: ignore[arg-type]
        return {name: look(client, address) for name, address in addresses().items()}


def compare(few: Looked, many: Looked, small: int, large: int) -> int:
    """Print both sizes beside each other; 1 where a page of the large one misses the goal."""
    print(f"{'page':26}{'found':>30}{small:>9}{large:>9}  ms{'ratio':>7}{'queries':>10}")
    missed = False
    for name, (before, asked_before, _found) in few.items():
        after, asked_after, found = many[name]
        over = asked_after != asked_before or after > 2 * before
        missed |= over
        print(
            f"{name:26}{found:>30}{before:>9.1f}{after:>9.1f}    {after / before:>7.2f}"
            f"{asked_before:>5}:{asked_after:<4}{'  over' if over else ''}"
        )
    return int(missed)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--large", type=int, default=LARGE)
    large = asked.parse_args().large
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain  # nothing is collected here

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    say(f"On {connection.display_name}")
    few, many = measure(SMALL, say), measure(large, say)
    return compare(few, many, SMALL, large)


if __name__ == "__main__":
    sys.exit(main())
