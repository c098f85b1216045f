"""Rare events: entered on the day, corrected with a reason, and drawn by the days between them."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kernen.initiatives.models import Entry
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.control import Choice
from kernen.measures.fetching import charted_for
from kernen.measures.judging import actions as judging
from kernen.measures.models import Measure, Point, Series
from kernen.measures.pictures import chart_of
from kernen.measures.rare import actions as rare
from kernen.measures.rare.days import since_last
from kernen.measures.waiting import waiting

FIRST = date(2026, 1, 5)


def slowly(days: list[date]) -> list[int | None]:
    """Days between events, told off one by one."""
    between: list[int | None] = []
    for before, day in zip([None, *days], days, strict=False):
        if before is None:
            between.append(None)
            continue
        count = 0
        while before + timedelta(days=count) < day:
            count += 1
        between.append(count)
    return between


def drawn(days: list[date], chart: str = "run", **more):
    there = [Figure(day, size=days.count(day)) for day in dict.fromkeys(days)]
    return run_chart(
        name="Fald", points=there, frequency="day", unit="dage", kind="events",
        direction="up", choice=Choice(chart, **more.pop("choice", {})), **more,
    )  # fmt: skip


@pytest.fixture
def series(world) -> Series:
    measure = actions.define(
        initiative=world.first,
        name="Fald",
        figures="events",
        frequency="day",
        unit="dage",
        by=world.coordinator,
    )
    return actions.open_series(
        measure=measure, organisation=world.hospital, place="M", by=world.coordinator
    )


def enter(series: Series, world, *days: int, **more) -> list[Point]:
    return [
        rare.happened(series=series, on=FIRST + timedelta(days=day), by=world.coordinator, **more)
        for day in days
    ]


def again(series: Series):
    return chart_of(charted_for(None).get(pk=series.pk)).chart


@pytest.mark.parametrize("seed", range(5))
def test_the_days_between_are_those_that_are_told_off_one_by_one(seed):
    chance = random.Random(seed)  # noqa: S311
    days = sorted(FIRST + timedelta(days=chance.randrange(120)) for _event in range(30))
    assert list(drawn(days).result.y) == slowly(days)


def test_every_event_has_a_place_also_the_second_of_a_day():
    days = [FIRST, FIRST + timedelta(days=9), FIRST + timedelta(days=9)]
    chart = drawn(days)
    assert chart.starts == tuple(days)
    assert [row.value for row in chart.rows] == ["", "9\xa0dage", "0\xa0dage"]


def test_places_lie_at_equal_steps_whatever_the_time_between(series, world):
    days = [FIRST + timedelta(days=day) for day in (0, 1, 3, 90, 91)]
    picture = str(drawn(days).wide)
    xs = [float(part.split('"')[1]) for part in picture.split("<circle cx=")[1:]]
    steps = {round(right - left, 1) for left, right in pairwise(xs)}
    assert max(steps) - min(steps) < 0.2


def test_a_t_chart_is_proposed_and_a_g_chart_where_two_fell_on_one_day():
    days = [FIRST + timedelta(days=11 * event) for event in range(14)]
    assert drawn(days).proposed[0] == "t"
    assert [chart for chart, _name in drawn(days).fitting] == ["run", "t", "g"]
    code, _name, why = drawn([*days, days[3]]).proposed
    assert code == "g"
    assert "samme dag" in str(why)
    assert "t" not in dict(drawn([*days, days[3]]).fitting)
    assert drawn(days[:6]).proposed[0] == "run"


@pytest.mark.parametrize("chart", ["t", "g"])
def test_the_control_charts_of_rare_events_are_drawn_with_limits(chart):
    days = [FIRST + timedelta(days=event * event) for event in range(1, 20)]
    made = drawn(days, chart)
    assert made.drawn.chart == chart
    assert made.drawn.ucl[-1] > 19
    assert made.wide.startswith("<svg")


def test_a_split_a_note_and_a_freeze_go_by_the_event_on_or_after_the_day():
    days = [FIRST + timedelta(days=10 * event) for event in range(12)]
    chart = drawn(
        days,
        splits=[(FIRST + timedelta(days=55), "A change")],
        notes=[(FIRST + timedelta(days=41), "A word"), (FIRST - timedelta(days=1), "Before")],
        choice={"frozen": (FIRST + timedelta(days=35),)},
    )
    assert [phase.first for phase in chart.result.phases] == [1, 7]
    assert chart.drawing(chart.result).notes == ((5, "1"),)
    assert chart.result.baseline[:5] == (True, True, True, True, False)


def test_it_happened_again_is_kept_with_its_day_and_said_in_the_journal(series, world):
    enter(series, world, 0, 10, 10)
    assert list(series.points.values_list("size", flat=True)) == [1, 2]
    with override("da"):
        assert "det skete den 15. januar 2026" in Entry.objects.latest("pk").what
    assert list(again(series).result.y) == [None, 10, 0]


def test_what_is_no_rare_event_or_has_not_happened_is_refused(series, world):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="fremtiden"):
        rare.happened(series=series, on=tomorrow, by=world.coordinator)
    shares = world.first.measures.earliest("pk").series.get()
    with pytest.raises(Refused, match="ikke af sjældne hændelser"):
        rare.happened(series=shares, on=FIRST, by=world.coordinator)
    with pytest.raises(Refused):
        rare.happened(series=series, on=FIRST, by=world.person("reader"))


def test_an_event_is_moved_with_its_reason_kept(series, world):
    _first, second = enter(series, world, 0, 10, note="I badet")
    rare.move(
        point=second,
        on=FIRST + timedelta(days=7),
        reason="Datoen var rapportens",
        by=world.coordinator,
    )
    assert list(again(series).result.y) == [None, 7]
    assert series.points.latest("period").note == "I badet"
    assert Entry.objects.latest("pk").words == "Datoen var rapportens"


def test_one_of_two_events_on_a_day_is_taken_back_and_then_the_day(series, world):
    *_others, last = enter(series, world, 0, 10, 10)
    for left in (1, 0):
        rare.take_back(point=last, reason="Talt to gange", by=world.coordinator)
        assert sum(point.size for point in series.points.all()) == 1 + left
    with pytest.raises(Refused, match="Skriv hvorfor"):
        rare.take_back(point=series.points.get(), reason=" ", by=world.coordinator)


def test_cases_between_events_are_drawn_in_place_of_days_and_given_every_time(series, world):
    enter(series, world, 0)
    enter(series, world, 10, cases=40)
    enter(series, world, 12, cases=3)
    assert list(again(series).result.y) == [None, 40, 3]
    with pytest.raises(Refused, match="for alle hændelser"):
        enter(series, world, 20)
    with pytest.raises(Refused, match="allerede en hændelse den dag"):
        enter(series, world, 12, cases=5)


def test_days_since_the_last_are_counted_today_and_may_be_beyond_the_limit(series, world):
    assert since_last(charted_for(None).get(pk=series.pk), again(series)) is None
    enter(series, world, *(10 * at + at % 2 for at in range(14)))
    judging.choose_chart(
        measure=series.measure, chart="t", rules_of_chart="anhoej", screened=True,
        by=world.coordinator,
    )  # fmt: skip
    found = since_last(charted_for(None).get(pk=series.pk), again(series))
    last = FIRST + timedelta(days=131)
    assert found
    assert (found.last, found.days) == (last, (timezone.localdate() - last).days)
    assert found.beyond, "half a year is more than ten days and what chance adds"
    enter(series, world, found.days + 130)
    assert not since_last(charted_for(None).get(pk=series.pk), again(series)).beyond


def test_fewer_rare_events_are_better_whatever_way_is_said(series, world):
    measure = series.measure
    actions.redefine(measure=measure, direction="down", by=world.coordinator)
    measure.refresh_from_db()
    assert measure.direction == "up"
    with override("en"):
        assert measure.direction_said == "Fewer events, longer between them"
    with pytest.raises(IntegrityError):
        Measure.objects.filter(pk=measure.pk).update(direction="down")


def test_the_form_asks_of_rare_events_whether_they_should_be_fewer(series, world, sign_in):
    client = sign_in(world.coordinator)
    page = client.get(reverse("redefine", args=[series.measure_id])).content.decode()
    assert "Færre hændelser med længere tid imellem" in page
    assert 'value="down"' not in page


def test_no_rare_event_is_ever_due(series, world):
    enter(series, world, 0, 40)
    assert not [line for line in waiting(world.coordinator) if "Fald" in line.what]


def test_the_second_event_cannot_begin_a_phase_for_nothing_was_before_it(series, world):
    enter(series, world, 0, 10, 20, 30)
    with pytest.raises(Refused):
        actions.split(
            series=series, period=FIRST + timedelta(days=10), reason="x", by=world.coordinator
        )
    actions.split(
        series=series, period=FIRST + timedelta(days=20), reason="x", by=world.coordinator
    )
    assert len(again(series).result.phases) == 2


def test_the_page_enters_an_event_in_one_line_and_lists_them_with_a_way_to_correct(
    series, world, sign_in
):
    client = sign_in(world.coordinator)
    page = series.get_absolute_url()
    assert "Det skete igen den" in client.get(page).content.decode()
    for on in ("2026-01-05", "2026-02-01"):
        answer = client.post(reverse("happened", args=[series.pk]), {"on": on, "note": ""})
        assert answer.url == page
    text = client.get(page).content.decode()
    assert "27\xa0dage" in text
    assert "siden den seneste" in text
    last = series.points.latest("period")
    correct = reverse("correct_event", args=[last.pk])
    assert correct in text
    client.post(correct, {"on": "2026-01-25", "reason": "Forkert dato"})
    assert "20\xa0dage" in client.get(page).content.decode()
    client.post(
        reverse("correct_event", args=[series.points.latest("period").pk]),
        {"on": "", "reason": "Det var ikke et fald"},
    )
    assert series.points.count() == 1


def test_what_was_typed_stays_where_the_day_is_in_the_future(series, world, sign_in):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = sign_in(world.coordinator).post(
        reverse("happened", args=[series.pk]), {"on": tomorrow, "note": "I badet"}
    )
    assert answer.status_code == 200
    assert "I badet" in answer.content.decode()
    assert not series.points.exists()


def test_other_figures_have_no_page_for_events_and_lead_back_to_their_own(world, sign_in):
    client, shares = sign_in(world.coordinator), world.first.measures.earliest("pk").series.get()
    for name, thing in (("happened", shares), ("correct_event", shares.points.first())):
        assert client.get(reverse(name, args=[thing.pk])).url == shares.get_absolute_url()
