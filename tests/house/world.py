"""A small world, made through the actions: what the tests of the house look at."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from kernen.documents import actions as documents
from kernen.documents.models import Document
from kernen.following import actions as following
from kernen.following import duties
from kernen.initiatives import actions as initiatives
from kernen.initiatives.likeness import actions as likenesses
from kernen.initiatives.models import Answer, Initiative, Likeness, Link
from kernen.lib.periods import between
from kernen.measures import actions as measures
from kernen.measures.judging import actions as judging
from kernen.measures.models import Series, Wall
from kernen.measures.walls import actions as walls
from kernen.parties import actions as parties
from kernen.parties.inviting import actions as inviting
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    Forum,
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

#: A day ahead, on which changes of structure take force.
SOON = date.today() + timedelta(days=40)


class World:
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
        return made

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

    @cached_property
    def wall(self) -> Wall:
        return self.new_wall()

    def new_wall(self) -> Wall:
        """A wall screen with the first series there is."""
        by = self.coordinator
        made = walls.put_up(
            organisation=self.hospital, name=f"Wall {self.number()}", seconds=20, by=by
        )
        walls.show(wall=made, series=Series.objects.earliest("pk"), by=by)
        return made

    def liken(self, one: Initiative, other: Initiative, answer: str = "") -> Likeness:
        """A younger initiative looks like an older, and the coordinator may say what it is."""
        likeness = Likeness.objects.create(one=one, other=other, score=1)
        if answer:
            likenesses.answer(likeness=likeness, side=one, answer=answer, by=self.coordinator)
        return likeness

    def measure(self, initiative: Initiative) -> None:
        measure = measures.define(
            initiative=initiative,
            name=f"Measure {self.number()}",
            dimension="health",
            numerator="Done",
            denominator="All",
            by=self.coordinator,
        )
        self.series(measure)

    def series(self, measure) -> None:
        made = measures.open_series(
            measure=measure,
            organisation=self.hospital,
            place=f"Ward {self.number()}",
            by=self.coordinator,
        )
        self.load(made, date(2018, 1, 1), date(2019, 8, 1))
        measures.split(series=made, period=date(2018, 11, 1), reason="It took", by=self.coordinator)
        judging.freeze(series=made, period=date(2018, 3, 1), reason="Before", by=self.coordinator)
        judging.leave_out(series=made, period=date(2018, 2, 1), reason="Shut", by=self.coordinator)
        measures.annotate(
            series=made, on=date(2018, 10, 1), words="A new workflow", by=self.coordinator
        )

    def load(self, series, first: date, last: date) -> None:
        figures = [
            measures.Figure(period=start, numerator=50 + i % 7, denominator=100)
            if series.measure.proportion
            else measures.Figure(period=start, value=Decimal(50 + i % 7))
            for i, start in enumerate(between(first, last, "month"))
        ]
        measures.load(series=series, figures=figures, by=self.coordinator)
