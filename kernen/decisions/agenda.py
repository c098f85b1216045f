"""A meeting's agenda: each item with what the forum needs to know, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives.models import Initiative, Likeness
from kernen.lib.alphabet import alphabetical
from kernen.lib.sentences import shorten
from kernen.parties.models import Cluster, Forum

from .agreement import InCluster, answers_to_all, by_answer
from .gates import passed_by_number, passed_in_short
from .models import (
    Decision,
    Forwarding,
    Item,
    Meeting,
    Proposal,
    ProposalVersion,
    Recommendation,
)
from .tally import no_answers, nobody_yet

#: Signs of a recommendation that stand on the agenda.
GLANCE = 110


@dataclass(frozen=True)
class Before:
    """A proposal as it lies before a forum: what is known of it today.

    `seen` is the day on which it last stood on an agenda of the forum."""

    proposal: Proposal
    version: ProposalVersion | None
    clusters: Sequence[Cluster]
    in_scope: Sequence[InCluster]
    overlaps: int
    recommendations: Sequence[Recommendation]
    forwardings: Sequence[Forwarding]
    seen: date | None = None
    late: bool = False

    @property
    def initiative(self) -> Initiative:
        return self.proposal.initiative

    @property
    def asks(self) -> str:
        return str((self.version or self.proposal).get_asks_display())

    @property
    def _new(self) -> bool:
        """Whether the forum met with the proposal before and not with this version."""
        if self.version is None or self.seen is None:
            return False
        return timezone.localdate(self.version.at) > self.seen

    @property
    def news(self) -> str:
        """A sentence on the version: whether the forum has seen it."""
        if self.version is None or self.seen is None:
            return ""
        words = {"edition": self.version.edition, "day": date_format(self.seen, "DATE_FORMAT")}
        if self._new:
            return _("Version %(edition)s is new since the meeting on %(day)s") % words
        return _("Not changed since the meeting on %(day)s") % words

    @property
    def changes(self) -> str:
        """What is new in a version that the forum has not seen."""
        return self.version.changes if self.version and self._new else ""

    @property
    def agreements(self) -> list[str]:
        every = [one.agreement.sentence for one in self.spoken]
        return [*every, self.silent] if self.silent else every

    @property
    def counted(self) -> str:
        """How many answered what, where several clusters are in scope: each of them in its own
        words would be a page."""
        told = []
        for _answer, label, some in by_answer(self.in_scope):
            earlier = sum(one.outdated for one in some)
            on = _(" (%(n)s to an earlier version)") % {"n": earlier} if earlier else ""
            told.append(f"{label}: {len(some)}{on}")
        return " · ".join(told) if len(self.in_scope) > 1 else ""

    @property
    def at_a_glance(self) -> str:
        """All that there is to know of it, on a line or two of an agenda of fifteen items."""
        found = self.overlaps
        alike = ngettext("%(n)s initiative looks like it", "%(n)s initiatives look like it", found)
        said = (
            self.news,
            _("submitted after the deadline") if self.late else "",
            self.counted or "; ".join(self.agreements),
            passed_by_number(self.version),
            alike % {"n": found} if found else "",
        )
        return " · ".join(filter(None, said))

    @property
    def recommended(self) -> list[dict[str, str]]:
        """What preparing groups recommend, as much of it as one reads at a glance, and all."""
        return [
            {"forum": str(one.forum), "short": shorten(one.words, GLANCE), "words": one.words}
            for one in self.recommendations
        ]

    @property
    def spoken(self) -> list[InCluster]:
        """The clusters in which somebody has answered."""
        return [one for one in self.in_scope if one.spoken]

    @property
    def silent(self) -> str:
        """One sentence on all the others."""
        clusters = [str(one.cluster) for one in self.in_scope if not one.spoken]
        said = no_answers if self.proposal.ended_at else nobody_yet
        return said(", ".join(clusters)) if clusters else ""

    @property
    def passed(self) -> str:
        """What was missing when it was submitted, in one sentence."""
        return passed_in_short(self.version)

    @property
    def reason(self) -> str:
        return self.version.reason if self.version else ""


@dataclass(frozen=True)
class Line:
    """An item of an agenda: a proposal as it lies before the forum, or a decision to look at again;
    and what was decided of it."""

    item: Item
    before: Before | None = None
    taken: Decision | None = None

    @property
    def initiative(self) -> Initiative:
        row = self.item.proposal or self.item.decision
        assert row  # noqa: S101 the database holds it
        return row.initiative

    @property
    def open(self) -> bool:
        """Whether the forum can still decide on it here."""
        proposal = self.item.proposal
        if proposal is None:
            return self.taken is None
        return not proposal.ended_at and proposal.forum_id == self.item.meeting.forum_id

    def said(self) -> Iterator[tuple[str, str]]:
        """What the agenda says of an item: a word or two that stand out, and the words."""
        before, decision = self.before, self.item.decision
        if decision:
            words = {
                "outcome": decision.get_outcome_display(),
                "day": date_format(decision.met_on, "DATE_FORMAT"),
            }
            yield _("To be looked at again:"), _("%(outcome)s, decided on %(day)s") % words
            yield _("Grounds:"), decision.grounds
        if before:
            version = f" ({before.version.called})" if before.version else ""
            yield _("Asks for:"), f"{before.asks}{version}"
            yield _("Clusters:"), ", ".join(map(str, before.clusters)) or _("none")
            if before.news:
                yield "", before.news
            for said in before.spoken:
                yield "", said.agreement.sentence
                if said.rest:
                    yield "", said.rest
            if before.silent:
                yield "", before.silent
            for one in before.recommendations:
                yield _("%(forum)s recommends:") % {"forum": one.forum}, one.words
            if before.overlaps:
                yield _("Unresolved likenesses:"), str(before.overlaps)
            if before.passed:
                yield "", before.passed
                yield _("The reason given:"), before.reason
        if self.item.in_block:
            yield "", _("Taken in one block.")


def agenda(meeting: Meeting) -> list[Line]:
    items = list(
        meeting.items.select_related(
            "proposal__initiative__cluster",
            "proposal__forum",
            "decision__initiative",
            "decision__followed_by",
            "meeting",
        )
    )
    proposals = [item.proposal for item in items if item.proposal]
    known = lying_before(proposals, meeting.forum, meeting)
    taken = {
        one.proposal_id: one
        for one in Decision.objects.filter(
            proposal__in=proposals, forum=meeting.forum, follows=None
        )
    }
    return [
        Line(item, known[item.proposal.pk], taken.get(item.proposal.pk))
        if item.proposal
        else Line(item, taken=getattr(item.decision, "followed_by", None))
        for item in items
    ]


def lying_before(
    proposals: Sequence[Proposal], forum: Forum, meeting: Meeting | None = None
) -> dict[int, Before]:
    """Proposals, by id, as they lie before a forum (at a meeting): the same number of queries
    however many they are."""
    keys = [one.pk for one in proposals]
    latest = _latest(keys)
    scope = _scope(latest)
    said = answers_to_all([(one, scope[one.pk], latest.get(one.pk)) for one in proposals])
    overlaps = _overlaps({one.initiative_id for one in proposals})
    recommended, forwarded = defaultdict(list), defaultdict(list)
    for row in Recommendation.objects.filter(version__proposal__in=keys).select_related(
        "forum", "by", "version"
    ):
        recommended[row.version.proposal_id].append(row)
    for sent in Forwarding.objects.filter(proposal__in=keys).select_related("source", "target"):
        forwarded[sent.proposal_id].append(sent)
    seen = _last_seen(keys, forum, meeting)
    return {
        one.pk: Before(
            proposal=one,
            version=latest.get(one.pk),
            clusters=scope[one.pk],
            in_scope=said[one.pk],
            overlaps=overlaps[one.initiative_id],
            recommendations=recommended[one.pk],
            forwardings=forwarded[one.pk],
            seen=seen.get(one.pk),
            late=_late(latest.get(one.pk), meeting),
        )
        for one in proposals
    }


@dataclass(frozen=True)
class Shown:
    """A proposal in a list: as it was submitted last, or as its draft stands."""

    proposal: Proposal
    version: ProposalVersion | None
    clusters: Sequence[Cluster]

    @property
    def asks(self) -> str:
        return str((self.version or self.proposal).get_asks_display())


def listed(proposals: Iterable[Proposal]) -> list[Shown]:
    """The same number of queries however many they are; of drafts the clusters are at hand."""
    every = list(proposals)
    latest = _latest([one.pk for one in every])
    scope = _scope(latest)
    return [
        Shown(one, version, scope[one.pk] if version else list(one.clusters.all()))
        for one in every
        for version in [latest.get(one.pk)]
    ]


def _latest(keys: Collection[int]) -> dict[int, ProposalVersion]:
    """The latest version of each proposal, without its page."""
    rows = ProposalVersion.objects.filter(proposal__in=keys).order_by("edition")
    return {version.proposal_id: version for version in rows.defer("sheet", "words")}


def _scope(latest: Mapping[int, ProposalVersion]) -> dict[int, list[Cluster]]:
    """The clusters of each proposal as it was submitted, not as its draft stands."""
    every = Cluster.objects.in_bulk({key for one in latest.values() for key in one.scope})
    return defaultdict(
        list,
        {
            key: sorted((every[one] for one in version.scope), key=alphabetical)
            for key, version in latest.items()
        },
    )


def _overlaps(initiatives: Collection[int]) -> Counter[int]:
    """How many likenesses of each initiative nobody has answered."""
    several = Initiative.objects.filter(pk__in=initiatives)
    pairs = Likeness.objects.of(several).unresolved().values_list("one", "other")
    return Counter(side for pair in pairs for side in pair)


def _last_seen(keys: Collection[int], forum: Forum, meeting: Meeting | None) -> dict[int, date]:
    """The day on which each proposal last stood on an agenda of the forum, at a meeting that has
    been held, before this one."""
    today = timezone.localdate()
    until = min(meeting.on, today) if meeting else today
    rows = Item.objects.filter(proposal__in=keys, meeting__forum=forum, meeting__on__lt=until)
    return dict(rows.order_by().values_list("proposal").annotate(Max("meeting__on")))


def _late(version: ProposalVersion | None, meeting: Meeting | None) -> bool:
    """Whether the version came after the meeting's deadline."""
    return bool(version and meeting and timezone.localdate(version.at) > meeting.deadline)
