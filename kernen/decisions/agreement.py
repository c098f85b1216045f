"""Who is asked about a proposal, and what they answered, cluster by cluster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.alphabet import alphabetical
from kernen.parties.models import Cluster, ClusterMembership, Organisation, Sector

from .models import Endorsement, Proposal, ProposalVersion
from .tally import Agreement


@dataclass(frozen=True)
class Asked:
    """An organisation in scope and its answers, the standing one first; none is waited for once
    the proposal has `ended`."""

    organisation: Organisation
    answers: tuple[Endorsement, ...]
    outdated: bool = False
    ended: bool = False

    @property
    def standing(self) -> Endorsement | None:
        return self.answers[0] if self.answers else None

    @property
    def answer(self) -> str:
        return self.answers[0].answer if self.answers else ""

    @property
    def plain(self) -> bool:
        """Whether it says yes, without conditions, to the latest version."""
        return self.answer == Endorsement.Answer.YES and not self.outdated

    @property
    def said(self) -> str:
        """The answer in words, within a sentence."""
        if self.standing is None:
            return _("gave no answer") if self.ended else _("no answer yet")
        answer = self.standing.get_answer_display().lower()
        if not self.outdated:
            return answer
        words = {"answer": answer, "edition": self.standing.version.edition}
        return _("%(answer)s to version %(edition)s") % words


@dataclass(frozen=True)
class InCluster:
    """A cluster in scope: its organisations with their answers, and what they come to."""

    cluster: Cluster
    asked: list[Asked]
    agreement: Agreement

    @property
    def organisations(self) -> list[Organisation]:
        return [one.organisation for one in self.asked]

    @property
    def spoken(self) -> bool:
        """Whether anybody has answered."""
        return any(one.standing for one in self.asked)

    @property
    def rest(self) -> str:
        """Who has not simply said yes, of every sector, by what they say, and whose yes is of an
        earlier version; empty where all say it of this one or nobody has answered. It stands
        beside the agreement's sentence, which names nobody."""
        if not self.spoken:
            return ""
        yes = Endorsement.Answer.YES
        earlier = named(one for one in self.asked if one.answer == yes and one.outdated)
        others = named(one for one in self.asked if one.answer != yes)
        again = _("To be asked again: %(who)s")
        if self.agreement.ended:
            again = _("Answered an earlier version only: %(who)s")
        sentences = (
            others and _("Not a plain yes: %(who)s") % {"who": others},
            earlier and again % {"who": earlier},
        )
        return ". ".join(filter(None, sentences))


def named(some: Iterable[Asked]) -> str:
    """Who they are, by what they say."""
    said: dict[str, list[str]] = defaultdict(list)
    for one in some:
        said[one.said].append(str(one.organisation))
    return "; ".join(f"{', '.join(who)} ({answer})" for answer, who in said.items())


def earlier_answers(asked: Iterable[Asked], edition: int) -> dict[str, str] | None:
    """How many of the answers that count were given on a version before the latest, in a sentence,
    and by whom; None where none was."""
    given = [one for one in asked if one.standing]
    some = [one for one in given if one.outdated]
    if not some:
        return None
    said = ngettext(
        "%(n)s of the %(all)s answers was given on an earlier version, and not again on version "
        "%(edition)s",
        "%(n)s of the %(all)s answers were given on an earlier version, and not again on version "
        "%(edition)s",
        len(some),
    ) % {"n": len(some), "all": len(given), "edition": edition}
    return {"text": said, "who": named(some)}


def by_answer(clusters: Iterable[InCluster]) -> list[tuple[str, str, list[Asked]]]:
    """Each answer, what it is called, and who gave it; "" for those who gave none. Who is in two
    clusters stands there once."""
    asked = {one.organisation.pk: one for of in clusters for one in of.asked}
    found = []
    for answer in (*Endorsement.Answer, ""):
        some = [one for one in asked.values() if one.answer == answer]
        if some:
            none = _("Did not answer") if some[0].ended else _("No answer yet")
            found.append((str(answer), str(answer.label) if answer else none, some))
    return found


