"""The calculation against a second, slow and obvious one, and against what must not change it."""

import json
import math
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernen.measures.spc import analyse, runs_of
from kernen.measures.spc.boxes import BOXES
from kernen.measures.spc.runs import is_signal, longest_run_max, n_crossings_min
from kernen.measures.spc.subgroups import subgroups

ROWS = json.loads((Path(__file__).parent / "data" / "spc_critical_values.json").read_text())["rows"]

values = st.integers(-20, 20)
maybe = st.none() | values
series = st.lists(maybe, min_size=1, max_size=60)


def slow_median(numbers):
    """The middle of the sorted numbers, with nothing rounded."""
    ordered = sorted(Fraction(number) for number in numbers)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def slow_rules(numbers, line):
    """(useful, longest run, crossings) counted point by point along the series."""
    useful = longest = crossings = length = 0
    before = None
    for number in numbers:
        if number is None or line is None or number == line:
            continue
        above = number > line
        useful += 1
        if before is not None and above != before:
            crossings += 1
            length = 0
        length += 1
        longest = max(longest, length)
        before = above
    return useful, longest, crossings


def slow_crossings_min(useful):
    """Adds up the binomial probabilities as fractions until a twentieth is reached."""
    trials, total, crossings = useful - 1, Fraction(0), -1
    while total < Fraction(1, 20):
        crossings += 1
        total += Fraction(math.comb(trials, crossings), 2**trials)
    return crossings


@given(series, st.lists(st.integers(-3, 70)), st.lists(st.integers(-3, 70)), st.data())
def test_the_slow_and_obvious_calculation_agrees(y, part, exclude, data):
    freeze = data.draw(st.none() | st.integers(0, 70))
    result = analyse(y, part=part, exclude=exclude, freeze=freeze)
    ends = [end for end in range(1, len(y)) if end in part] + [len(y)]
    start = 0
    for phase, end in zip(result.phases, ends, strict=True):
        assert (phase.first, phase.last) == (start + 1, end)
        counted = [None if i + 1 in exclude else y[i] for i in range(start, end)]
        base = counted if part or freeze is None else counted[: max(freeze, 0)]
        line = slow_median([number for number in base if number is not None])
        assert (None if phase.centre is None else Fraction(phase.centre)) == line
        useful, longest, crossings = slow_rules(counted, line)
        assert phase.n_useful == useful
        if useful:
            assert (phase.longest_run, phase.n_crossings) == (longest, crossings)
            signal = longest > round(math.log2(useful)) + 3 or crossings < slow_crossings_min(
                useful
            )
            assert phase.runs_signal == signal
        else:
            assert (phase.longest_run, phase.n_crossings_min, phase.runs_signal) == (
                None,
                None,
                False,
            )
        start = end


def rules(result):
    return [
        (phase.n_useful, phase.longest_run, phase.n_crossings, phase.runs_signal)
        for phase in result.phases
    ]


@given(series, st.integers(-1000, 1000))
def test_a_shift_of_all_values_moves_the_line_and_nothing_else(y, by):
    shifted = analyse([None if value is None else value + by for value in y])
    centre = analyse(y).phases[0].centre
    assert rules(shifted) == rules(analyse(y))
    assert shifted.phases[0].centre == (None if centre is None else centre + by)


@given(series, st.sampled_from([0.1, 1 / 3, 7, 100, 1e-9]))
def test_another_unit_changes_no_rule(y, factor):
    scaled = analyse([None if value is None else value * factor for value in y])
    assert rules(scaled) == rules(analyse(y))
    assert rules(analyse(y, multiply=factor)) == rules(analyse(y))


@given(series)
def test_reading_the_series_backwards_changes_no_rule(y):
    assert rules(analyse(y[::-1])) == rules(analyse(y))


@given(st.lists(values, min_size=1, max_size=40), st.data())
def test_points_on_the_line_or_missing_change_no_rule(y, data):
    line = analyse(y).phases[0].centre
    longer = list(y)
    for harmless in data.draw(st.lists(st.sampled_from([None, line]), min_size=1, max_size=5)):
        longer.insert(data.draw(st.integers(0, len(longer))), harmless)
    assert rules(analyse(longer, cl=line)) == rules(analyse(y, cl=line))


def test_equal_values_lie_on_their_line_also_where_decimals_do_not_add_up():
    assert analyse([0.1] * 20).phases[0].n_useful == 0
    frozen = analyse([0.1, 0.2, *[0.15] * 12], freeze=2)
    assert frozen.phases[0].n_useful == 2


