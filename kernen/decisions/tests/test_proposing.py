from datetime import timedelta

import pytest
from django.urls import reverse

from kernen.decisions import actions
from kernen.decisions.gates import GATES, unmet
from kernen.decisions.known import known
from kernen.decisions.models import Outcome, Proposal
from kernen.initiatives.stages import Stage
from kernen.lib.append_only import ChangedHistory
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties.models import Forum

from .lived import REASON, TEXTS
from .sitting import TODAY


def test_a_submitted_proposal_brings_the_initiative_before_its_forum(lived):
    proposal = lived.submitted()
    proposal.initiative.refresh_from_db()
    assert proposal.initiative.stage == Stage.DECISION
    assert proposal.latest().edition == 1
    assert proposal.latest().words == TEXTS
    assert proposal.initiative.journal.first().verb == "submit"


def test_a_hard_gate_stops_a_proposal_whatever_is_written(lived):
    proposal = lived.drafted()
    actions.write(proposal=proposal, why=" ", by=lived.lead)
    with pytest.raises(Refused) as refused:
        actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    assert str(refused.value) == str(GATES["why"].missing)
    assert not proposal.versions.exists()


def test_a_soft_gate_is_passed_with_a_reason_that_the_forum_sees(lived):
    proposal = lived.drafted()
    actions.write(proposal=proposal, citizens="", by=lived.lead)
    with pytest.raises(Refused):
        actions.submit(proposal=proposal, by=lived.lead)
    version = actions.submit(proposal=proposal, reason="They are asked in June.", by=lived.lead)
    assert {"citizens", "documented"} <= set(version.passed)
    assert version.reason == "They are asked in June."


def test_what_is_written_after_it_was_submitted_leaves_the_version_as_it_was(lived):
    proposal = lived.submitted()
    actions.write(proposal=proposal, why="Something else.", by=lived.lead)
    assert proposal.latest().words["why"] == TEXTS["why"]
    assert TEXTS["why"] in str(proposal.latest().sheet["da"])
    with pytest.raises(ChangedHistory):
        proposal.latest().save()


def test_a_later_version_says_what_is_new(lived):
    proposal = lived.submitted()
    with pytest.raises(Refused):
        actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    version = actions.submit(
        proposal=proposal, reason=REASON, changes="Now with home care.", by=lived.lead
    )
    assert (version.edition, version.changes) == (2, "Now with home care.")
    assert version.previous == proposal.versions.get(edition=1).hash


def test_a_draft_is_seen_by_those_who_may_write_it_and_a_submitted_one_by_all(lived):
    proposal = lived.drafted()
    leader = lived.leaders[lived.towns[0]]
    assert proposal in Proposal.objects.seen_by(lived.lead)
    assert proposal not in Proposal.objects.seen_by(leader)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    assert proposal in Proposal.objects.seen_by(leader)


def test_one_proposal_at_a_time_lies_with_a_forum(lived):
    proposal = lived.drafted()
    with pytest.raises(Refused):
        lived.drafted(proposal.initiative)


def test_a_proposal_is_made_of_what_is_being_tested(lived):
    initiative = lived.tested()
    initiative.stage = Stage.IDEA
    initiative.save(update_fields=["stage"])
    with pytest.raises(Refused):
        lived.drafted(initiative)


def test_whoever_may_not_write_the_initiative_drafts_nothing(lived):
    initiative = lived.tested()
    leader = lived.leaders[lived.practice]
    with pytest.raises(Refused):
        actions.draft(
            initiative=initiative, forum=lived.steering, clusters=[lived.cluster], by=leader
        )


def test_what_is_withdrawn_goes_on_being_tested_and_stays_readable(lived):
    proposal = lived.submitted()
    actions.withdraw(proposal=proposal, words="The money is gone.", by=lived.lead)
    proposal.initiative.refresh_from_db()
    assert proposal.initiative.stage == Stage.TESTING
    assert proposal.latest().edition == 1
    with pytest.raises(Refused):
        actions.write(proposal=proposal, why="Again", by=lived.lead)


