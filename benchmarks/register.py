"""A register of any size, entered in bulk and past the actions: the same each time.

The words follow a long-tailed vocabulary of Danish compounds."""

import random
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

import benchmarks.environment  # noqa: F401 first: it sets Django up
from kernen.following import actions as following
from kernen.following.models import Notice
from kernen.initiatives.areas import PriorityArea
from kernen.initiatives.finding import stemmed, vocabulary
from kernen.initiatives.models import (
    Entry,
    Gram,
    IdleQuestion,
    Initiative,
    Involvement,
    SearchText,
    TeamMember,
)
from kernen.initiatives.stages import Stage
from kernen.measures.models import Measure, Point, Series
from kernen.parties import actions as parties
from kernen.parties.models import (
    Cluster,
    Organisation,
    OrganisationRole,
    Person,
    Sector,
)
from kernen.parties.reorganising import actions as reorganising

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
        for n in range(60)
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
