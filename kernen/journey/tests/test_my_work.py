"""What waits for a person, the most urgent first."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kernen.initiatives import actions as initiatives
from kernen.initiatives.duties import ask_idle
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.models import IdleQuestion, Initiative
from kernen.journey import my_work as page
from kernen.journey.my_work import my_work
from kernen.lib.periods import label, normalise
from kernen.lib.waiting import Urgency, Waiting
from kernen.measures.standing.keep import settle
from kernen.parties.models import OrganisationRole

CONTRIBUTOR, COORDINATOR, READER = (
    OrganisationRole.Role.CONTRIBUTOR,
    OrganisationRole.Role.COORDINATOR,
    OrganisationRole.Role.READER,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def lead(world):
    return world.coordinator


@pytest.fixture
def other(world):
    return world.person(CONTRIBUTOR)


def waits(person, kind=""):
    return [line for line in my_work(person) if line.key.startswith(kind)]


def test_an_offer_waits_for_the_one_it_is_made_to(world, lead, other):
    offer = leading.offer_lead(initiative=world.first, to=other, by=lead)
    [line] = waits(other)
    assert lead.name in line.what
    assert line.url == offer.get_absolute_url()
    assert line.urgency(timezone.localdate()) == Urgency.THIS_WEEK
    leading.accept_lead(offer=offer, by=other)
    assert not waits(other, "offer")


def test_the_question_whether_it_runs_waits_for_the_lead_alone(world, lead, other):
    ask_idle(timezone.now() + timedelta(days=181), limit=1)
    assert [line.about for line in waits(lead, "idle")] == [world.first.title]
    assert not waits(other)


def test_of_what_is_idle_nothing_else_waits(world, lead, series):
    world.load(series, months_ago(3), months_ago(2))
    assert waits(lead, "figures")
    Initiative.objects.update(active_at=timezone.now() - timedelta(days=181))
    ask_idle(timezone.now(), limit=1)
    assert [line.key.split(":")[0] for line in waits(lead)] == ["idle"]


def test_a_question_without_an_answer_is_seen_by_a_coordinator_after_a_while(world, lead):
    second = world.person(COORDINATOR)
    ago = timezone.now() - timedelta(days=27)
    initiative = Initiative.objects.get(pk=world.first.pk)
    IdleQuestion.objects.create(initiative=initiative, since=initiative.active_at, at=ago)
    assert not waits(second, "unanswered")
    other = world.initiative()
    IdleQuestion.objects.create(initiative=other, since=other.active_at, at=ago - timedelta(days=2))
    assert [line.about for line in waits(second, "unanswered")] == [other.title]
    assert not waits(lead, "unanswered")  # who leads is asked already


def test_an_initiative_without_a_lead_waits_for_those_who_coordinate_the_responsible(world):
    elsewhere = world.person(COORDINATOR)
    elsewhere.roles.update(organisation=world.municipality)
    world.first.team.update(start=date(2019, 1, 1), end=date(2020, 1, 1))
    [line] = waits(world.coordinator, "lead")
    assert line.due == date(2020, 1, 15)
    assert not waits(elsewhere, "lead")


def test_the_first_thing_that_the_next_step_lacks_waits_for_the_lead(world, lead, other):
    [line] = waits(lead, "gate")
    assert "target group" in line.what
    initiatives.tell(initiative=world.first, target_group="65+", by=lead)
    [line] = waits(lead, "gate")
    assert "sectors" in line.what
    assert not waits(other)


def test_a_goal_without_a_measure_waits_where_others_are_measured(world, lead):
    assert not waits(lead, "goal")
    initiatives.set_goals(initiative=world.first, goals={"cost": "Fewer bed days"}, by=lead)
    [line] = waits(lead, "goal")
    assert "Lower or better-used cost" in line.what


# --- figures ----------------------------------------------------------------------------------


def months_ago(count):
    day = normalise(timezone.localdate(), "month")
    for _ in range(count):
        day = normalise(day - timedelta(days=1), "month")
    return day


@pytest.fixture
def series(world):
    """Loaded up to the summer of 2019 as the world has it; filled up by the tests."""
    return world.first.measures.get().series.get()


def without(series, *periods):
    """As if these had never come; all of them where none is named."""
    gone = series.points.filter(period__in=periods) if periods else series.points.all()
    gone.delete()
    settle(series)


def test_a_figure_waits_when_its_period_is_over(world, lead, series):
    world.load(series, date(2019, 9, 1), months_ago(1))
    assert not waits(lead, "figures")
    without(series, months_ago(1))
    [line] = waits(lead, "figures")
    assert line.since == months_ago(0)
    assert line.due == months_ago(0) + timedelta(days=14)
    assert line.url == reverse("enter", args=[series.pk])


def test_of_a_series_that_nobody_has_kept_for_a_year_nothing_waits(lead, series):
    assert series.points.exists()
    assert not waits(lead, "figures")


def test_a_month_that_is_left_out_is_asked_for_and_a_known_gap_is_not(world, lead, series):
    world.load(series, date(2019, 9, 1), months_ago(1))
    series.points.filter(period=months_ago(3)).update(numerator=None, denominator=None)
    settle(series)
    assert not waits(lead, "figures")
    without(series, months_ago(3))
    [line] = waits(lead, "figures")
    assert "the figure for" in line.what
    assert label(months_ago(3), "month") in line.what


def test_a_series_without_figures_waits_and_many_places_are_one_line(world, lead, series):
    without(series)
    assert "no figures are loaded yet" in waits(lead, "figures")[0].what
    world.series(series.measure)
    without(series.measure.series.exclude(pk=series.pk).get())
    [line] = waits(lead, "figures")
    assert "from 2 places" in line.what
    assert line.url == series.measure.get_absolute_url()


def test_figures_wait_for_the_team_and_for_who_loaded_them_before(world, lead, other, series):
    third = world.person(CONTRIBUTOR)
    initiatives.appoint(initiative=world.first, person=other, role="economist", by=lead)
    world.load(series, months_ago(4), months_ago(3))
    assert waits(other, "figures")
    assert not waits(third)
    world.coordinator = third
    world.load(series, months_ago(2), months_ago(2))
    assert waits(third, "figures")
    third.roles.all().delete()
    assert not waits(third)


# --- the page ---------------------------------------------------------------------------------


def test_the_most_urgent_comes_first_and_the_oldest_of_these(monkeypatch, other):
    today = timezone.localdate()
    due = {"a": None, "b": today, "c": today - timedelta(days=9), "d": today - timedelta(days=1)}
    lines = [Waiting(key=key, what=key, action="Do", url="/", due=day) for key, day in due.items()]
    monkeypatch.setattr(page, "WAITING", (lambda person: lines,))
    assert "".join(line.key for line in my_work(other)) == "cdba"


def test_one_comes_in_where_something_waits_and_else_in_the_overview(world, sign_in, lead):
    assert sign_in(lead).get("/").url == reverse("my_work")
    assert sign_in(world.person(READER)).get("/").url == reverse("overview")


def test_nothing_waits_is_said_with_what_would_stand_here(world, sign_in):
    answer = sign_in(world.person(READER)).get(reverse("my_work"))
    assert "Der er ikke noget, der venter på dig" in answer.content.decode()


def test_what_is_put_off_rests_until_its_day(world, sign_in, lead):
    client, before = sign_in(lead), len(my_work(lead))
    key = my_work(lead)[0].key
    client.post(reverse("put_off"), {"key": key, "days": "7"})
    assert key not in [line.key for line in my_work(lead)]
    assert len(my_work(lead)) == before - 1
    lead.put_off.update(until=timezone.localdate())
    assert key in [line.key for line in my_work(lead)]


@pytest.mark.parametrize("wrong", [{"key": "offer:1"}, {"key": ""}, {"days": "9999"}, {"days": ""}])
def test_only_what_waits_is_put_off_and_not_for_ever(world, sign_in, lead, wrong):
    sign_in(lead).post(reverse("put_off"), {"key": my_work(lead)[0].key, "days": "7"} | wrong)
    assert not lead.put_off.exists()


def test_the_navigation_counts_anew_when_one_has_done_something(world, sign_in, lead):
    client = sign_in(lead)
    overview = reverse("overview")
    count = len(my_work(lead))
    assert f'<span class="count">{count}<' in client.get(overview).content.decode()
    client.post(reverse("put_off"), {"key": my_work(lead)[0].key, "days": "1"})
    assert f'<span class="count">{count - 1}<' in client.get(overview).content.decode()
