"""Segmented regression: a published example, a slow second way, and what must not matter."""

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.measures.evaluation import NoAnswer, Reason, segmented
from kernen.measures.evaluation.student import quantile, two_sided

SICILY = json.loads((Path(__file__).parent / "data" / "evaluation_sicily.json").read_text())
NAN = math.nan
few = settings(max_examples=30)


def sicily():
    """Heart attacks and the population at risk in 59 months; smoking is banned from the 37th."""
    rows = list(csv.DictReader(io.StringIO(SICILY["csv"])))
    return [float(row["aces"]) for row in rows], [float(row["stdpop"]) for row in rows]


@st.composite
def series(draw):
    """A series, NaN where missing, with a change that has figures enough on both sides."""
    seed, before, after = (draw(st.integers(*ends)) for ends in ((0, 10**6), (8, 30), (8, 30)))
    chance = np.random.default_rng(seed)
    y = chance.normal(50, 10, before + after).cumsum() / 10 + chance.normal(0, 5, before + after)
    gaps = chance.choice(before + after, draw(st.integers(0, 3)), replace=False)
    for at in gaps:
        side = slice(0, before) if at < before else slice(before, None)
        if np.isfinite(y[side]).sum() > 8:
            y[at] = NAN
    return y, before


def solved(matrix, right):
    """Gauss's elimination, row by row."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for row in range(size):
            if row != at:
                share = rows[row][at] / rows[at][at]
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[at], strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]


def slowly(y, change, lags):
    """Coefficients (one, time, step, bend) and their covariance, by the sums of the papers."""
    points = {
        at: [1.0, at - change + 1, float(at >= change), max(0, at - change + 1)]
        for at, value in enumerate(y)
        if not math.isnan(value)
    }
    four = range(4)
    squares = [[sum(x[i] * x[j] for x in points.values()) for j in four] for i in four]
    found = solved(squares, [sum(x[i] * y[at] for at, x in points.items()) for i in four])
    left = {
        at: y[at] - sum(a * b for a, b in zip(x, found, strict=True)) for at, x in points.items()
    }
    inner = [[0.0] * 4 for _ in four]
    for s, one in points.items():
        for t, other in points.items():
            weight = max(0.0, 1 - abs(s - t) / (lags + 1))
            for i in four:
                for j in four:
                    inner[i][j] += weight * left[s] * left[t] * one[i] * other[j]
    inverse = [solved(squares, [float(i == j) for i in four]) for j in four]
    return found, np.array(inverse).T @ np.array(inner) @ np.array(inverse)


def slowly_cautious(y, change):
    """Value and p, by Prais and Winsten's way of making neighbours independent."""
    x = [
        [1.0, at - change + 1, float(at >= change), max(0, at - change + 1)] for at in range(len(y))
    ]
    row = [0, 0, 1, np.mean([one[3] for one in x if one[3]])]
    df, answers = len(y) - 4, []
    for likeness in np.arange(20) / 20:
        keep = math.sqrt(1 - likeness**2)
        rows = [[keep * a for a in x[0]]]
        rows += [
            [a - likeness * b for a, b in zip(x[t], x[t - 1], strict=True)]
            for t in range(1, len(y))
        ]
        z = [keep * y[0], *(y[t] - likeness * y[t - 1] for t in range(1, len(y)))]
        rows, z = np.array(rows) / keep, np.array(z) / keep
        squares = rows.T @ rows
        found = solved(squares.tolist(), (rows.T @ z).tolist())
        rest = ((z - rows @ found) ** 2).sum()
        se = math.sqrt(rest / df * np.dot(row, solved(squares.tolist(), row)))
        logs = (len(y) - 1) * math.log(keep**2) + math.log(np.linalg.det(squares))
        answers.append((np.dot(row, found), se, -0.5 * logs - df / 2 * math.log(rest)))
    shares = np.exp([one[2] - max(a[2] for a in answers) for one in answers])
    value = np.average([one[0] for one in answers], weights=shares)
    above = [
        1 - two_sided(v / se, df) / 2 if v > 0 else two_sided(v / se, df) / 2
        for v, se, _fit in answers
    ]
    share = np.average(above, weights=shares)
    return value, 2 * min(share, 1 - share)


