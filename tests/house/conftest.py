"""Every page of the program, rendered once for those tests that read what came out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kernen.decisions.parts import PARTS
from kernen.initiatives.stages import EVENTS
from kernen.journey import demo
from kernen.measures.models import Wall
from kernen.measures.walls import screen
from kernen.parties.models import Organisation, OrganisationRole, Person
from tests.house.snapshot import Snapshot
from tests.house.world import World

#: What the number in an address stands for, by the first part of the address.
THINGS = {
    "initiatives": "initiatives.Initiative",
    "involvements": "initiatives.Involvement",
    "team": "initiatives.TeamMember",
    "likenesses": "initiatives.Likeness",
    "links": "initiatives.Link",
    "offers": "initiatives.LeadOffer",
    "measures": "measures.Measure",
    "catalogue": "measures.SharedMeasure",
    "catalogue-proposals": "measures.SharedProposal",
    "series": "measures.Series",
    "loads": "measures.Load",
    "deliveries": "measures.Delivery",
    "api": "measures.Series",
    "tokens": "measures.Token",
    "splits": "measures.Split",
    "walls": "measures.Wall",
    "wall_charts": "measures.WallChart",
    "freezes": "measures.Freeze",
    "points": "measures.Point",
    "annotations": "measures.Annotation",
    "results": "measures.Result",
    "gains": "value.Gain",
    "costs": "value.Cost",
    "evidence": "value.Evidence",
    "proposals": "decisions.Proposal",
    "figures-links": "measures.FiguresLink",
    "answer-links": "decisions.AnswerLink",
    "meetings": "decisions.Meeting",
    "decisions": "decisions.Decision",
    "published": "decisions.Decision",
    "documents": "documents.Document",
    "versions": "documents.Version",
    "views": "following.SavedView",
    "notices": "following.Notice",
    "organisations": "parties.Organisation",
    "clusters": "parties.Cluster",
    "fora": "parties.Forum",
    "reorganisations": "parties.Reorganisation",
    "cluster-changes": "parties.ClusterChange",
    "organisation-changes": "parties.OrganisationChange",
    "people": "parties.Person",
    "invitations": "parties.Invitation",
    "roles": "parties.OrganisationRole",
}
WHOLE = Snapshot(World.that_decides)
#: Files that take half a second: one of each is enough.
DRAWN = {
    "initiative_pdf", "initiative_docx", "series_png", "embedded_png", "result_png",
     "proposal_pdf",
    "proposal_docx", "agenda_pdf", "agenda_docx", "meeting_minutes", "decision_minute",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What one person was shown at one address."""

    person: str
    language: str
    url: str
    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.url} ({self.person}, {self.language}): {self.code}"


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the program's own rooms, with its route in full."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, route)
            elif not route.startswith(("account/", "admin/")):
                yield route, entry

    yield from walk(get_resolver(), "")


def addresses(route: str, name: str, sample: int) -> list[str]:
    """The address with real numbers: of the `sample` first and last things there are."""
    if "<" not in route:
        return [reverse(name)]
    thing = route.split("/", 1)[0]
    assert thing in THINGS, f"say in tests/house/conftest.py what the number in {route} stands for"
    keys = list(apps.get_model(THINGS[thing]).objects.order_by("pk").values_list("pk", flat=True))
    chosen = keys if len(keys) <= sample else keys[: sample // 2] + keys[-sample // 2 :]
    if name in DRAWN:
        chosen = chosen[:1]
    if "<slug:key>" in route:
        return [urlsplit(screen.address(wall)).path for wall in Wall.objects.filter(pk__in=chosen)]
    return [reverse(name, kwargs={"pk": key, **rest}) for key in chosen for rest in beside(route)]


def beside(route: str) -> list[dict[str, Any]]:
    """What else than the thing's number stands in the address."""
    known: dict[str, list[Any]] = {"name": list(EVENTS), "part": list(PARTS), "edition": [1]}
    if "<int:organisation>" in route:
        known["organisation"] = [Organisation.objects.earliest("pk").pk]
    for word, values in known.items():
        if f":{word}>" in route:
            return [{word: value} for value in values]
    return [{}]


def _render(person: Person | None, who: str, language: str, sample: int = 2) -> Iterator[Page]:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person:
        assert person.user
        client.force_login(person.user)
    for route, pattern in patterns():
        for url in addresses(route, str(pattern.name), sample):
            response = client.get(url)
            streamed = getattr(response, "streaming", False)
            text = "" if streamed else response.content.decode(errors="replace")
            yield Page(who, language, url, response.status_code, text)


@pytest.fixture
def world(db) -> World:
    """A world in which something of everything has happened, decisions among it."""
    return WHOLE.lay_out()


@pytest.fixture
def pages(rendered: list[Page], db) -> list[Page]:
    """What `rendered` holds; asking for `db` makes pytest set the database up."""
    return rendered


@pytest.fixture(scope="session")
def rendered(django_db_setup, django_db_blocker) -> list[Page]:
    """Every address with the demonstration data, as seen by those who see most and least."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(lambda words: None)
        administrator = Person.objects.filter(user__is_staff=True).first()
        reader = (
            Person.objects.filter(user__isnull=False, user__is_staff=False)
            .exclude(roles__role=OrganisationRole.Role.COORDINATOR)
            .last()
        )
        assert administrator
        assert reader
        found = [
            *_render(administrator, "administrator", "da", sample=4),
            *_render(administrator, "administrator", "en"),
            *_render(reader, "reader", "da"),
            *_render(None, "visitor", "da"),
        ]
        transaction.set_rollback(True)
    return found
