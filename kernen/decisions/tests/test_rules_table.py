"""The rules say yes and no as the table of mandates does, for each role at each stage."""

import inspect
from datetime import timedelta

import pytest
from django.utils import timezone

from kernen.decisions import actions, rules
from kernen.decisions.agreement import answers
from kernen.decisions.answering import rules as answering
from kernen.decisions.known import known
from kernen.decisions.mandates import MANDATES, ROLES
from kernen.decisions.models import AnswerLink
from kernen.decisions.tally import Vote
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import TeamMember
from kernen.initiatives.stages import Stage
from kernen.lib.refusal import refusal
from kernen.parties import actions as parties
from kernen.parties.models import Forum, ForumMember

from .asked import ask
from .lived import Role

TODAY = timezone.localdate()


def people(lived, initiative) -> dict:
    """Somebody in each role, and nobody."""
    chair = lived.person("Chair", lived.hospital, Role.READER)
    parties.seat(forum=lived.steering, person=chair, role=ForumMember.Role.CHAIR, by=None)
    member = lived.person("Member", lived.hospital, Role.READER)
    initiatives.appoint(
        initiative=initiative, person=member, role=TeamMember.Role.MEMBER, by=lived.lead
    )
    return {
        "administrator": parties.enrol(
            name="Administrator", email="admin@example.org", administrator=True, by=None
        ),
        "coordinator": lived.person("Coordinator", lived.hospital, Role.COORDINATOR),
        "lead": lived.lead,
        "member": member,
        "contributor": lived.person("Contributor", lived.hospital, Role.CONTRIBUTOR),
        "leader": lived.leaders[lived.hospital],
        "secretary": lived.secretary,
        "chair": chair,
        "reader": lived.person("Reader", lived.hospital, Role.READER),
        "nobody": None,
    }


@pytest.mark.parametrize("stage", Stage)
def test_each_rule_lets_those_do_it_whom_the_table_names(lived, stage):
    earlier = lived.decided()
    theme = lived.forum("Theme", cluster=lived.cluster, kind=Forum.Kind.THEME_GROUP)
    proposal = lived.endorsed()
    initiative = proposal.initiative
    someone = people(lived, initiative)
    day = TODAY + timedelta(days=5)
    meeting = actions.call_meeting(forum=lived.steering, on=day, deadline=day, by=lived.secretary)
    item = actions.put_on_agenda(meeting=meeting, proposal=proposal, by=lived.secretary)
    initiative.stage = stage
    initiative.save(update_fields=["stage"])
    proposal.refresh_from_db()
    facts, scope = known(proposal), [lived.cluster]
    link = ask(lived, proposal, lived.hospital)
    AnswerLink.objects.update(tries=1, sent_at=timezone.now() - timedelta(days=2))
    link.refresh_from_db()
    asks = {"organisation": lived.hospital, "in_scope": lived.members, "email": "a@example.org"}
    votes = [Vote(str(seat), "yes") for seat in rules.seats(lived.steering)]
    in_scope = answers(proposal, scope, proposal.latest())
    asked = {
        "draft": lambda who: rules.draft(who, initiative),
        "write": lambda who: rules.write(who, proposal),
        "submit": lambda who: rules.submit(who, facts, "New", "Why", []),
        "withdraw": lambda who: rules.withdraw(who, proposal),
        "endorse": lambda who: rules.endorse(who, proposal, lived.hospital, lived.members),
        "ask": lambda who: answering.ask(who, proposal, to=lived.leaders[lived.hospital], **asks),
        "vouch": lambda who: answering.ask(who, proposal, to=None, **asks),
        "send_again": lambda who: answering.send_again(who, link, lived.members),
        "withdraw_link": lambda who: answering.withdraw_link(who, link),
        "call": lambda who: rules.call(who, lived.steering, day, TODAY),
        "put_on": lambda who: rules.put_on(who, meeting, proposal, TODAY),
        "take_off": lambda who: rules.take_off(who, item),
        "arrange": lambda who: rules.arrange(who, meeting),
        "recommend": lambda who: rules.recommend(who, proposal, lived.steering),
        "forward": lambda who: rules.forward(who, proposal, theme),
        "decide": lambda who: rules.decide(who, proposal, "spread", scope, votes, in_scope, TODAY),
        "look_again": lambda who: rules.look_again(who, earlier, "spread", votes, TODAY),
        "publish": lambda who: rules.publish(who, earlier),
    }
    assert set(asked) == set(MANDATES)
    assert set(someone) == set(ROLES)
    for verb, mandate in MANDATES.items():
        may = {role for role, who in someone.items() if not refusal(asked[verb], who)}
        assert may == set(mandate.who if stage in mandate.stages else ()), verb


#: Rules for the same people as another line: of the form before it is filled in, or of a part.
WITHIN = {
    rules.may_submit: "submit",
    rules.decide_on: "decide",
    rules.decide_together: "decide",
    rules.prepare: "arrange",
}


def test_no_rule_that_asks_who_stands_outside_the_table():
    found = {
        verb: rule
        for module in (rules, answering)
        for verb, rule in vars(module).items()
        if inspect.isfunction(rule)
        and rule.__module__ == module.__name__
        and next(iter(inspect.signature(rule).parameters), "") == "person"
    }
    assert found.pop("mandate") is answering.mandate  # what the person is, and no rule
    assert {verb for verb, rule in found.items() if rule not in WITHIN} == set(MANDATES) - {"vouch"}