@settings(max_examples=25)
@given(series())
def test_the_cautious_figures_equal_the_slow_way(given_series):
    y, change = given_series
    y = np.where(np.isfinite(y), y, 50)
    found = segmented(y, change)
    value, p = slowly_cautious(y.tolist(), change)
    assert found.cautious.value == pytest.approx(value, rel=1e-6, abs=1e-7)
    assert found.cautious.p == pytest.approx(p, rel=1e-5, abs=1e-9)
    assert found.cautious.certain == (found.cautious.p < 0.05)


def test_chance_alone_is_seldom_called_an_effect_also_where_neighbours_are_alike():
    chance = np.random.default_rng(8)
    y = chance.normal(0, 1, (120, 24))
    for period in range(1, 24):
        y[:, period] += 0.3 * y[:, period - 1]
    assert sum(segmented(one, 12).certain for one in y) <= 6


def test_the_published_example_gives_the_published_figures():
    y, n = sicily()
    found = segmented(y, 36, n=n, multiply=1e5)
    reference = SICILY["models"]["segmented OLS rate(1e5) ~ time + smokban + (time-36)*smokban"]
    errors = reference["NeweyWest lag 3 (no prewhite, no adjust) se"]
    for one, name in (
        (found.slope_before, "time"),
        (found.level, "smokban"),
        (found.slope, "post"),
    ):
        assert one.value == pytest.approx(reference["coef"][name], rel=1e-10)
        assert one.se == pytest.approx(errors[name], rel=1e-10)
    start = found.unchanged[0] - found.slope_before.value
    assert start == pytest.approx(reference["coef"]["Intercept"], rel=1e-10)
    assert found.durbin_watson == pytest.approx(reference["DW"], rel=1e-10)
    assert (found.lags, found.n_before, found.n_after, found.level.df) == (3, 36, 23, 55)


def test_as_though_periods_stood_alone_it_gives_the_published_errors():
    events, over = sicily()
    reference = SICILY["models"]["segmented OLS rate(1e5) ~ time + smokban + (time-36)*smokban"]
    found = segmented(events, 36, n=over, multiply=1e5, plain=True)
    for name, ours in (("time", "slope_before"), ("smokban", "level"), ("post", "slope")):
        assert getattr(found, ours).value == pytest.approx(reference["coef"][name], rel=1e-9)
        assert getattr(found, ours).se == pytest.approx(reference["se"][name], rel=1e-9)
    at_nought = found.fitted[0] - found.slope_before.value
    assert at_nought == pytest.approx(reference["coef"]["Intercept"], rel=1e-10)


@few
@given(series(), st.integers(0, 6))
def test_every_figure_equals_the_slow_way(given_series, lags):
    y, change = given_series
    found = segmented(y, change, lags=lags)
    coefficients, covariance = slowly(y, change, lags)
    since = [at - change + 1 for at in range(change, len(y)) if not math.isnan(y[at])]
    rows = {
        "slope_before": [0, 1, 0, 0],
        "level": [0, 0, 1, 0],
        "slope": [0, 0, 0, 1],
        "effect": [0, 0, 1, sum(since) / len(since)],
    }
    for name, row in rows.items():
        one = getattr(found, name)
        assert one.value == pytest.approx(np.dot(row, coefficients), rel=1e-7, abs=1e-8)
        assert one.se == pytest.approx(math.sqrt(row @ covariance @ row), rel=1e-6)
        assert one.low < one.value < one.high
        assert one.certain == (one.p < 0.05)


