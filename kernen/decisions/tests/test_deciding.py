import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kernen.decisions import actions
from kernen.decisions.models import Commitment, Decision, Endorsement, Outcome
from kernen.initiatives.stages import Stage
from kernen.lib.refusal import Refused
from kernen.parties.models import Forum

from .lived import REASON


def test_a_later_answer_counts_instead_and_the_first_stays(lived):
    proposal = lived.submitted()
    lived.answer(proposal, lived.hospital, "no", "Not now.")
    lived.answer(proposal, lived.hospital, "yes")
    [standing] = Endorsement.objects.standing().filter(organisation=lived.hospital)
    assert standing.answer == "yes"
    assert [one.answer for one in proposal.endorsements.all()] == ["no", "yes"]


def test_an_answer_other_than_yes_says_why(lived):
    proposal = lived.submitted()
    with pytest.raises(ValidationError):
        lived.answer(proposal, lived.hospital, "no")


def test_only_a_leader_with_the_mandate_answers_for_an_organisation(lived):
    proposal = lived.submitted()
    for person in (lived.lead, lived.secretary, lived.leaders[lived.towns[0]]):
        with pytest.raises(Refused):
            actions.endorse(proposal=proposal, organisation=lived.hospital, answer="yes", by=person)


def test_who_is_not_in_scope_is_not_asked(lived):
    proposal = lived.submitted()
    away = lived._organisation("Away", "municipality")
    leader = lived.person("Leader away", away, "leader")
    with pytest.raises(Refused, match="scope"):
        actions.endorse(proposal=proposal, organisation=away, answer="yes", by=leader)


def test_an_answer_stands_on_the_version_it_was_given_on(lived):
    proposal = lived.endorsed()
    actions.submit(proposal=proposal, reason=REASON, changes="New.", by=lived.lead)
    assert {one.version.edition for one in proposal.endorsements.all()} == {1}
    lived.answer(proposal, lived.hospital, "yes")
    assert proposal.endorsements.last().version.edition == 2


def test_a_decision_to_spread_moves_the_initiative_on(lived):
    decision = lived.decided()
    decision.initiative.refresh_from_db()
    assert decision.initiative.stage == Stage.SPREADING
    assert decision.commitment == Commitment.VOLUNTARY
    assert decision.proposal.ending == "decided"
    assert decision.initiative.journal.first().params["outcome"] == Outcome.SPREAD


def test_testing_further_leads_back_to_testing(lived):
    decision = lived.decided(outcome=Outcome.TEST_FURTHER)
    decision.initiative.refresh_from_db()
    assert decision.initiative.stage == Stage.TESTING
    assert decision.commitment == ""


def test_stopping_says_what_was_learned_and_who_should_know(lived):
    proposal = lived.submitted()
    with pytest.raises(ValidationError):
        lived.decided(proposal, outcome=Outcome.STOP)
    lived.decided(proposal, outcome=Outcome.STOP, learned="Too few fall.", to_know="The wards")
    proposal.initiative.refresh_from_db()
    assert proposal.initiative.stage == Stage.STOPPED
    assert proposal.initiative.journal.first().words == "Too few fall."


def test_own_initiative_spreads_only_where_the_cluster_has_said_yes(lived):
    proposal = lived.submitted()
    for organisation in (lived.hospital, *lived.towns[:2]):
        lived.answer(proposal, organisation, "yes")
    with pytest.raises(Refused, match="in Here have not all said yes: no answer from Town 3"):
        lived.decided(proposal)
    lived.answer(proposal, lived.towns[0], "no", "Not now.")
    with pytest.raises(Refused, match="yes: Town 1 says no; no answer from Town 3"):
        lived.decided(proposal, outcome=Outcome.ON_CONDITIONS, conditions="None.")
    lived.answer(proposal, lived.towns[0], "yes")
    lived.answer(proposal, lived.towns[2], "yes_if", "If it costs nothing.")
    with pytest.raises(Refused, match="Town 3 says “yes, if …”"):
        lived.decided(proposal)
    decision = lived.decided(
        proposal, outcome=Outcome.ON_CONDITIONS, conditions="It costs Town 3 nothing."
    )
    assert decision.conditions == "It costs Town 3 nothing."


def test_what_is_under_the_health_agreement_binds_without_every_yes(lived):
    region = lived.forum("Steering of the region")
    decision = lived.decided(lived.submitted(lived.tested(binding=True), region))
    assert decision.commitment == Commitment.BINDING


def test_a_dissent_is_kept_in_its_own_words(lived):
    proposal = lived.endorsed()
    stances = lived.stances(proposal.forum, Town_1=("dissent", "We would rather wait."))
    decision = lived.decided(proposal, stances=stances)
    [dissent] = decision.dissents
    assert dissent["organisation"] == lived.towns[0].pk
    assert dissent["words"] == "We would rather wait."


@pytest.mark.parametrize(
    ("rule", "town", "taken"),
    [
        ("agreement", ("yes", ""), True),
        ("agreement", ("dissent", "Wait."), True),
        ("agreement", ("no_vote", ""), True),
        ("agreement", ("no", "Never."), False),
        ("consent", ("dissent", "Wait."), True),
        ("consent", ("no", "It harms."), False),
        ("majority", ("no", "Never."), True),
    ],
)
def test_each_rule_takes_a_decision_in_its_own_way(lived, rule, town, taken):
    forum = lived.forum("By rule", cluster=lived.cluster, rule=rule)
    proposal = lived.endorsed(lived.submitted(forum=forum))
    stances = lived.stances(forum, Town_1=town)
    if taken:
        assert lived.decided(proposal, stances=stances).rule == rule
    else:
        with pytest.raises(Refused, match="Town 1"):
            lived.decided(proposal, stances=stances)


def test_too_few_seats_decide_nothing(lived):
    forum = lived.forum("Many needed", cluster=lived.cluster, quorum=80)
    proposal = lived.endorsed(lived.submitted(forum=forum))
    away = {"Town_1": ("absent", ""), "Town_2": ("absent", "")}
    with pytest.raises(Refused, match="3 of 5 seats are present, and the forum needs 4"):
        lived.decided(proposal, stances=lived.stances(forum, **away))


def test_only_the_chair_and_the_secretary_write_the_decision(lived):
    proposal = lived.endorsed()
    with pytest.raises(Refused, match="Secretary"):
        actions.decide(
            proposal=proposal,
            outcome=Outcome.SPREAD,
            grounds="Mine",
            stances=lived.stances(proposal.forum),
            by=lived.lead,
        )


def test_a_decision_is_followed_once_and_stays_as_it_is(lived):
    first = lived.decided()
    how = {
        "decision": first,
        "outcome": Outcome.SPREAD,
        "grounds": "It still works.",
        "stances": lived.stances(first.forum),
        "by": lived.secretary,
    }
    second = actions.look_again(**how)
    assert (second.follows, second.scope) == (first, first.scope)
    assert list(Decision.objects.standing()) == [second]
    with pytest.raises(Refused, match="followed"):
        actions.look_again(**how)


def test_it_is_looked_at_again_later_than_it_was_decided(lived):
    with pytest.raises(ValidationError):
        lived.decided(look_again_on=timezone.localdate())


def test_a_consenting_forum_needs_an_objection_in_words(lived):
    forum = lived.forum("Consent", cluster=lived.cluster, rule=Forum.DecisionRule.CONSENT)
    proposal = lived.endorsed(lived.submitted(forum=forum))
    with pytest.raises(Refused, match="own words"):
        lived.decided(proposal, stances=lived.stances(forum, Town_1=("no", "")))
