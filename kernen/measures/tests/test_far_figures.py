"""A figure far from what its series has shown is asked about in the same words wherever it comes
in, and never refused."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from kernen.measures import actions
from kernen.measures.asking.doubt import doubt
from kernen.measures.machine.warning import worth_a_look
from kernen.measures.models import Series
from kernen.measures.preview import far_from_usual

from .asked import VALUES, send, week, weekly
from .test_entering import YES, client, enter_page, series, standing

assert client and series  # noqa: PT018 they are found by their names


def test_a_figure_far_from_what_was_shown_is_asked_about_and_taken_in_when_it_is_right(
    series, client
):
    seen = send(client, enter_page(series), week(1), value="98")
    assert "98\xa0opkald er langt over det sædvanlige 12–25\xa0opkald" in seen
    assert YES in seen
    assert standing(series, week(1)) is None
    send(client, enter_page(series), week(1), value="98", sure="98")
    assert standing(series, week(1)).value == 98


def test_whoever_is_asked_says_yes_or_saves_the_mended_figure(series, client):
    asked = send(client, enter_page(series), week(1), value="98")
    assert asked.count('name="sure"') == 1
    assert "Gem det rettede tal" in asked
    send(client, enter_page(series), week(1), value="19")
    assert standing(series, week(1)).value == 19


def test_a_yes_to_one_figure_is_no_yes_to_another(series, client):
    assert YES in send(client, enter_page(series), week(1), value="980", sure="98")
    assert standing(series, week(1)) is None


def slow_doubt(values: list[float], value: float) -> bool:
    """Beyond the lowest or the highest by more than half the distance between them; of those not
    counted what lies three times the distance of the fourths beyond these."""
    ordered = sorted(values)
    fourth = len(ordered) // 4
    low, high = ordered[fourth], ordered[::-1][fourth]
    usual = [one for one in ordered if low - 3 * (high - low) <= one <= high + 3 * (high - low)]
    return slow_beyond(usual, value)


def slow_beyond(ordered: list[float], value: float) -> bool:
    reach = (ordered[-1] - ordered[0]) / 2
    tenth = max(abs(one) for one in ordered) / 10
    return not ordered[0] - max(reach, tenth) <= value <= ordered[-1] + max(reach, tenth)


@pytest.mark.parametrize("earlier", [(), (98,), (-40,), (98, -40), (98, 99), (84, 96, 101)])
def test_what_is_far_is_what_a_second_reckoning_finds_far(world, earlier):
    series = weekly(world, last=2 + len(earlier))
    figures = [actions.Figure(week(2 + ago), value=Decimal(one)) for ago, one in enumerate(earlier)]
    actions.load(series=series, figures=figures, by=world.coordinator)
    for value in range(-20, 160, 3):
        asked = bool(doubt(series, actions.Figure(week(1), value=Decimal(value))))
        assert asked == slow_doubt([*VALUES, *earlier], value), value


def test_neither_the_figure_that_is_asked_about_nor_one_before_it_widens_the_usual(series, world):
    usual = "langt over det sædvanlige 12–25\xa0opkald"
    far = {ago: actions.Figure(week(ago), value=Decimal(90 + ago)) for ago in (1, 0)}
    with override("da"):
        for ago, figure in far.items():
            assert usual in doubt(series, figure)
            assert usual in far_from_usual(series, [figure])[week(ago)]
            sent = {"series": series, "figures": [figure], "by": world.coordinator}
            loaded = actions.load(**sent)
            warned = worth_a_look({series: {1: figure}}, [loaded])
            assert usual in next(str(one.message) for one in warned if one.column == "value")
            series = Series.objects.get(pk=series.pk)


def weeks(world, values, **fields) -> Series:
    """With these and no other figures, the last of them the week before the last."""
    series = weekly(world, last=80, **fields)
    series.points.all().delete()
    figures = [actions.Figure(week(2 + n), Decimal(v)) for n, v in enumerate(values[::-1])]
    actions.load(series=series, figures=figures, by=world.coordinator)
    return Series.objects.get(pk=series.pk)


def listed(series) -> int:
    return sum(one[5] for one in series.standing.coming["came"])


#: Days between 3.2 and 4.8.
DAYS = [n / Decimal(10) for n in (32, 41, 37, 45, 39, 48, 35, 43, 40, 38, 44, 36, 42, 47, 34)]


@pytest.mark.parametrize("chart", ["run", "i"])
def test_several_far_to_one_side_hide_neither_themselves_nor_the_next(world, chart):
    series = weeks(world, [*DAYS, 96, 84, 101], chart=chart)
    assert listed(series) == 3
    with override("da"):
        asked = doubt(series, actions.Figure(week(1), Decimal(40)))
    assert "40\xa0opkald er langt over det sædvanlige 3,2–4,8\xa0opkald" in asked


def test_what_lies_elsewhere_for_a_third_of_the_time_is_usual_too(world):
    series = weeks(world, [*DAYS, *range(9, 17)])
    assert not listed(series)
    assert not doubt(series, actions.Figure(week(1), Decimal(14)))


@pytest.mark.parametrize("values", [[0] * 18 + [1, 1], [100] * 17 + [85, 80, 85]])
def test_what_comes_now_and_then_where_the_others_are_alike_is_not_far(world, values):
    series = weeks(world, values)
    assert not listed(series)
    assert doubt(series, actions.Figure(week(1), Decimal(300)))


def test_one_far_among_few_that_are_alike_does_not_hide_the_next(world):
    series = weeks(world, [50, 50, 50, 50, 50, 200])
    assert listed(series) == 1
    assert doubt(series, actions.Figure(week(1), Decimal(210)))


def test_with_limits_a_figure_outside_them_is_asked_about_for_its_own_denominator(world):
    series = weekly(world, "counts", chart="p")
    few = actions.Figure(week(1), numerator=3, denominator=6)
    many = actions.Figure(week(1), numerator=60, denominator=120)
    assert not doubt(series, few), "half of six is within what chance gives"
    assert doubt(series, many), "half of 120 is not"


def test_nothing_is_far_before_anything_has_been_shown(world):
    series = weekly(world)
    keep = list(series.points.order_by("period").values_list("pk", flat=True)[:4])
    series.points.exclude(pk__in=keep).delete()
    assert not doubt(series, actions.Figure(week(1), value=Decimal(98)))
