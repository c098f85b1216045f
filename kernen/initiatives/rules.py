"""Who may write what on an initiative. Everybody who is signed in may read all of it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties import lineage
from kernen.parties import rules as parties
from kernen.parties.models import Cluster, ClusterMembership, Dated, Person

from .models import Initiative, Involvement, LeadOffer, Likeness, Link, TeamMember
from .stages import EVENTS, PAGES, Event, Gate, Stage, failing, unmet

#: What can be done to an initiative, with the words of its refusal.
VERBS: dict[str, Promise] = {
    "edit": _("change the story, the goals, the parties and the links"),
    "note": _("write in the journal"),
    "team": _("change the team"),
    "move": _("move the initiative on, stop it or reopen it"),
    "measure": _("define measures and split series"),
    "load": _("load figures and write on the time axis"),
    "value": _("write gains and costs"),
    "document": _("add documents and change them"),
    "erase": _("erase documents for good"),
}

#: What is said of an event whose room is not built yet.
OWN_PAGE = _("This follows from a decision: it happens under “Decision”.")
NO_PAGE_YET = _("Kernen does not have this page yet: write it as a note in the journal.")

#: Who may do it: one line a role. A coordinator counts on the initiatives of the clusters and
#: organisations that he or she coordinates, a contributor on those of the own organisation.
MAY: dict[str, frozenset[str]] = {
    "administrator": frozenset(VERBS),
    "coordinator": frozenset(VERBS),
    "lead": frozenset(VERBS),
    "advisor": frozenset({"edit", "note", "measure", "load", "value", "document"}),
    "member": frozenset({"edit", "note", "measure", "load", "value", "document"}),
    "economist": frozenset({"note", "load", "value"}),
    "contributor": frozenset({"note", "load"}),
    "leader": frozenset({"note"}),
    "reader": frozenset(),
}


def roles(person: Person | None, initiative: Initiative) -> Iterator[str]:
    """The person's roles on this initiative today, as named in `MAY`: those that are known without
    asking much come first, and whoever has heard enough does not ask for the rest."""
    yield "reader"
    if person is None:
        return
    if parties.is_administrator(person):
        yield "administrator"
    team = TeamMember.objects.current().filter(initiative=initiative, person=person)
    yield from team.values_list("role", flat=True)
    mine = parties.roles_on(person)
    if not mine:
        return
    involved = set(
        Involvement.objects.current()
        .filter(initiative=initiative)
        .values_list("organisation_id", flat=True)
    )
    places = lineage.clusters().on(initiative.cluster_id or 0, date.today())
    around = set(
        ClusterMembership.objects.current()
        .filter(cluster__in=places)
        .values_list("organisation_id", flat=True)
    )
    for organisation, held in mine.items():
        if organisation in involved:
            yield from held
        if organisation in around and parties.COORDINATOR in held:
            yield parties.COORDINATOR


def verbs(person: Person | None, initiative: Initiative) -> frozenset[str]:
    """Everything the person may do to the initiative today."""
    given: frozenset[str] = frozenset()
    for role in roles(person, initiative):
        given |= MAY[role]
        if given == frozenset(VERBS):
            break
    return given


def editable(person: Person | None) -> QuerySet[Initiative]:
    """The initiatives that the person may edit today."""
    return where_may(person, "edit")


def where_may(person: Person | None, verb: str) -> QuerySet[Initiative]:
    """The initiatives to which the person may do it today: the same as `verbs` says of each."""
    if person is None:
        return Initiative.objects.none()
    if parties.is_administrator(person):
        return Initiative.objects.all()
    mine = parties.roles_on(person)
    held = {
        role: [organisation for organisation, roles in mine.items() if role in roles]
        for role in MAY
        if verb in MAY[role]
    }
    team = TeamMember.objects.current().filter(person=person, role__in=held)
    involved = Involvement.objects.current().filter(
        organisation__in={one for organisations in held.values() for one in organisations}
    )
    around = ClusterMembership.objects.current().filter(organisation__in=held[parties.COORDINATOR])
    known, today = lineage.clusters(), date.today()
    places = set().union(
        *(known.of(key, today) for key in around.values_list("cluster", flat=True))
    )
    return Initiative.objects.filter(
        Q(pk__in=team.values("initiative"))
        | Q(pk__in=involved.values("initiative"))
        | Q(cluster__in=places)
    )


def refusals(person: Person | None, initiative: Initiative) -> dict[str, str]:
    """Verb → the sentence that refuses it, for each verb the person may not do: for a page."""
    allowed = verbs(person, initiative)
    denied = [verb for verb in VERBS if verb not in allowed]
    lead = _lead(initiative) if denied else None
    return {verb: _sentence(verb, lead) for verb in denied}


def may(person: Person | None, initiative: Initiative, verb: str, what: Promise | str = "") -> None:
    """`what` it is that those do of another room who may do this, in the words of the refusal."""
    if verb not in verbs(person, initiative):
        raise Refused(_sentence(verb, _lead(initiative), what))


def _lead(initiative: Initiative) -> TeamMember | None:
    return initiative.leads().select_related("person").first()


def _sentence(verb: str, lead: TeamMember | None, what: Promise | str = "") -> str:
    who = (
        gettext("the team, coordinators and those who contribute for an organisation that is in")
        if verb in MAY["contributor"]
        else gettext("the team and the coordinators")
    )
    words = {"who": who, "what": what or VERBS[verb], "lead": lead and lead.person}
    if lead:
        return gettext("Only %(who)s may %(what)s: ask the lead, %(lead)s.") % words
    return gettext("Only %(who)s may %(what)s: ask a coordinator of the cluster.") % words


def answer(person: Person | None, likeness: Likeness, side: Initiative) -> None:
    """Whoever may edit an initiative says what it is to another that it looks like."""
    may(person, side, "edit")
    if side not in (likeness.one, likeness.other):
        raise Refused(_("This initiative is not one of the two."))


def leads(person: Person, initiative: Initiative) -> bool:
    return bool(initiative.leads().filter(person=person).exists())


def link(kind: str) -> None:
    if kind == Link.Kind.SAME:
        raise Refused(_("That two initiatives are the same is said by the leads of both."))


def cluster_named(name: str) -> Cluster | None:
    """The cluster that an earlier story names; an empty name is none at all."""
    found = Cluster.objects.filter(name=name).first()
    if name and found is None:
        raise Refused(_("No cluster has this name any more: choose one in the story instead."))
    return found


def register(person: Person | None) -> None:
    """Whoever contributes to an organisation registers; it need not be a party itself."""
    if person is None:
        raise Refused(_("Your sign-in belongs to no person yet: ask an administrator."))
    if not (parties.is_administrator(person) or parties.writes_for(person)):
        raise Refused(
            _(
                "You can read everything, but not register: ask an administrator to make you a "
                "contributor."
            )
        )


def end(dated: Dated) -> None:
    """What has ended stays as it ended."""
    if dated.end:
        raise Refused(_("That has ended already: nothing was changed."))


def withdraw(involvement: Involvement) -> None:
    """An initiative is never left without a responsible organisation."""
    end(involvement)
    role = Involvement.Role.RESPONSIBLE
    responsible = involvement.initiative.involvements.current().filter(role=role)
    if involvement.role == role and responsible.count() == 1:
        raise Refused(_("Somebody must be responsible: add another responsible one first."))


def appoint(initiative: Initiative, person: Person, role: str) -> None:
    """One lead at a time; who has it hands it over."""
    if person.erased_at:
        raise Refused(
            _("%(person)s is not here any more: choose somebody else.") % {"person": person}
        )
    if role == TeamMember.Role.LEAD and initiative.leads().exists():
        raise Refused(_("The initiative has a lead: offer the lead to somebody instead."))


def offer_lead(person: Person | None, initiative: Initiative, to: Person | None = None) -> None:
    """The lead and the coordinators offer it, one offer at a time; `to` once it is chosen."""
    may(person, initiative, "team")
    if initiative.stage == Stage.STOPPED:
        raise Refused(_("The initiative is stopped: reopen it before somebody else leads it."))
    offer = initiative.lead_offers.filter(answer="").select_related("to").first()
    if offer:
        sentence = _("The lead is offered to %(person)s: await the answer, or withdraw the offer.")
        raise Refused(sentence % {"person": offer.to})
    if to and not (to.user and to.user.is_active):
        sentence = _("%(person)s cannot sign in to answer: ask an administrator to open the way.")
        raise Refused(sentence % {"person": to})
    if to and initiative.leads().filter(person=to).exists():
        raise Refused(_("%(person)s leads the initiative already.") % {"person": to})


def answer_offer(person: Person | None, offer: LeadOffer) -> None:
    if person != offer.to:
        raise Refused(_("Only %(person)s can answer this offer.") % {"person": offer.to})
    _unanswered(offer)


def withdraw_offer(person: Person | None, offer: LeadOffer) -> None:
    may(person, offer.initiative, "team")
    _unanswered(offer)


def _unanswered(offer: LeadOffer) -> None:
    if offer.answer:
        raise Refused(_("This offer has been answered or withdrawn already: nothing was changed."))


def release(member: TeamMember) -> None:
    """An initiative is never left without a lead."""
    end(member)
    if member.role == TeamMember.Role.LEAD and member.initiative.leads().count() == 1:
        raise Refused(_("An initiative needs a lead: hand over the lead first."))


def carry_over(person: Person) -> None:
    """History from before Kernen is entered by administrators and coordinators."""
    held = {role for roles in parties.roles_on(person).values() for role in roles}
    if not (parties.is_administrator(person) or parties.COORDINATOR in held):
        raise Refused(_("Only coordinators enter what happened before Kernen."))


def move(
    person: Person | None, initiative: Initiative, event: str, *, words: str = ""
) -> list[Gate]:
    """Refuse the event, or give the soft gates that it passes over; `words` holds the reason."""
    may(person, initiative, "move")
    happening = EVENTS[event]
    if initiative.stage not in happening.sources:
        raise Refused(
            _("“%(event)s” is not possible at the stage “%(stage)s”.")
            % {"event": happening.label, "stage": initiative.get_stage_display()}
        )
    missing = unmet(happening, failing(initiative))
    if reason := obstacle(happening, missing):
        raise Refused(reason)
    if happening.asks and not words.strip():
        raise Refused(happening.asks)
    if missing and not words.strip():
        raise Refused(_("Something is missing: fill it in, or write why you go on without it."))
    return missing


def obstacle(event: Event, missing: list[Gate]) -> Promise | None:
    """What no words overcome: a page that is not built yet, or the first hard gate missing."""
    if event.room:
        return OWN_PAGE if event.room in PAGES else NO_PAGE_YET
    return next((gate.missing for gate in missing if gate.hard), None)
