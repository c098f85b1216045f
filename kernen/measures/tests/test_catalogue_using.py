"""A team uses a shared measure, goes over to a new version, and leaves."""

from datetime import date

import pytest
from django.urls import reverse

from kernen.initiatives.models import TeamMember
from kernen.lib.refusal import Refused
from kernen.measures import actions as measures
from kernen.measures.catalogue import actions as keeping
from kernen.measures.catalogue.using import actions
from kernen.measures.catalogue.using.rules import offered
from kernen.measures.catalogue.waiting import waiting
from kernen.measures.history import versions
from kernen.measures.models import TAKEN, Measure, SharedMeasure, Split, Takeover
from kernen.parties.models import OrganisationRole


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def shared(world) -> SharedMeasure:
    return world.shared


@pytest.fixture
def used(world, shared) -> Measure:
    """Counted by the second version, with a series of twenty months and one without figures."""
    measure = world.use(world.first, shared)
    for place in ("North", "South"):
        measures.open_series(
            measure=measure, organisation=world.hospital, place=place, by=world.coordinator
        )
    world.load(measure.series.get(place="North"), date(2018, 1, 1), date(2019, 8, 1))
    return measure


def take_over(world, measure, since=date(2019, 1, 1), **told):
    version = offered(measure) or world.shared.newest()
    taken = actions.take_over(
        measure=measure, version=version, since=since, by=world.coordinator, **told
    )
    measure.refresh_from_db()
    return taken


def splits(measure, place="North"):
    return [*Split.objects.filter(series__measure=measure, series__place=place)]


def test_a_measure_is_taken_in_in_two_presses(client, world, shared):
    page = client.get(reverse("define", args=[world.first.pk]))
    choice = f"{reverse('use_shared', args=[world.first.pk])}?shared={shared.pk}"
    assert choice in page.content.decode()
    fixed = client.get(choice)
    assert "Done" in fixed.content.decode()
    filled = {"goal": "95", "organisation": world.hospital.pk, "place": "Ward 9"}
    answer = client.post(choice, filled)
    made = Measure.objects.get(version=shared.newest())
    assert answer.url == reverse("load", args=[made.series.get().pk])
    assert (made.name, made.goal) == (shared.name, 95)
    assert all(getattr(made, name) == getattr(made.version, name) for name in TAKEN)
    assert f"version {made.version.number}" in client.get(made.get_absolute_url()).content.decode()
    assert choice not in client.get(reverse("define", args=[world.first.pk])).content.decode()


def test_beside_the_form_stands_what_is_searched_for(client, world, shared):
    address = reverse("define", args=[world.first.pk])
    assert shared.name in client.get(address, {"q": shared.name}).content.decode()
    assert shared.name not in client.get(address, {"q": "moonlight"}).content.decode()


def test_without_a_measure_in_the_address_one_chooses_first(client, world):
    address = reverse("use_shared", args=[world.first.pk])
    for wrong in ({}, {"shared": "x"}, {"shared": "99999"}):
        assert client.get(address, wrong).url == reverse("define", args=[world.first.pk])


def test_what_is_withdrawn_is_not_taken_in(client, world, shared):
    other = world.shared_measure()
    keeping.withdraw_shared(shared=shared, why="Old", replaced_by=other, by=world.coordinator)
    with pytest.raises(Refused, match=other.name):
        world.use(world.first, shared)
    page = client.get(reverse("use_shared", args=[world.first.pk]), {"shared": shared.pk})
    assert page.status_code == 403


def test_the_shared_texts_are_not_changed_locally(client, world, used):
    for text, value in (("numerator", "Another"), ("name", "Another"), ("dimension", "cost")):
        with pytest.raises(Refused):
            measures.redefine(measure=used, by=world.coordinator, **{text: value})
    address = reverse("redefine", args=[used.pk])
    form = client.get(address).context["form"]
    assert [*form.fields] == ["goal", "seen"]
    client.post(address, {"goal": "97,5", "numerator": "Another", "seen": form["seen"].value()})
    used.refresh_from_db()
    assert (str(used.goal_plain), used.numerator) == ("97.5", "Done")


