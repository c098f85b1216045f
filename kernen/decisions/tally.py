"""When a forum has decided, by its own rule; and when a cluster stands behind a proposal. Pure.

Agreement, consent and majority are the model's three rules. What is counted is what was said: an
answer is never averaged with another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Stances with which a seat goes along.
FOR = frozenset({"yes", "met", "dissent"})
#: Stances that must say why, by the rule. A vote against counts by majority without a word.
IN_WORDS = {
    "agreement": frozenset({"dissent", "no"}),
    "consent": frozenset({"met", "dissent", "no"}),
    "majority": frozenset({"dissent"}),
}


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
    for vote in present:
        if vote.stance in IN_WORDS[rule] and not vote.words.strip():
            return _unsaid(rule, vote)
    against = [vote.seat for vote in present if vote.stance == "no"]
    along = [vote.seat for vote in present if vote.stance in FOR]
    if rule == "majority":
        return _no_majority(len(along), len(against))
    if against:
        return _hindered(rule, against[0])
    return "" if along else _("Nobody goes along: nothing is decided.")


def _unsaid(rule: str, vote: Vote) -> str:
    said = _("%(seat)s differs: write down why, in their own words.")
    if rule == "consent" and vote.stance == "no":
        said = _(
            "%(seat)s objects without a reason, and only a reasoned objection counts: write it "
            "down in their own words, or choose that %(seat)s consents or does not vote."
        )
    if vote.stance == "met":
        said = _("%(seat)s had an objection: write down what it was, and how it was met.")
    return said % {"seat": vote.seat}


def _hindered(rule: str, seat: str) -> str:
    if rule == "consent":
        said = _(
            "A reasoned objection of %(seat)s stands, and the forum decides by consent: take it "
            "up, and when it is met choose that it was."
        )
    else:
        said = _("%(seat)s says no, and the forum decides by agreement: no voting member says no.")
    return said % {"seat": seat}


def _no_majority(along: int, against: int) -> str:
    if along > against:
        return ""
    words = {"along": along, "against": against}
    if not along + against:
        return _("Nobody has voted for or against: nothing is decided.")
    if along == against:
        return (
            _(
                "%(along)s for and %(against)s against: a tie is no majority, and nothing is "
                "decided. The proposal stays with the forum."
            )
            % words
        )
    return (
        _(
            "%(along)s for and %(against)s against: there is no majority, and nothing is decided. "
            "The proposal stays with the forum."
        )
        % words
    )


@dataclass(frozen=True)
class Agreement:
    """How far a cluster stands behind a proposal. Answers are by organisation, "" where none was
    given; `hospitals` and `municipalities` are what a cluster's agreement goes by, `others` are
    shown beside it. Those of `earlier` answered to a version before the one that counts, which is
    number `edition`. Where the proposal has `ended`, no answer is waited for."""

    cluster: str
    hospitals: Mapping[str, str]
    municipalities: Mapping[str, str]
    others: Mapping[str, str]
    earlier: frozenset[str] = frozenset()
    edition: int = 0
    ended: bool = False

    @property
    def sentence(self) -> str:
        """As it is, never averaged: "Agreement in X: hospital and 3 of 4 municipalities; 1 says
        no". It is called agreement where at least half of each of the two sectors that are there
        have said yes to the version that counts; every no and every condition, of any sector, and
        what was said to an earlier version, stand beside it."""
        now, before = self._given(earlier=False), self._given(earlier=True)
        if before._who and not now._who:
            told = {"cluster": self.cluster, "who": before._who}
            said = [_("Yes to an earlier version in %(cluster)s: %(who)s") % told]
        else:
            yes = _yes(before.hospitals) + _yes(before.municipalities)
            said = [now._headline, *_to_an_earlier("yes", yes)]
        said += now._otherwise()
        for answer in ("yes_if", "no"):
            said += _to_an_earlier(answer, before._answers.count(answer))
        if self.earlier and not any(now._answers):
            said.append(_("nobody has answered version %(edition)s") % {"edition": self.edition})
        return "; ".join(said)

    def _given(self, *, earlier: bool) -> "Agreement":
        """Only what was answered to the version that counts, or to one before it."""
        hospitals, municipalities, others = (
            {who: said if (who in self.earlier) == earlier else "" for who, said in part.items()}
            for part in (self.hospitals, self.municipalities, self.others)
        )
        return Agreement(self.cluster, hospitals, municipalities, others, ended=self.ended)

    @property
    def _who(self) -> str:
        """Who says yes, of those it goes by."""
        return _(" and ").join([*self._said_by_hospitals(), *self._said_by_municipalities()])

    @property
    def _headline(self) -> str:
        told = {"cluster": self.cluster, "who": self._who}
        sides = [side for side in (self.hospitals, self.municipalities) if side]
        if not self._who:
            return nobody(self.cluster) if self.ended else nobody_yet(self.cluster)
        if all(2 * _yes(side) >= len(side) for side in sides):
            return _("Agreement in %(cluster)s: %(who)s") % told
        return _("Yes in %(cluster)s: %(who)s") % told

    @property
    def _answers(self) -> list[str]:
        parts = (self.hospitals, self.municipalities, self.others)
        return [answer for part in parts for answer in part.values()]

    def _otherwise(self) -> Iterator[str]:
        answers = self._answers
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

    def lacks(self, *, on_conditions: bool = False) -> str:
        """Who hinders that it has agreed, or has on conditions, within a sentence; empty where its
        hospital and its municipalities have said yes, to whichever version."""
        if not self.hospitals and not self.municipalities:
            return _("there is no hospital and no municipality in it")
        words = {"no": _("%(who)s says no"), "": _("no answer from %(who)s")}
        if not on_conditions:
            words["yes_if"] = _("%(who)s says “yes, if …”")
        named = {answer: [who for who, said in self.rest if said == answer] for answer in words}
        said = [words[answer] % {"who": ", ".join(who)} for answer, who in named.items() if who]
        return "; ".join(said)

    def answered(self, who: str, answer: str) -> "Agreement":
        """As it would be, had `who` answered so."""
        hospitals, municipalities, others = (
            {one: answer if one == who else was for one, was in part.items()}
            for part in (self.hospitals, self.municipalities, self.others)
        )
        return replace(
            self,
            hospitals=hospitals,
            municipalities=municipalities,
            others=others,
            earlier=self.earlier - {who},
        )

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


def nobody(clusters: str) -> str:
    return _("%(cluster)s: nobody said yes") % {"cluster": clusters}


def no_answers(clusters: str) -> str:
    return _("%(cluster)s: no answers were gathered") % {"cluster": clusters}


def _to_an_earlier(answer: str, number: int) -> list[str]:
    """A sentence on so many who answered so to a version before the one that counts."""
    words = {
        "yes": _("%(n)s said yes to an earlier version"),
        "yes_if": _("%(n)s said “yes, if …” to an earlier version"),
        "no": _("%(n)s said no to an earlier version"),
    }[answer]
    return [words % {"n": number}] if number else []


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
