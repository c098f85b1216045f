"""How the overview bears 100,000 initiatives: time and queries, against 100.

    .venv/bin/python -m benchmarks.overview [--large 100000]                  on SQLite
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.overview on PostgreSQL

Each size gets an empty database that is gone afterwards. The initiatives are entered in bulk, past
the actions; their words follow a long-tailed vocabulary of Danish compounds. The goal: as many
queries, and at most twice the time. Ends with 1 where a page misses it."""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date, timedelta
from pathlib import Path

VAR = tempfile.TemporaryDirectory(prefix="kernen-benchmark-")
os.environ["KERNEN_VAR"] = VAR.name
os.environ.setdefault(
    "KERNEN_SECRET_KEY", "a-secret-for-a-database-that-is-gone-soon-0123456789-abc"
)
os.environ["KERNEN_HTTPS"] = os.environ["KERNEN_DEBUG"] = "0"
os.environ["KERNEN_LOG"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "kernen.config.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from kernen.initiatives.finding import stemmed, vocabulary  # noqa: E402
from kernen.initiatives.models import Gram, Initiative, Involvement, SearchText  # noqa: E402
from kernen.initiatives.stages import Stage  # noqa: E402
from kernen.parties import actions as parties  # noqa: E402
from kernen.parties.models import Cluster, Organisation, Sector  # noqa: E402

SMALL, LARGE, ROUNDS = 100, 100_000, 15
_FRONT = (
    "børne ældre familie hjemme ryge søvn smerte demens diabetes hjerte kræft lunge fald ernærings "
    "bevægelses genoptrænings medicin udskrivnings indlæggelses akut psykiatri misbrugs svangre "
    "sundheds patient pårørende kommune sygehus praksis tvær digital tele video data kvalitets"
)
_BACK = (
    "stop besøg team samtale forløb plan hjælp støtte henvisning opsporing forebyggelse træning "
    "kursus netværk møde samarbejde overgang tryghed klinik vejledning app måling register skole "
    "gruppe kontakt koordinator visitation rehabilitering undersøgelse behandling screening"
)
FRONT, BACK = _FRONT.split(), _BACK.split()


def word(chance: random.Random) -> str:
    """Few words are common and most are rare, as in any text."""
    front = FRONT[int(len(FRONT) * chance.random() ** 2)]
    back = BACK[int(len(BACK) * chance.random() ** 2)]
    kind = chance.random()
    if kind < 0.3:
        return front.rstrip("s")
    if kind < 0.5:
        return back
    if kind < 0.9:
        return front + back
    return front + back + BACK[int(len(BACK) * chance.random())]


def words(chance: random.Random, number: int) -> str:
    return " ".join(word(chance) for _ in range(number)).capitalize()


def structure() -> tuple[list[Cluster], list[Organisation]]:
    clusters, organisations = [], []
    practice = parties.found_organisation(name="Praksis", sector=Sector.GENERAL_PRACTICE, by=None)
    for c in range(17):
        own = [
            parties.found_organisation(
                name=f"{'Sygehus' if not o else 'Kommune'} {c}-{o}",
                sector=Sector.MUNICIPALITY if o else Sector.HOSPITAL,
                by=None,
            )
            for o in range(6)
        ]
        clusters.append(
            parties.form_cluster(name=f"Råd {c:02}", organisations=[*own, practice], by=None)
        )
        organisations += own
    return clusters, [*organisations, practice]


def fill(number: int) -> None:
    """So many initiatives with their parties and what the search needs."""
    chance = random.Random(number)  # noqa: S311 the same each time
    clusters, organisations = structure()
    now, grams = timezone.now(), set()
    for start in range(0, number, 5000):
        made = Initiative.objects.bulk_create(
            Initiative(
                title=words(chance, 4),
                problem=words(chance, 25),
                purpose=words(chance, 25),
                target_group=words(chance, 4),
                orientation=chance.choice(Initiative.Orientation.values),
                origin=chance.choice(Initiative.Origin.values),
                cluster=chance.choice([*clusters, None]),
                stage=chance.choice(Stage.values),
                active_at=now - timedelta(minutes=chance.random() * 60 * 24 * 1500),
            )
            for _ in range(min(5000, number - start))
        )
        involved = [(one, chance.sample(organisations, 3)) for one in made]
        Involvement.objects.bulk_create(
            Involvement(initiative=one, organisation=party, start=date(2020, 1, 1))
            for one, some in involved
            for party in some
        )
        texts = [
            SearchText(
                initiative=one,
                heading=stemmed(one.title),
                body=stemmed(one.problem, one.purpose, one.target_group, *(p.name for p in some)),
            )
            for one, some in involved
        ]
        SearchText.objects.bulk_create(texts)
        grams |= vocabulary(*(said for text in texts for said in (text.heading, text.body)))
    Gram.objects.bulk_create((Gram(gram=g, stem=s) for g, s in sorted(grams)), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def addresses() -> dict[str, dict[str, object]]:
    cluster = Cluster.objects.earliest("pk").pk
    hospital = Organisation.objects.filter(sector=Sector.HOSPITAL).earliest("pk").pk
    return {
        "overview": {},
        "page 2": {"page": 2},
        "filtered: stage": {"stage": "testing"},
        "filtered: cluster": {"cluster": cluster},
        "filtered: sector": {"sector": "hospital"},
        "filtered: organisation": {"organisation": hospital},
        "filtered: idle": {"idle": 12},
        "filtered: missing": {"missing": ["hospital", "general_practice"]},
        "filtered: all at once": {
            "stage": "testing", "cluster": cluster, "sector": "municipality",
            "orientation": "upstream", "origin": "own", "idle": 3, "missing": "general_practice",
        },
        "searched: a common word": {"q": "børn"},
        "searched: two words": {"q": "digital screening"},
        "searched: a compound": {"q": "demensnetværket"},
        "searched: misspelt": {"q": "demensnetværg"},
        "searched and filtered": {"q": "hjerteforløb", "stage": "idea", "cluster": cluster},
        "sorted: title": {"sort": "title"},
        "sorted: stage": {"sort": "stage"},
        "sorted: cluster": {"sort": "cluster"},
        "board": {"view": "board"},
        "board, filtered": {"view": "board", "sector": "hospital"},
        "board, searched": {"view": "board", "q": "demensnetværket"},
    }  # fmt: skip


def look(client: Client, query: dict[str, object]) -> tuple[float, int, str]:
    """The median milliseconds of a page, how often it asks, and how many it says there are."""

    def page() -> str:
        answer = client.get(reverse("overview"), query)
        if answer.status_code != 200:
            sys.exit(f"{query}: {answer.status_code}")
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
    return statistics.median(times) * 1000, asked, heading[1] if heading else "–"


@contextmanager
def database(number: int) -> Iterator[None]:
    """An empty database of its own: the file of SQLite, a schema of PostgreSQL."""
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = str(Path(VAR.name) / f"{number}.sqlite3")
        with silent():
            call_command("migrate", verbosity=0)
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    with silent():
        call_command("migrate", verbosity=0)
    yield


@contextmanager
def silent() -> Iterator[None]:
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        yield


def measure(number: int, say: Callable[[str], None]) -> dict[str, tuple[float, int, str]]:
    with database(number):
        start = time.monotonic()
        fill(number)
        say(f"{number} initiatives entered in {time.monotonic() - start:.0f} s.")
        person = parties.enrol(name="Læser", email="reader@example.org", by=None)
        client = Client(SERVER_NAME="localhost")
        client.force_login(person.user)
        return {name: look(client, query) for name, query in addresses().items()}


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
    print(f"{'page':26}{'found':>30}{SMALL:>9}{large:>9}  ms{'ratio':>7}{'queries':>10}")
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


if __name__ == "__main__":
    sys.exit(main())
