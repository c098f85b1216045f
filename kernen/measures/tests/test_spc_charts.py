"""Every chart against its slow and obvious twin, over whole arrays, and what must not change it."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.measures.spc import Cause, analyse, analyse_many
from kernen.measures.spc.lines import CHARTS
from kernen.measures.spc.runs import is_signal
from kernen.measures.tests import spc_slowly as slowly

SERIES = 12
POINTS = ("y", "cl", "lcl", "ucl", "lcl95", "ucl95", "side", "outside")
few = settings(max_examples=40)
arrays = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 40))


def made(chart, seed, periods):
    """`SERIES` series of figures as the chart wants them: gaps, ties, outliers and all equal."""
    rng = np.random.default_rng(seed)
    shape = (SERIES, periods)
    n = sd = None
    if chart in ("p", "pp", "u", "up"):
        n = rng.integers(rng.choice([0, 1, 20]), 40, shape).astype(float)
        y = np.floor(n * rng.choice([0, 0.3, 0.5, 1], p=[0.05, 0.4, 0.5, 0.05], size=(SERIES, 1)))
        y = np.clip(y + (n > 4) * rng.integers(-4, 4, shape), 0, n)
    elif chart in ("c", "g"):
        y = rng.poisson(rng.choice([0.3, 4, 30]), shape).astype(float)
    else:
        tied = rng.integers(-9, 10, shape) * rng.choice([1, 0.1])
        loose = rng.normal(rng.choice([0, 50]), 5, shape)
        y = np.where(rng.random((SERIES, 1)) < 0.5, tied, loose)
    if chart in ("xbar", "s"):
        n = rng.integers(2, rng.choice([3, 6]), shape).astype(float)
        sd = rng.gamma(4, 1, shape)
        y = sd if chart == "s" else y
    if chart == "ip":
        n = rng.integers(1, 30, shape).astype(float)
    y[0] = y[0, 0] if n is None else y[0]
    y = np.abs(y) + 0.1 if chart == "t" else y
    y[rng.random(shape) < 0.03] *= 1 if n is not None and chart != "xbar" else 3
    if chart not in ("xbar", "s"):
        y[rng.random(shape) < rng.choice([0, 0.2])] = np.nan
    return rng, y, n, sd


def split(rng, shape):
    """Phases, baselines within them and excluded points, other ones for every series."""
    some = rng.choice([0, 0.08])
    return {
        "part": rng.random(shape) < some,
        "freeze": rng.random(shape) < rng.choice([0, 0.08]),
        "exclude": rng.random(shape) < rng.choice([0, 0.15]),
    }


def plain(row):
    return None if row is None else [None if math.isnan(value) else value for value in row.tolist()]


def same(found, expected):
    """NaN and None are the same nothing; figures agree to the reference's own tolerance."""
    if expected is None:
        return math.isnan(found)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


def bounds(ends):
    size = len(ends)
    marked = [at + 1 for at in np.flatnonzero(ends[:-1])]
    return list(zip([0, *marked], [*marked, size], strict=True))


@pytest.mark.parametrize("chart", CHARTS)
@few
@given(arrays, st.booleans())
def test_the_slow_and_obvious_calculation_agrees(chart, drawn, screened):
    rng, y, n, sd = made(chart, *drawn)
    marks = split(rng, y.shape)
    many = analyse_many(y, n, sd=sd, chart=chart, screened_mr=screened, **marks)
    for row in range(SERIES):
        for number, (start, end) in enumerate(bounds(marks["part"][row])):
            here = slice(start, end)
            frozen = np.flatnonzero(marks["freeze"][row, here])
            last = frozen[0] + 1 if len(frozen) else end - start
            included = set(np.flatnonzero(~marks["exclude"][row, here]).tolist())
            parts = (plain(a[row, here]) if a is not None else None for a in (y, n, sd))
            base = sorted(at for at in included if at < last)
            points, runs = slowly.one_phase(chart, *parts, base, included, screened)
            for at, point in enumerate(points):
                for name, expected in zip(POINTS, point, strict=True):
                    found = getattr(many, name)[row, start + at]
                    assert same(found, expected), (chart, name, row, start + at, found, expected)
            useful, longest, crossings = runs
            assert many.n_useful[row, number] == useful
            assert many.n_obs[row, number] == len(included)
            expected = (longest, crossings) if useful else (-1, -1)
            assert (many.longest_run[row, number], many.n_crossings[row, number]) == expected
            signal = chart != "mr" and useful > 0 and is_signal(useful, longest, crossings)
            assert many.runs_signal[row, number] == signal


