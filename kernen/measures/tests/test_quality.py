"""How the figures of a series come: what is missing, late, changed or far from the usual."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernen.initiatives import actions as initiatives
from kernen.lib.periods import between, following, normalise
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.loading import actions as loading
from kernen.measures.models import Load, Standing
from kernen.measures.owed import GRACE
from kernen.measures.quality.coming import coming
from kernen.measures.quality.record import LATEST, Record
from kernen.measures.quality.saying import Row
from kernen.measures.quality.summing import summed
from kernen.measures.standing import finding

from .practices import practice

START = date(2024, 1, 1)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


@pytest.fixture
def series(world):
    return series_of(world)


def series_of(world, *, organisation=None, name="Ventetid", closed=False, **fields):
    known = world.first.measures.filter(name=name).first()
    defined = {"name": name, "figures": "values", "frequency": "month"} | fields
    by = world.coordinator
    measure = known or actions.define(initiative=world.first, by=by, **defined)
    organisation = organisation or world.hospital
    return actions.open_series(measure=measure, organisation=organisation, closed=closed, by=by)


def give(series, period, day, value=50, *, by, **more):
    figure = actions.Figure(period=period, value=value if value is None else Decimal(value))
    return actions.load(series=series, figures=[figure], by=by, at=noon(day), **more)


def record_of(series, today) -> Record:
    return Record(Standing.objects.select_related("series__measure").get(series=series), today)


# --- by hand ------------------------------------------------------------------------------------


def test_what_is_owed_is_over_and_not_there_and_late_from_the_day_after_it_was_due(world, series):
    by = world.coordinator
    for month in (1, 2, 4):
        give(series, date(2024, month, 1), date(2024, month + 1, 3), by=by)
    march, may = date(2024, 3, 1), date(2024, 5, 1)
    assert record_of(series, date(2024, 5, 31)).owed == [march]
    assert record_of(series, date(2024, 6, 1)).owed == [march, may]
    assert record_of(series, date(2024, 6, 15)).late == [march]
    assert record_of(series, date(2024, 6, 16)).late == [march, may]
    assert Row(record_of(series, date(2024, 6, 16)), {}).due == date(2024, 4, 15)


def test_a_period_that_is_known_as_missing_is_owed_no_more(world, series):
    for month, value in ((1, 5), (2, None)):
        give(series, date(2024, month, 1), date(2024, month + 1, 3), value, by=world.coordinator)
    assert record_of(series, date(2024, 3, 31)).owed == []


def test_history_is_neither_late_nor_in_time(world, series):
    figures = [
        actions.Figure(period, Decimal(50)) for period in between(START, date(2024, 6, 1), "month")
    ]
    by = world.coordinator
    actions.load(series=series, figures=figures, by=by, at=noon(date(2024, 7, 10)))
    told = record_of(series, date(2024, 7, 20))
    assert [one.period.month for one in told.came] == [1, 2, 3, 4, 5, 6]
    assert (told.days, told.in_time, len(told.awaited)) == ([9], 1, 1), "only June was awaited"


def test_history_that_comes_later_is_neither_late_nor_in_time(world, series):
    by = world.coordinator
    for month in (3, 4):
        give(series, date(2024, month, 1), date(2024, month + 1, 3), by=by)
    for month in (1, 2):
        give(series, date(2024, month, 1), date(2024, 5, 9), by=by)
    told = record_of(series, date(2024, 5, 20))
    assert (told.owed, told.days, told.in_time, len(told.awaited)) == ([], [2, 2], 2, 2)


def test_what_comes_a_year_after_it_was_due_is_history_too(world, series):
    by = world.coordinator
    for month in (1, 2):
        give(series, date(2024, month, 1), date(2024, month + 1, 3), by=by)
    for month in (3, 4):
        give(series, date(2024, month, 1), date(2026, month, 3), by=by)
    told = record_of(series, date(2024, 6, 1))
    assert (told.days, told.median_days) == ([2, 2], 2)


def test_who_gave_it_which_way_and_how_long_it_took(world, series):
    first, other = world.coordinator, world.person("coordinator")
    days = (1, 3, 30)
    for month, (by, took) in enumerate(zip((first, other, other), days, strict=True), start=1):
        ended = date(2024, month + 1, 1)
        give(series, date(2024, month, 1), ended + timedelta(days=took), by=by, way="form")
    told = record_of(series, date(2024, 5, 2))
    assert told.days == [1, 3, 30]
    assert told.median_days == 3
    assert told.in_time == 2
    assert told.givers == [other.pk, first.pk]
    assert told.ways == [Load.Way.FORM]


def test_a_figure_given_while_its_period_runs_is_no_day_late(world, series):
    give(series, START, date(2024, 1, 20), by=world.coordinator)
    assert record_of(series, date(2024, 3, 1)).days == [0]


def test_a_correction_counts_at_its_figure_and_leaves_the_day_on_which_it_came(world, series):
    by = world.coordinator
    give(series, START, date(2024, 2, 2), 50, by=by)
    give(series, START, date(2024, 6, 2), 60, by=by, reason="Miscounted")
    give(series, START, date(2024, 7, 2), 61, by=by, reason="Again")
    told = record_of(series, date(2024, 7, 3))
    assert (told.changed, told.days) == (1, [1])
    assert told.came[0].changed == 2


def test_a_load_that_is_undone_gave_nothing(world, series):
    by = world.coordinator
    give(series, START, date(2024, 2, 2), 50, by=by)
    wrong = give(series, date(2024, 2, 1), date(2024, 3, 2), 50, by=by)
    loading.undo_load(load=wrong, reason="Another ward's", by=by, at=noon(date(2024, 3, 3)))
    assert len(record_of(series, date(2024, 3, 20)).came) == 1
    give(series, date(2024, 2, 1), date(2024, 3, 20), 55, by=by)
    assert record_of(series, date(2024, 3, 21)).days == [1, 19]


def test_what_is_far_from_the_usual_is_counted_and_whether_it_was_confirmed(world, series):
    by, day = world.coordinator, date(2025, 1, 2)
    for month, value in enumerate((50, 51, 52, 50, 51, 52, 50), start=1):
        give(series, date(2024, month, 1), date(2024, month + 1, 2), value, by=by)
    august, september = date(2024, 8, 1), date(2024, 9, 1)
    for period, value, sure in ((august, 90, True), (september, 5, False)):
        asking.give(
            series=series, figure=actions.Figure(period, Decimal(value)), key=str(period),
            confirmed=sure, by=by, at=noon(following(period, "month")),
        )  # fmt: skip
    told = record_of(series, day)
    assert [one.period for one in told.came if one.far] == [august, september]
    assert (told.far, told.confirmed) == (2, 1)


def test_whoever_says_yes_on_the_form_has_confirmed_only_what_was_asked_about(world, sign_in):
    series = series_of(world, figures="values", frequency="week")
    weeks = between(timezone.localdate() - timedelta(weeks=9), timezone.localdate(), "week")
    figures = [actions.Figure(week, Decimal(50 + n % 3)) for n, week in enumerate(weeks[:-3])]
    actions.load(series=series, figures=figures, by=world.coordinator)
    client, url = sign_in(world.coordinator), reverse("enter", args=[series.pk])
    for week, value in ((weeks[-3], 51), (weeks[-2], 500)):
        sent = {"key": str(week), "period": week.isoformat(), "value": value, "sure": str(value)}
        assert client.post(url, sent).status_code == 302
    usual, far = series.loads.order_by("pk")[1:]
    assert (usual.confirmed, far.confirmed) == (False, True)


def test_of_rare_events_a_stopped_initiative_and_a_lapsed_series_nothing_is_owed(world, series):
    by = world.coordinator
    events = series_of(world, name="Fald", figures="events", frequency="day")
    rare = actions.Figure(date(2024, 1, 9), size=1)
    actions.load(series=events, figures=[rare], by=by, at=noon(date(2024, 2, 1)))
    told = record_of(events, date(2024, 6, 1))
    assert (told.owed, told.awaited, told.days) == ([], [], [])
    give(series, START, date(2024, 2, 2), by=by)
    assert record_of(series, date(2024, 6, 1)).owed
    assert record_of(series, date(2026, 1, 1)).asleep
    initiatives.move(initiative=world.first, event="stop", words="Nok.", by=by)
    assert record_of(series, date(2024, 6, 1)).owed == []


def test_a_series_lapses_when_its_list_says_so(world, series):
    """The same day as in the list of all measures."""
    for frequency in GRACE:
        one = series_of(world, name=frequency, frequency=frequency)
        last = normalise(date(2024, 2, 27), frequency)
        give(one, last, date(2024, 3, 1), by=world.coordinator)
        for days in range(360, 820, 7):
            today = following(last, frequency) + timedelta(days=days)
            judged = finding.judged(Standing.objects.filter(series=one), today).get()
            assert record_of(one, today).asleep == bool(judged.lapsed), (frequency, days)


# --- by a second, slow calculation ----------------------------------------------------------------


@dataclass
class Kept:
    """A load as far as the record reads it."""

    pk: int
    at: datetime
    taken: list
    replaced: list = field(default_factory=list)
    way: str = "form"
    by_id: int = 1
    confirmed: bool = False


class Points(list):
    def all(self):
        return self


@settings(max_examples=150, deadline=None, suppress_health_check=HealthCheck)
@given(
    frequency=st.sampled_from([*GRACE]),
    took=st.lists(st.none() | st.integers(-3, 90), min_size=1, max_size=30),
    later=st.integers(0, 120),
)
def test_the_record_is_what_a_slow_calculation_gives(frequency, took, later):
    """Figure after figure, each so many days after its period; None never comes."""
    periods = [normalise(START, frequency)]
    while len(periods) < len(took):
        periods.append(following(periods[-1], frequency))
    came = {
        period: following(period, frequency) + timedelta(days=days)
        for period, days in zip(periods, took, strict=True)
        if days is not None
    }
    today = max([*came.values(), periods[-1]]) + timedelta(days=later)
    loads = [
        Kept(n, noon(day), [{"period": period.isoformat(), "value": "1"}])
        for n, (period, day) in enumerate(came.items())
    ]
    told = Record(standing(frequency, loads, came), today)
    if told.asleep or not came:
        return
    grace, first_load = timedelta(days=GRACE[frequency]), min(came.values())
    kept = min(came, key=lambda period: (came[period], period))  # what is older is history
    over, period, last = [], kept, today - timedelta(days=365)
    while following(period, frequency) <= today:
        over.append(period)
        period = following(period, frequency)
    rested = [
        p
        for one, other in pairwise(sorted(came))
        if following(following(one, frequency), frequency) + grace <= other - timedelta(days=365)
        for p in over
        if one < p < other
    ]
    # What lies between two figures is looked for a year back, as on the form.
    owed = [p for p in over if p not in came and (p > last or p > max(came)) and p not in rested]
    assert told.owed == owed
    assert told.late == [p for p in owed if following(p, frequency) + grace < today]
    awaited = []
    for p in [p for p in reversed(over) if following(p, frequency) + grace < today][:LATEST]:
        due, known = following(p, frequency) + grace, p in came or p in owed
        if due < first_load or not known:
            break
        day = came.get(p)
        awaited.insert(0, day and max((day - following(p, frequency)).days, 0))
    assert [one and one.days for one in told.awaited] == awaited
    assert told.in_time == sum(n is not None and n <= GRACE[frequency] for n in awaited)
    latest = sorted(came)[-LATEST:]
    days = [
        max((came[p] - following(p, frequency)).days, 0)
        for p in latest
        if p >= kept and following(p, frequency) + grace >= first_load
    ]
    assert told.days == days
    assert told.median_days == (median(days) if days else None)


def standing(frequency, loads, came):
    points = Points(SimpleNamespace(period=period) for period in came)
    measure = SimpleNamespace(frequency=frequency, events=False)
    starts = between(min(came), max(came), frequency) if came else []
    chart = SimpleNamespace(result=None, starts=starts)
    series = SimpleNamespace(measure=measure, points=points)
    initiative = SimpleNamespace(stage="testing")
    kept = coming(series, loads, chart)
    return SimpleNamespace(series=series, frequency=frequency, coming=kept, initiative=initiative)


# --- on the pages ---------------------------------------------------------------------------------


def test_the_page_of_a_series_says_it_in_a_sentence(world, series, sign_in):
    this = normalise(timezone.localdate(), "month")
    before = normalise(this - timedelta(days=1), "month")
    earlier = normalise(before - timedelta(days=60), "month")
    give(series, earlier, following(earlier, "month"), by=world.coordinator)
    page = sign_in(world.coordinator).get(series.get_absolute_url()).content.decode()
    assert f"period={following(earlier, 'month'):%Y-%m-%d}" in page
    assert str(world.coordinator) in page.partition('id="quality"')[2]


def test_closed_places_count_in_the_sum_of_a_measure_from_five_on_and_alike_for_all(world):
    open_one = series_of(world)
    measure, today = open_one.measure, date(2024, 4, 20)
    give(open_one, START, date(2024, 2, 2), by=world.coordinator)
    assert summed(measure, today).places == 1
    for number in range(5):
        organisation, own = practice(world, f"practice{number}")
        closed = series_of(world, organisation=organisation, closed=True)
        give(closed, START, date(2024, 2, 2), by=own)
        told = summed(measure, today)
        assert (told.places, told.closed) == ((6, 5) if number == 4 else (1, 0))
    assert told.late == 6 * 2
    assert (told.awaited, told.in_time) == (6 * 3, 6)