def test_a_share_of_the_catalogue_is_at_most_all(client, used):
    page = client.post(reverse("redefine", args=[used.pk]), {"goal": "120"})
    assert page.context["form"].errors["goal"]


def test_a_new_version_is_asked_of_the_lead_until_it_is_taken_over(world, used):
    assert not [*waiting(world.coordinator)]
    world.new_version(world.shared)
    [line] = waiting(world.coordinator)
    assert used.name in line.what
    assert line.url == reverse("take_over", args=[used.pk])
    world.new_version(world.shared)
    [newer] = waiting(world.coordinator)
    assert newer.key != line.key, "what was put off does not hide the next version"
    take_over(world, used)
    assert not [*waiting(world.coordinator)]


def test_only_the_lead_is_asked(world, used):
    world.new_version(world.shared)
    member = world.person(OrganisationRole.Role.CONTRIBUTOR)
    used.initiative.team.create(person=member, role=TeamMember.Role.MEMBER)
    assert not [*waiting(member)]


def test_taking_over_marks_every_series_and_leaves_what_can_be_compared_whole(client, world, used):
    world.new_version(world.shared, numerator="Done well")
    address = reverse("take_over", args=[used.pk])
    page = client.get(address)
    assert page.context["form"].initial["since"] == date(2018, 11, 1)
    assert client.post(address, {"since": "2019-01-01"}).url == used.get_absolute_url()
    used.refresh_from_db()
    assert (used.numerator, used.version.number) == ("Done well", 3)
    for series in used.series.all():
        assert series.annotations.get().on == date(2019, 1, 1)
    assert not splits(used)
    assert client.get(address).url == used.get_absolute_url(), "there is nothing left to take over"


def test_where_comparability_breaks_the_series_is_split_in_the_version_s_words(world, used):
    world.new_version(world.shared, comparable=False)
    words = world.shared.newest().changed
    taken = take_over(world, used)
    assert (taken.breaks, taken.reason) == (True, words)
    [split] = splits(used)
    assert (split.period, split.reason) == (date(2019, 1, 1), words)
    assert not splits(used, "South"), "a series without figures has nothing to split yet"


def test_a_version_that_was_passed_over_breaks_too(world, used):
    world.new_version(world.shared, comparable=False)
    broke = world.shared.newest().changed
    world.new_version(world.shared)
    assert take_over(world, used).reason == broke
    assert splits(used)[0].reason == broke


def test_figures_that_come_later_begin_the_new_phase(world, used):
    world.new_version(world.shared, comparable=False)
    take_over(world, used, since=date(2019, 10, 1))
    north = used.series.get(place="North")
    assert not splits(used)
    world.load(north, date(2019, 9, 1), date(2019, 9, 1))
    assert not splits(used)
    world.load(north, date(2019, 11, 1), date(2019, 12, 1))
    [split] = splits(used)
    assert split.period == date(2019, 11, 1), "October has no figure"
    measures.join(split=split, by=world.coordinator)
    world.load(north, date(2020, 1, 1), date(2020, 1, 1))
    assert not splits(used), "what somebody has joined again stays joined"


def test_a_place_that_loads_both_sides_at_once_is_split_as_well(world, used):
    world.new_version(world.shared, comparable=False)
    take_over(world, used)
    world.load(used.series.get(place="South"), date(2018, 11, 1), date(2019, 2, 1))
    assert [split.period for split in splits(used, "South")] == [date(2019, 1, 1)]


def test_a_place_that_begins_afterwards_is_not_split(world, used):
    world.new_version(world.shared, comparable=False)
    take_over(world, used)
    world.load(used.series.get(place="South"), date(2019, 3, 1), date(2019, 6, 1))
    assert not splits(used, "South")


@pytest.mark.parametrize("since", [None, date(2019, 1, 2)])
def test_where_there_are_figures_the_period_is_told(world, used, since):
    world.new_version(world.shared)
    with pytest.raises(Refused):
        take_over(world, used, since=since)


