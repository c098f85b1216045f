"""Who may propose, answer and decide, and when. Everybody who is signed in reads what was
submitted and what was decided."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.lib.refusal import Refused
from kernen.parties import rules as parties
from kernen.parties.models import Cluster, Forum, ForumMember, Organisation, Person

from .agreement import InCluster
from .gates import Gate, unmet
from .known import Known
from .models import (
    SPREADS,
    Commitment,
    Decision,
    Item,
    Meeting,
    Outcome,
    Proposal,
    ProposalVersion,
)
from .stances import MANNERS
from .tally import Vote, objection
from .ways import closed, decides

#: The stages at which an initiative may ask a forum for something.
PROPOSED_AT = (Stage.TESTING, Stage.DECISION, Stage.SPREADING, Stage.OPERATION)
#: Who prepares a forum's meetings and writes down what it decides.
OFFICERS = (ForumMember.Role.CHAIR, ForumMember.Role.SECRETARY)


def draft(person: Person | None, initiative: Initiative, forum: Forum | None = None) -> None:
    """A proposal is begun by whoever may write the initiative, once it is being tested."""
    initiatives.may(person, initiative, "edit", _("begin a proposal to a forum"))
    if initiative.stage not in PROPOSED_AT:
        raise Refused(_("A proposal is made of what is being tested: start the testing first."))
    if forum and Proposal.objects.open().filter(initiative=initiative, forum=forum).exists():
        raise Refused(_("The initiative has an open proposal to this forum: go on with that one."))


def write(person: Person | None, proposal: Proposal) -> None:
    initiatives.may(person, proposal.initiative, "edit", _("write on a proposal"))
    _not_ended(proposal)


def choose(proposal: Proposal, forum: Forum, clusters: Collection[Cluster]) -> None:
    """The forum lies on the way of the proposal, and it is not taken from one that has it."""
    if proposal.submitted_at and forum != proposal.forum:
        raise Refused(_("%(forum)s has the proposal: it forwards it.") % {"forum": proposal.forum})
    if why := closed(forum, proposal.initiative.binding, clusters):
        raise Refused(why)


def may_submit(person: Person | None, proposal: Proposal) -> None:
    initiatives.may(person, proposal.initiative, "move", _("submit a proposal to a forum"))
    _not_ended(proposal)


def submit(
    person: Person | None, known: Known, changes: str, reason: str, meets: Collection[int]
) -> list[Gate]:
    """Refuse the submission, or give the soft gates that it passes over."""
    proposal = known.proposal
    may_submit(person, proposal)
    if proposal.initiative.stage not in PROPOSED_AT:
        raise Refused(_("A proposal is made of what is being tested: start the testing first."))
    missing = unmet(known)
    if missing and missing[0].hard:
        raise Refused(missing[0].missing)
    if missing and not reason.strip():
        raise Refused(_("Something is missing: fill it in, or write to the forum why not."))
    if known.latest and not changes.strip():
        raise Refused(_("Say what is new since the forum last saw it."))
    conditions = {
        asked.standing.pk
        for cluster in known.in_scope
        for asked in cluster.asked
        if asked.standing and asked.answer == "yes_if"
    }
    if set(meets) - conditions:
        raise Refused(_("One of the conditions no longer stands: look at the answers again."))
    return missing


def withdraw(person: Person | None, proposal: Proposal) -> None:
    initiatives.may(person, proposal.initiative, "move", _("withdraw a proposal"))
    _not_ended(proposal)


def _not_ended(proposal: Proposal) -> None:
    if proposal.ended_at:
        raise Refused(_("The proposal has ended: what was decided stands, make a new one."))


def _lies_there(proposal: Proposal) -> ProposalVersion:
    _not_ended(proposal)
    latest = proposal.latest()
    if latest is None:
        raise Refused(_("The proposal is a draft: it is to be submitted first."))
    return latest


# Endorsements


def endorse(
    person: Person | None, proposal: Proposal, organisation: Organisation, in_scope: Sequence[Any]
) -> ProposalVersion:
    """Whoever has the mandate answers for an organisation in scope; on the latest version."""
    latest = _lies_there(proposal)
    if organisation not in in_scope:
        raise Refused(
            _("%(organisation)s is not in scope of this proposal.") % {"organisation": organisation}
        )
    answer_for(organisation, parties.holding(person, parties.LEADER) if person else ())
    return latest


def answer_for(organisation: Organisation, held: Collection[int]) -> None:
    """`held` are the ids of the organisations in which the person has the mandate."""
    if organisation.pk not in held:
        raise Refused(
            _(
                "Only a leader with the mandate answers for %(organisation)s: ask a coordinator "
                "there to send the question to one."
            )
            % {"organisation": organisation}
        )


# The forum


def officers(forum: Forum) -> Any:
    """Chairs and secretaries of the forum today."""
    return forum.members.current().filter(role__in=OFFICERS, person__isnull=False)


def prepare(person: Person | None, forum: Forum) -> None:
    """Meetings, agendas and minutes are the chair's and the secretary's."""
    if person and parties.is_administrator(person):
        return
    if person is None or not officers(forum).filter(person=person).exists():
        held = officers(forum).select_related("person").first()
        words = {"forum": forum, "who": held.person if held else _("an administrator")}
        raise Refused(
            _("Only the chair and the secretary of %(forum)s do this: ask %(who)s.") % words
        )


def call(person: Person | None, forum: Forum, on: date, today: date) -> None:
    prepare(person, forum)
    if on < today:
        raise Refused(_("The day is past: choose one to come."))


def put_on(person: Person | None, meeting: Meeting, proposal: Proposal, today: date) -> None:
    arrange(person, meeting, today)
    _lies_there(proposal)
    if proposal.forum != meeting.forum:
        raise Refused(
            _("The proposal lies with %(forum)s, not with this forum.") % {"forum": proposal.forum}
        )


def arrange(person: Person | None, meeting: Meeting, today: date | None = None) -> None:
    prepare(person, meeting.forum)
    if meeting.on < (today or timezone.localdate()):
        raise Refused(_("The meeting has been held: its agenda stands."))


def take_off(person: Person | None, item: Item) -> None:
    """What the forum is to look at again goes from its agendas when it has done so."""
    arrange(person, item.meeting)
    if item.decision:
        raise Refused(
            _("The decision is to be looked at again: choose another day for it by doing so.")
        )


def recommend(person: Person | None, proposal: Proposal, forum: Forum) -> ProposalVersion:
    """A group that prepares says what it thinks, while the proposal lies with it or later."""
    prepare(person, forum)
    latest = _lies_there(proposal)
    had = {proposal.forum_id, *proposal.forwardings.values_list("source", flat=True)}
    if forum.pk not in had:
        raise Refused(_("The proposal has not been with %(forum)s.") % {"forum": forum})
    return latest


def forward(person: Person | None, proposal: Proposal, to: Forum) -> ProposalVersion:
    """To a forum on the way of what was submitted, whatever the draft says since."""
    prepare(person, proposal.forum)
    latest = _lies_there(proposal)
    if to == proposal.forum:
        raise Refused(_("It lies there already: choose the next forum."))
    if why := closed(to, proposal.initiative.binding, latest.clusters()):
        raise Refused(why)
    if Proposal.objects.open().filter(initiative=proposal.initiative, forum=to).exists():
        raise Refused(_("%(forum)s has a proposal of this initiative already.") % {"forum": to})
    return latest


def seats(forum: Forum, day: date | None = None) -> Any:
    """The voting seats of the forum on that day, or today: all but the secretary's."""
    return (
        forum.members.on(day or timezone.localdate())
        .exclude(role=ForumMember.Role.SECRETARY)
        .filter(Q(organisation__isnull=False) | Q(person__isnull=False))
        .select_related("organisation", "person")
        .order_by("organisation", "person", "pk")
    )