@pytest.mark.parametrize("chart", CHARTS)
@few
@given(arrays, st.sampled_from(["anhoej", "bestbox", "cutbox"]), st.booleans())
def test_one_series_and_many_are_one_calculation(chart, drawn, rules, y_neg):
    rng, y, n, sd = made(chart, *drawn)
    marks = split(rng, y.shape)
    how = {"chart": chart, "rules": rules, "multiply": 100, "y_neg": y_neg}
    many = analyse_many(y, n, sd=sd, **how, **marks)
    for row in range(0, SERIES, 4):
        places = {name: (np.flatnonzero(at[row]) + 1).tolist() for name, at in marks.items()}
        one = analyse(
            plain(y[row]), n=plain(n[row]) if n is not None else None, **how, **places,
            sd=sd[row] if sd is not None else None,
        )  # fmt: skip
        for name in (*POINTS, "phase", "baseline", "included"):
            for found, expected in zip(getattr(one, name), getattr(many, name)[row], strict=True):
                assert same(float(expected), None if found is None else float(found)), name
        for number, phase in enumerate(one.phases):
            for name, found in dataclasses.asdict(phase).items():
                expected = getattr(many, name)[row, number]
                assert same(float(expected), found) or (found is None and expected == -1), name
        assert many.latest(many.last)[row] == y.shape[1]


@few
@given(arrays, st.booleans())
def test_the_rules_of_the_nhs_agree_with_looking_at_every_window(drawn, screened):
    rng, y, _n, _sd = made("i", *drawn)
    y[rng.random(SERIES) < 0.3] += np.arange(y.shape[1])  # so that there are trends
    many = analyse_many(y, chart="i", rules="nhs", screened_mr=screened)
    assert not many.runs_signal.any()
    for row in range(SERIES):
        values, usual = plain(y[row]), slowly.mean_range(plain(y[row]), screened)
        line = slowly.mean(values)
        high, near = (
            (None, None) if usual is None else (line + 2.66 * usual, line + 2.66 * 2 / 3 * usual)
        )
        if any(
            value is not None
            and edge is not None
            and math.isclose(abs(value - line), edge - line, rel_tol=1e-9)
            for value in values
            for edge in (high, near)
        ):
            continue  # rounding decides on which side of a limit a point on it lies
        assert same(many.ucl[row, 0], high)
        for at in range(len(values)):
            assert many.cause[row, at] == slowly.nhs_cause(values, line, high, near, at)


@few
@given(arrays, st.sampled_from(sorted(set(CHARTS) - {"t"})), st.floats(1, 50))
def test_a_given_line_is_the_line(drawn, chart, line):
    _rng, y, n, sd = made(chart, *drawn)
    line = line / 100 if chart in ("p", "pp") else line
    many = analyse_many(y, n, sd=sd, chart=chart, cl=line)
    assert (many.cl == (0.693 * line if chart == "g" else line)).all()
    for row in range(0, SERIES, 5):
        parts = (plain(a[row]) if a is not None else None for a in (y, n, sd))
        everything = range(y.shape[1])
        points, _runs = slowly.one_phase(chart, *parts, everything, everything, True, line)
        for at, point in enumerate(points):
            for name, expected in zip(POINTS, point, strict=True):
                assert same(getattr(many, name)[row, at], expected), (chart, name)


# --- what must not change it --------------------------------------------------------------------


def findings(many):
    return [
        getattr(many, name).tolist()
        for name in ("n_useful", "longest_run", "n_crossings", "outside")
    ]


@few
@given(arrays, st.sampled_from(["run", "i", "mr"]), st.sampled_from([8, 0.25, 1024]))
def test_another_unit_or_zero_moves_the_lines_and_no_finding(drawn, chart, factor):
    _rng, y, _n, _sd = made("c", *drawn)
    many, scaled = analyse_many(y, chart=chart), analyse_many(y * factor, chart=chart)
    shifted = analyse_many(y + factor, chart=chart)
    assert findings(many) == findings(scaled) == findings(shifted)
    assert np.allclose(many.ucl * factor, scaled.ucl, equal_nan=True)
    assert np.allclose(many.ucl + (chart == "i") * factor, shifted.ucl, equal_nan=True)
    assert findings(many) == findings(analyse_many(y, chart=chart, multiply=factor))


@few
@given(arrays, st.sampled_from(["run", "i", "p", "u", "c", "g", "t", "ip", "pp", "up"]))
def test_reading_the_series_backwards_changes_no_line_and_no_run(drawn, chart):
    _rng, y, n, _sd = made(chart, *drawn)
    many = analyse_many(y, n, chart=chart)
    back = analyse_many(y[:, ::-1], None if n is None else n[:, ::-1], chart=chart)
    assert np.allclose(many.ucl, back.ucl[:, ::-1], equal_nan=True)
    assert findings(many)[:3] == findings(back)[:3]


