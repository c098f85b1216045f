"""A small world, made through the actions: what the tests of the house look at."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from kernen.decisions import actions as decisions
from kernen.documents import actions as documents
from kernen.documents.models import Document
from kernen.following import actions as following
from kernen.following import duties
from kernen.initiatives import actions as initiatives
from kernen.initiatives.likeness import actions as likenesses
from kernen.initiatives.models import Answer, Initiative, Likeness, Link
from kernen.measures.models import (
    Series,
)
from kernen.parties import actions as parties
from kernen.parties.inviting import actions as inviting
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    Forum,
    ForumMember,
    Invitation,
    Organisation,
    OrganisationChange,
    OrganisationRole,
    Person,
    Reorganisation,
    Sector,
)
from kernen.parties.reorganising import actions as reorganising
from kernen.parties.upkeep import actions as upkeep
from kernen.value import actions as worth
from tests.house.deciding import SOON, Deciding
from tests.house.measuring import Measuring


class World(Deciding, Measuring):
    """Two organisations in a cluster with a forum, and a coordinator; then more of everything."""

    def __init__(self) -> None:
        self.made = 0
        self.hospital = self.organisation(Sector.HOSPITAL)
        self.municipality = self.organisation(Sector.MUNICIPALITY)
        self.cluster = self.new_cluster([self.hospital, self.municipality])
        self.forum = self.new_forum()
        self.coordinator = self.person(OrganisationRole.Role.COORDINATOR)
        self.first = self.initiative()
        self.change = self.reorganisation()
        self.follow()
        self.role = self.coordinator.roles.get()
        self.upkeep()
        self.shared = self.shared_measure()

    @classmethod
    def that_decides(cls) -> "World":
        """The same, whose forum meets, and has proposals, answers and a decision."""
        world, secretary = cls(), ForumMember.Role.SECRETARY
        parties.seat(forum=world.forum, person=world.coordinator, role=secretary, by=None)
        world.leader = world.person(OrganisationRole.Role.LEADER)
        world.held, world.meeting = world.held_meeting(), world.new_meeting()
        world.proposal = world.new_proposal()
        world.decision = world.decided()
        world.another_rule()
        world.link = world.ask(world.hospital)
        world.correct(Series.objects.earliest("pk"))
        return world

    def number(self) -> int:
        self.made += 1
        return self.made

    def organisation(self, sector: str = Sector.MUNICIPALITY) -> Organisation:
        return parties.found_organisation(
            name=f"Organisation {self.number()}", sector=sector, by=None
        )

    def new_cluster(self, members: list[Organisation]) -> Cluster:
        return parties.form_cluster(
            name=f"Cluster {self.number()}",
            organisations=members,
            start=date(2018, 1, 1),
            by=None,
        )

    def another_rule(self) -> None:
        """From today the forum needs one per cent less of its seats."""
        parties.change_rule(
            forum=self.forum,
            decision_rule=self.forum.decision_rule,
            quorum=Forum.objects.get(pk=self.forum.pk).quorum - 1,
            by=None,
        )

    def new_forum(self) -> Forum:
        return parties.set_up_forum(
            name=f"Forum {self.number()}",
            level=Forum.Level.CLUSTER,
            decision_rule=Forum.DecisionRule.CONSENT,
            members=[self.hospital, self.municipality],
            cluster=self.cluster,
            by=None,
        )

    def person(self, role: str, *, administrator: bool = False) -> Person:
        number = self.number()
        person = parties.enrol(
            name=f"Person {number}",
            email=f"person{number}@example.org",
            administrator=administrator,
            by=None,
        )
        parties.give_role(person=person, organisation=self.hospital, role=role, by=None)
        return person

    def upkeep(self) -> None:
        """The coordinator gives somebody another role, and invites somebody."""
        held = self.person(OrganisationRole.Role.READER).roles.get()
        upkeep.change_role(held=held, role=OrganisationRole.Role.CONTRIBUTOR, by=self.coordinator)
        self.invitation()

    def invitation(self) -> Invitation:
        return inviting.invite(
            organisation=self.hospital,
            email=f"invited{self.number()}@example.org",
            role=OrganisationRole.Role.CONTRIBUTOR,
            by=self.coordinator,
        )

    def initiative(self) -> Initiative:
        """An initiative with some of everything that its pages show."""
        by = self.coordinator
        made = initiatives.register(
            title=f"Initiative {self.number()}",
            problem="A problem",
            organisations=[self.hospital, self.municipality],
            cluster=self.cluster,
            by=by,
        )
        initiatives.set_goals(initiative=made, goals={"health": "Fewer falls"}, by=by)
        if hasattr(self, "first"):
            initiatives.link(initiative=made, other=self.first, kind=Link.Kind.BUILDS_ON, by=by)
            self.liken(made, self.first, Answer.BUILDS_ON)
        self.measure(made)
        self.document(made)
        self.value(made)
        return made

    def answers(self) -> None:
        """One more organisation answers twice, by its leader, and its condition is met in a new
        version, which the hospital answers."""
        by, organisation = self.leader, self.organisation()
        self.join(organisation)
        role = OrganisationRole.Role.LEADER
        parties.give_role(person=by, organisation=organisation, role=role, by=None)
        self.ask(organisation)
        asked = {"proposal": self.proposal, "words": "So", "by": by}
        decisions.endorse(organisation=organisation, answer="no", **asked)
        condition = decisions.endorse(organisation=organisation, answer="yes_if", **asked)
        decisions.submit(
            proposal=self.proposal,
            reason="The rest follows",
            changes="New",
            meets=[condition.pk],
            by=self.coordinator,
        )
        decisions.endorse(organisation=self.hospital, answer="yes", **asked)

    def join(self, organisation: Organisation) -> None:
        """An organisation that sits in the forum and belongs to the cluster."""
        ClusterMembership.objects.create(cluster=self.cluster, organisation=organisation)
        parties.seat(forum=self.forum, organisation=organisation, by=None)

    def reorganisation(self) -> Reorganisation:
        """A change of structure that is being prepared, and may be confirmed."""
        by = self.coordinator
        change = reorganising.prepare_reorganisation(
            name=f"Change {self.number()}", day=SOON, why="A reform", by=by
        )
        self.council(change)
        return change

    def council(self, change: Reorganisation) -> ClusterChange:
        return reorganising.plan_cluster(
            reorganisation=change,
            name=f"Council {self.number()}",
            kind=Cluster.Kind.HEALTH_COUNCIL,
            replaces=[self.cluster],
            members=[self.hospital, self.municipality],
            by=self.coordinator,
        )

    def merger(self, change: Reorganisation, *organisations: Organisation) -> OrganisationChange:
        return reorganising.plan_organisation(
            reorganisation=change,
            name=f"Merged {self.number()}",
            sector=organisations[0].sector,
            replaces=list(organisations),
            by=self.coordinator,
        )

    def document(self, initiative: Initiative) -> Document:
        """A link; a file would have to be stored for each."""
        return documents.add_document(
            initiative=initiative,
            title=f"Document {self.number()}",
            address="https://example.org",
            by=self.coordinator,
        )

    def follow(self) -> None:
        """A view that somebody follows, and something of which the coordinator is told."""
        by = self.coordinator
        number = self.number()
        view = following.save_view(name=f"View {number}", query=f"q={number}", by=by)
        following.follow(thing=view, by=by)
        other = self.person(OrganisationRole.Role.CONTRIBUTOR)
        initiatives.note(initiative=self.first, words=f"News {number}", by=other)
        following.choose_digest(person=other, frequency="daily", by=other)
        duties.tell(timezone.now(), 1000)
        following.gather(person=by, slot=timezone.now())

    def liken(self, one: Initiative, other: Initiative, answer: str = "") -> Likeness:
        """A younger initiative looks like an older, and the coordinator may say what it is."""
        likeness = Likeness.objects.create(one=one, other=other, score=1)
        if answer:
            likenesses.answer(likeness=likeness, side=one, answer=answer, by=self.coordinator)
        return likeness

    def value(self, initiative: Initiative) -> None:
        """Gains that are known in each way, costs, what was locked and what came of it."""
        by, name = self.coordinator, f"organisation:{self.hospital.pk}"
        years = {"likely": 900, "high": 1000, "first_year": 2019, "last_year": 2022}
        worth.assume(initiative=initiative, hourly_rate=Decimal(350), by=by)
        for who in ("region", name):
            worth.add_cost(initiative=initiative, who=who, words="Training", by=by, **years)
        gain = worth.add_gain(
            initiative=initiative,
            kind="economy",
            who="municipality",
            words=f"Fewer visits {self.number()}",
            counted_in="hours",
            by=by,
            **years,
        )
        worth.add_evidence(
            gain=gain, reference="A study", address="10.1000/182", says="It helps", by=by
        )
        worth.add_gain(
            initiative=initiative,
            kind="health",
            who=name,
            words="Fewer falls",
            finds_out=by,
            find_by=SOON,
            by=by,
        )
        worth.lock(initiative=initiative, stage="target", by=by)
        worth.report_actual(
            initiative=initiative, who=name, year=2019, paid=8, gained=0, words="Books", by=by
        )