def test_a_numerator_over_zero_is_infinite_and_nothing_over_zero_is_missing():
    result = analyse([3, 0, -1, None, 1], [0, 0, 0, 4, None])
    assert result.y == (math.inf, None, -math.inf, None, None)
    assert result.cl == (None,) * 5


def test_freezing_compares_later_points_with_the_line_of_the_baseline():
    before, after = [10, 12, 11, 9, 10, 12], [14, 15, 13, 16, 15, 14, 13, 15]
    assert analyse(before + after, freeze=6).phases[0].longest_run == 9
    assert analyse(before + after, freeze=6).baseline == (True,) * 6 + (False,) * 8


def test_a_given_line_with_a_hole_in_a_phase_is_drawn_anew_in_that_phase():
    result = analyse([1, 2, 3, 4, 5, 6], cl=[9, 9, 9, 9, None, 9], part=[3])
    assert result.cl == (9, 9, 9, 5, 5, 5)


@pytest.mark.parametrize(
    "arguments",
    [
        {"y": []},
        {"y": [1, 2], "n": [1]},
        {"y": [1, 2], "cl": [1]},
        {"y": [1], "chart": "z"},
        {"y": [1], "rules": "ihi"},
        {"y": [1], "rules": "nhs"},
        {"y": [1], "chart": "u"},
        {"y": [1], "n": [2], "chart": "xbar"},
        {"y": [1], "chart": "ip", "cl": [1, 2]},
        {"y": [2], "n": [1], "chart": "pp"},
        {"y": [2], "n": [-1]},
    ],
)
def test_what_cannot_be_analysed_is_refused_in_a_sentence(arguments):
    with pytest.raises(ValueError, match=r"\.$"):
        analyse(**arguments)


def test_runs_are_told_apart_by_side_and_skip_what_lies_on_the_line():
    assert runs_of([0, 1, 1, 0, 1, -1, 0, 0, 1]) == [[1, 2, 4], [5], [8]]


@given(st.lists(st.tuples(st.none() | st.integers(1, 6), maybe), min_size=1, max_size=40))
def test_rows_of_one_subgroup_become_one_point(rows):
    keys = sorted({key for key, _value in rows if key is not None})
    if not keys:
        return
    groups = subgroups(*zip(*rows, strict=True), agg_fun="sum")
    assert list(groups.x) == keys
    for key, y, size in zip(groups.x, groups.y, groups.size, strict=True):
        there = [value for at, value in rows if at == key and value is not None]
        assert size == len(there)
        assert y == (sum(there) if there else None)


def test_each_way_of_gathering_rows():
    gathered = {
        way: subgroups([2, 1, 2, 2], [4, 9, 1, 1], agg_fun=way).y
        for way in ("mean", "median", "sum", "sd")
    }
    assert gathered == {
        "mean": (9, 2),
        "median": (9, 1),
        "sum": (9, 6),
        "sd": (None, pytest.approx(math.sqrt(3))),
    }


def test_with_denominators_a_subgroup_is_sum_over_sum_and_half_a_row_counts_for_nothing():
    groups = subgroups([1, 1, 1, 2], [1, 2, 50, None], [2, 3, None, 7])
    assert (groups.y, groups.n, groups.size) == ((3, None), (5, 0), (2, 0))


# --- the limits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"n{row['n_useful']}")
def test_the_limits_equal_the_published_ones(row):
    assert longest_run_max(row["n_useful"]) == row["longest_run_max"]
    assert n_crossings_min(row["n_useful"]) == row["n_crossings_min"]


@cache
def ways(n, runs, longest):
    """In how many ways n points fall into so many runs, none longer than `longest`."""
    if runs == 0:
        return int(n == 0)
    return sum(ways(n - first, runs - 1, longest) for first in range(1, min(longest, n) + 1))


@pytest.mark.parametrize("n", [10, 11, 16, 24, 28, 37, 60])
def test_chance_alone_stays_silent_exactly_as_often_as_published(n):
    """Counts every sequence of sides a fair coin can give, so it tests boxes and rules at once."""
    for method, published in ROWS[n - 1]["p_no_signal"].items():
        silent = 0
        for runs in range(1, n + 1):
            for longest in range(1, n + 1):
                if not is_signal(n, longest, runs - 1, method):
                    silent += ways(n, runs, longest) - ways(n, runs, longest - 1)
        assert silent / 2 ** (n - 1) == pytest.approx(published, rel=1e-12)


def test_the_boxes_cover_ten_to_a_hundred_points_and_beyond_them_the_usual_rules_hold():
    assert sorted(BOXES) == list(range(10, 101))
    assert is_signal(9, 7, 2, "bestbox") == is_signal(9, 7, 2, "anhoej") == True  # noqa: E712
    assert is_signal(101, 11, 50, "cutbox") is True