def in_scope(clusters: Iterable[Cluster]) -> dict[Cluster, list[Organisation]]:
    """The organisations of each cluster today: one query."""
    wanted = {cluster.pk: cluster for cluster in clusters}
    found: dict[Cluster, list[Organisation]] = {cluster: [] for cluster in wanted.values()}
    rows = ClusterMembership.objects.current().filter(cluster__in=wanted)
    for row in rows.select_related("organisation"):
        found[wanted[row.cluster_id]].append(row.organisation)
    return found


def all_in_scope(proposal: Proposal) -> list[Organisation]:
    """Every organisation that is asked about the proposal: in scope of its latest version, whatever
    the draft says since. Nobody, before it is submitted."""
    latest = proposal.latest()
    members = in_scope(latest.clusters() if latest else ()).values()
    return [one for organisations in members for one in organisations]


def answers(
    proposal: Proposal, clusters: Iterable[Cluster], latest: ProposalVersion | None
) -> list[InCluster]:
    """Each cluster in scope with what its organisations answered: two queries.

    An answer is outdated when it was given on an earlier version than the latest."""
    return answers_to_all([(proposal, clusters, latest)])[proposal.pk]


def answers_to_all(
    asked: Iterable[tuple[Proposal, Iterable[Cluster], ProposalVersion | None]],
) -> dict[int, list[InCluster]]:
    """The same for many proposals, by their ids: two queries however many there are."""
    every = [(proposal, list(clusters), latest) for proposal, clusters, latest in asked]
    given: dict[tuple[int, int], list[Endorsement]] = defaultdict(list)
    rows = Endorsement.objects.filter(proposal__in=[proposal for proposal, _, _ in every])
    for row in rows.select_related("version", "organisation", "by").order_by("-number"):
        given[row.proposal_id, row.organisation_id].append(row)
    members = in_scope({cluster for _, clusters, _ in every for cluster in clusters})
    for some in members.values():
        some.sort(key=lambda one: (_place(one), alphabetical(one)))
    found: dict[int, list[InCluster]] = {}
    for proposal, clusters, latest in every:
        of_it: dict[int, tuple[Endorsement, ...]] = {
            one.pk: tuple(given.get((proposal.pk, one.pk), ()))
            for cluster in clusters
            for one in members[cluster]
        }
        found[proposal.pk] = [
            _in_cluster(cluster, members[cluster], of_it, latest, ended=bool(proposal.ended_at))
            for cluster in sorted(clusters, key=alphabetical)
        ]
    return found


def _in_cluster(
    cluster: Cluster,
    members: list[Organisation],
    given: dict[int, tuple[Endorsement, ...]],
    latest: ProposalVersion | None,
    *,
    ended: bool,
) -> InCluster:
    last = latest.pk if latest else None
    asked = [
        Asked(
            one,
            given[one.pk],
            outdated=bool(given[one.pk]) and given[one.pk][0].version_id != last,
            ended=ended,
        )
        for one in members
    ]
    edition = latest.edition if latest else 0
    agreement = replace(_agreement(cluster, asked), edition=edition, ended=ended)
    return InCluster(cluster, asked, agreement)


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
        str(cluster),
        by_sector[Sector.HOSPITAL],
        by_sector[Sector.MUNICIPALITY],
        by_sector[""],
        earlier=frozenset(str(one.organisation) for one in asked if one.outdated),
    )


def if_answered(clusters: Iterable[InCluster], organisation: Organisation) -> dict[str, list[str]]:
    """For each answer that the organisation could give: what its clusters would come to. Nothing
    where their agreement does not go by it."""
    who = str(organisation)
    touched = [one.agreement for one in clusters if organisation in one.organisations]
    return {
        answer: [one.answered(who, answer).sentence for one in touched if who not in one.others]
        for answer in Endorsement.Answer.values
    }
