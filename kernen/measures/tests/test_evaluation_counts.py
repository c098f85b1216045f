"""Events over what they are counted over: the published models, a slow second way, and what must
not matter."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.measures.evaluation import Counted, NoAnswer, Reason, counted, ratio
from kernen.measures.evaluation.student import two_sided
from kernen.measures.tests.test_evaluation_segmented import SICILY, sicily

NAN = math.nan
few = settings(max_examples=15)
MODELS = {name.split()[0]: model for name, model in SICILY["models"].items()}


def model(name, **options):
    """The published model of that name, and ours."""
    events, over = sicily()
    return MODELS[name], counted(events, 36, exposure=over, normal=True, **options)


#: R stops when the deviance is still, and takes its weights from the step before: see the test
#: that stops as R does. Where the step after is taken too, errors differ by so much.
STOP = 3e-6


def assert_same(found, pair):
    assert found.value == pytest.approx(pair[0], rel=1e-9)
    assert found.se == pytest.approx(pair[1], rel=STOP)


def as_r_stops(harmonics, bend):
    """Errors of level and bend and the dispersion, by steps that end where R's end."""
    events, over = sicily()
    y, offset, time = np.array(events), np.log(over), np.arange(1.0, 60)
    after = (time > 36).astype(float)
    columns = [np.ones(59), time, after, *([after * (time - 36)] if bend else [])]
    for number in range(1, harmonics + 1):
        angle = 2 * math.pi * number * time / 12
        columns += [np.sin(angle), np.cos(angle)]
    x, eta, before = np.column_stack(columns), np.log(y + 0.1), math.inf
    while True:
        weights = np.exp(eta)
        right = x.T @ (weights * (eta - offset + (y - weights) / weights))
        eta = x @ np.linalg.solve(x.T @ (weights[:, None] * x), right) + offset
        mu = np.exp(eta)
        deviance = 2 * (y * np.log(y / mu) - (y - mu)).sum()
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            break
        before = deviance
    dispersion = (weights * ((y - mu) / mu) ** 2).sum() / (59 - x.shape[1])
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ (weights[:, None] * x))))
    return errors, dispersion


@pytest.mark.parametrize(
    ("name", "harmonics", "bend"),
    [("m1", 0, False), ("m2", 0, False), ("m3", 2, False), ("m4", 2, True)],
)
def test_stopped_as_r_stops_the_errors_are_the_published_to_every_digit(name, harmonics, bend):
    errors, dispersion = as_r_stops(harmonics, bend)
    wanted, scale = MODELS[name], 1 if name == "m1" else math.sqrt(dispersion)
    assert errors[2] * scale == pytest.approx(wanted["smokban"][1], rel=1e-9)
    if bend:
        assert errors[3] * scale == pytest.approx(wanted["slope_change"][1], rel=1e-9)
    if "dispersion" in wanted:
        assert dispersion == pytest.approx(wanted["dispersion"], abs=5e-7)


def test_poisson_gives_the_published_figures():
    wanted, found = model("m1", slope=False, scaled=False)
    assert_same(found.level, wanted["smokban"])
    assert_same(found.trend, wanted["time"])
    assert ratio(found.level) == pytest.approx(wanted["RR"], rel=STOP)
    assert found.dispersion == pytest.approx(wanted["pearson_dispersion"], rel=STOP)
    events, _over = sicily()
    logs = [
        y * math.log(mu) - mu - math.lgamma(y + 1)
        for y, mu in zip(events, found.fitted, strict=True)
    ]
    assert 2 * 3 - 2 * sum(logs) == pytest.approx(wanted["AIC"], rel=STOP)


def test_errors_grow_with_the_dispersion_as_published():
    wanted, found = model("m2", slope=False)
    assert_same(found.level, wanted["smokban"])
    assert ratio(found.level) == pytest.approx(wanted["RR"], rel=STOP)


def test_the_time_of_year_is_taken_out_as_published():
    wanted, found = model("m3", slope=False, harmonics=2)
    assert_same(found.level, wanted["smokban"])
    assert ratio(found.level) == pytest.approx(wanted["RR"], rel=STOP)
    assert found.dispersion == pytest.approx(wanted["dispersion"], rel=STOP)
    assert math.exp(12 * found.trend.value) == pytest.approx(wanted["trend_per_year"], rel=STOP)


def test_a_bend_is_found_as_published_and_tested_by_its_deviance():
    wanted, found = model("m4", harmonics=2)
    assert_same(found.level, wanted["smokban"])
    assert_same(found.slope, wanted["slope_change"])
    assert found.dispersion == pytest.approx(wanted["dispersion"], rel=STOP)
    _wanted, without = model("m3", slope=False, harmonics=2)
    f = (without.deviance - found.deviance) / found.dispersion
    assert [f, two_sided(math.sqrt(f), 59 - 8)] == pytest.approx(wanted["anova F m3-m4"], abs=5e-5)