@few
@given(series(), st.floats(-1e4, 1e4), st.sampled_from([-3.0, 0.01, 7.0]))
def test_shift_and_scale_do_to_the_answer_what_they_do_to_the_figures(given, shift, scale):
    y, change = given
    before, after = segmented(y, change), segmented(y * scale + shift, change)
    for name in ("level", "slope", "slope_before", "effect", "cautious"):
        one, other = getattr(before, name), getattr(after, name)
        assert other.value == pytest.approx(one.value * scale, rel=1e-6, abs=1e-7)
        assert other.se == pytest.approx(one.se * abs(scale), rel=1e-6)


@few
@given(series(), st.integers(1, 5))
def test_missing_periods_at_the_ends_change_nothing(given_series, many):
    y, change = given_series
    gap = np.full(many, NAN)
    one = segmented(y, change, lags=2)
    other = segmented(np.concatenate([gap, y, gap]), change + many, lags=2)
    assert other.effect.value == pytest.approx(one.effect.value)
    assert other.level.se == pytest.approx(one.level.se)


def test_a_step_is_found_as_a_step():
    y = np.tile([10.0, 11.0], 12) + np.repeat([0.0, 5.0], 12)
    found = segmented(y, 12)
    assert found.level.value == pytest.approx(5, abs=0.3)
    assert found.effect.certain
    assert not found.slope.certain


def test_shares_are_numerators_over_denominators_and_none_is_missing():
    chance = np.random.default_rng(1)
    y, n = chance.integers(5, 15, 20).astype(float), np.full(20, 20.0)
    n[3] = 0
    expected = y / 20 * 100
    expected[3] = NAN
    assert segmented(y, 10, n=n, multiply=100) == segmented(expected, 10)


@pytest.mark.parametrize(
    ("y", "change", "reason", "found"),
    [
        ([1.0, 2.0] * 10, 7, Reason.FEW_BEFORE, 7),
        ([1.0, 2.0] * 10, 13, Reason.FEW_AFTER, 7),
        ([1.0, NAN] * 10, 10, Reason.FEW_BEFORE, 5),
        ([], 0, Reason.FEW_BEFORE, 0),
        ([0.1] * 20, 10, Reason.NO_VARIATION, None),
        ([0.1 * at for at in range(20)], 10, Reason.NO_VARIATION, None),
    ],
)
def test_figures_that_cannot_tell_say_why(y, change, reason, found):
    answer = segmented(y, change)
    assert isinstance(answer, NoAnswer)
    assert (answer.reason, answer.found) == (reason, found)


@pytest.mark.parametrize(
    ("y", "options"),
    [
        ([[1.0]], {"change": 0}),
        ([1.0] * 20, {"change": 21}),
        ([1.0] * 20, {"change": -1}),
        ([1.0] * 20, {"change": 10, "n": [1.0]}),
        ([1.0] * 20, {"change": 10, "lags": -1}),
        ([1.0] * 20, {"change": 10, "confidence": 1.0}),
    ],
)
def test_what_is_not_a_series_is_refused(y, options):
    with pytest.raises(ValueError, match=r"."):
        segmented(y, options.pop("change"), **options)


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.7062047362), (2, 4.3026527297), (10, 2.2281388520), (30, 2.0422724563)]
)
def test_students_t_equals_the_printed_tables(df, t):
    assert quantile(0.95, df) == pytest.approx(t, rel=1e-10)
    assert two_sided(t, df) == pytest.approx(0.05, rel=1e-9)


def test_students_t_equals_its_closed_forms():
    for t in (0.0, 0.1, 1.0, 5.0, 80.0):
        assert two_sided(t, 1) == pytest.approx(1 - 2 / math.pi * math.atan(t), rel=1e-9)
        assert two_sided(-t, 2) == pytest.approx(1 - t / math.sqrt(2 + t * t), rel=1e-8)
        assert two_sided(t, 1e7) == pytest.approx(math.erfc(t / math.sqrt(2)), rel=1e-3, abs=1e-9)
