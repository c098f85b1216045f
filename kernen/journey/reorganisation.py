"""What a change of structure moves, seen before it takes force."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from kernen.initiatives.stages import Stage
from kernen.lib.alphabet import alphabetical
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    Forum,
    Organisation,
    OrganisationChange,
    OrganisationRole,
    Reorganisation,
)


@dataclass(frozen=True)
class Moved:
    """A cluster that ends, where it goes on, and how much goes with it."""

    cluster: Cluster
    to: list[ClusterChange]
    initiatives: int
    fora: list[Forum]


@dataclass(frozen=True)
class Effects:
    clusters: list[Moved]
    shared: list[Organisation]
    outside: list[Organisation]
    roles: list[tuple[OrganisationRole, OrganisationChange]]


def effects(change: Reorganisation, parts: list[Any], merges: list[Any]) -> Effects:
    """The same few queries, however much is moved. `parts` and `merges` are its lines, with what
    they replace and who belongs."""
    replaced = {one.pk for part in parts for one in part.replaces.all()}
    running = Count("initiatives", filter=~Q(initiatives__stage=Stage.STOPPED))
    clusters = Cluster.objects.filter(pk__in=replaced).annotate(running=running)
    goes_to = {key: [part for part in parts if _holds(part.replaces, key)] for key in replaced}
    members = [one for part in parts for one in part.members.all()]
    into = {one.pk: merge for merge in merges for one in merge.replaces.all()}
    roles = OrganisationRole.objects.on(change.day).filter(organisation__in=into)
    roles = roles.select_related("person", "organisation").order_by("person")
    return Effects(
        clusters=[
            Moved(one, goes_to[one.pk], one.running, list(one.fora.all()))
            for one in clusters.prefetch_related("fora")
        ],
        shared=_by_name(one for one in members if members.count(one) > 1),
        outside=_outside(replaced, {one.pk for one in members}, change),
        roles=[(held, into[held.organisation_id]) for held in roles],
    )


def _outside(replaced: set[int], members: set[int], change: Reorganisation) -> list[Organisation]:
    """Those who belong to what is replaced, and would belong to nothing from the day."""
    before = ClusterMembership.objects.filter(Q(end=None) | Q(end__lt=change.day))
    mine = before.filter(cluster__in=replaced).values("organisation")
    still = ClusterMembership.objects.on(change.day).exclude(cluster__in=replaced)
    left = Organisation.objects.filter(pk__in=mine).exclude(pk__in=members)
    return list(left.exclude(pk__in=still.values("organisation")))


def _holds(rows: Any, key: int) -> bool:
    return any(one.pk == key for one in rows.all())


def _by_name(organisations: Iterable[Organisation]) -> list[Organisation]:
    return sorted(set(organisations), key=alphabetical)