def test_it_waits_for_a_decision_as_long_as_one_forum_has_a_proposal(lived):
    other = lived.forum("Another group here", cluster=lived.cluster)
    proposal = lived.submitted()
    second = lived.submitted(proposal.initiative, other)
    actions.withdraw(proposal=proposal, words="", by=lived.lead)
    proposal.initiative.refresh_from_db()
    assert proposal.initiative.stage == Stage.DECISION
    actions.withdraw(proposal=second, words="", by=lived.lead)
    proposal.initiative.refresh_from_db()
    assert proposal.initiative.stage == Stage.TESTING


def test_own_initiative_goes_to_the_clusters_own_forum_and_a_closed_way_says_why(lived):
    region = lived.forum("Steering of the region")
    theme = lived.forum("Theme group of the region", kind=Forum.Kind.THEME_GROUP)
    initiative = lived.tested()
    for closed in (region, theme):
        with pytest.raises(Refused, match="own initiative"):
            lived.drafted(initiative, closed)
    own = lived.forum("Theme group here", cluster=lived.cluster, kind=Forum.Kind.THEME_GROUP)
    assert lived.drafted(initiative, own).forum == own


def test_what_binds_goes_to_a_forum_of_the_region(lived):
    initiative = lived.tested(binding=True)
    with pytest.raises(Refused, match="binds"):
        lived.drafted(initiative)
    region = lived.forum("Steering of the region")
    assert lived.drafted(initiative, region).forum == region


def test_a_forum_decides_for_its_own_cluster_only(lived):
    elsewhere = parties.form_cluster(name="Elsewhere", organisations=[], by=None)
    proposal = lived.drafted()
    with pytest.raises(Refused, match="Elsewhere"):
        actions.write(proposal=proposal, clusters=[lived.cluster, elsewhere], by=lived.lead)


def test_a_theme_group_recommends_and_sends_on_with_its_history(lived):
    theme = lived.forum("Theme group", kind=Forum.Kind.THEME_GROUP)
    region = lived.forum("Steering of the region")
    proposal = lived.submitted(lived.tested(binding=True), theme)
    with pytest.raises(Refused, match="prepares"):
        lived.decided(proposal)
    actions.recommend(proposal=proposal, forum=theme, words="Spread it.", by=lived.secretary)
    actions.forward(proposal=proposal, to=region, words="Ready.", by=lived.secretary)
    proposal.refresh_from_db()
    assert proposal.forum == region
    [sent] = proposal.forwardings.all()
    assert (sent.source, sent.target) == (theme, region)
    assert lived.decided(proposal).forum == region


def test_a_new_proposal_beside_a_fresh_decision_of_the_forum_says_why(lived):
    initiative = lived.decided(outcome=Outcome.TEST_FURTHER).initiative
    initiative.refresh_from_db()
    proposal = lived.drafted(initiative)
    facts = known(proposal)
    assert str(GATES["decided"].missing) in [str(gate.missing) for gate in unmet(facts)]
    other = lived.drafted(initiative, lived.forum("Another group", cluster=lived.cluster))
    assert GATES["decided"] not in unmet(known(other))
    actions.submit(proposal=proposal, reason="It was tested on.", by=lived.lead)
    assert "decided" in proposal.latest().passed


def test_an_old_decision_and_one_that_was_followed_warn_of_nothing(lived):
    old = lived.endorsed(lived.long_ago())
    old = lived.decided(old, outcome=Outcome.TEST_FURTHER, met_on=TODAY - timedelta(days=183))
    initiative = old.initiative
    initiative.refresh_from_db()
    assert GATES["decided"] not in unmet(known(lived.drafted(initiative)))


def test_who_begins_a_proposal_is_told_of_fresh_decisions(lived, sign_in, settings):
    decision = lived.decided(outcome=Outcome.TEST_FURTHER)
    client = sign_in(lived.lead)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("propose", args=[decision.initiative_id])).content.decode()
    assert "Steering here decided on this initiative on" in page
    assert f'href="{decision.get_absolute_url()}"' in page


def test_submitting_says_beforehand_and_afterwards_that_the_stage_moves(lived, sign_in, settings):
    proposal, client = lived.drafted(), sign_in(lived.lead)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = reverse("submit_proposal", args=[proposal.pk])
    before, after = "then goes on from testing to decision", "has gone on from testing to decision"
    assert before in client.get(address).content.decode()
    assert after in client.post(address, {"reason": REASON}, follow=True).content.decode()
    assert before not in client.get(address).content.decode()
    sent = {"reason": REASON, "changes": "New."}
    assert after not in client.post(address, sent, follow=True).content.decode()