@st.composite
def rates(draw):
    seed, before, after = (draw(st.integers(*ends)) for ends in ((0, 10**6), (8, 20), (8, 20)))
    chance = np.random.default_rng(seed)
    over = chance.integers(50, 300, before + after).astype(float)
    return chance.poisson(over * 0.1).astype(float), over, before


def slowly(y, over, change):
    """The likeliest coefficients by Newton's method on sums, and the errors of Pearson's scale."""
    points = [
        (count, days, [1.0, at - change + 1, float(at >= change), max(0, at - change + 1)])
        for at, (count, days) in enumerate(zip(y, over, strict=True))
    ]
    beta = np.array([math.log(sum(y) / sum(over)), 0.0, 0.0, 0.0])
    for _step in range(200):
        slope, bend = np.zeros(4), np.zeros((4, 4))
        for count, days, x in points:
            mu = days * math.exp(float(np.dot(beta, x)))
            slope += (count - mu) * np.array(x)
            bend += mu * np.outer(x, x)
        beta = beta + np.linalg.inv(bend) @ slope
    means = [days * math.exp(float(np.dot(beta, x))) for _count, days, x in points]
    pearson = sum((p[0] - mu) ** 2 / mu for p, mu in zip(points, means, strict=True))
    return beta, np.linalg.inv(bend) * max(1.0, pearson / (len(points) - 4))


@few
@given(rates())
def test_every_figure_equals_the_slow_way(given_rates):
    y, over, change = given_rates
    found = counted(y, change, exposure=over)
    beta, covariance = slowly(y, over, change)
    after = len(y) - change
    rows = {
        "trend": [0, 1, 0, 0],
        "level": [0, 0, 1, 0],
        "slope": [0, 0, 0, 1],
        "effect": [0, 0, 1, (after + 1) / 2],
    }
    for name, row in rows.items():
        one = getattr(found, name)
        assert one.value == pytest.approx(np.dot(row, beta), rel=1e-6, abs=1e-8)
        assert one.se == pytest.approx(math.sqrt(row @ covariance @ row), rel=1e-6)
        assert one.df == len(y) - 4


@few
@given(rates(), st.sampled_from([0.01, 7.0, 1000.0]))
def test_the_unit_of_what_is_counted_over_changes_nothing(given_rates, unit):
    y, over, change = given_rates
    one, other = (counted(y, change, exposure=over * times) for times in (1, unit))
    assert other.effect.value == pytest.approx(one.effect.value, rel=1e-7, abs=1e-9)
    assert other.effect.se == pytest.approx(one.effect.se, rel=1e-7)


def test_counts_alone_are_counted_over_the_same_in_each_period():
    y = np.random.default_rng(4).poisson(20, 24)
    assert counted(y, 12) == counted(y, 12, exposure=np.ones(24))


def test_a_missing_period_keeps_its_place():
    y = np.random.default_rng(4).poisson(20, 30).astype(float)
    y[[3, 20]] = NAN
    over = np.full(30, 10.0)
    over[5] = 0
    found = counted(y, 14, exposure=over)
    assert [at for at, mu in enumerate(found.fitted) if math.isnan(mu)] == [3, 5, 20]
    assert found.effect.df == 27 - 4


@pytest.mark.parametrize(
    ("y", "change", "reason", "found"),
    [
        ([9] * 7 + [3] * 9, 7, Reason.FEW_BEFORE, 7),
        ([9] * 9 + [3] * 7, 9, Reason.FEW_AFTER, 7),
        ([9] * 9 + [0] * 8 + [4], 9, Reason.FEW_EVENTS, 4),
        (
            [9] * 9 + [0] * 8 + [6],
            9,
            Reason.FEW_EVENTS,
            None,
        ),  # its rate before goes towards nought
    ],
)
def test_counts_that_cannot_tell_say_why(y, change, reason, found):
    answer = counted(y, change)
    assert isinstance(answer, NoAnswer)
    assert (answer.reason, answer.found) == (reason, found)


@pytest.mark.parametrize(
    ("y", "options"),
    [
        ([[1.0]], {}),
        ([1.0] * 20, {"exposure": [1.0]}),
        ([1.0] * 19 + [-1.0], {}),
        ([1.0] * 20, {"confidence": 1.0}),
        ([1.0] * 20, {"harmonics": 6}),
    ],
)
def test_what_are_no_counts_is_refused(y, options):
    with pytest.raises(ValueError, match=r"."):
        counted(y, 10, **options)


def test_a_ratio_lies_within_its_interval():
    y = np.random.default_rng(1).poisson([20] * 12 + [10] * 12)
    found = counted(y, 12)
    assert isinstance(found, Counted)
    value, low, high = ratio(found.level)
    assert low < value < high < 1
