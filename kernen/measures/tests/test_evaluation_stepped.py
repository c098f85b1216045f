"""Stepped wedge: the reference's figures, a slow second way, and what must not matter."""

import json
import math
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.measures.evaluation import NoAnswer, Reason, stepped

WEDGE = json.loads((Path(__file__).parent / "data" / "evaluation_wedge.json").read_text())
NAN = math.nan
few = settings(max_examples=40)


def assert_reference(found, effect, se, df, p, tolerance=1e-9):
    assert found.value == pytest.approx(effect, rel=tolerance)
    assert found.se == pytest.approx(se, rel=tolerance)
    assert found.df == pytest.approx(df, rel=tolerance)
    assert found.p == pytest.approx(p, rel=tolerance * 100)


def ranges(*pairs):
    return st.tuples(*(st.integers(*pair) for pair in pairs))


@st.composite
def wedges(draw):
    """Places by periods with different starts, some figures missing, denominators of 1 to 3."""
    seed, places, periods, gaps = draw(ranges((0, 10**6), (4, 5), (6, 8), (0, 2)))
    chance = np.random.default_rng(seed)
    starts = chance.permutation(np.arange(places) % (periods - 2) + 2)
    y = chance.normal(0, 1, (places, periods)) + chance.normal(5, 1, (places, 1))
    y += 0.5 * (np.arange(periods) >= starts[:, None])
    y.ravel()[chance.choice(y.size, gaps, replace=False)] = NAN
    return y, starts, chance.integers(1, 4, y.shape)


def persons(y, starts, n):
    """A row for each person: figure, place, and the columns of the whole model, the change last."""
    cells = [(i, j) for i, j in np.argwhere(np.isfinite(y)) for _person in range(n[i, j])]
    rows = [
        [*(i == k for k in range(len(y))), *(j == k for k in range(1, y.shape[1])), j >= starts[i]]
        for i, j in cells
    ]
    return np.array([y[i, j] for i, j in cells]), np.array([i for i, _j in cells]), np.array(rows)


def slowly(y, starts, n):
    """Effect, CR2's standard error and Satterthwaite's degrees of freedom, as the papers write."""
    figures, place, x = persons(y, starts, n)
    x = x.astype(float)
    bread = np.linalg.pinv(x.T @ x)
    beta = bread @ x.T @ figures
    left = np.eye(len(figures)) - x @ bread @ x.T
    meat, spread = np.zeros_like(bread), []
    for one in range(len(y)):
        at = place == one
        u, sizes, v = np.linalg.svd(left[at][:, at])
        root = np.where(sizes > 1e-8, 1 / np.sqrt(np.maximum(sizes, 1e-8)), 0)
        adjust = u @ np.diag(root) @ v
        score = x[at].T @ adjust @ (figures - x @ beta)[at]
        meat += np.outer(score, score)
        spread.append(left[at].T @ adjust @ x[at] @ bread[:, -1])
    inner = np.array([[a @ b for a in spread] for b in spread])
    df = np.trace(inner) ** 2 / (inner**2).sum()
    return beta[-1], math.sqrt((bread @ meat @ bread)[-1, -1]), df


def slow_chance(y, starts, n):
    effects = []
    for dealt in set(permutations(starts.tolist())):
        figures, _place, x = persons(y, dealt, n)
        effects.append(abs(np.linalg.lstsq(x.astype(float), figures, rcond=None)[0][-1]))
    figures, _place, x = persons(y, starts, n)
    own = abs(np.linalg.lstsq(x.astype(float), figures, rcond=None)[0][-1])
    return np.mean([effect >= own * (1 - 1e-9) for effect in effects]), 1 / len(effects)


def test_the_reference_gives_the_published_figures():
    found = stepped(
        np.array(WEDGE["means"]) * WEDGE["persons"], WEDGE["starts"], n=WEDGE["persons"]
    )
    wanted = WEDGE["persons_reference"]
    assert_reference(
        found.effect,
        wanted["trt"],
        wanted["CR2"],
        wanted["CR2_Satterthwaite_df"],
        wanted["CR2_p"],
    )
    assert found.p == 0.0001
    assert found.certain
    assert (found.places, found.points) == (15, 90)


def test_shares_equal_the_reference_on_one_row_for_each_person():
    found = stepped(WEDGE["numerator"], WEDGE["starts"], n=WEDGE["denominator"])
    effect, se, _t, df, p = WEDGE["clubsandwich"]["one row a person"]
    assert_reference(found.effect, effect, se, df, p)