def test_versions_are_taken_over_in_order(world, used):
    world.new_version(world.shared)
    old = world.shared.newest()
    take_over(world, used)
    world.new_version(world.shared)
    with pytest.raises(Refused):
        take_over(world, used, since=date(2018, 12, 1))
    with pytest.raises(Refused):
        actions.take_over(measure=used, version=old, since=date(2019, 3, 1), by=world.coordinator)


def test_a_measure_without_figures_goes_over_at_once(client, world, shared):
    measure = world.use(world.first, shared)
    world.new_version(shared)
    page = client.get(reverse("take_over", args=[measure.pk]))
    assert "since" not in page.context["form"].fields
    client.post(reverse("take_over", args=[measure.pk]), {})
    measure.refresh_from_db()
    assert measure.version.number == 3


def test_history_tells_which_version_held_when(client, world, used):
    world.new_version(world.shared, source="Columna")
    take_over(world, used)
    newest, *_ = versions(used)
    assert newest.entry.verb == "take_over"
    assert {change.text for change in newest.changes} == {"source", "counted"}
    held = client.get(used.get_absolute_url()).context["held"]
    assert [(one["taken"].version.number, one["taken"].since) for one in held] == [
        (2, None),
        (3, date(2019, 1, 1)),
    ]


def test_leaving_makes_the_definition_local_and_says_where_it_came_from(client, world, used):
    address = reverse("leave_catalogue", args=[used.pk])
    assert client.post(address, {"reason": ""}).context["form"].errors["reason"]
    client.post(address, {"reason": "We count the young too"})
    used.refresh_from_db()
    assert used.version is None
    measures.redefine(measure=used, numerator="Our own", by=world.coordinator)
    page = client.get(used.get_absolute_url()).content.decode()
    assert "We count the young too" in page
    assert world.shared.name in page
    world.new_version(world.shared)
    assert not [*waiting(world.coordinator)], "nobody asks whoever has left"
    assert client.get(address).url == used.get_absolute_url()


def test_a_withdrawn_measure_waits_until_the_team_has_made_it_its_own(client, world, used):
    keeping.withdraw_shared(shared=world.shared, why="Old", by=world.coordinator)
    [line] = waiting(world.coordinator)
    assert line.url == used.get_absolute_url()
    assert reverse("leave_catalogue", args=[used.pk]) in client.get(line.url).content.decode()
    actions.leave_catalogue(measure=used, reason="It is old", by=world.coordinator)
    assert not [*waiting(world.coordinator)]


def test_who_does_not_measure_takes_nothing_over(world, sign_in, used):
    world.new_version(world.shared)
    other = sign_in(world.person(OrganisationRole.Role.READER))
    assert other.get(reverse("take_over", args=[used.pk])).status_code == 403
    page = other.get(used.get_absolute_url()).content.decode()
    assert reverse("take_over", args=[used.pk]) not in page
    assert Takeover.objects.filter(measure=used).count() == 1


def test_any_day_of_a_period_means_the_period(client, world, used):
    world.new_version(world.shared)
    client.post(reverse("take_over", args=[used.pk]), {"since": "2019-01-17"})
    assert used.takeovers.last().since == date(2019, 1, 1)


def test_what_is_counted_in_another_way_is_not_compared(client, world, used):
    """The heading judges the new phase by itself, and says from when it is another count."""
    world.new_version(world.shared, comparable=False)
    take_over(world, used)
    north = used.series.get(place="North")
    page = client.get(north.get_absolute_url())
    chart = page.context["charted"].chart
    assert chart.verdict == "few"
    assert chart.facts.apart in chart.further[0]
    assert not [one for one in chart.findings if "(50" in str(one)]
    Split.objects.filter(series=north).update(comparable=True)
    compared = client.get(north.get_absolute_url()).context["charted"].chart
    assert compared.verdict not in ("few", "steady")


def test_all_places_together_are_split_where_the_count_is_another(client, world, used):
    world.load(used.series.get(place="South"), date(2018, 1, 1), date(2019, 8, 1))
    world.new_version(world.shared, comparable=False)
    take_over(world, used)
    together = client.get(used.get_absolute_url()).context["together"].chart
    assert [mark.text for mark in together.split_marks] == [world.shared.newest().changed]
    assert together.facts.apart
