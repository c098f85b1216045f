"""A cluster that decides: who sits there, who answers, and an initiative that was tested in it."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from kernen.decisions import actions, rules
from kernen.decisions.models import Outcome, Proposal
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Initiative
from kernen.measures import actions as measures
from kernen.measures.models import Series
from kernen.parties import actions as parties
from kernen.parties.models import (
    Cluster,
    Forum,
    ForumMember,
    Organisation,
    OrganisationRole,
    Person,
    Sector,
)

Role = OrganisationRole.Role
TEXTS = {
    "why": "Fewer fall.",
    "will": "All three sectors pay.",
    "support": "Wards and home care made it together.",
    "citizens": "Six relatives were in the team.",
    "connection": "It replaces the old sheet.",
    "premises": "Two hours a week are set aside.",
}
#: What the initiatives here pass over, since they are short stories.
REASON = "The rest follows."


class Lived:
    """A hospital, three municipalities, general practice; their leaders; a lead; two fora."""

    def __init__(self) -> None:
        self.hospital = self._organisation("Hospital", Sector.HOSPITAL)
        self.towns = [self._organisation(f"Town {n}", Sector.MUNICIPALITY) for n in (1, 2, 3)]
        self.practice = self._organisation("Practice", Sector.GENERAL_PRACTICE)
        self.members = [self.hospital, *self.towns, self.practice]
        self.cluster = parties.form_cluster(name="Here", organisations=self.members, by=None)
        self.lead = self.person("Lead", self.hospital, Role.CONTRIBUTOR)
        self.leaders = {
            one: self.person(f"Leader of {one}", one, Role.LEADER) for one in self.members
        }
        self.secretary = self.person("Secretary", self.hospital, Role.READER)
        self.steering = self.forum("Steering here", cluster=self.cluster)

    def _organisation(self, name: str, sector: str) -> Organisation:
        return parties.found_organisation(name=name, sector=sector, by=None)

    def person(self, name: str, organisation: Organisation, role: str) -> Person:
        made = parties.enrol(
            name=name,
            title=f"{name}, title",
            email=f"{name.replace(' ', '').lower()}@example.org",
            by=None,
        )
        parties.give_role(person=made, organisation=organisation, role=role, by=None)
        return made

    def forum(
        self,
        name: str,
        *,
        cluster: Cluster | None = None,
        rule: str = Forum.DecisionRule.AGREEMENT,
        kind: str = Forum.Kind.STEERING_GROUP,
        quorum: int = 50,
    ) -> Forum:
        made = parties.set_up_forum(
            name=name,
            kind=kind,
            level=Forum.Level.CLUSTER if cluster else Forum.Level.REGION,
            decision_rule=rule,
            quorum=quorum,
            members=self.members,
            cluster=cluster,
            by=None,
        )
        role = ForumMember.Role.SECRETARY
        parties.seat(forum=made, person=self.secretary, role=role, by=None)
        return made

    def elsewhere(self) -> Cluster:
        return parties.form_cluster(name="Elsewhere", organisations=[], by=None)

    def seat(self, forum: Forum, name: str) -> None:
        """One more organisation has a seat."""
        made = self._organisation(name, Sector.MUNICIPALITY)
        parties.seat(forum=forum, organisation=made, by=None)

    def tested(self, title: str = "Falls", *, binding: bool = False) -> Initiative:
        """An initiative that is being tested in the cluster."""
        made = initiatives.register(
            title=title,
            problem="Too many fall.",
            organisations=self.members,
            cluster=self.cluster,
            by=self.lead,
        )
        story = {"purpose": "Fewer fall.", "target_group": "65+", "citizens": "In it."}
        if binding:
            story["origin"] = Initiative.Origin.HEALTH_AGREEMENT
        initiatives.tell(initiative=made, by=self.lead, **story)
        initiatives.move(
            initiative=made, event="start_testing", by=self.lead, words="A short story."
        )
        made.refresh_from_db()
        return made

    def measured(self, initiative: Initiative, *, better: bool = False) -> Series:
        """Two years of a measure at the hospital, the second better where so said."""
        number = initiative.measures.count()
        measure = measures.define(
            initiative=initiative, name=f"Falls {number}", direction="down", by=self.lead
        )
        series = measures.open_series(measure=measure, organisation=self.hospital, by=self.lead)
        figures = [
            measures.Figure(
                period=date(2018 + at // 12, at % 12 + 1, 1),
                numerator=(40 if better and at >= 12 else 60) + at % 3,
                denominator=100,
            )
            for at in range(24)
        ]
        measures.load(series=series, figures=figures, by=self.lead)
        if better:
            measures.split(series=series, period=date(2019, 1, 1), reason="It took", by=self.lead)
        return series

    def drafted(self, initiative: Initiative | None = None, forum: Forum | None = None) -> Proposal:
        proposal = actions.draft(
            initiative=initiative or self.tested(),
            forum=forum or self.steering,
            clusters=[self.cluster],
            by=self.lead,
        )
        return actions.write(proposal=proposal, by=self.lead, **TEXTS)

    def submitted(
        self,
        initiative: Initiative | None = None,
        forum: Forum | None = None,
        at: datetime | None = None,
    ) -> Proposal:
        proposal = self.drafted(initiative, forum)
        actions.submit(proposal=proposal, reason=REASON, by=self.lead, at=at)
        proposal.refresh_from_db()
        return proposal

    def long_ago(self) -> Proposal:
        """Submitted a year ago, and what was decided on it since is written down now."""
        return self.submitted(at=timezone.now() - timedelta(days=365))

    def endorsed(self, proposal: Proposal | None = None) -> Proposal:
        """All organisations in scope have said yes."""
        proposal = proposal or self.submitted()
        for organisation in self.members:
            self.answer(proposal, organisation, "yes")
        return proposal

    def answer(
        self, proposal: Proposal, organisation: Organisation, answer: str, words: str = ""
    ) -> None:
        actions.endorse(
            proposal=proposal,
            organisation=organisation,
            answer=answer,
            words=words,
            by=self.leaders[organisation],
        )

    def stances(self, forum: Forum, **said: tuple[str, str]) -> dict[int, tuple[str, str]]:
        """Every seat says yes, but for those named by their organisation."""
        known = {name.replace("_", " "): stance for name, stance in said.items()}
        return {
            seat.pk: known.get(str(seat.organisation), ("yes", "")) for seat in rules.seats(forum)
        }

    def decided(self, proposal: Proposal | None = None, **how: object):
        proposal = proposal or self.endorsed()
        how.setdefault("outcome", Outcome.SPREAD)
        how.setdefault("stances", self.stances(proposal.forum))
        how.setdefault("grounds", "It works, and all want it.")
        how.setdefault("look_again_on", date(2099, 1, 1))
        return actions.decide(proposal=proposal, by=self.secretary, **how)
