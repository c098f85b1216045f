from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from kernen.initiatives import actions, rules
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.models import Entry, Goal, Initiative
from kernen.initiatives.stages import EVENTS, GATES, Stage, failing
from kernen.lib.refusal import Refused, refusal
from kernen.parties.models import OrganisationRole, Sector


@pytest.fixture
def by(world):
    return world.coordinator


@pytest.fixture
def bare(world, by):
    """An initiative as it is when it has just been registered."""
    return actions.register(
        title="Ny", problem="Et problem", organisations=[world.hospital], cluster=None, by=by
    )


@pytest.fixture
def ready(world, by):
    """An initiative that no gate stops."""
    initiative = world.initiative()
    practice = world.organisation(Sector.GENERAL_PRACTICE)
    actions.involve(initiative=initiative, organisation=practice, by=by)
    actions.tell(
        initiative=initiative, by=by, purpose="Fewer fall.", target_group="65+", citizens="In it."
    )
    goals = {"health": "Fewer falls", "experience": "Safe", "cost": "Fewer bed days"}
    actions.set_goals(initiative=initiative, goals=goals, by=by)
    initiative.refresh_from_db()
    return initiative


def test_what_is_whole_passes_without_words(ready, by):
    entry = actions.move(initiative=ready, event="start_testing", by=by)
    ready.refresh_from_db()
    assert ready.stage == entry.stage == Stage.TESTING
    assert entry.params["passed"] == []


def test_a_hard_gate_stops_the_event_whatever_is_written(bare, by):
    assert "purpose" in failing(bare)
    with pytest.raises(Refused) as refused:
        actions.move(initiative=bare, event="start_testing", by=by, words="We are in a hurry.")
    assert str(refused.value) == str(GATES["purpose"].missing)
    bare.refresh_from_db()
    assert bare.stage == Stage.IDEA


def test_a_soft_gate_is_passed_with_a_reason_that_is_kept(bare, by):
    with pytest.raises(Refused):
        actions.move(initiative=bare, event="start_pre_study", by=by)
    words = "The municipality joins in May."
    entry = actions.move(initiative=bare, event="start_pre_study", by=by, words=words)
    assert entry.words == words
    assert set(entry.params["passed"]) == {"target_group", "sectors"}


@pytest.mark.parametrize("name", GATES)
def test_each_gate_opens_when_what_it_asks_for_is_there(bare, ready, name):
    if name != "lead":  # who registers leads
        assert not GATES[name].met(bare)
    assert GATES[name].met(ready)


def test_nobody_leads_when_the_lead_has_gone(bare, by):
    bare.team.get().delete()
    assert not GATES["lead"].met(bare)


@pytest.mark.parametrize("blank", Goal.objects.none().model._meta.get_field("dimension").choices)
def test_the_triple_aim_needs_all_three(ready, by, blank):
    actions.set_goals(initiative=ready, goals={blank[0]: " "}, by=by)
    assert not GATES["triple_aim"].met(ready)


def test_stopping_asks_what_was_learned_and_keeps_it(ready, by):
    with pytest.raises(Refused):
        actions.move(initiative=ready, event="stop", by=by)
    actions.move(initiative=ready, event="stop", by=by, words="It cost more than it gave.")
    ready.refresh_from_db()
    assert ready.stage == Stage.STOPPED
    assert ready.journal.first().words == "It cost more than it gave."
    assert Initiative.objects.search(ready.title).filter(pk=ready.pk).exists()


def test_reopening_leads_back_to_the_stage_before_the_stop(ready, by):
    actions.move(initiative=ready, event="start_testing", by=by)
    actions.move(initiative=ready, event="stop", by=by, words="No money.")
    actions.move(initiative=ready, event="reopen", by=by, words="There is money again.")
    ready.refresh_from_db()
    assert ready.stage == Stage.TESTING


def test_an_event_happens_only_at_its_own_stages(ready, by):
    with pytest.raises(Refused):
        actions.move(initiative=ready, event="reopen", by=by, words="Why not")


@pytest.mark.parametrize("event", [e for e in EVENTS.values() if e.room], ids=lambda e: e.name)
def test_events_of_later_rooms_are_only_entered_as_history(ready, by, event):
    Initiative.objects.filter(pk=ready.pk).update(stage=event.sources[0])
    with pytest.raises(Refused):
        actions.move(initiative=ready, event=event.name, by=by, words="Now")
    at = datetime(2020, 3, 1, tzinfo=UTC)
    entry = actions.carry_over(initiative=ready, event=event.name, at=at, by=by)
    assert entry.carried_over
    assert entry.stage == event.target


