"""Each figure is calculated a second time, slowly and obviously, and the two agree."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.value.reckoning import (
    NEVER_OUT,
    NOT_WITHIN,
    Row,
    payback,
    reckon,
    settle,
    simulate,
)
from kernen.value.reckoning.simulation import triangular

KRONER = st.integers(0, 10_000_000)


@st.composite
def a_row(draw):
    low, likely, high = sorted(draw(st.tuples(KRONER, KRONER, KRONER)))
    first = draw(st.integers(2015, 2025))
    return Row(
        party=draw(st.sampled_from(["region", "municipality", "practice"])),
        gain=draw(st.booleans()),
        low=float(low),
        likely=float(likely),
        high=float(high),
        first=first,
        last=first + draw(st.integers(0, 6)),
    )


ROWS = st.lists(a_row(), min_size=1, max_size=8)
NETS = st.dictionaries(st.sampled_from("abcdef"), st.integers(-5_000_000, 5_000_000), min_size=1)


# --- net --------------------------------------------------------------------------------------


def slow_net(rows: list[Row], party: str, year: int) -> Fraction:
    net = Fraction(0)
    for row in rows:
        if row.party == party and row.first <= year <= row.last:
            net += Fraction(row.likely) if row.gain else -Fraction(row.likely)
    return net


@given(ROWS)
def test_the_net_of_a_party_in_a_year_is_its_gains_less_its_costs(rows: list[Row]):
    found = reckon(rows)
    assert found.years[0] == min(row.first for row in rows)
    assert found.years[-1] == max(row.last for row in rows)
    for party in found.parties:
        slow = [float(slow_net(rows, party, year)) for year in found.years]
        assert list(found.of(party)) == pytest.approx(slow)


@given(ROWS)
def test_the_parties_together_are_all_there_is(rows: list[Row]):
    found = reckon(rows)
    slow = sum((1 if row.gain else -1) * row.likely * (row.last - row.first + 1) for row in rows)
    assert sum(found.overall) == pytest.approx(slow)
    assert sum(found.totals.values()) == pytest.approx(slow)


@given(ROWS)
def test_the_order_of_the_rows_changes_nothing(rows: list[Row]):
    assert reckon(rows).totals == pytest.approx(reckon(rows[::-1]).totals)


def test_without_rows_there_are_no_years():
    assert reckon([]).years == ()


# --- payback ----------------------------------------------------------------------------------


def slow_payback(years: list[int], net: list[int]) -> int | str:
    so_far = [sum(net[: at + 1]) for at in range(len(net))]
    if all(amount >= 0 for amount in so_far):
        return NEVER_OUT
    for at, year in enumerate(years):
        if all(amount >= 0 for amount in so_far[at:]):
            return year
    return NOT_WITHIN


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=12))
def test_payback_is_the_first_year_from_which_the_sum_stays_above_nought(net: list[int]):
    years = list(range(2019, 2019 + len(net)))
    found = payback(years, net)
    assert (found.year or found.why) == slow_payback(years, net)


def test_what_is_lost_again_was_not_paid_back():
    assert payback([2019, 2020, 2021], [-1, 2, -3]).why == NOT_WITHIN
    assert payback([2019, 2020, 2021, 2022], [-1, 2, -3, 4]).year == 2022


# --- transfers --------------------------------------------------------------------------------


@given(NETS)
def test_transfers_leave_nobody_worse_off_and_preserve_the_sum(nets: dict[str, int]):
    found = settle(nets)
    after = {party: float(net) for party, net in nets.items()}
    for move in found.transfers:
        assert move.amount > 0
        after[move.giver] -= move.amount
        after[move.taker] += move.amount
    assert sum(after.values()) == pytest.approx(sum(nets.values()), abs=0.01)
    if sum(nets.values()) >= 0:
        assert found.missing == 0
        assert min(after.values()) > -0.01
    else:
        assert not found.transfers
        assert found.missing == pytest.approx(-sum(nets.values()))


@given(NETS)
def test_no_more_changes_hands_than_is_lost(nets: dict[str, int]):
    found = settle(nets)
    if found.transfers:
        lost = -sum(net for net in nets.values() if net < 0)
        assert sum(move.amount for move in found.transfers) == pytest.approx(lost)


def test_who_gains_twice_as_much_gives_twice_as_much():
    moves = settle({"a": 20, "b": 40, "c": -30}).transfers
    assert {move.giver: move.amount for move in moves} == pytest.approx({"a": 10, "b": 20})


# --- simulation -------------------------------------------------------------------------------


def slow_triangle(low: float, tip: float, high: float, share: float) -> float:
    """The amount below which that share of the triangle lies, found by halving."""

    def below(amount: float) -> float:
        if amount <= tip and tip > low:
            return (amount - low) ** 2 / ((high - low) * (tip - low))
        return 1 - (high - amount) ** 2 / ((high - low) * (high - tip)) if amount < high else 1.0

    start, end = low, high
    for _ in range(60):
        half = (start + end) / 2
        start, end = (half, end) if below(half) < share else (start, half)
    return (start + end) / 2


@given(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000)).map(sorted),
    st.floats(0, 1),
)
@settings(max_examples=200)
def test_an_amount_is_drawn_from_the_triangle_of_its_row(three: list[int], share: float):
    low, tip, high = map(float, three)
    row = Row("a", True, low, tip, high, 2019, 2019)
    drawn = float(triangular([row], np.array([[share]]))[0, 0])
    if low == high:
        assert drawn == low
    else:
        assert drawn == pytest.approx(slow_triangle(low, tip, high, share), abs=1e-3)


@pytest.mark.parametrize("within", [3, 5])
def test_the_simulation_is_the_same_as_one_by_hand(within: int):
    rows = [
        Row("a", False, 80.0, 100.0, 150.0, 2019, 2019),
        Row("b", True, 10.0, 30.0, 60.0, 2019, 2022),
    ]
    found = simulate(rows, within=within, draws=500, seed=7)
    assert found
    uniform = np.random.default_rng(7).random((500, 2))
    totals, back = [], 0
    for one, other in uniform:
        cost, gain = slow_triangle(80, 100, 150, one), slow_triangle(10, 30, 60, other)
        totals.append(4 * gain - cost)
        so_far = [gain * (year + 1) - cost for year in range(4)]
        stays = [all(amount >= 0 for amount in so_far[at:]) for at in range(4)]
        back += any(stays[:within])  # what never comes back stays nowhere, however long we wait
    totals.sort()
    assert found.low == pytest.approx(np.quantile(totals, 0.1), abs=0.01)
    assert found.median == pytest.approx(np.quantile(totals, 0.5), abs=0.01)
    assert found.high == pytest.approx(np.quantile(totals, 0.9), abs=0.01)
    assert found.back == back / 500
    assert (found.draws, found.seed) == (500, 7)


def test_what_never_comes_back_is_not_back_however_long_we_wait():
    rows = [
        Row("a", False, 90.0, 100.0, 110.0, 2019, 2019),
        Row("b", True, 10.0, 10.0, 10.0, 2019, 2020),
    ]
    found = simulate(rows, within=30)
    assert found
    assert found.back == 0


def test_the_same_seed_gives_the_same_and_another_nearly_so():
    rows = [Row("a", True, 0.0, 50.0, 100.0, 2019, 2023)]
    one, again, other = (simulate(rows, within=5, seed=seed) for seed in (1, 1, 2))
    assert one
    assert other
    assert one == again
    assert one.median == pytest.approx(other.median, rel=0.05)
    assert one.median == pytest.approx(250, rel=0.02)


def test_what_is_certain_is_not_simulated():
    assert simulate([Row("a", True, 5.0, 5.0, 5.0, 2019, 2019)], within=5) is None
    assert simulate([], within=5) is None
