"""How a series stands is kept with every act, and is what a fresh calculation gives."""

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernen.initiatives import actions as initiatives
from kernen.lib.periods import following, normalise, number_of
from kernen.measures import actions
from kernen.measures.fetching import charted
from kernen.measures.judging import actions as judging
from kernen.measures.models import Load, Point, Series, Standing
from kernen.measures.owed import GRACE
from kernen.measures.standing import finding, keep
from kernen.parties.upkeep import actions as upkeep
from tests.house.code import KERNEN, is_actions, name, sources, tree

MEASURES = KERNEN / "measures"
#: Verbs of measuring after which every series stands as it did, each with its reason.
CHANGES_NO_STANDING = {
    "define": "there is no series yet",
    "annotate": "a note is in no line",
    "erase": "a note is in no line",
    "embed": "who may see the chart",
    "unembed": "who may see the chart",
    "close": "who may see the series",
    "open_again": "who may see the series",
    "record_of": "a line of the journal",
    "say_start": "a start is in no line",
    "say_starts": "a start is in no line",
    "freeze_series": "a result is drawn from its own figures",
    "freeze_places": "a result is drawn from its own figures",
    "publish_shared": "a shared measure has no series of its own",
    "publish_version": "measures that use it take it over by themselves",
    "withdraw_shared": "measures that use it go on",
    "propose_shared": "the measure stays as it is",
    "take_in_proposal": "the measure says already what is taken in",
    "decline_proposal": "the measure stays as it is",
    "withdraw_shared_proposal": "the measure stays as it is",
    "use_shared": "there is no series yet",
    "leave_catalogue": "the texts stay as they are",
    "came_before": "it is only found",
    "receive": "a file that waits has brought nothing yet",
    "claim": "a file that waits has brought nothing yet",
    "tell_read": "a file that waits has brought nothing yet",
    "refuse": "nothing of the file is taken in",
    "confirm": "a file that waits has brought nothing yet",
    "throw_away": "a file that waits has brought nothing yet",
    "look_again": "a file that waits has brought nothing yet",
    "read_anew": "a file that waits has brought nothing yet",
    "show": "a file that waits has brought nothing yet",
    "ask_undo": "the worker undoes it, and that settles",
    "claim_undo": "the worker undoes it, and that settles",
    "tell_looked": "the worker undoes it, and that settles",
    "refuse_undo": "nothing of it is undone",
    "take": "a point that is written by a verb that settles",
    "take_out": "the verb that asks for it settles",
    "keep_changed": "the verb that asks for it settles",
    "as_it_stood": "it is only read",
    "tell_load": "a line of the journal",
    "tell_of": "a line of the journal",
    "give": "it loads, and a load settles",
    "give_by_link": "it loads, and a load settles",
    "ask": "who is asked for figures",
    "send_again": "who is asked for figures",
    "withdraw_link": "who is asked for figures",
    "ask_when_due": "who is asked for figures",
    "remember": "how a file is read",
    "remember_many": "how a file is read",
    "tell_together": "a line of the journal",
    "load_many": "it takes in, and that settles",
    "make_token": "who may give figures",
    "withdraw_token": "who may give figures",
    "use_token": "who may give figures",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    for path in sources(".py"):
        wall = path.is_relative_to(MEASURES / "walls")  # where a chart hangs changes no series
        if is_actions(path) and path.is_relative_to(MEASURES) and not wall:
            own = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
            for verb, node in own.items():
                yield f"{name(path)}: {verb}", node, own


def settles(node: ast.AST, own: dict[str, ast.FunctionDef]) -> bool:
    called = {
        call.func.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    return bool(called & {"settle", "settle_measure", "settle_later"}) or any(
        settles(own[one], own) for one in called & set(own)
    )


def test_every_verb_of_measuring_settles_or_says_why_not():
    forgetful = [
        where
        for where, node, own in functions()
        if not node.name.startswith("_")
        and not settles(node, own)
        and node.name not in CHANGES_NO_STANDING
    ]
    assert not forgetful, (
        "end with settle(…) of kernen.measures.standing.keep, or say in CHANGES_NO_STANDING why "
        f"no series stands otherwise afterwards: {forgetful}"
    )


@pytest.fixture
def series(world) -> Series:
    return Series.objects.get(measure__initiative=world.first)


#: What is kept, as the database has it.
COLUMNS = [Standing._meta.get_field(name).attname for name in keep.KEPT]


def fresh() -> dict[int, dict]:
    """How all series stand, calculated now."""
    loads = list(Load.objects.filter(undoes=None, undone_by=None))
    made = [
        keep.standing_of(one, [load for load in loads if load.series_id == one.pk])
        for one in charted(Series.objects.all())
    ]
    return {one.pk: {name: getattr(one, name) for name in COLUMNS} for one in made}


def stored() -> dict[int, dict]:
    return {row.pop("series_id"): row for row in Standing.objects.values()}


def more(period: date, value: int) -> actions.Figure:
    return actions.Figure(period=period, numerator=value, denominator=100)


def load(world, series):
    actions.load(series=series, figures=[more(date(2020, 1, 1), 99)], by=world.coordinator)


def load_over(world, series):
    again = [more(date(2019, 8, 1), 1)]
    actions.load(series=series, figures=again, reason="So", by=world.coordinator)


def split(world, series):
    actions.split(series=series, period=date(2019, 3, 1), reason="So", by=world.coordinator)


def join(world, series):
    actions.join(split=series.splits.last(), by=world.coordinator)


def freeze(world, series):
    judging.freeze(series=series, period=date(2019, 1, 1), reason="So", by=world.coordinator)


def thaw(world, series):
    judging.thaw(freeze=series.freezes.last(), by=world.coordinator)


def leave_out(world, series):
    judging.leave_out(series=series, period=date(2019, 8, 1), reason="So", by=world.coordinator)


def count_again(world, series):
    judging.count_again(point=series.points.exclude(left_out="").get(), by=world.coordinator)


def choose_chart(world, series):
    judging.choose_chart(
        measure=series.measure,
        chart="i",
        rules_of_chart="nhs",
        screened=True,
        by=world.coordinator,
    )


def redefine(world, series):
    goal = Decimal(10)
    actions.redefine(measure=series.measure, name="Nyt navn", goal=goal, by=world.coordinator)


def set_back(world, series):
    redefine(world, series)
    then = series.measure.initiative.journal.first()
    actions.redefine(measure=series.measure, goal=Decimal(90), by=world.coordinator)
    actions.set_definition_back(measure=series.measure, text="goal", to=then, by=world.coordinator)


def open_series(world, series):
    actions.open_series(
        measure=series.measure, organisation=world.municipality, by=world.coordinator
    )


def rename(world, series):
    upkeep.rename(organisation=world.hospital, name="Andet navn", by=world.coordinator)


#: Each with whether something of what is kept is another afterwards.
ACTS: dict[Callable, bool] = {
    load: True, load_over: True, split: True, join: True, freeze: False, thaw: False,
    count_again: False, leave_out: True, choose_chart: False, set_back: True, open_series: True,
    rename: True,
}  # fmt: skip


def test_after_every_act_what_is_kept_is_what_a_fresh_calculation_gives(world, series):
    before = stored()
    assert before == fresh()
    for act, changes in ACTS.items():
        act(world, series)
        assert stored() == fresh(), act.__name__
        assert stored() != before or not changes, act.__name__
        before = stored()


def test_the_worker_settles_what_has_no_standing_and_what_an_older_calculation_left(world, series):
    world.series(series.measure)
    Standing.objects.filter(series=series).delete()
    Standing.objects.exclude(series=series).update(version=keep.VERSION - 1, gaps=77)
    assert keep.settle_missing(timezone.now(), 1) == 1
    assert keep.settle_missing(timezone.now(), 100) == 1
    assert stored() == fresh()
    assert keep.settle_missing(timezone.now(), 100) == 0


def test_a_series_without_figures_stands_empty(world):
    measure = actions.define(initiative=world.first, name="Ny", by=world.coordinator)
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    assert made.standing.variation == "empty"
    assert made.standing.latest is made.standing.came is made.standing.loaded_at is None


def test_the_latest_figure_the_median_and_the_empty_periods_counted_by_hand(world, series):
    Point.objects.filter(series=series, period=date(2019, 5, 1)).delete()
    empty = [actions.Figure(period=date(2019, month, 1)) for month in (4, 8)]
    actions.load(series=series, figures=empty, reason="So", by=world.coordinator)
    standing = Standing.objects.get(series=series)
    points = {one.period: one.numerator for one in series.points.order_by("period")}
    period = max(period for period, over in points.items() if over is not None)
    assert (standing.latest_period, standing.latest) == (period, points[period])
    since = sorted(v for p, v in points.items() if v is not None and p >= date(2018, 11, 1))
    assert standing.median == since[len(since) // 2]
    assert standing.gaps == 3


def test_periods_are_due_as_often_as_one_has_ended_so_long_ago_until_a_year_has_gone(world):
    def due(today: date, period: date, frequency: str) -> int:
        ended = following(period, frequency) + timedelta(days=GRACE[frequency])
        return 1 + due(today, following(period, frequency), frequency) if ended < today else 0

    for frequency in GRACE:
        last = normalise(date(2024, 2, 27), frequency)
        made = a_series(world, frequency, last)
        for days in (0, 1, 13, 14, 15, 44, 45, 46, 365, 370, 400, 480, 800):
            today, first = (
                following(last, frequency) + timedelta(days=days),
                following(last, frequency),
            )
            lapsed = due(today - timedelta(days=364), first, frequency) > 0
            standing = finding.judged(Standing.objects.filter(series=made), today).get()
            assert bool(standing.lapsed) is lapsed, (frequency, days)
            expected = 0 if lapsed else due(today, first, frequency)
            assert standing.overdue == expected, (frequency, days)
            assert (standing.attention <= finding.NEEDS) is (expected > 0)


def a_series(world, frequency: str, last: date) -> Series:
    measure = actions.define(
        initiative=world.first,
        name=frequency,
        frequency=frequency,
        figures="values",
        by=world.coordinator,
    )
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    figures = [actions.Figure(period=last, value=Decimal(1))]
    actions.load(series=made, figures=figures, by=world.coordinator)
    return made


@pytest.mark.parametrize("frequency", GRACE)
def test_the_following_period_has_the_following_number(frequency):
    period = normalise(date(2019, 12, 1), frequency)
    for _ in range(60):
        number, period = number_of(period, frequency), following(period, frequency)
        assert number_of(period, frequency) == number + 1


def test_a_stopped_initiative_owes_nothing_and_is_last(world, series):
    def standing():
        return finding.judged(Standing.objects.filter(series=series), date(2020, 1, 1)).get()

    assert standing().overdue > 0
    assert standing().attention <= finding.NEEDS
    initiatives.move(initiative=world.first, event="stop", words="Nok.", by=world.coordinator)
    assert standing().overdue == 0
    assert standing().attention == finding.STOPPED
