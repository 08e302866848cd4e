"""Fearon's range and screening, Rubinstein, options, shadow of power, against brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ripeness.classics import (
    breakdown,
    fearon_first_strike,
    fearon_optimism,
    fearon_preventive_war,
    fearon_range,
    fearon_screening,
    fearon_screening_power,
    fearon_screening_types,
    inside_option,
    outside_option,
    powell_shadow_of_power,
    rubinstein,
    rubinstein_fixed_costs,
    rubinstein_limit,
)

quick = settings(max_examples=40, deadline=None)
share = st.floats(0, 1)
cost = st.floats(0, 0.5)
factor = st.floats(0.05, 0.98)


@quick
@given(share, cost, cost)
def test_agreed_odds_never_empty_the_range(p, a, b):
    found = fearon_range(p, a, b)
    assert not found.empty
    assert found.width == pytest.approx(found.high - found.low, abs=1e-12)
    assert 0 <= found.feasible_low <= found.feasible_high + 1e-12 <= 1 + 1e-12


@quick
@given(share, share, cost, cost)
def test_optimism_and_first_strike_empty_the_range_alike(p, q, a, b):
    optimism = fearon_optimism(p, 1 - q, a, b)
    assert optimism.width == pytest.approx(a + b - (p - q), abs=1e-12)
    if p >= q:
        assert fearon_first_strike(p, q, a, b).width == pytest.approx(optimism.width, abs=1e-12)


def _screening_by_grid(p, own, low, high):
    x = np.linspace(0, 1, 20001)
    war = np.clip((x - p - low) / (high - low), 0, 1)
    utility = (1 - war) * x + war * (p - own)
    best = int(np.argmax(utility))
    return x[best], war[best], utility[best]


@quick
@given(share, cost, cost, st.floats(0.01, 0.6))
def test_screening_is_the_best_demand_on_a_grid(p, own, low, width):
    found = fearon_screening(p, own, low, low + width)
    x, _, utility = _screening_by_grid(p, own, low, low + width)
    assert found.utility_a >= utility - 1e-12
    assert found.utility_a == pytest.approx(utility, abs=6e-5)
    assert found.demand == pytest.approx(x, abs=5e-3)
    assert 0 <= found.war_probability <= 1


def test_screening_by_monte_carlo():
    found = fearon_screening(0.45, 0.07, 0.05, 0.5)
    rng = np.random.default_rng(7)
    costs = rng.uniform(0.05, 0.5, 200_000)
    fights = costs < found.demand - 0.45
    for draws, exact in (
        (fights, found.war_probability),
        (np.where(fights, 0.45 - 0.07, found.demand), found.utility_a),
        (np.where(fights, 0.55 - costs, 1 - found.demand), found.utility_b),
    ):
        assert abs(draws.mean() - exact) <= 4 * draws.std() / np.sqrt(draws.size)


def test_many_types_come_near_the_uniform_distribution():
    costs = (np.arange(2000) + 0.5) / 2000 * 0.4
    types = fearon_screening_types(0.5, 0.1, costs, np.full(2000, 1 / 2000))
    uniform = fearon_screening(0.5, 0.1, 0, 0.4)
    assert types.demand == pytest.approx(uniform.demand, abs=1e-3)
    assert types.war_probability == pytest.approx(uniform.war_probability, abs=2e-3)
    assert types.utility_a == pytest.approx(uniform.utility_a, abs=1e-3)
    assert types.utility_b == pytest.approx(uniform.utility_b, abs=1e-3)


@quick
@given(st.floats(0.1, 0.5), cost, st.floats(0, 0.2), st.floats(0.01, 0.3), st.floats(0.01, 0.99))
def test_two_types_screen_by_the_closed_form(p, own, low, width, q):
    high = low + width
    found = fearon_screening_types(p, own, [low, high], [q, 1 - q])
    gain = (1 - q) * (high - low) - q * (own + low)
    if abs(gain) > 1e-9:
        assert found.war_probability == pytest.approx(q if gain > 0 else 0)


@quick
@given(st.floats(0, 0.6), st.floats(0.02, 0.4), st.floats(0, 0.3), st.floats(0, 0.3))
def test_private_power_is_the_best_demand_on_a_grid(low, width, a, b):
    high = low + width
    found = fearon_screening_power(low, high, a, b)
    x = np.linspace(0, 1, 20001)
    u = np.clip(x - b, low, high)
    war = (u - low) / (high - low)
    utility = (1 - war) * x + war * ((low + u) / 2 - a)
    assert found.utility_a == pytest.approx(utility.max(), abs=6e-5)
    if low + b < 1 and found.demand < 1 and low < high - a - b:
        assert found.war_probability == pytest.approx(1 - (a + b) / (high - low), abs=1e-9)


@quick
@given(share, share, st.floats(0, 3), st.floats(0, 0.95))
def test_preventive_war_by_backward_induction_with_every_offer(now, later, c, d):
    demands = np.linspace(0, 1, 401)
    horizon = 400

    def stage(p, value_a, value_b):
        war_b = (1 - p) / (1 - d) - c
        accepts = 1 - demands + d * value_b >= war_b - 1e-12
        peace = np.where(accepts, demands + d * value_a, -np.inf)
        best = int(np.argmax(peace))
        if np.isfinite(peace[best]):
            return peace[best], 1 - demands[best] + d * value_b, False
        return p / (1 - d), war_b, True

    value_a, value_b = later / (1 - d), max(0.0, (1 - later) / (1 - d) - c)
    for _ in range(horizon if d > 0 else 1):
        value_a, value_b, fought = stage(later, value_a, value_b)
        if fought:
            break
    found = fearon_preventive_war(now, later, c, d)
    if abs(found.margin) > 0.06:  # the grid of offers is worth up to one step a period
        assert found.war == stage(now, value_a, value_b)[2]
    w = (1 - later) / (1 - d) - c
    if w > 0:
        assert found.margin * (1 - d) == pytest.approx(d * later - now - c * (1 - d) ** 2, abs=1e-9)
    assert found.war == (now < found.critical_win_probability_now - 1e-12 * (1 - d)) or (
        abs(found.margin) < 1e-9
    )


@quick
@given(factor, factor)
def test_rubinstein_by_a_long_finite_game(d1, d2):
    proposer = [1.0, 1.0]  # what 1 and 2 get when they make the last proposal
    for _ in range(1500):
        proposer = [1 - d2 * proposer[1], 1 - d1 * proposer[0]]
    found = rubinstein(d1, d2)
    assert found.share_1 == pytest.approx(proposer[0], abs=1e-9)
    assert found.share_2_proposing == pytest.approx(proposer[1], abs=1e-9)


@quick
@given(st.floats(0.001, 5), st.floats(0.001, 5))
def test_rubinstein_limit_and_symmetry(r1, r2):
    limit = rubinstein_limit(r1, r2)
    assert rubinstein_limit(r1, r2, 1e-7).share_1 == pytest.approx(limit.share_1, abs=1e-6)
    assert rubinstein_limit(r2, r1).share_1 == pytest.approx(limit.share_2, abs=1e-12)
    slow = rubinstein_limit(r1, r2, 1)
    assert slow.share_1 == pytest.approx(rubinstein(np.exp(-r1), np.exp(-r2)).share_1, abs=1e-9)


def test_rubinstein_corners():
    assert rubinstein(0, 0).share_1 == 1
    assert rubinstein(1, 0.5).share_1 == 1
    assert rubinstein(0.5, 1).share_1 == 0
    assert rubinstein_fixed_costs(0.1, 0.2).share_1 == 1
    assert rubinstein_fixed_costs(0.2, 0.1).share_1 == 0.1


@quick
@given(factor, factor, share, share)
def test_options_solve_their_equations(d1, d2, first, second):
    w1, w2 = first, second * (1 - first)
    x = y = 0.5
    for _ in range(1500):
        x, y = 1 - max(d2 * y, w2), 1 - max(d1 * x, w1)
    outside = outside_option(d1, d2, w1, w2)
    assert outside.share_1 == pytest.approx(x, abs=1e-9)
    assert outside.share_2_proposing == pytest.approx(y, abs=1e-9)
    for _ in range(1500):
        x, y = 1 - (1 - d2) * w2 - d2 * y, 1 - (1 - d1) * w1 - d1 * x
    inside = inside_option(d1, d2, w1, w2)
    assert inside.share_1 == pytest.approx(x, abs=1e-9)
    assert inside.share_2_proposing == pytest.approx(y, abs=1e-9)
    for _ in range(1500):
        x = 1 - (1 - 0.9) * w2 - 0.9 * d2 * y
        y = 1 - (1 - 0.9) * w1 - 0.9 * d1 * x
    risky = breakdown(0.9, w1, w2, discount_1=d1, discount_2=d2)
    assert risky.share_1 == pytest.approx(x, abs=1e-9)


def test_an_outside_option_is_a_floor_and_an_inside_option_shifts():
    plain = rubinstein(0.9, 0.9).share_2
    assert outside_option(0.9, 0.9, 0, 0.3).share_2 == pytest.approx(plain)
    assert not outside_option(0.9, 0.9, 0, 0.3).binds_2
    assert outside_option(0.9, 0.9, 0, 0.6).binds_2
    # One more of flow to 2 takes away d/(1 + d) from 1's surplus and gives 2 the rest one for one.
    assert inside_option(0.9, 0.9, 0, 0.3).share_1 == pytest.approx(0.7 / 1.9)
    assert inside_option(0.999999, 0.999999, 0, 0.3).share_2 == pytest.approx(0.65, abs=1e-5)


@quick
@given(share, share, st.floats(0, 0.3), st.floats(0, 0.3), st.floats(0.01, 0.5))
def test_shadow_of_power_is_the_best_offer_on_a_grid(p, q, s, low, width):
    if q - p > s:
        return
    high = low + width
    found = powell_shadow_of_power(p, q, s, low, high)
    x = np.linspace(q, 1, 20001)
    war = np.clip((p - x - low) / (high - low), 0, 1)
    utility = (1 - war) * (1 - x) + war * (1 - p - s)
    assert found.utility_s == pytest.approx(utility.max(), abs=6e-5)
    assert found.offer >= q - 1e-12
    if p - q <= low:
        assert found.war_probability == 0


def test_shadow_of_power_is_zero_then_rises_then_is_flat():
    risks = [
        powell_shadow_of_power(0.3 + gap, 0.3, 0.1, 0.05, 0.4).war_probability
        for gap in np.linspace(0, 0.6, 61)
    ]
    assert risks[5] == 0
    assert np.all(np.diff(risks) >= -1e-12)
    assert risks[20] == pytest.approx(risks[60])