def test_history_is_not_entered_by_those_who_only_contribute(ready, world):
    contributor = world.person(OrganisationRole.Role.CONTRIBUTOR)
    at = datetime(2020, 3, 1, tzinfo=UTC)
    with pytest.raises(Refused):
        actions.carry_over(initiative=ready, event="start_testing", at=at, by=contributor)


def test_the_stage_kept_on_the_initiative_is_the_last_of_the_journal(ready, by):
    for event, words in (("start_pre_study", ""), ("start_testing", ""), ("stop", "Learned")):
        actions.move(initiative=ready, event=event, by=by, words=words)
        ready.refresh_from_db()
        assert ready.stage == Entry.objects.filter(initiative=ready).exclude(stage="")[0].stage


@pytest.mark.parametrize("role", rules.MAY)
@pytest.mark.parametrize("verb", rules.VERBS)
def test_every_role_may_what_the_table_says_and_nothing_else(world, role, verb):
    initiative = world.first
    person = world.person(OrganisationRole.Role.READER, administrator=role == "administrator")
    if role in OrganisationRole.Role.values:
        person.roles.update(role=role)
    elif role == "lead":
        offer = leading.offer_lead(initiative=initiative, to=person, by=world.coordinator)
        leading.accept_lead(offer=offer, by=person)
    elif role != "administrator":
        actions.appoint(initiative=initiative, person=person, role=role, by=world.coordinator)
    refused = refusal(rules.may, person, initiative, verb)
    assert (refused is None) == (verb in rules.MAY[role])
    assert (verb in rules.refusals(person, initiative)) == (refused is not None)


def test_a_reader_is_told_the_reason_once_and_meets_it_again_where_a_page_refuses(world, sign_in):
    reader = world.person(OrganisationRole.Role.READER)
    page = sign_in(reader).get(world.first.get_absolute_url())
    assert rules.refusals(reader, world.first)["edit"] in page.content.decode()
    reason = rules.refusals(reader, world.first)["move"]
    denied = sign_in(reader).get(reverse("move", args=[world.first.pk, "stop"]))
    assert denied.status_code == 403
    assert reason in denied.content.decode()


def test_missing_words_keep_the_person_on_the_page(world, sign_in, bare, by):
    address = reverse("move", args=[bare.pk, "start_pre_study"])
    page = sign_in(by).post(address, {"words": ""})
    assert page.status_code == 200
    assert page.context["form"].errors["words"]
    answer = sign_in(by).post(address, {"words": "The rest joins in May."})
    assert answer.url == bare.get_absolute_url()


def test_the_way_so_far_has_dates_and_leaves_out_what_was_passed_over(ready, by, sign_in):
    actions.move(initiative=ready, event="start_testing", by=by)
    steps = sign_in(by).get(ready.get_absolute_url()).context["steps"]
    assert [step["state"] for step in steps] == ["done", "current", "todo", "todo", "todo"]
    assert steps[1]["date"]


def test_the_way_keeps_when_it_first_came_to_a_stage_and_says_when_it_came_again(
    world, by, sign_in, settings
):
    ready = actions.register(
        title="Falls", problem="Many fall.", organisations=[world.hospital], cluster=None, by=by,
        at=datetime(2019, 12, 3, tzinfo=UTC),
    )  # fmt: skip
    for month, event in enumerate(("start_testing", "submit", "test_further"), start=1):
        at = datetime(2020, month, 3, tzinfo=UTC)
        actions.carry_over(initiative=ready, event=event, at=at, by=by)
    client = sign_in(by)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(ready.get_absolute_url())
    told = {step["label"]: step for step in page.context["steps"]}
    testing, decision = told[Stage.TESTING.label], told[Stage.DECISION.label]
    assert (testing["date"], testing["again"]) == (date(2020, 1, 3), date(2020, 3, 3))
    assert (decision["date"], decision["again"]) == (date(2020, 2, 3), None)
    assert [testing["state"], decision["state"]] == ["current", "todo"]
    html = page.content.decode()
    assert "again 3 March 2020" in html
    assert "was here 3 February 2020" in html
