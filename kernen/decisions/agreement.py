"""Who is asked about a proposal, and what they answered, cluster by cluster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kernen.lib.alphabet import alphabetical
from kernen.parties.models import Cluster, ClusterMembership, Organisation, Sector

from .models import Endorsement, Proposal, ProposalVersion
from .tally import Agreement


@dataclass(frozen=True)
class Asked:
    """An organisation in scope and its answers, the standing one first."""

    organisation: Organisation
    answers: tuple[Endorsement, ...]
    outdated: bool = False

    @property
    def standing(self) -> Endorsement | None:
        return self.answers[0] if self.answers else None

    @property
    def answer(self) -> str:
        return self.answers[0].answer if self.answers else ""


@dataclass(frozen=True)
class InCluster:
    """A cluster in scope: its organisations with their answers, and what they come to."""

    cluster: Cluster
    asked: list[Asked]
    agreement: Agreement


def in_scope(clusters: Iterable[Cluster]) -> dict[Cluster, list[Organisation]]:
    """The organisations of each cluster today: one query."""
    wanted = {cluster.pk: cluster for cluster in clusters}
    found: dict[Cluster, list[Organisation]] = {cluster: [] for cluster in wanted.values()}
    rows = ClusterMembership.objects.current().filter(cluster__in=wanted)
    for row in rows.select_related("organisation"):
        found[wanted[row.cluster_id]].append(row.organisation)
    return found


def answers(
    proposal: Proposal, clusters: Iterable[Cluster], latest: ProposalVersion | None
) -> list[InCluster]:
    """Each cluster in scope with what its organisations answered: two queries.

    An answer is outdated when it was given on an earlier version than the latest."""
    given: dict[int, list[Endorsement]] = defaultdict(list)
    rows = proposal.endorsements.select_related("version", "organisation", "by")
    for row in rows.order_by("-number"):
        given[row.organisation_id].append(row)
    found = []
    for cluster, members in in_scope(clusters).items():
        asked = [
            Asked(
                one,
                tuple(given[one.pk]),
                outdated=bool(given[one.pk]) and given[one.pk][0].version != latest,
            )
            for one in sorted(members, key=lambda one: (_place(one), alphabetical(one)))
        ]
        found.append(InCluster(cluster, asked, _agreement(cluster, asked)))
    return sorted(found, key=lambda one: alphabetical(one.cluster))


def _place(organisation: Organisation) -> int:
    sectors = list(Sector)
    return sectors.index(Sector(organisation.sector))


def _agreement(cluster: Cluster, asked: list[Asked]) -> Agreement:
    by_sector: dict[str, dict[str, str]] = defaultdict(dict)
    for one in asked:
        sector = one.organisation.sector
        kept = sector if sector in (Sector.HOSPITAL, Sector.MUNICIPALITY) else ""
        by_sector[kept][str(one.organisation)] = one.answer
    return Agreement(
        str(cluster), by_sector[Sector.HOSPITAL], by_sector[Sector.MUNICIPALITY], by_sector[""]
    )
