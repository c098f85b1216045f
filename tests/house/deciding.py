"""What happens in the small world when its forum meets: proposals, answers, a decision."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kernen.decisions import actions as decisions
from kernen.decisions import rules as deciding
from kernen.decisions.answering import actions as answering
from kernen.decisions.models import AnswerLink, Decision, Meeting, Outcome, Proposal
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Initiative
from kernen.parties.models import (
    Organisation,
)

#: A day ahead, on which changes of structure take force.
SOON = date.today() + timedelta(days=40)
YESTERDAY = date.today() - timedelta(days=1)


class Deciding:
    """The part of the world that decides."""

    coordinator: Any
    forum: Any
    held: Any
    hospital: Any
    leader: Any
    meeting: Any
    proposal: Any

    def new_proposal(self, initiative: Initiative | None = None) -> Proposal:
        """Submitted, answered by the hospital, recommended on and on the agenda of the meeting."""
        by, made = self.coordinator, initiative or self.tested()
        proposal = decisions.draft(
            initiative=made, forum=self.forum, clusters=[self.cluster], by=by
        )
        proposal = decisions.write(proposal=proposal, why="It helps", by=by)
        at = timezone.now() - timedelta(days=2)
        decisions.submit(proposal=proposal, reason="The rest follows", by=by, at=at)
        decisions.endorse(
            proposal=proposal, organisation=self.hospital, answer="yes", by=self.leader
        )
        decisions.recommend(proposal=proposal, forum=self.forum, words="Test it", by=by)
        decisions.put_on_agenda(meeting=self.meeting, proposal=proposal, in_block=True, by=by)
        return proposal

    def ask(self, organisation: Organisation) -> AnswerLink:
        """By e-mail, for the organisation's answer to the first proposal."""
        return answering.ask(
            proposal=self.proposal,
            organisation=organisation,
            to=self.leader,
            by=self.coordinator,
        )

    def tested(self) -> Initiative:
        """An initiative that may be proposed, and nothing more."""
        made = initiatives.register(
            title=f"Initiative {self.number()}",
            problem="A problem",
            organisations=[self.hospital, self.municipality],
            cluster=self.cluster,
            by=self.coordinator,
        )
        initiatives.tell(initiative=made, purpose="Fewer falls", by=self.coordinator)
        initiatives.move(initiative=made, event="start_testing", words="Short", by=self.coordinator)
        made.refresh_from_db()
        return made

    def decided(self) -> Decision:
        """Tested further, open to everybody, and to be looked at again before the meeting."""
        proposal = self.new_proposal()
        made = decisions.decide(
            proposal=proposal,
            outcome=Outcome.TEST_FURTHER,
            grounds="Too early",
            stances={seat.pk: ("yes", "") for seat in deciding.seats(self.forum, YESTERDAY)},
            met_on=YESTERDAY,
            look_again_on=self.meeting.on,
            by=self.coordinator,
        )
        decisions.publish(decision=made, shown=True, by=self.coordinator)
        return made

    def held_meeting(self) -> Meeting:
        """On the day of the decisions."""
        at = timezone.now() - timedelta(days=2)
        return decisions.call_meeting(
            forum=self.forum, on=YESTERDAY, deadline=YESTERDAY, by=self.coordinator, at=at
        )

    def new_meeting(self) -> Meeting:
        day = SOON + timedelta(days=self.number())
        return decisions.call_meeting(forum=self.forum, on=day, deadline=day, by=self.coordinator)
