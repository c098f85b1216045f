"""One judgement of what is owed: My work, the form, the link and its reminders, and the pages of a
series and of an organisation never say otherwise of the same series."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernen.initiatives import actions as initiatives
from kernen.lib.periods import following, normalise
from kernen.measures import actions
from kernen.measures.asking.due import due_of
from kernen.measures.models import Load, Standing
from kernen.measures.owed import GRACE, due_on
from kernen.measures.quality.record import Record
from kernen.measures.standing import finding
from kernen.measures.waiting import waiting

from .asked import ask, page, path, work


def series_of(world, frequency: str, there: tuple[int, ...]):
    """With figures of the periods so long ago; 0 runs still."""
    measure = actions.define(
        initiative=world.first,
        name=f"Opkald {frequency}",
        figures="values",
        frequency=frequency,
        unit="opkald",
        by=world.coordinator,
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    if there:
        add(world, series, there)
    return series


def add(world, series, there: tuple[int, ...]) -> None:
    frequency = series.measure.frequency
    figures = [actions.Figure(period_ago(frequency, ago), value=Decimal(7)) for ago in there]
    actions.load(series=series, figures=figures, by=world.coordinator)


def period_ago(frequency: str, ago: int) -> date:
    period = normalise(timezone.localdate(), frequency)
    for _one in range(ago):
        period = normalise(period - timedelta(days=1), frequency)
    return period


@pytest.mark.parametrize(
    ("frequency", "there", "owed"),
    [("month", (1, 9), 7), ("month", (1, 2, 30), 0), ("week", (1, 70), 0)],
)
def test_what_was_not_kept_for_a_year_is_no_gap_when_it_begins_again(world, frequency, there, owed):
    series = series_of(world, frequency, there)
    assert len(due_of(series, timezone.localdate()).missing) == owed


@pytest.mark.parametrize("frequency", [*GRACE])
@pytest.mark.parametrize(
    "there",
    [
        (),
        (0,),
        (1, 2),
        (2, 3),
        (2, 4, 5),
        (9, 1),
        (3, 12, 13),
        (10,),
        (60,),
        (70, 61),
        (1, 70),
        (0, 2, 40),
    ],
)
def test_all_agree_on_what_is_owed(world, frequency, there):
    agreed(world, series_of(world, frequency, there))


@pytest.mark.parametrize("frequency", [*GRACE])
def test_history_that_comes_later_is_owed_by_nobody(world, frequency):
    """Nor what lies between it and what came first; what was left out since is."""
    series = series_of(world, frequency, (2, 4))
    add(world, series, (7, 8))
    owed = agreed(world, series)
    left_out = [] if frequency == "year" else [period_ago(frequency, 3)]
    assert owed == [*left_out, period_ago(frequency, 1)]


def agreed(world, series) -> list[date]:
    """What is owed, as all say it, the oldest first."""
    measure, today = series.measure, timezone.localdate()
    frequency, there = measure.frequency, series.points.all()
    asked = due_of(series, today)
    standing = Standing.objects.select_related("series__measure", "initiative").get(series=series)
    record = Record(standing, today)
    lines = [one for one in waiting(world.coordinator) if f":{series.measure_id}:" in one.key]
    assert asked.missing == record.owed[::-1]
    assert bool(lines) == bool(record.owed or not there)
    if record.owed:
        (line,) = lines
        assert line.due == due_on(record.owed[0], frequency)
        assert (line.urgency(today) == 1) == (record.owed[0] in record.late)
    judged = finding.judged(Standing.objects.filter(series=series), today).get()
    assert judged.overdue == sum(
        one > max(p.period for p in series.points.all()) for one in record.late
    )
    assert bool(judged.lapsed) == record.asleep
    seen = page(path(ask(series, world.coordinator)))
    form = f'name="period" value="{asked.first}"'
    assert (form in seen) == bool(record.owed or asked.anew)
    assert ("mangler</summary>" in seen) == (len(record.owed) > 1)
    return record.owed


@pytest.mark.parametrize(("there", "asked"), [((1, 2), False), ((2, 3), True), ((60, 61), False)])
def test_a_reminder_goes_out_for_what_is_owed_alone(world, there, asked):
    series = series_of(world, "week", there)
    if there == (60, 61):  # nobody has kept it since
        link = ask(series, world.coordinator)
        link.until = timezone.localdate() - timedelta(days=1)
        link.save()
    else:
        ask(series, world.coordinator)
    first = len(work())
    days = 7 - timezone.localdate().weekday()
    following_week = timezone.localdate() + timedelta(days=days)
    assert series.measure.frequency == "week"
    assert following_week == following(timezone.localdate(), "week")
    if there == (1, 2):
        figure = actions.Figure(normalise(timezone.localdate(), "week"), value=Decimal(7))
        actions.load(series=series, figures=[figure], by=world.coordinator)
    assert (len(work(days=days)) > first) == asked


def test_of_what_is_stopped_nothing_is_asked_for(world):
    series = series_of(world, "week", (3, 4))
    link = ask(series, world.coordinator)
    assert Load.objects.exists()
    initiatives.move(initiative=world.first, event="stop", words="Nok.", by=world.coordinator)
    seen = page(path(link))
    assert "Der ventes intet tal: initiativet er stoppet." in seen
    assert "mangler</summary>" not in seen
    series.measure.initiative.refresh_from_db()
    assert due_of(series, timezone.localdate()).missing == []
    assert not [one for one in waiting(world.coordinator) if f":{series.measure_id}:" in one.key]
