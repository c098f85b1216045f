"""What a page needs on which an organisation answers: the proposal in short, and what is new."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from kernen.parties.models import Organisation
from kernen.value.models import Party

from ..agreement import InCluster, answers, if_answered
from ..gates import passed_in_short
from ..models import Endorsement, Proposal, ProposalVersion


@dataclass(frozen=True)
class Question:
    """A proposal as it is put to one organisation."""

    proposal: Proposal
    organisation: Organisation
    latest: ProposalVersion | None
    in_scope: list[InCluster]
    given: list[Endorsement]  # by the organisation, the standing answer first

    @property
    def standing(self) -> Endorsement | None:
        return self.given[0] if self.given else None

    @property
    def sheet(self) -> dict[str, Any]:
        return self.latest.sheet[get_language() or "da"] if self.latest else {}

    @property
    def own(self) -> dict[str, Any] | None:
        """What the page says that the organisation's kind of party gains."""
        party, gains = Party.of(self.organisation), self.sheet.get("gains") or {}
        return next((one for one in gains.get("parties", ()) if one.get("party") == party), None)

    @property
    def passed(self) -> str:
        """What was missing when it was submitted, in one sentence."""
        return passed_in_short(self.latest)

    @property
    def newer(self) -> list[ProposalVersion]:
        """The versions since the standing answer, the latest first."""
        if self.standing is None:
            return []
        seen = self.standing.version.edition
        return list(self.proposal.versions.filter(edition__gt=seen).order_by("-edition"))

    @property
    def met(self) -> bool:
        """Whether a later version says that it meets the condition of the standing answer."""
        return any(self.standing and self.standing.pk in one.meets for one in self.newer)

    @property
    def leads_to(self) -> dict[str, list[str]]:
        return if_answered(self.in_scope, self.organisation)

    @property
    def initial(self) -> dict[str, Any]:
        """The form begins with what stands, but for its words: they were said to what was asked
        then, and stand beside it."""
        if self.standing is None:
            return {"seen": 0}
        names = ("answer", "money", "hours", "places", "from_day")
        stands = {name: _short(getattr(self.standing, name)) for name in names}
        return stands | {"seen": self.standing.number}


def question(proposal: Proposal, organisation: Organisation) -> Question:
    latest = proposal.latest()
    in_scope = answers(proposal, latest.clusters() if latest else (), latest)
    given = proposal.endorsements.filter(organisation=organisation).order_by("-number")
    return Question(
        proposal, organisation, latest, in_scope, list(given.select_related("by", "version"))
    )


def _short(value: Any) -> Any:
    """Figures without decimals that say nothing: 25000 and not 25000.00."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()
    return value
