"""Wars of attrition, audience costs, forces, and stopping, against integration and simulation."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from scipy.stats import norm

from ripeness.classics import (
    bermudan_put,
    brown_linear,
    brown_square,
    fearon_audience_costs,
    lanchester_linear,
    lanchester_mixed,
    lanchester_osipov,
    lanchester_square,
    longstaff_schwartz,
    surrender_time,
    war_of_attrition,
    war_of_attrition_exponential,
    war_of_attrition_private,
)

quick = settings(max_examples=30, deadline=None)
above = st.floats(0.05, 5)


def _within_four_errors(draws, exact):
    assert abs(draws.mean() - exact) <= 4 * draws.std() / math.sqrt(draws.size)


# -------------------------------------------------------------------------- wars of attrition


@quick
@given(above, above, above, above)
def test_attrition_makes_both_indifferent(v1, v2, c1, c2):
    found = war_of_attrition(v1, v2, c1, c2)
    # Waiting a moment longer gains h_j V_i and costs c_i.
    assert found.hazard_2 * v1 == pytest.approx(c1)
    assert found.hazard_1 * v2 == pytest.approx(c2)
    mirror = war_of_attrition(v2, v1, c2, c1)
    assert mirror.yields_first_1 == pytest.approx(1 - found.yields_first_1)
    area = quad(found.survival, 0, np.inf)[0]
    assert area == pytest.approx(found.expected_duration, rel=1e-5)


@pytest.mark.parametrize(
    ("game", "draw"),
    [
        (war_of_attrition_private(1, 1), lambda rng, n: rng.random(n)),
        (war_of_attrition_private(2, 0.5, value_low=0.7), lambda rng, n: rng.uniform(0.7, 2, n)),
        (war_of_attrition_exponential(1.5, 0.4), lambda rng, n: rng.exponential(1.5, n)),
    ],
)
def test_private_attrition_by_monte_carlo(game, draw):
    rng = np.random.default_rng(17)
    plays = 4_000
    one, two = draw(rng, plays), draw(rng, plays)
    quit_1 = np.array([game.quit_time(float(v)) for v in one])
    quit_2 = np.array([game.quit_time(float(v)) for v in two])
    length = np.minimum(quit_1, quit_2)
    _within_four_errors(length, game.expected_duration)
    _within_four_errors(np.where(quit_1 > quit_2, one, 0) - game.cost * length, game.payoff)
    t = float(np.median(length))
    _within_four_errors((length > t).astype(float), game.survival(t))


@pytest.mark.parametrize(
    "game", [war_of_attrition_private(1, 1), war_of_attrition_exponential(1, 1)]
)
def test_no_type_gains_by_quitting_at_another_time(game):
    top = 1.0 if game.share_left(1.0) == 0 else 6.0
    values = np.linspace(0, top, 4001)[1:-1]
    times = np.array([game.quit_time(float(v)) for v in values])
    density = -np.gradient([game.share_left(float(v)) for v in values], values)
    step = values[1] - values[0]
    for v in (0.2, 0.5, 0.8):
        won = np.cumsum(density * (v - game.cost * times)) * step
        lost = np.array([game.share_left(float(x)) for x in values]) * game.cost * times
        best = values[int(np.argmax(won - lost))]
        assert best == pytest.approx(v, abs=0.02)


@quick
@given(st.floats(0.1, 3), st.floats(0, 0.9), st.floats(0.1, 3), st.floats(0, 5))
def test_quit_time_and_marginal_value_are_inverse(high, part, c, t):
    game = war_of_attrition_private(high, c, value_low=part * high)
    value = game.marginal_value(t)
    if high - value > 1e-9:
        assert game.quit_time(value) == pytest.approx(t, abs=1e-5)
    assert game.quit_time(part * high) == 0
    assert game.quit_time(high) == math.inf
    assert 0 <= game.survival(t) <= 1


# ----------------------------------------------------------------------------- audience costs


@quick
@given(above, above, above, above, above)
def test_audience_costs_by_integrating_the_hazards(a1, a2, v, w1, w2):
    found = fearon_audience_costs(a1, a2, prize=v, worst_war_1=w1, worst_war_2=w2)
    # i stays with chance s_i; j waits iff -ds_i/s_i (v + a_j t) = a_j dt.
    solved = solve_ivp(
        lambda t, s: [-s[0] * a2 / (v + a2 * t), -s[1] * a1 / (v + a1 * t)],
        (0, found.horizon),
        [1 - found.at_once_1, 1 - found.at_once_2],
        rtol=1e-9,
        atol=1e-12,
    )
    left = solved.y[:, -1]
    assert left[0] == pytest.approx(1 - found.back_down_1, abs=1e-6)
    assert left[1] == pytest.approx(1 - found.back_down_2, abs=1e-6)
    # Those left are just the types that prefer war to backing down then.
    assert left[0] == pytest.approx(a1 * found.horizon / w1, abs=1e-6)
    assert left[1] == pytest.approx(a2 * found.horizon / w2, abs=1e-6)
    assert found.war_probability == pytest.approx(left[0] * left[1], abs=1e-6)
    assert min(found.at_once_1, found.at_once_2) == 0
    assert found.backed_down(1, found.horizon) == pytest.approx(found.back_down_1, abs=1e-9)


def test_the_side_with_larger_audience_costs_backs_down_less():
    found = fearon_audience_costs(0.5, 2)
    assert found.back_down_1 > found.back_down_2
    assert found.at_once_1 > 0
    assert found.at_once_2 == 0
    assert found.backed_down(1, 0) == pytest.approx(found.at_once_1)


# ------------------------------------------------------------------------------------- forces


def _fight(losses, x, y, end):
    """What is left after ``end``, by integration that stops when a side has gone."""

    def gone(_, f):
        return min(f[0], f[1]) - 1e-9

    gone.terminal = True
    solved = solve_ivp(losses, (0, end), [x, y], rtol=1e-10, atol=1e-10, events=gone)
    return solved.y[0, -1], solved.y[1, -1], solved.t[-1]


forces = st.floats(5, 100)
rates = st.floats(0.2, 3)


@quick
@given(forces, forces, rates, rates)
def test_square_and_power_laws_by_integration(x, y, a, b):
    square = lanchester_square(x, y, a, b)
    if square.winner == 0 or abs(a * x * x - b * y * y) < 0.02 * a * x * x:
        return
    left = _fight(lambda _, f: [-b * f[1], -a * f[0]], x, y, 100)
    assert (left[0], left[1]) == pytest.approx((square.left_1, square.left_2), abs=1e-5)
    assert left[2] == pytest.approx(square.duration, rel=1e-5)
    same = lanchester_osipov(x, y, a, b, exponent=2)
    assert same.left_1 == pytest.approx(square.left_1, abs=1e-9)
    assert same.duration == pytest.approx(square.duration, rel=1e-6)
    mirror = lanchester_square(y, x, b, a)
    assert mirror.left_2 == pytest.approx(square.left_1)


@pytest.mark.parametrize(("x", "y", "a", "b"), [(60, 40, 1, 1), (30, 50, 0.5, 0.4)])
def test_osipov_by_integration(x, y, a, b):
    found = lanchester_osipov(x, y, a, b)
    left = _fight(
        lambda _, f: [-b * abs(f[1]) ** 0.5, -a * abs(f[0]) ** 0.5], float(x), float(y), 1000
    )
    assert (left[0], left[1]) == pytest.approx((found.left_1, found.left_2), abs=1e-4)
    assert left[2] == pytest.approx(found.duration, rel=1e-4)


@pytest.mark.parametrize(("x", "y"), [(80, 8), (20, 9)])
def test_linear_and_mixed_laws_by_integration(x, y):
    linear = lanchester_linear(x, y, 0.2, 0.3)
    left = _fight(lambda _, f: [-0.3 * f[0] * f[1], -0.2 * f[0] * f[1]], x, y, 50)
    assert (left[0], left[1]) == pytest.approx((linear.left_1, linear.left_2), abs=1e-3)
    mixed = lanchester_mixed(x, y, 1, 1)
    left = _fight(lambda _, f: [-f[0] * f[1], -f[0]], x, y, 50)
    assert (left[0], left[1]) == pytest.approx((mixed.left_1, mixed.left_2), abs=1e-3)
    if mixed.winner == 1 and y:
        assert left[2] == pytest.approx(mixed.duration, rel=1e-4)


def test_parity_destroys_both():
    for law in (lanchester_square, lanchester_linear, lanchester_osipov):
        assert law(100, 100).winner == 0
    assert lanchester_mixed(50, 10).winner == 0
    assert lanchester_square(10, 0).duration == 0


def _brown(x, y, chance):
    @cache
    def win(x, y):
        if y == 0:
            return 1.0
        if x == 0:
            return 0.0
        a = chance(x, y)
        return a * win(x, y - 1) + (1 - a) * win(x - 1, y)

    return win(x, y)


@quick
@given(st.integers(0, 25), st.integers(1, 25), st.floats(0.1, 5), st.floats(0, 1))
def test_brown_by_recursion(x, y, r, p):
    square = brown_square(x, y, r)
    assert square.win_probability == pytest.approx(_brown(x, y, lambda x, y: r * x / (r * x + y)))
    linear = brown_linear(x, y, p)
    assert linear.win_probability == pytest.approx(_brown(x, y, lambda x, y: p), abs=1e-12)
    mirror = brown_square(y, x, 1 / r)
    assert mirror.win_probability == pytest.approx(1 - square.win_probability, abs=1e-9)
    assert mirror.expected_left_1 == pytest.approx(square.expected_left_2, abs=1e-9)


def test_brown_closed_form_at_parity_of_quality():
    for x, y in ((1, 1), (5, 4), (9, 12)):
        exact = sum(
            (-1) ** (x - k) * k ** (x + y) / (math.factorial(x - k) * math.factorial(y + k))
            for k in range(1, x + 1)
        )
        assert brown_square(x, y).win_probability == pytest.approx(exact, abs=1e-9)


def test_large_stochastic_battles_come_near_the_square_law():
    found = brown_square(1000, 800)
    assert found.win_probability > 0.999
    assert found.expected_left_1 == pytest.approx(600, rel=0.01)


# ----------------------------------------------------------------------------------- stopping


def test_a_put_with_one_date_is_european():
    for spot, sigma, years in ((36, 0.2, 1), (44, 0.4, 2)):
        d1 = (math.log(spot / 40) + (0.06 + sigma**2 / 2) * years) / (sigma * math.sqrt(years))
        d2 = d1 - sigma * math.sqrt(years)
        exact = 40 * math.exp(-0.06 * years) * norm.cdf(-d2) - spot * norm.cdf(-d1)
        ours = bermudan_put(spot, 40, 0.06, sigma, years, dates_per_year=1, steps_per_date=800)
        if years == 1:
            assert ours == pytest.approx(max(exact, 40 - spot), abs=2e-3)
        else:
            assert ours >= exact - 2e-3  # two dates


def test_the_regression_comes_near_the_tree():
    rng = np.random.default_rng(23)
    paths, dates, dt = 20_000, 50, 1 / 50
    shocks = rng.standard_normal((paths // 2, dates))
    shocks = np.vstack([shocks, -shocks])
    log = np.cumsum((0.06 - 0.02) * dt + 0.2 * math.sqrt(dt) * shocks, axis=1)
    prices = np.hstack([np.full((paths, 1), 0.9), 0.9 * np.exp(log)])
    found = longstaff_schwartz(prices, 1, 0.06 * dt, degree=3)
    exact = bermudan_put(36, 40, 0.06, 0.2, 1) / 40
    # The rule is learnt on the same paths: an error of half a per cent beside the sampling error.
    assert found.value == pytest.approx(exact, abs=0.005 * exact + 4 * 0.08 / math.sqrt(paths))
    assert found.value > found.european


@quick
@given(st.floats(0, 1), st.integers(1, 15), st.floats(0.005, 0.5), st.floats(0, 0.5))
def test_surrender_by_value_iteration(p, big, c, s):
    value = np.full(big + 1, s)
    value[-1] = 1
    for _ in range(4000):
        value[1:-1] = np.maximum(s, -c + p * value[2:] + (1 - p) * value[:-2])
    found = surrender_time(p, big, c, surrender_value=s)
    assert found.values == pytest.approx(value, abs=1e-6)
    assert all(v == pytest.approx(s) for v in found.values[: found.quit_at + 1])


@quick
@given(st.integers(2, 200), st.floats(0.0005, 0.4))
def test_fair_walk_threshold_by_the_closed_form(big, c):
    largest = max(m for m in range(1, 3000) if m * (m - 1) < (1 / c) * (1 - 1e-9))
    assert surrender_time(0.5, big, c).quit_at == max(0, big - largest)