def decide_on(person: Person | None, proposal: Proposal) -> ProposalVersion:
    """Whether there is anything to decide here, whatever it will be."""
    prepare(person, proposal.forum)
    latest = _lies_there(proposal)
    _being_tested(proposal.initiative)
    if not decides(proposal.forum):
        raise Refused(_("A theme group prepares: recommend, and forward it to who decides."))
    return latest


def decide(
    person: Person | None,
    proposal: Proposal,
    outcome: str,
    scope: Collection[Cluster],
    votes: Sequence[Vote],
    in_scope: Sequence[InCluster],
    met_on: date,
) -> ProposalVersion:
    """A forum decides by its own rule, on the latest version, within its way."""
    latest, forum = decide_on(person, proposal), proposal.forum
    _has_met(met_on)
    if met_on < (came := timezone.localdate(latest.at)):
        words = {"edition": latest.edition, "day": date_format(came, "DATE_FORMAT")}
        raise Refused(
            _("Version %(edition)s was submitted on %(day)s: it is decided on that day or later.")
            % words
        )
    ripe(proposal.initiative, forum, outcome, scope, in_scope)
    _by_rule(forum, met_on, votes)
    return latest


def _by_rule(forum: Forum, met_on: date, votes: Sequence[Vote]) -> None:
    """The rule is the one by which the forum decided on the day."""
    ruled = forum.rule_on(met_on)
    known = MANNERS[ruled.decision_rule].stances
    if strange := [vote.seat for vote in votes if vote.stance not in known]:
        raise Refused(
            _("%(seat)s: choose one of the stances of this forum.") % {"seat": strange[0]}
        )
    if why := objection(ruled.decision_rule, ruled.quorum, votes):
        raise Refused(why)


