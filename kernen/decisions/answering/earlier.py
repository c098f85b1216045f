"""What was answered on an earlier version of a proposal, and which of it no longer counts."""

from dataclasses import dataclass

from ..agreement import in_scope
from ..models import Endorsement, Proposal, ProposalVersion
from .shown import MARKS


@dataclass(frozen=True)
class Answered:
    """An organisation's last answer until the next version came, and a later one if there is."""

    given: Endorsement
    later: Endorsement | None
    version: ProposalVersion

    @property
    def mark(self) -> str:
        return MARKS[self.given.answer]

    @property
    def of_it(self) -> bool:
        """Whether it was given on this version, and not on one before."""
        return self.given.version_id == self.version.pk


@dataclass(frozen=True)
class OnVersion:
    answers: list[Answered]
    silent: list[str]


def answered_on(proposal: Proposal, version: ProposalVersion) -> OnVersion:
    """At the same number of queries however many answered."""
    until: dict[int, Endorsement] = {}
    later: dict[int, Endorsement] = {}
    rows = proposal.endorsements.select_related("organisation", "by", "version").order_by("number")
    for row in rows:
        when = until if row.version.edition <= version.edition else later
        when[row.organisation_id] = row
    members = {one for every in in_scope(version.clusters()).values() for one in every}
    return OnVersion(
        answers=[Answered(row, later.get(key), version) for key, row in until.items()],
        silent=sorted(str(one) for one in members if one.pk not in until),
    )
