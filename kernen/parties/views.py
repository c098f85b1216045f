"""Lists of who takes part. The pages of one organisation and one cluster are the journey's, and
that of one forum stands where fora decide."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernen.lib.access import signed_in

from . import lineage
from .models import Cluster, ClusterMembership, Forum, ForumMember, Organisation, Sector


@signed_in
def organisations(request: HttpRequest) -> HttpResponse:
    held = ClusterMembership.objects.shown().select_related("cluster")
    found = Organisation.objects.shown().prefetch_related(Prefetch("memberships", held))
    by_sector = [
        (sector.label, [one for one in found if one.sector == sector]) for sector in Sector
    ]
    context = {"by_sector": [(label, some) for label, some in by_sector if some]}
    return render(request, "parties/organisations.html", context)


@signed_in
def clusters(request: HttpRequest) -> HttpResponse:
    belong = ClusterMembership.objects.shown().select_related("organisation")
    found = Cluster.objects.shown().prefetch_related(Prefetch("memberships", belong))
    context = {
        "clusters": found,
        "councils": any(one.kind != Cluster.Kind.CLUSTER for one in found),
    }
    return render(request, "parties/clusters.html", context)


@signed_in
def fora(request: HttpRequest) -> HttpResponse:
    seats = Prefetch("members", ForumMember.objects.shown())
    found = placed(Forum.objects.shown().prefetch_related(seats))
    by_level = [
        (level.label, [one for one in found if one.level == level]) for level in Forum.Level
    ]
    for one in found:
        one.seated = seated(one.members.all())
    context = {"by_level": [(label, some) for label, some in by_level if some]}
    return render(request, "parties/fora.html", context)


def seated(members: Iterable[ForumMember]) -> dict[str, int]:
    """How many of a forum's members count when it decides, and how many only prepare."""
    roles = [member.role for member in members]
    secretaries = roles.count(ForumMember.Role.SECRETARY)
    return {"seats": len(roles) - secretaries, "secretaries": secretaries}


def placed(fora: Iterable[Forum]) -> list[Forum]:
    """The fora with `places`, the clusters in which each decides on the day shown."""
    found = list(fora)
    places = lineage.standing(Cluster, {one.cluster_id for one in found if one.cluster_id})
    for one in found:
        one.places = places[one.cluster_id] if one.cluster_id else []
    return found
