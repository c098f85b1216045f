"""The answers to a proposal as its page shows them: cluster by cluster, organisation by
organisation, with what this reader may do about each. At the same number of queries however many.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kernen.lib.refusal import refusal
from kernen.parties.models import Organisation, OrganisationRole, Person
from kernen.parties.rules import LEADER

from ..agreement import Asked, InCluster
from ..models import AnswerLink, Endorsement, Proposal, ProposalVersion
from ..rules import _lies_there, answer_for
from ..tally import PutIn, put_in
from . import rules

#: The icon of each answer: its shape and its word tell it, not its colour.
MARKS = {"yes": "check", "yes_if": "flag", "no": "close", "": "time"}


@dataclass(frozen=True)
class Line:
    """One organisation in scope."""

    asked: Asked
    met_in: int | None  # the version that says it meets the standing answer's condition
    vouched_by: Person | None
    leaders: list[Person]
    links: list[AnswerLink]  # asked by e-mail: not answered yet, or may answer again
    answer_refused: str | None
    ask_refused: str | None
    asks_nobody: bool  # no leader has an e-mail here, and this reader vouches for nobody else

    @property
    def mark(self) -> str:
        return MARKS[self.asked.answer]

    @property
    def earlier(self) -> tuple[Endorsement, ...]:
        return self.asked.answers[1:]

    @property
    def awaited(self) -> bool:
        """Whether an answer, or a new one, is waited for."""
        return not self.asked.standing or self.asked.outdated

    @property
    def unreached(self) -> bool:
        """Whether nobody who can answer has heard of it: no leader here has an account, and no link
        that works has gone out."""
        heard = any(one.user_id for one in self.leaders) or any(
            not (link.late or link.failing) for link in self.links
        )
        return not (self.asked.standing or self.asked.ended or heard)

    @property
    def may_be_asked(self) -> bool:
        """Whether this reader may send the question to somebody here."""
        return not self.ask_refused and not self.asks_nobody


@dataclass(frozen=True)
class Block:
    """One cluster in scope."""

    found: InCluster
    lines: list[Line]
    puts_in: PutIn


@dataclass(frozen=True)
class Shown:
    blocks: list[Block]
    puts_in: PutIn  # in all, each organisation once
    latest: ProposalVersion | None

    @property
    def to_answer(self) -> list[Organisation]:
        """Those for which this reader may answer, and is waited for."""
        lines = [line for block in self.blocks for line in block.lines]
        mine = [one for one in lines if one.awaited and not one.answer_refused]
        return list(dict.fromkeys(one.asked.organisation for one in mine))

    @property
    def unreached(self) -> list[Line]:
        """Whom nobody has reached, each organisation once."""
        lines = [line for block in self.blocks for line in block.lines if line.unreached]
        return list({line.asked.organisation.pk: line for line in lines}.values())

    @property
    def unreached_by_reader(self) -> str:
        """Those among them whom this reader cannot ask either."""
        return ", ".join(
            str(one.asked.organisation) for one in self.unreached if not one.may_be_asked
        )

    @property
    def refused(self) -> str | None:
        """Why this reader asks nobody, where somebody is to be asked."""
        lines = [line for block in self.blocks for line in block.lines if not line.asked.standing]
        closed = bool(lines) and all(line.ask_refused and line.answer_refused for line in lines)
        return lines[0].ask_refused if closed else None


def shown(
    person: Person | None,
    proposal: Proposal,
    latest: ProposalVersion | None,
    in_scope: list[InCluster],
) -> Shown:
    """What `decisions/endorsements.html` draws."""
    everyone = [asked for one in in_scope for asked in one.asked]
    facts = _Facts(person, proposal, everyone)
    blocks = [
        Block(
            found=one,
            lines=[facts.line(asked) for asked in one.asked],
            puts_in=_sum(one.asked),
        )
        for one in in_scope
    ]
    return Shown(blocks, _sum(everyone), latest)


class _Facts:
    """All that the lines are made of, fetched once."""

    def __init__(self, person: Person | None, proposal: Proposal, everyone: list[Asked]):
        self.mandate = rules.mandate(person, proposal)
        self.closed = refusal(_lies_there, proposal)
        self.met = {
            key: version.edition
            for version in proposal.versions.order_by("edition")
            for key in version.meets
        }
        self.links = list(proposal.answer_links.select_related("person", "by"))
        self.leaders: dict[int, list[Person]] = defaultdict(list)
        held = OrganisationRole.objects.current().filter(
            role=LEADER, organisation__in={asked.organisation.pk for asked in everyone}
        )
        for one in held.select_related("person").order_by("person"):
            self.leaders[one.organisation_id].append(one.person)

    def line(self, asked: Asked) -> Line:
        organisation, standing = asked.organisation, asked.standing
        theirs = [link for link in self.links if link.organisation_id == organisation.pk]
        return Line(
            asked=asked,
            met_in=self.met.get(standing.pk) if standing and asked.answer == "yes_if" else None,
            vouched_by=_vouched(standing, theirs),
            leaders=self.leaders[organisation.pk],
            links=[link for link in theirs if _open(link) and not asked.ended],
            answer_refused=self.closed
            or refusal(answer_for, organisation, self.mandate.answers_for),
            ask_refused=self.closed or refusal(rules.may_ask, self.mandate, organisation),
            asks_nobody=not any(one.user_id for one in self.leaders[organisation.pk])
            and bool(refusal(rules.may_vouch, self.mandate, organisation)),
        )


def _open(link: AnswerLink) -> bool:
    """Whether something can still come of it, or be done about it."""
    return not link.withdrawn_at and not (link.answered_at and link.late)


def _vouched(standing: Endorsement | None, links: list[AnswerLink]) -> Person | None:
    """Who stands for the mandate of whoever answered from a link, where the register does not."""
    if standing is None or not standing.by_link:
        return None
    given = [link.by for link in links if link.vouched and link.person_id == standing.by_id]
    return given[-1] if given else None


def _sum(several: Iterable[Asked]) -> PutIn:
    standing = {asked.organisation.pk: asked.standing for asked in several if asked.standing}
    return put_in({key: (one.answer, one.money, one.hours) for key, one in standing.items()})