def _being_tested(initiative: Initiative) -> None:
    if initiative.stage not in PROPOSED_AT:
        raise Refused(_("The initiative is not being tested any more: ask its lead what is right."))


def ripe(
    initiative: Initiative,
    forum: Forum,
    outcome: str,
    scope: Collection[Cluster],
    in_scope: Sequence[InCluster],
) -> None:
    """Whether the forum can decide so, before anybody there has taken a stance. Asks no queries of
    what is fetched, so that it can be said of each item of a block."""
    _being_tested(initiative)
    if why := closed(forum, initiative.binding, scope):
        raise Refused(why)
    if outcome in SPREADS:
        _spreadable(outcome, initiative, scope, in_scope)


def _spreadable(
    outcome: str, initiative: Initiative, scope: Collection[Cluster], in_scope: Sequence[InCluster]
) -> None:
    """Own-initiative work spreads only to clusters that have said yes."""
    if not scope:
        raise Refused(_("Choose the clusters that it spreads to."))
    if initiative.binding:
        return
    for one in in_scope:
        lacks = one.agreement.lacks(on_conditions=outcome == Outcome.ON_CONDITIONS)
        if one.cluster in scope and lacks:
            raise Refused(
                _(
                    "The hospital and the municipalities in %(cluster)s have not all said yes: "
                    "%(lacks)s. Work on own initiative spreads only where they have: ask them "
                    "again, or decide that it is tested further."
                )
                % {"cluster": one.cluster, "lacks": lacks}
            )


def _has_met(day: date) -> None:
    if day > timezone.localdate():
        raise Refused(_("The day is to come: write the decision down when it is taken."))


def decide_together(person: Person | None, proposals: Sequence[Proposal]) -> None:
    """A block is of one forum, and somebody has put something into it."""
    if not proposals:
        raise Refused(_("Nothing stands in one block: choose on the agenda what does."))
    prepare(person, proposals[0].forum)


def look_again(
    person: Person | None,
    decision: Decision,
    outcome: str = "",
    votes: Sequence[Vote] | None = None,
    met_on: date | None = None,
) -> None:
    """A decision is never edited: the forum takes a new one that follows it.

    That may confirm it or take something back; to spread what was not spread asks for a proposal,
    on which organisations answer. Without votes: whether there is anything to look at again."""
    prepare(person, decision.forum)
    if Decision.objects.filter(follows=decision).exists():
        raise Refused(_("A later decision has followed this one: look at that one again."))
    _has_met(met_on or date.min)
    if met_on and met_on < decision.met_on:
        words = {"day": date_format(decision.met_on, "DATE_FORMAT")}
        raise Refused(
            _("The decision was taken on %(day)s: it is looked at again on that day or later.")
            % words
        )
    if outcome in SPREADS and decision.outcome not in SPREADS:
        raise Refused(_("Spreading is decided on a proposal: ask the lead to submit a new one."))
    if votes is None:
        return
    _by_rule(decision.forum, met_on or timezone.localdate(), votes)


def read_minute(meeting: Meeting, *, taken: bool) -> None:
    """There is a minute once something was decided there, on the day of the meeting or later."""
    if meeting.on > timezone.localdate():
        raise Refused(
            _("The meeting is to come: there is an agenda, and a minute once it is held.")
        )
    if not taken:
        raise Refused(_("No decision of that day is written down: there is no minute of it."))


def publish(person: Person | None, decision: Decision) -> None:
    prepare(person, decision.forum)


def commitment(initiative: Initiative) -> str:
    """Under the health agreement it binds; on own initiative it is voluntary."""
    return Commitment.BINDING if initiative.binding else Commitment.VOLUNTARY
