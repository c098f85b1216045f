"""Lists of who takes part. The pages of one organisation and one cluster are the journey's, and
that of one forum stands where fora decide; by which rule it does is kept here."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernen.lib.access import signed_in
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from . import actions, lineage, rules
from .forms import RuleForm
from .models import Cluster, ClusterMembership, Forum, ForumMember, Organisation, Sector
from .signing_in import me


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


@signed_in
@keeps_typed
def change_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """By which rule a forum decides, for administrators."""
    found = get_object_or_404(Forum, pk=pk)
    rules.change_rule(me(request), found)
    stands = {"decision_rule": found.decision_rule, "quorum": found.quorum}
    form = RuleForm(sent(request), initial=stands)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.change_rule, forum=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("The rule is changed, from today."))
        return redirect(found)
    return render(request, "parties/change_rule.html", {"forum": found, "form": form})


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
