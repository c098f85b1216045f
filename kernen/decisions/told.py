"""Decisions as they are read afterwards, by anybody: names for ids, and what stood beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kernen.lib.alphabet import alphabetical
from kernen.parties.models import Cluster, ClusterMembership, Forum, Organisation, Person
from kernen.value.locking import Then
from kernen.value.models import Locked

from .agreement import Asked, earlier_answers
from .gates import passed_in_short
from .models import DIFFERS, Decision, Endorsement, Outcome, Recommendation, Stance
from .stances import MANNERS
from .tally import FOR, needed

#: The sentence that says what was decided.
SAID = {
    Outcome.SPREAD: gettext_lazy("%(forum)s decided to spread “%(title)s”"),
    Outcome.ON_CONDITIONS: gettext_lazy("%(forum)s decided to spread “%(title)s” with conditions"),
    Outcome.TEST_FURTHER: gettext_lazy("%(forum)s decided that “%(title)s” is tested further"),
    Outcome.STOP: gettext_lazy("%(forum)s decided to stop “%(title)s”"),
}
#: How a decision came about, by the forum's rule.
RULES = {
    Forum.DecisionRule.AGREEMENT: gettext_lazy("Decided by agreement: nobody with a vote said no."),
    Forum.DecisionRule.CONSENT: gettext_lazy(
        "Decided by consent: no reasoned objection stood against it."
    ),
    Forum.DecisionRule.MAJORITY: gettext_lazy(
        "Decided by majority: %(along)s for and %(against)s against."
    ),
}
#: What is told in the seats' own words: heading and stances.
IN_WORDS: dict[Any, Collection[str]] = {
    gettext_lazy("Objections, and how they were met"): {Stance.MET},
    gettext_lazy("Dissent, in their own words"): DIFFERS,
    gettext_lazy("Remarks"): {Stance.YES, Stance.NO_VOTE, Stance.ABSENT},
}


@dataclass(frozen=True)
class Seat:
    """Who sat there, as they are called today; and how they took part."""

    organisation: Organisation | None
    person: Person | None
    stance: str
    words: str
    label: str  # the stance, as it is called where the forum decides by its rule

    @property
    def name(self) -> str:
        """The organisation, or the person who sits for none."""
        return str(self.organisation or self.person or "")


@dataclass(frozen=True)
class Told:
    """A decision with everything that its page shows."""

    decision: Decision
    seats: Sequence[Seat]
    places: Mapping[Cluster, Sequence[Organisation]]  # the clusters in scope, with their own
    endorsements: Sequence[Endorsement]
    recommendations: Sequence[Recommendation]
    follower: Decision | None
    answered: int = 0  # how many have answered, on that day or later
    locked: Sequence[Then] = ()  # of gains and costs, while it is read through

    @property
    def clusters(self) -> list[Cluster]:
        return list(self.places)

    @property
    def locks_nothing(self) -> bool:
        """Whether what is locked says nothing: neither gains nor costs were written."""
        rows = [one.gains or one.locked.content["costs"] for one in self.locked]
        return bool(rows) and not any(rows)

    @property
    def silent(self) -> list[Organisation]:
        """Who was in scope on the day and had not answered."""
        answered = {one.organisation_id for one in self.endorsements}
        found = {one for some in self.places.values() for one in some}
        return sorted((one for one in found if one.pk not in answered), key=alphabetical)

    @property
    def reserved(self) -> list[Endorsement]:
        """The answers that were no plain yes, in their own words."""
        yes = Endorsement.Answer.YES
        return [one for one in self.endorsements if one.words and one.answer != yes]

    @property
    def heading(self) -> str:
        decision = self.decision
        words = {"forum": decision.forum, "title": decision.initiative.title}
        return str(SAID[Outcome(decision.outcome)]) % words

    @property
    def overdue(self) -> bool:
        """Whether it was to be looked at again by now, and has not been."""
        return self.follower is None and self.decision.past_its_day

    @property
    def beside(self) -> list[int]:
        """The numbers of the one that it follows and of the one that follows it."""
        later = [self.follower.pk] if self.follower else []
        return [*later, *filter(None, [self.decision.follows_id])]

    @property
    def passed(self) -> str:
        """What was missing when it was submitted, in one sentence."""
        return passed_in_short(self.decision.version)

    @property
    def rule(self) -> str:
        """How it came about, with what was counted and what was met."""
        count = Counter(seat.stance for seat in self.seats)
        along = sum(count[stance] for stance in FOR)
        words = {"along": along, "against": count[Stance.NO]}
        said = [str(RULES[Forum.DecisionRule(self.decision.rule)]) % words]
        if met := count[Stance.MET]:
            raised = ngettext(
                "%(n)s objection was raised and met.", "%(n)s objections were raised and met.", met
            )
            said.append(raised % {"n": met})
        if silent := count[Stance.NO_VOTE]:
            said.append(_("%(n)s did not vote.") % {"n": silent})
        return " ".join(said)

    @property
    def present(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.stance != Stance.ABSENT]

    @property
    def in_words(self) -> list[tuple[str, list[Seat]]]:
        """What was said in the seats' own words, under its heading."""
        spoken = [seat for seat in self.seats if seat.words]
        found = [
            (str(heading), [seat for seat in spoken if seat.stance in stances])
            for heading, stances in IN_WORDS.items()
        ]
        return [(heading, seats) for heading, seats in found if seats]

    @property
    def earlier(self) -> dict[str, str] | None:
        """How many of the answers were given on an earlier version than the one decided on."""
        version = self.decision.version
        asked = [
            Asked(one.organisation, (one,), outdated=one.version_id != version.pk)
            for one in self.endorsements
        ]
        return earlier_answers(asked, version.edition)

    @property
    def quorum(self) -> str:
        """How many took part, and how many it took."""
        seats = len(self.seats)
        return ngettext(
            "%(present)s of %(seats)s seat took part, and %(needed)s is needed to decide.",
            "%(present)s of %(seats)s seats took part, and %(needed)s are needed to decide.",
            seats,
        ) % {
            "present": len(self.present),
            "seats": seats,
            "needed": needed(seats, self.decision.quorum),
        }

    @property
    def by_stance(self) -> list[tuple[str, list[Seat]]]:
        """The seats under each stance, as it is called."""
        found = [
            (str(label), [seat for seat in self.seats if seat.stance == stance])
            for stance, label in MANNERS[self.decision.rule].stances.items()
        ]
        return [(label, seats) for label, seats in found if seats]


