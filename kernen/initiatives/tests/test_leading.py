"""Handing over the lead is offer and accept; who is silent is asked once, kindly."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions
from kernen.initiatives.duties import AT_ONCE, ask_idle
from kernen.initiatives.forms import AppointForm
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.models import IdleQuestion, Initiative, LeadOffer
from kernen.initiatives.stages import IDLE_AFTER, Stage
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole
from kernen.parties.people import actions as people

CONTRIBUTOR, COORDINATOR = OrganisationRole.Role.CONTRIBUTOR, OrganisationRole.Role.COORDINATOR


@pytest.fixture
def lead(world):
    return world.coordinator


@pytest.fixture
def other(world):
    return world.person(CONTRIBUTOR)


@pytest.fixture
def offer(world, lead, other):
    words = "You know it best."
    return leading.offer_lead(initiative=world.first, to=other, words=words, by=lead)


def leads(initiative):
    return [member.person for member in initiative.leads()]


def last(initiative):
    return initiative.journal.first()


# --- handing over -----------------------------------------------------------------------------


def test_until_an_offer_is_accepted_the_old_lead_stands(world, offer, lead):
    assert leads(world.first) == [lead]
    assert last(world.first).words == "You know it best."


def test_whoever_accepts_leads_from_today_and_the_old_lead_did_until_yesterday(
    world, offer, lead, other
):
    started = world.first.team.get()
    started.start = date(2019, 1, 1)
    started.save()
    leading.accept_lead(offer=offer, words="Gladly.", by=other)
    assert leads(world.first) == [other]
    started.refresh_from_db()
    assert started.end == timezone.localdate() - timedelta(days=1)
    assert world.first.leads().get().start == timezone.localdate()
    assert (last(world.first).verb, last(world.first).by) == ("accept_lead", other)


def test_a_team_member_who_accepts_is_on_the_team_once(world, offer, lead, other):
    actions.appoint(initiative=world.first, person=other, by=lead)
    leading.accept_lead(offer=offer, by=other)
    assert [member.role for member in world.first.team.current().filter(person=other)] == ["lead"]


def test_a_no_says_why_and_changes_nothing(sign_in, world, offer, lead, other):
    url = offer.get_absolute_url()
    page = sign_in(other).post(url, {"answer": "decline", "words": ""})
    assert page.status_code == 200
    assert LeadOffer.objects.get().answer == ""
    sign_in(other).post(url, {"answer": "decline", "words": "I move in May."})
    assert leads(world.first) == [lead]
    assert last(world.first).words == "I move in May."
    assert LeadOffer.objects.get().answered_by == other


def test_one_offer_at_a_time_and_a_new_one_after_an_answer(world, offer, lead, other):
    third = world.person(CONTRIBUTOR)
    with pytest.raises(Refused, match=other.name):
        leading.offer_lead(initiative=world.first, to=third, by=lead)
    leading.withdraw_offer(offer=offer, by=lead)
    assert last(world.first).verb == "withdraw_offer"
    leading.offer_lead(initiative=world.first, to=third, by=lead)


def test_what_was_withdrawn_is_not_accepted_from_a_page_that_was_open(world, offer, lead, other):
    leading.withdraw_offer(offer=offer, by=lead)
    with pytest.raises(Refused):
        leading.accept_lead(offer=offer, by=other)
    assert leads(world.first) == [lead]


def test_nobody_answers_for_another(sign_in, world, offer, lead):
    answered = sign_in(lead).post(offer.get_absolute_url(), {"answer": "accept"})
    assert answered.status_code == 403
    assert leads(world.first) == [lead]


def test_whoever_neither_leads_nor_coordinates_offers_nothing(world, other):
    with pytest.raises(Refused):
        leading.offer_lead(initiative=world.first, to=other, by=other)


def test_a_coordinator_may_offer_what_another_leads(world, other):
    made = actions.register(
        title="Another",
        problem="A problem",
        organisations=[world.hospital],
        cluster=None,
        by=other,
    )
    third = world.person(COORDINATOR)
    leading.accept_lead(
        offer=leading.offer_lead(initiative=made, to=third, by=world.coordinator), by=third
    )
    assert leads(made) == [third]


@pytest.mark.parametrize("to", ["no sign-in", "the lead"])
def test_the_lead_is_offered_to_somebody_who_can_take_it(world, lead, other, to):
    if to == "no sign-in":
        other.user.is_active = False
        other.user.save()
    with pytest.raises(Refused):
        leading.offer_lead(
            initiative=world.first, to=other if to == "no sign-in" else lead, by=lead
        )


def test_a_lead_is_appointed_only_where_nobody_leads(world, lead, other):
    with pytest.raises(Refused):
        actions.appoint(initiative=world.first, person=other, role="lead", by=lead)
    world.first.team.all().delete()
    actions.appoint(initiative=world.first, person=other, role="lead", by=world.coordinator)
    assert leads(world.first) == [other]


def test_the_form_for_the_team_offers_the_lead_only_where_nobody_leads(sign_in, world, lead):
    url = reverse("team", args=[world.first.pk])
    assert 'value="lead"' not in sign_in(lead).get(url).content.decode()
    world.first.team.all().delete()
    assert 'value="lead"' in sign_in(lead).get(url).content.decode()


def test_what_is_stopped_is_not_handed_over(world, lead, other):
    actions.move(initiative=world.first, event="stop", by=lead, words="It cost too much.")
    with pytest.raises(Refused):
        leading.offer_lead(initiative=world.first, to=other, by=lead)


# --- still running? ---------------------------------------------------------------------------


def now(days: int = 0) -> datetime:
    return timezone.now() + timedelta(days=days)


def asked() -> list[Initiative]:
    return [question.initiative for question in IdleQuestion.objects.open()]


def test_a_silent_initiative_is_asked_about_once(world):
    assert ask_idle(now(179), limit=10) == 0
    assert ask_idle(now(181), limit=10) == 1
    assert asked() == [world.first]
    assert ask_idle(now(400), limit=10) == 0


def test_any_trace_answers_and_a_new_silence_is_asked_about_again(world, lead):
    ask_idle(now(181), limit=10)
    actions.note(initiative=world.first, words="We are at it.", by=lead)
    assert asked() == []
    assert ask_idle(now(10), limit=10) == 0
    assert ask_idle(now(181), limit=10) == 1
    assert IdleQuestion.objects.count() == 2


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_may_be_silent_for_its_own_while(world, stage):
    Initiative.objects.update(stage=stage)
    after = IDLE_AFTER.get(stage)
    if after is None:
        assert ask_idle(now(9999), limit=10) == 0
    else:
        assert ask_idle(now(after.days - 1), limit=10) == 0
        assert ask_idle(now(after.days + 1), limit=10) == 1


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("days", [0, 100, 200])
def test_idle_and_awake_and_stopped_are_all_there_is(world, stage, days):
    Initiative.objects.update(stage=stage)
    found = [
        Initiative.objects.idle(now(days)).exists(),
        Initiative.objects.awake(now(days)).exists(),
        stage == Stage.STOPPED,
    ]
    assert found.count(True) == 1


def test_a_lead_of_many_is_asked_of_a_few_at_a_time(world, other):
    for _ in range(AT_ONCE + 2):
        world.initiative()
    assert ask_idle(now(181), limit=100) == AT_ONCE
    assert ask_idle(now(181), limit=100) == 0
    leading.still_running(initiative=asked()[0], by=world.coordinator)
    assert ask_idle(now(181), limit=100) == 1


def test_no_more_are_asked_than_the_limit(world):
    world.initiative()
    assert ask_idle(now(181), limit=1) == 1


def test_nobody_is_asked_of_what_nobody_leads(world):
    world.first.team.all().delete()
    assert ask_idle(now(181), limit=10) == 0


def test_two_workers_that_ask_at_once_ask_once(world):
    IdleQuestion.objects.create(initiative=world.first, since=world.first.active_at)
    again = IdleQuestion(initiative=world.first, since=world.first.active_at)
    IdleQuestion.objects.bulk_create([again], ignore_conflicts=True)
    assert IdleQuestion.objects.count() == 1


def test_the_page_asks_the_lead_kindly_and_nobody_else(sign_in, world, lead, other):
    ask_idle(now(181), limit=10)
    url = world.first.get_absolute_url()
    assert "Kører det stadig?" in sign_in(lead).get(url).content.decode()
    assert "Kører det stadig?" not in sign_in(other).get(url).content.decode()


def test_one_click_says_that_it_is_still_running(sign_in, world, lead):
    ask_idle(now(181), limit=10)
    sign_in(lead).post(reverse("still_running", args=[world.first.pk]))
    assert last(world.first).verb == "still_running"
    assert asked() == []


def test_that_it_has_ended_is_an_answer_too(world, lead):
    ask_idle(now(181), limit=10)
    actions.move(initiative=world.first, event="stop", by=lead, words="The money ended.")
    assert asked() == []
    assert ask_idle(now(9999), limit=10) == 0


def test_whoever_may_only_read_does_not_say_that_it_runs(world):
    with pytest.raises(Refused):
        leading.still_running(initiative=world.first, by=world.person(OrganisationRole.Role.READER))


# --- who can be on a team -----------------------------------------------------------------------


def test_nobody_who_is_erased_or_cannot_sign_in_is_offered_for_a_team(world, lead, other):
    gone = world.person(CONTRIBUTOR)
    people.erase(person=gone, by=None)
    offered = set(AppointForm(initiative=world.first).fields["person"].queryset)
    assert {lead, other} <= offered
    assert gone not in offered
    gone.refresh_from_db()
    with pytest.raises(Refused, match="er her ikke længere"):
        actions.appoint(initiative=world.first, person=gone, by=lead)