def test_values_equal_the_reference_also_at_four_places():
    shares = np.array(WEDGE["numerator"]) / WEDGE["denominator"]
    starts = np.array(WEDGE["starts"])
    effect, se, _t, df, p = WEDGE["clubsandwich"]["shares, unweighted"]
    assert_reference(stepped(shares, starts).effect, effect, se, df, p)
    four = [0, 4, 8, 14]
    found = stepped(shares[four], starts[four])
    effect, se, _t, df, p = WEDGE["clubsandwich"]["shares, unweighted, clusters 1, 5, 9, 15"]
    assert_reference(found.effect, effect, se, df, p)
    assert found.shaky
    assert found.p_least == 1 / 24


@few
@given(wedges())
def test_every_figure_equals_the_slow_way(wedge):
    y, starts, n = wedge
    found = stepped(y * n, starts, n=n)
    effect, se, df = slowly(y, starts, n)
    assert found.effect.value == pytest.approx(effect, rel=1e-7, abs=1e-9)
    assert found.effect.se == pytest.approx(se, rel=1e-6)
    assert found.effect.df == pytest.approx(df, rel=1e-6)


@settings(max_examples=8)
@given(wedges())
def test_dealing_the_starts_equals_the_slow_way(wedge):
    found = stepped(wedge[0] * wedge[2], wedge[1], n=wedge[2])
    assert (found.p, found.p_least) == pytest.approx(slow_chance(*wedge))


@few
@given(wedges(), st.floats(-100, 100), st.sampled_from([-2.0, 0.01, 50.0]))
def test_shift_and_scale_do_to_the_answer_what_they_do_to_the_figures(wedge, shift, scale):
    y, starts, _n = wedge
    one, other = stepped(y, starts), stepped(y * scale + shift, starts)
    assert other.effect.value == pytest.approx(one.effect.value * scale, rel=1e-6, abs=1e-8)
    assert other.effect.se == pytest.approx(one.effect.se * abs(scale), rel=1e-6)
    assert (other.p, other.effect.df) == pytest.approx((one.p, one.effect.df))


@few
@given(wedges(), st.randoms(use_true_random=False))
def test_the_order_and_the_levels_of_places_and_periods_change_nothing(wedge, chance):
    y, starts, _n = wedge
    order = chance.sample(range(len(y)), len(y))
    moved = y + np.arange(len(y))[:, None] * 7 + np.arange(y.shape[1]) ** 2
    one, other = stepped(y, starts), stepped(moved[order], starts[order])
    assert other.effect.value == pytest.approx(one.effect.value, rel=1e-6, abs=1e-8)
    assert other.effect.se == pytest.approx(one.effect.se, rel=1e-6)
    assert other.p == pytest.approx(one.p)


def test_the_same_seed_gives_the_same_answer():
    given_wedge = (WEDGE["numerator"], WEDGE["starts"])
    assert stepped(*given_wedge, n=WEDGE["denominator"], draws=200) == stepped(
        *given_wedge, n=WEDGE["denominator"], draws=200
    )


UNEVEN = np.random.default_rng(3).normal(0, 1, (4, 8))


@pytest.mark.parametrize(
    ("y", "starts", "reason", "found"),
    [
        (UNEVEN[:2], [2, 4], Reason.FEW_PLACES, 2),
        (np.where([[True], [True], [False], [False]], UNEVEN, NAN), [2, 4, 5, 6], "few_places", 2),
        (UNEVEN, [3, 3, 3, 3], Reason.SAME_START, None),
        (UNEVEN, [-1, -1, 8, 99], Reason.NO_STARTS, None),
        (UNEVEN, [7, 7, 6, -1], Reason.FEW_AFTER, 4),
        (UNEVEN, [0, 0, 0, 3], Reason.FEW_BEFORE, 3),
        (np.ones((4, 8)), [2, 3, 4, 5], Reason.NO_VARIATION, None),
        (
            np.where(np.arange(8) < [[8], [4], [4], [4]], UNEVEN, NAN),
            [0, -1, -1, -1],
            "not_apart",
            0,
        ),
    ],
)
def test_figures_that_cannot_tell_say_why(y, starts, reason, found):
    answer = stepped(y, starts)
    assert isinstance(answer, NoAnswer)
    assert answer.reason == reason
    assert answer.found == (found or None)


@pytest.mark.parametrize(
    ("y", "starts", "options"),
    [
        ([1.0, 2.0], [1], {}),
        (UNEVEN, [1, 2, 3], {}),
        (UNEVEN, [1, 2, 3, 4], {"n": [1.0]}),
        (UNEVEN, [1, 2, 3, 4], {"confidence": 0.0}),
        (UNEVEN, [1, 2, 3, 4], {"draws": 0}),
    ],
)
def test_what_is_not_a_wedge_is_refused(y, starts, options):
    with pytest.raises(ValueError, match=r"."):
        stepped(y, starts, **options)