def tell(decisions: Iterable[Decision]) -> list[Told]:
    """The same number of queries however many decisions; each with its initiative, forum and
    version at hand."""
    every = list(decisions)
    votes = [vote for decision in every for vote in decision.votes]
    organisations = Organisation.objects.in_bulk({vote["organisation"] for vote in votes} - {None})
    people = Person.objects.in_bulk({vote["person"] for vote in votes} - {None})
    clusters = Cluster.objects.in_bulk({key for decision in every for key in decision.scope})
    proposals = {decision.proposal_id for decision in every}
    given, recommended = defaultdict(list), defaultdict(list)
    rows = Endorsement.objects.filter(proposal__in=proposals).order_by("number")
    for row in rows.select_related("organisation", "by", "version"):
        given[row.proposal_id].append(row)
    notes = Recommendation.objects.filter(version__proposal__in=proposals)
    for note in notes.select_related("forum", "by", "version"):
        recommended[note.version.proposal_id].append(note)
    later = Decision.objects.filter(follows__in=every).in_bulk(field_name="follows_id")
    within = ClusterMembership.objects.filter(cluster__in=clusters)
    members = list(within.select_related("organisation"))
    stood = {one.pk: standing_on(one.met_on, given[one.proposal_id]) for one in every}
    return [
        Told(
            decision=decision,
            seats=[
                Seat(
                    organisations.get(vote["organisation"]),
                    people.get(vote["person"]),
                    vote["stance"],
                    vote["words"],
                    str(MANNERS[decision.rule].stances[vote["stance"]]),
                )
                for vote in decision.votes
            ],
            places=_places(decision.met_on, [clusters[key] for key in decision.scope], members),
            endorsements=stood[decision.pk],
            recommendations=recommended[decision.proposal_id],
            follower=later.get(decision.pk),
            answered=len({row.organisation_id for row in given[decision.proposal_id]}),
        )
        for decision in every
    ]


def with_locked(every: Iterable[Told], since: datetime) -> list[Told]:
    """The same with what was locked of each initiative's gains and costs from then on."""
    told = list(every)
    rows = Locked.objects.filter(
        initiative__in={one.decision.initiative_id for one in told}, at__gte=since
    )
    locked = defaultdict(list)
    for row in rows.select_related("by").order_by("pk"):
        locked[row.initiative_id].append(Then(row))
    return [replace(one, locked=locked[one.decision.initiative_id]) for one in told]


def _places(
    day: date, clusters: Iterable[Cluster], members: Sequence[ClusterMembership]
) -> dict[Cluster, list[Organisation]]:
    """Each cluster with who was in it on the day."""
    return {
        cluster: sorted(
            {
                one.organisation
                for one in members
                if one.cluster_id == cluster.pk and one.nearest(day) == day
            },
            key=alphabetical,
        )
        for cluster in sorted(clusters, key=alphabetical)
    }


def standing_on(day: date, given: Iterable[Endorsement]) -> list[Endorsement]:
    """Each organisation's last answer at the end of the day, of answers in their order."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    last: dict[int, Endorsement] = {}
    for row in given:
        if row.at < midnight:
            last[row.organisation_id] = row
    return sorted(last.values(), key=lambda row: alphabetical(row.organisation))
