"""What the system knows of an initiative when it is proposed: fetched once, for gates and page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from kernen.initiatives.models import Initiative, Likeness
from kernen.initiatives.stages import Gate as StageGate
from kernen.initiatives.stages import failing
from kernen.measures.evaluating.gather import results_for
from kernen.measures.fetching import series_for
from kernen.measures.models import Result
from kernen.measures.pictures import Charted, chart_of
from kernen.parties.models import Cluster, Forum
from kernen.value import summary
from kernen.value.known import improved
from kernen.value.summary import Summary

from .agreement import InCluster, answers
from .models import Decision, Proposal, ProposalVersion, Recommendation
from .ways import Step, way


@dataclass(frozen=True)
class Known:
    """A proposal beside all that stands in Kernen of its initiative today."""

    proposal: Proposal
    clusters: tuple[Cluster, ...]
    latest: ProposalVersion | None
    way: list[Step]
    charts: Sequence[Charted]
    results: Sequence[Result]  # frozen results that show an improvement
    worth: Summary
    decided_lately: Decision | None  # by the same forum
    missing: dict[str, StageGate]  # the initiative's own failing gates, by name
    unresolved: list[Likeness] = field(default_factory=list)

    @property
    def initiative(self) -> Initiative:
        return self.proposal.initiative

    @property
    def binding(self) -> bool:
        return self.initiative.binding

    @cached_property
    def in_scope(self) -> list[InCluster]:
        """What was answered by those in scope of the latest version, not of the draft."""
        clusters = self.latest.clusters() if self.latest else self.clusters
        return answers(self.proposal, clusters, self.latest)

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        """What preparing groups have said of any of its versions, the latest first."""
        found = Recommendation.objects.filter(version__proposal=self.proposal)
        return list(found.select_related("forum", "by", "version"))

    @property
    def improved(self) -> list[Charted]:
        """The series whose analysis shows an improvement: what earns "documented"."""
        return [one for one in self.charts if improved(one)]


def shown_by(initiative: Initiative) -> list[Result]:
    """The frozen results of the initiative that show an improvement and nothing that is closed."""
    found = results_for(None, measure__initiative=initiative)
    return [one for one in found if one.shows_improvement]


def known(proposal: Proposal) -> Known:
    """At the same number of queries however much there is."""
    initiative = Initiative.objects.with_gates().get(pk=proposal.initiative_id)
    proposal.initiative = initiative
    clusters = tuple(proposal.clusters.all())
    fora = Forum.objects.on(timezone.localdate()).select_related("cluster")
    # What everybody may see: the page is frozen and goes round.
    measures = initiative.measures.prefetch_related(series_for(None))
    return Known(
        proposal=proposal,
        clusters=clusters,
        latest=proposal.latest(),
        way=way(initiative.binding, clusters, fora),
        charts=[chart_of(series) for measure in measures for series in measure.seen],
        results=shown_by(initiative),
        worth=summary.of(initiative),
        decided_lately=initiative.decisions.lately().filter(forum=proposal.forum_id).first(),
        missing=failing(initiative),
        unresolved=list(Likeness.objects.around(initiative).unresolved().whole()),
    )