@few
@given(arrays)
def test_a_frozen_phase_is_what_it_would_be_alone(drawn):
    rng, y, _n, _sd = made("i", *drawn)
    size = y.shape[1]
    cut, first, second = sorted(rng.integers(1, size + 1, 3))
    whole = analyse_many(y, chart="i", part=[first], freeze=[cut, second])
    left = analyse_many(y[:, :first], chart="i", freeze=int(cut))
    assert np.allclose(whole.ucl[:, :first], left.ucl, equal_nan=True)
    if first < size:
        right = analyse_many(y[:, first:], chart="i", freeze=int(second - first) or None)
        assert np.allclose(whole.ucl[:, first:], right.ucl, equal_nan=True)


@few
@given(arrays)
def test_counting_all_twice_changes_no_share(drawn):
    _rng, y, n, _sd = made("p", *drawn)
    assert np.array_equal(analyse_many(y, n).cl, analyse_many(2 * y, 2 * n).cl, equal_nan=True)


# --- single facts -------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", ["run", "i", "xbar", "c", "ip"])
def test_where_nothing_varies_no_point_lies_off_the_line_and_the_phase_says_so(chart):
    n = [3] * 20 if chart in ("xbar", "ip") else None
    sd = [0.2] * 20 if chart == "xbar" else None
    result = analyse([0.1] * 20, n, sd=sd, chart=chart, screened_mr=False)
    assert result.phases[0].flat
    assert result.phases[0].n_useful == 0
    assert not any(result.outside)
    assert not analyse([0.1, 0.2]).phases[0].flat
    assert not analyse([0.1]).phases[0].flat


def test_a_point_on_a_mean_of_nought_lies_on_it_though_decimals_do_not_add_up():
    result = analyse([0.1, -0.3, 0.2, 0], chart="i")
    assert result.side == (1, -1, 1, 0)


FLOW = "49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"
WAFERS = "16 14 28 16 12 20 10 12 10 17 19 17 14 16 15 13 14 16 11 20 11 19 16 31 13"
CHIPS = "12 15 8 10 4 7 16 9 14 10 5 6 17 12 22 8 10 5 13 11 20 18 24 15 9 12 7 13 9 6"


@pytest.mark.parametrize(
    ("chart", "n", "text", "lines"),
    [
        ("i", None, FLOW, (50.81, 45.81591016548463, 55.80408983451537)),
        ("c", None, WAFERS, (16, 4, 28)),
        ("p", 50, CHIPS, (0.23133333333333334, 0.05242754807192823, 0.41023911859473844)),
    ],
)
def test_the_examples_of_the_nist_handbook(chart, n, text, lines):
    y = [float(one) for one in text.split()]
    sizes = None if n is None else [n] * len(y)
    result = analyse(y, sizes, chart=chart, screened_mr=False)
    assert (result.cl[0], result.lcl[0], result.ucl[0]) == pytest.approx(lines, rel=1e-12)


def test_a_given_line_of_a_t_chart_is_in_days_as_its_points_are():
    assert analyse([4, 9, 2, 30, 6], chart="t", cl=10).cl[0] == pytest.approx(10)


def test_the_choice_of_screening_stands_in_the_result_where_the_chart_has_one():
    y = [5, 6, 5, 7, 60, 5, 6, 7, 5]
    screened, whole = (analyse(y, chart="i", screened_mr=choice) for choice in (True, False))
    assert (screened.screened, whole.screened, analyse(y).screened) == (True, False, None)
    assert screened.ucl[0] < whole.ucl[0]
    assert (screened.outside[4], whole.outside[4]) == (1, 1)


def test_the_rules_of_the_nhs_say_where_it_is_going_and_whether_the_goal_will_be_met():
    result = analyse([*range(20, 31)], chart="i", rules="nhs")
    assert abs(result.cause[-4]) in (Cause.OUTSIDE, Cause.TREND)
    assert result.variation(better=1) == "special_cause_improvement"
    assert result.variation(better=-1) == "special_cause_concern"
    assert result.variation(better=0) == "special_cause_neutral_high"
    assert result.assurance(5, better=1) == "consistent_pass"
    assert result.assurance(5, better=-1) == "consistent_fail"
    assert result.assurance(25, better=1) == "inconsistent"
    assert result.assurance(None, better=1) is None
    assert analyse([3], chart="i", rules="nhs").assurance(3, better=1) is None
