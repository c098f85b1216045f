"""When a forum has decided, by its own rule; and when a cluster stands behind a proposal. Pure.

Agreement, consent and majority are the model's three rules. What is counted is what was said: an
answer is never averaged with another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Stances with which a seat goes along.
FOR = frozenset({"yes", "dissent"})
#: Stances that must say why.
IN_WORDS = frozenset({"dissent", "no"})


@dataclass(frozen=True)
class Vote:
    """One seat: who it is in words, its stance (`models.Stance`), and what it says."""

    seat: str
    stance: str
    words: str = ""


def needed(seats: int, quorum: int) -> int:
    """How many of the seats must be present: the quorum in per cent, and one at least."""
    return max(-(-seats * quorum // 100), 1)


def objection(rule: str, quorum: int, votes: Sequence[Vote]) -> str:
    """One sentence why this is no decision by the forum's rule; empty where it is one.

    `rule` is a `Forum.DecisionRule`; `quorum` per cent of the seats, all of which are in `votes`.
    """
    present = [vote for vote in votes if vote.stance != "absent"]
    if len(present) < needed(len(votes), quorum):
        return ngettext(
            "%(present)s of %(seats)s seats is present, and the forum needs %(needed)s to decide.",
            "%(present)s of %(seats)s seats are present, and the forum needs %(needed)s to decide.",
            len(present),
        ) % {"present": len(present), "seats": len(votes), "needed": needed(len(votes), quorum)}
    silent = [vote.seat for vote in present if vote.stance in IN_WORDS and not vote.words.strip()]
    if silent:
        return _("%(seat)s differs: write down why, in their own words.") % {"seat": silent[0]}
    against = [vote.seat for vote in present if vote.stance == "no"]
    along = [vote.seat for vote in present if vote.stance in FOR]
    if not along:
        return _("Nobody goes along: nothing is decided.")
    return _by_rule(rule, against, along)


def _by_rule(rule: str, against: Sequence[str], along: Sequence[str]) -> str:
    if rule == "agreement" and against:
        return _(
            "%(seat)s says no, and the forum decides by agreement: no voting member says no."
        ) % {"seat": against[0]}
    if rule == "consent" and against:
        return _(
            "A reasoned objection of %(seat)s stands, and the forum decides by consent: take it up."
        ) % {"seat": against[0]}
    if rule == "majority" and len(along) <= len(against):
        return _("%(along)s for and %(against)s against: there is no majority.") % {
            "along": len(along),
            "against": len(against),
        }
    return ""


@dataclass(frozen=True)
class Agreement:
    """How far a cluster stands behind a proposal. Answers are by organisation, "" where none was
    given; `hospitals` and `municipalities` are what a cluster's agreement goes by, `others` are
    shown beside it."""

    cluster: str
    hospitals: Mapping[str, str]
    municipalities: Mapping[str, str]
    others: Mapping[str, str]

    def _all(self, *answers: str) -> bool:
        said = [*self.hospitals.values(), *self.municipalities.values()]
        return bool(said) and all(answer in answers for answer in said)

    @property
    def agreed(self) -> bool:
        """Whether its hospital and its municipalities have said yes."""
        return self._all("yes")

    @property
    def agreed_on_conditions(self) -> bool:
        """Whether all of them say yes, some on conditions."""
        return self._all("yes", "yes_if")

    @property
    def sentence(self) -> str:
        """As it is, never averaged: "Agreement in X: hospital and 3 of 4 municipalities; 1 says
        no". It is called agreement where at least half of each of the two sectors that are there
        have said yes; every no and every condition, of any sector, stands beside it."""
        parts = [*self._said_by_hospitals(), *self._said_by_municipalities()]
        told = {"cluster": self.cluster, "who": _(" and ").join(parts)}
        sides = [side for side in (self.hospitals, self.municipalities) if side]
        if not parts:
            said = nobody_yet(self.cluster)
        elif all(2 * _yes(side) >= len(side) for side in sides):
            said = _("Agreement in %(cluster)s: %(who)s") % told
        else:
            said = _("Yes in %(cluster)s: %(who)s") % told
        return "; ".join([said, *self._otherwise()])

    def _otherwise(self) -> Iterator[str]:
        answers = [*self.hospitals.values(), *self.municipalities.values(), *self.others.values()]
        if conditional := answers.count("yes_if"):
            words = ngettext("%(n)s says “yes, if …”", "%(n)s say “yes, if …”", conditional)
            yield words % {"n": conditional}
        if against := answers.count("no"):
            yield ngettext("%(n)s says no", "%(n)s say no", against) % {"n": against}

    @property
    def rest(self) -> list[tuple[str, str]]:
        """Those it goes by who have not simply said yes, each with the answer; "" where none."""
        said = [*self.hospitals.items(), *self.municipalities.items()]
        return [(who, answer) for who, answer in said if answer != "yes"]

    def answered(self, who: str, answer: str) -> "Agreement":
        """As it would be, had `who` answered so."""
        parts = (self.hospitals, self.municipalities, self.others)
        said = [{one: answer if one == who else was for one, was in part.items()} for part in parts]
        return Agreement(self.cluster, *said)

    def _said_by_hospitals(self) -> list[str]:
        yes, every = _yes(self.hospitals), len(self.hospitals)
        if not yes:
            return []
        if every == 1:
            return [_("hospital")]
        return [_("%(yes)s of %(every)s hospitals") % {"yes": yes, "every": every}]

    def _said_by_municipalities(self) -> list[str]:
        yes, every = _yes(self.municipalities), len(self.municipalities)
        if not yes:
            return []
        words = ngettext(
            "%(yes)s of %(every)s municipality", "%(yes)s of %(every)s municipalities", every
        )
        return [words % {"yes": yes, "every": every}]


def nobody_yet(clusters: str) -> str:
    return _("%(cluster)s: nobody has said yes yet") % {"cluster": clusters}


def _yes(answers: Mapping[str, str]) -> int:
    return sum(answer == "yes" for answer in answers.values())


@dataclass(frozen=True)
class PutIn:
    """What is put in: kroner in all and hours a week; how much of it on conditions."""

    money: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    money_if: Decimal = Decimal(0)
    hours_if: Decimal = Decimal(0)

    def __bool__(self) -> bool:
        return bool(self.money or self.hours)


def put_in(given: Mapping[int, tuple[str, Decimal | None, Decimal | None]]) -> PutIn:
    """The sum of the standing answers, by organisation's id: answer, money, hours. Who stands in
    two clusters is counted once, since it puts in once."""
    money, hours, conditional = Decimal(0), Decimal(0), [Decimal(0), Decimal(0)]
    for answer, some_money, some_hours in given.values():
        money += some_money or 0
        hours += some_hours or 0
        if answer == "yes_if":
            conditional[0] += some_money or 0
            conditional[1] += some_hours or 0
    return PutIn(money, hours, *conditional)
