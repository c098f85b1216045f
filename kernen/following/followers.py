"""Who follows what: the people to tell of an entry, and why a person is told of an initiative."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernen.initiatives.models import Entry, Initiative, TeamMember
from kernen.initiatives.selection import Selection
from kernen.parties.models import Cluster, Person

from .models import Follow, SavedView

ALWAYS = datetime.min.replace(tzinfo=UTC)


def followers(entries: Sequence[Entry]) -> dict[int, set[int]]:
    """The people to tell of each entry, by their ids: those who followed when it was written.

    Nobody is told of what he or she did, nor of an initiative that he or she follows no longer."""
    touched = {entry.initiative_id for entry in entries}
    follow = _following(touched)
    quiet = set(_said(touched, wanted=False).values_list("initiative", "person"))
    near = {person for some in follow.values() for person, _since in some}
    active = Person.objects.filter(pk__in=near, user__is_active=True)
    here = set(active.values_list("pk", flat=True))
    return {
        entry.pk: {
            person
            for person, since in follow[entry.initiative_id]
            if since <= entry.recorded_at and person in here - {entry.by_id}
            if (entry.initiative_id, person) not in quiet
        }
        for entry in entries
    }


def _said(touched: Any, *, wanted: bool) -> Any:
    return Follow.objects.filter(initiative__in=touched, wanted=wanted)


def _following(touched: set[int]) -> dict[int, list[tuple[int, datetime]]]:
    """Who follows each initiative, and since when, in any of the ways."""
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    team = TeamMember.objects.current().filter(initiative__in=touched)
    for initiative, person in team.values_list("initiative", "person"):
        found[initiative].append((person, ALWAYS))
    said = _said(touched, wanted=True).values_list("initiative", "person", "since")
    for initiative, person, since in said:
        found[initiative].append((person, since))
    for many, wide in _wide():
        told = [(follow.person_id, follow.since) for follow in many]
        inside = wide.filter(pk__in=touched).order_by().values_list("pk", flat=True)
        for initiative in inside.distinct():
            found[initiative] += told
    return found


def _wide() -> list[tuple[list[Follow], Any]]:
    """The clusters and the views that somebody follows: who, and the initiatives in them."""
    followed: Any = Follow.objects.filter(wanted=True)
    clusters: dict[Cluster, list[Follow]] = defaultdict(list)
    for one in followed.filter(cluster__isnull=False).select_related("cluster"):
        clusters[one.cluster].append(one)
    asked: dict[str, list[Follow]] = defaultdict(list)
    for one in followed.filter(view__isnull=False).select_related("view"):
        asked[one.view.query].append(one)
    return [
        *((many, Initiative.objects.of_cluster(cluster)) for cluster, many in clusters.items()),
        *((many, seen_in(query)) for query, many in asked.items()),
    ]


def seen_in(query: str) -> Any:
    """The initiatives of a followed view; none where its address no longer means what it did."""
    asked = Selection(query)
    return asked.found if asked.whole and asked.chosen else Initiative.objects.none()


def why_told(person: Person | None, initiative: Initiative) -> str:
    """Why the person is told of what happens to the initiative, in a sentence; "" if not."""
    if person is None:
        return ""
    said = Follow.objects.filter(person=person, initiative=initiative).first()
    if said:
        return _("You follow this initiative.") if said.wanted else ""
    if TeamMember.objects.current().filter(person=person, initiative=initiative).exists():
        return _("You are on the team, so you are told of what happens.")
    follows: Any = Follow.objects.filter(person=person, wanted=True, initiative=None)
    for one in follows.select_related("cluster", "view"):
        cluster = one.cluster
        wide = Initiative.objects.of_cluster(cluster) if cluster else seen_in(one.view.query)
        if wide.filter(pk=initiative.pk).exists():
            return _("You are told of it because you follow “%(name)s”.") % {
                "name": one.cluster or one.view
            }
    return ""


def follows(person: Person | None, thing: Cluster | SavedView) -> bool:
    return bool(person and thing.follows.filter(person=person, wanted=True).exists())
