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
from typing import Any

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
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from kernen.following import actions as following  # noqa: E402
from kernen.following.models import Notice  # noqa: E402
from kernen.initiatives.areas import PriorityArea  # noqa: E402
from kernen.initiatives.finding import stemmed, vocabulary  # noqa: E402
from kernen.initiatives.models import (  # noqa: E402
    Entry,
    Gram,
    IdleQuestion,
    Initiative,
    Involvement,
    SearchText,
    TeamMember,
)
from kernen.initiatives.stages import Stage  # noqa: E402
from kernen.measures.models import Measure, Point, Series  # noqa: E402
from kernen.parties import actions as parties  # noqa: E402
from kernen.parties.models import (  # noqa: E402
    Cluster,
    Organisation,
    OrganisationRole,
    Person,
    Reorganisation,
    Sector,
)
from kernen.parties.reorganising import actions as reorganising  # noqa: E402

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
#: So many of each size fit every filter and every search below, so that both sizes have a full
#: page to show; `FOUND` is what their titles say.
SURE, FOUND = 30, "børn digital screening demensnetværket hjerteforløb"
#: The day on which the structure changes.
REFORM = date.today() + timedelta(days=40)

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


def people(organisations: list[Organisation]) -> list[Person]:
    """Those who lead; the first also coordinates a hospital, and is the one who reads."""
    found = [
        parties.enrol(name=f"Læser {n}", email=f"{n}@example.org", administrator=not n, by=None)
        for n in range(50)
    ]
    role = OrganisationRole.Role.COORDINATOR
    parties.give_role(person=found[0], organisation=organisations[0], role=role, by=None)
    return found


def reform(clusters: list[Cluster], by: Person) -> None:
    """On a day ahead two clusters go on as one council."""
    change = reorganising.prepare_reorganisation(name="Reform", day=REFORM, why="Lov", by=by)
    members = Organisation.objects.filter(memberships__cluster__in=clusters[:2]).distinct()
    reorganising.plan_cluster(
        reorganisation=change,
        name="Sundhedsråd",
        kind=Cluster.Kind.HEALTH_COUNCIL,
        replaces=clusters[:2],
        members=list(members),
        by=by,
    )
    reorganising.confirm(reorganisation=change, by=by)


def fill(number: int) -> Person:
    """So many initiatives with all that hangs off them; whoever reads."""
    chance = random.Random(number)  # noqa: S311 the same each time
    clusters, organisations = structure()
    leads = people(organisations)
    stems: set[str] = set()
    for start in range(0, number, 5000):
        size = min(5000, number - start)
        made = _initiatives(chance, range(start, start + size), clusters)
        stems |= _involve(chance, made, organisations, sure=0 if start else SURE)
        _lead(chance, made, leads, sure=0 if start else SURE // 3)
    grams = sorted(vocabulary(*stems))
    Gram.objects.bulk_create((Gram(gram=g, stem=s) for g, s in grams), batch_size=5000)
    _around(number, leads[0], clusters[0])
    reform(clusters, leads[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return leads[0]


def _initiatives(chance: random.Random, numbers: range, clusters: list[Cluster]) -> list[Any]:
    now = timezone.now()
    some = []
    for number in numbers:
        sure = number < SURE
        ago = timedelta(minutes=chance.random() * 60 * 24 * 1500)
        made = Initiative(
            title=f"{words(chance, 4)} {FOUND if sure else ''}".strip(),
            problem=words(chance, 25),
            purpose=words(chance, 25),
            target_group=words(chance, 4),
            orientation=chance.choice(Initiative.Orientation.values),
            origin=chance.choice(Initiative.Origin.values),
            priority_area=chance.choice(PriorityArea.values),
            cluster=chance.choice([*clusters, None]),
            stage=chance.choice(Stage.values),
            active_at=now - ago,
        )
        if sure:
            made.stage, made.cluster, made.orientation = Stage.TESTING, clusters[0], "upstream"
            made.origin, made.active_at = "own", now - timedelta(days=370, minutes=number)
            made.priority_area, made.target_group = PriorityArea.values[0], "Børnefamilier"
        some.append(made)
    made_now: list[Any] = Initiative.objects.bulk_create(some)
    return made_now


def _involve(
    chance: random.Random, made: list[Any], organisations: list[Organisation], sure: int
) -> set[str]:
    """Who takes part, and the text that the search finds; gives the stems."""
    involved = [(one, chance.sample(organisations, 3)) for one in made]
    involved[:sure] = [(one, organisations[1:4]) for one in made[:sure]]
    Involvement.objects.bulk_create(
        Involvement(
            initiative=one,
            organisation=party,
            start=date(2020, 1, 1),
            role="partner" if place else "responsible",
        )
        for one, some in involved
        for place, party in enumerate(some)
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
    return {stem for text in texts for stem in f"{text.heading} {text.body}".split()}


def _lead(chance: random.Random, made: list[Any], leads: list[Person], sure: int) -> None:
    """The first few are the reader's; of the others one in twenty is led by nobody, one in a
    hundred was asked whether it still runs."""
    others = [one for one in made[sure:] if chance.random() > 0.05]
    TeamMember.objects.bulk_create(
        TeamMember(initiative=one, person=person, role="lead", start=date(2020, 1, 1))
        for one, person in [
            *((one, leads[0]) for one in made[:sure]),
            *((one, chance.choice(leads[1:])) for one in others),
        ]
    )
    asked = timezone.now() - timedelta(days=40)
    IdleQuestion.objects.bulk_create(
        IdleQuestion(initiative=one, since=one.active_at, at=asked)
        for one in made
        if chance.random() < 0.01
    )


def _around(number: int, reader: Person, cluster: Cluster) -> None:
    """A journal that grows with the register, what the reader is told of, follows and measures."""
    first, keys = Initiative.objects.earliest("pk"), Initiative.objects.order_by("pk")
    Entry.objects.bulk_create(
        (
            Entry(initiative_id=key, by=reader, verb="register", stage=Stage.IDEA)
            for key in keys.values_list("pk", flat=True)
        ),
        batch_size=5000,
    )
    long = [Entry(initiative=first, by=reader, verb="note", words="Et ord") for _ in range(60)]
    told = [
        Entry(initiative=first, by=reader, verb="tell", params={"fields": ["purpose"],
              "before": {"purpose": f"Formål {n}"}})
        for n in range(max(60, number // 50))
    ]  # fmt: skip
    Entry.objects.bulk_create([*long, *told])
    newest = Entry.objects.order_by("-pk")[: max(90, number // 20)]
    Notice.objects.bulk_create(Notice(person=reader, entry=entry) for entry in newest)
    following.follow(thing=cluster, by=reader)
    view = following.save_view(name="Børn", query="q=børn&stage=testing", by=reader)
    following.follow(thing=view, by=reader)
    measured = keys[: max(SURE // 3, number // 50)]
    party = Organisation.objects.earliest("pk")
    measures = Measure.objects.bulk_create(
        Measure(initiative=one, name="Ventetid", figures="values", unit="dage") for one in measured
    )
    series = Series.objects.bulk_create(Series(measure=m, organisation=party) for m in measures)
    months = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(24)]
    Point.objects.bulk_create(
        (Point(series=one, period=month, value=27) for one in series for month in months),
        batch_size=5000,
    )


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
    """The median milliseconds of a page, how often it asks, and how many it says there are."""

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
        person = fill(number)
        say(f"{number} initiatives entered in {time.monotonic() - start:.0f} s.")
        client = Client(SERVER_NAME="localhost")
        client.force_login(person.user)
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
