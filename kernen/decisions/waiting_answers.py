"""What waits for those who answer proposals, and for those who keep an organisation."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.waiting import Waiting
from kernen.parties.models import ClusterMembership, Organisation, Person
from kernen.parties.rules import COORDINATOR, LEADER, roles_on

from .models import AnswerLink, Endorsement, Item, Proposal, ProposalVersion

#: So many of each kind are shown, and so long somebody else's later answer is told.
MOST, TOLD_FOR = 50, timedelta(days=14)
#: So many answers stand on an organisation's page.
ANSWERED = 10
#: After so long without an answer a question by e-mail is the coordinator's again.
SILENT = timedelta(days=10)


@dataclass
class Put:
    """An open proposal that is put to an organisation, and how it stands between them."""

    proposal: Proposal
    organisation: Organisation
    versions: list[ProposalVersion] = field(default_factory=list)  # the latest last
    given: list[Endorsement] = field(default_factory=list)  # the standing answer last
    asked_at: date | None = None  # when a link went out that nobody has answered by yet
    due: date | None = None

    @property
    def standing(self) -> Endorsement | None:
        return self.given[-1] if self.given else None

    @property
    def newer(self) -> list[ProposalVersion]:
        """The versions that have come since it answered."""
        if self.standing is None:
            return self.versions
        seen = self.standing.version_id
        known = next((n for n, one in enumerate(self.versions) if one.pk == seen), -1)
        return self.versions[known + 1 :]

    @property
    def met(self) -> bool:
        standing = self.standing
        return bool(standing) and any(standing.pk in one.meets for one in self.newer)  # type: ignore[union-attr]

    @property
    def awaited(self) -> bool:
        return bool(self.newer)

    @property
    def url(self) -> str:
        return reverse("answer_proposal", args=[self.proposal.pk, self.organisation.pk])


def put_to(organisations: set[int]) -> list[Put]:
    """Every open proposal whose latest version is put to any of them: six queries, however many."""
    versions: dict[int, list[ProposalVersion]] = defaultdict(list)
    told = ProposalVersion.objects.defer("sheet", "words").filter(proposal__ended_at=None)
    for version in told.order_by("edition"):
        versions[version.proposal_id].append(version)
    rows = ClusterMembership.objects.current().filter(organisation__in=organisations)
    members = rows.values_list("cluster", "organisation")
    pairs = {(p, o) for p, some in versions.items() for c, o in members if c in some[-1].scope}
    known = Proposal.objects.select_related("initiative", "forum").in_bulk({p for p, _ in pairs})
    asked = Organisation.objects.in_bulk({o for _, o in pairs})
    found = {(p, o): Put(known[p], asked[o], versions[p]) for p, o in sorted(pairs)}
    given = Endorsement.objects.filter(proposal__in=known, organisation__in=asked)
    for one in given.select_related("by").order_by("number"):
        if put := found.get((one.proposal_id, one.organisation_id)):
            put.given.append(one)
    for link in AnswerLink.objects.standing().unanswered().filter(proposal__in=known):
        if put := found.get((link.proposal_id, link.organisation_id)):
            put.asked_at = timezone.localdate(link.at)
    coming = Item.objects.filter(proposal__in=known, meeting__on__gte=timezone.localdate())
    due = dict(coming.values_list("proposal").annotate(day=Min("meeting__deadline")))
    for put in found.values():
        put.due = due.get(put.proposal.pk)
    return list(found.values())


def of_organisation(organisation: Organisation) -> dict[str, list[Any]]:
    """What it is asked, and what it has answered last."""
    put = [one for one in put_to({organisation.pk}) if one.awaited]
    given = organisation.endorsements.standing().order_by("-number")  # type: ignore[attr-defined]
    related = ("proposal__initiative", "proposal__forum", "by", "version")
    return {"awaited": put[:MOST], "given": list(given.select_related(*related)[:ANSWERED])}


def waiting(person: Person) -> Iterator[Waiting]:
    held = roles_on(person)
    leads = {key for key, roles in held.items() if LEADER in roles}
    keeps = {key for key, roles in held.items() if COORDINATOR in roles} - leads
    yield from _conditions(person)
    put = put_to(leads | keeps) if leads | keeps else []
    for one in [one for one in put if one.awaited and one.organisation.pk in leads][:MOST]:
        yield _answer(one)
    for one in [one for one in put if one.organisation.pk in leads][:MOST]:
        yield from _answered_after(one, person)
    for one in [one for one in put if one.awaited and one.organisation.pk in keeps][:MOST]:
        yield from _owed(one)


def _conditions(person: Person) -> Iterator[Waiting]:
    """For leads: each "yes, if …" to the latest version of an open proposal, until a new version
    is submitted."""
    later = ProposalVersion.objects.filter(
        proposal=OuterRef("proposal"), edition__gt=OuterRef("version__edition")
    )
    coming = Item.objects.filter(
        proposal=OuterRef("proposal"), meeting__on__gte=timezone.localdate()
    ).order_by("meeting__deadline")
    set_: Any = (
        Endorsement.objects.standing()
        .filter(~Exists(later), answer=Endorsement.Answer.YES_IF, proposal__ended_at=None)
        .filter(proposal__initiative__in=Initiative.objects.led_by(person))
        .annotate(by_day=Subquery(coming.values("meeting__deadline")[:1]))
        .select_related("organisation", "proposal__initiative")
        .order_by("number")
    )
    for one in set_[:MOST]:
        words = {"organisation": one.organisation}
        yield Waiting(
            key=f"condition:{one.pk}",
            what=_("%(organisation)s has a condition: answer it.") % words,
            action=_("Have a look"),
            url=f"{one.proposal.get_absolute_url()}#endorsements",
            about=one.proposal.initiative.title,
            since=timezone.localdate(one.at),
            due=one.by_day,
        )


def _answer(put: Put) -> Waiting:
    words = {"organisation": put.organisation, "edition": put.versions[-1].edition}
    if put.standing is None:
        what = _("%(organisation)s is asked whether it backs the proposal.")
    elif put.met:
        what = _("Version %(edition)s says that the condition of %(organisation)s is met.")
    else:
        what = _("%(organisation)s answered an earlier version: version %(edition)s is new.")
    return Waiting(
        key=f"answer:{put.proposal.pk}:{put.organisation.pk}:{put.versions[-1].pk}",
        what=what % words,
        action=_("Answer"),
        url=put.url,
        about=put.proposal.initiative.title,
        since=timezone.localdate(put.newer[0].at),
        due=put.due,
    )


def _answered_after(put: Put, person: Person) -> Iterator[Waiting]:
    """Somebody else's answer counts instead of the person's own."""
    standing = put.standing
    own = any(one.by_id == person.pk for one in put.given)
    if not own or standing is None or standing.by_id == person.pk:
        return
    if standing.at < timezone.now() - TOLD_FOR:
        return
    words = {
        "who": standing.by,
        "organisation": put.organisation,
        "answer": standing.get_answer_display(),
    }
    said = _("%(who)s answered “%(answer)s” for %(organisation)s after you: that counts now.")
    yield Waiting(
        key=f"answered_after:{standing.pk}",
        what=said % words,
        action=_("Have a look"),
        url=f"{put.proposal.get_absolute_url()}#endorsements",
        about=put.proposal.initiative.title,
        since=timezone.localdate(standing.at),
    )


def _owed(put: Put) -> Iterator[Waiting]:
    """For coordinators: what the organisation has not answered, and nobody was asked lately."""
    if put.asked_at and put.asked_at > timezone.localdate() - SILENT:
        return
    words = {"organisation": put.organisation, "edition": put.versions[-1].edition}
    if put.standing:
        what = _("%(organisation)s has not answered version %(edition)s of the proposal.")
    elif put.asked_at:
        what = _("%(organisation)s was asked by e-mail and has not answered the proposal.")
    else:
        what = _("%(organisation)s has not answered the proposal: ask who has the mandate.")
    yield Waiting(
        key=f"owed:{put.proposal.pk}:{put.organisation.pk}:{put.versions[-1].pk}",
        what=what % words,
        action=_("Ask by e-mail"),
        url=f"{put.proposal.get_absolute_url()}#endorsements",
        about=put.proposal.initiative.title,
        since=timezone.localdate(put.newer[0].at),
        due=put.due,
    )
