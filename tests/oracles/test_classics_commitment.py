"""Powell's conditions, shifting power, burn-down and autonomy, against brute force."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ripeness.classics import (
    burn_down,
    fearon_autonomy,
    powell_commitment,
    powell_first_strike,
    powell_power_path,
    powell_preventive_war,
    powell_shifting_power,
)

quick = settings(max_examples=40, deadline=None)
share = st.floats(0, 1)


@quick
@given(share, share, st.floats(0, 0.9), st.floats(0.05, 0.99))
def test_one_shift_agrees_with_the_general_condition(p, part, w, d):
    shift = part * (1 - p)
    found = powell_preventive_war(p, shift, w, d)
    general = powell_power_path((p, p + shift), w, d)
    assert general.margin_1[0] * (1 - d) == pytest.approx(found.margin, abs=1e-9)
    if abs(found.margin) > 1e-9:
        assert found.war == general.war
        assert found.war == (shift > found.critical_shift)


@quick
@given(st.lists(share, min_size=2, max_size=6), st.floats(0, 0.9), st.floats(0.05, 0.99))
def test_the_general_condition_is_symmetric_in_the_sides(path, w, d):
    one = powell_power_path(path, w, d)
    two = powell_power_path([1 - p for p in path], w, d)
    assert one.war_periods == two.war_periods
    assert one.margin_1 == pytest.approx(two.margin_2, abs=1e-9)


def test_a_pie_of_another_size_changes_units_only():
    small = powell_commitment((3, 6), (5, 2), 0.9)
    large = powell_commitment((30, 60), (50, 20), 0.9, pie=10)
    assert small.war == large.war
    assert large.margin_1[0] == pytest.approx(10 * small.margin_1[0])


def test_the_critical_shift_of_a_patient_side_does_not_depend_on_power():
    shifts = [powell_preventive_war(p, 0.0, 0.1, 1).critical_shift for p in (0, 0.3, 0.8)]
    assert shifts == pytest.approx([1 / 9] * 3)


@quick
@given(st.floats(0, 0.5), st.floats(0, 0.9))
def test_first_strikes_leave_no_division_iff_both_gain_by_attacking(g, w):
    found = powell_first_strike(g, w)
    for p in (0.5,):
        sum_of_attacks = ((p + g) + (1 - p + g)) * (1 - w)
        assert found.margin == pytest.approx(sum_of_attacks - 1, abs=1e-12)
    assert found.critical_advantage == pytest.approx(w / (2 * (1 - w)))


def _grid_path(path, cost_a, cost_b, d, points=4001):
    """War period by backward induction over every offer on a grid, from a long stationary end."""
    offers = np.linspace(0, 1, points)
    value_a = max(path[-1] - cost_a, 0.0)
    value_b = 1 - value_a
    fights = []
    for p in reversed(path[:-1]):
        war_a, war_b = p - cost_a, 1 - p - cost_b
        accepted = (1 - d) * offers + d * value_a >= war_a - 1e-12
        peace = np.where(accepted, (1 - d) * (1 - offers) + d * value_b, -np.inf)
        best = int(np.argmax(peace))
        fight = bool(war_b > peace[best] + 1e-12)
        value_a = war_a if fight else (1 - d) * offers[best] + d * value_a
        value_b = war_b if fight else float(peace[best])
        fights.append(fight)
    fights.reverse()
    return fights, value_a, value_b


@quick
@given(
    st.lists(share, min_size=2, max_size=6),
    st.floats(0.01, 0.3),
    st.floats(0.01, 0.3),
    st.floats(0.1, 0.95),
)
def test_shifting_power_by_a_grid_of_offers(path, a, b, d):
    found = powell_shifting_power(path, a, b, d)
    fights, value_a, value_b = _grid_path(path, a, b, d)
    if list(found.fights[:-1]) == fights:  # else a knife edge within the grid's step
        assert found.value_a == pytest.approx(value_a, abs=3e-3)
        assert found.value_b == pytest.approx(value_b, abs=3e-3)
    else:
        near = _grid_path(path, a, b + 2e-3, d)[0], _grid_path(path, a, b - 2e-3, d)[0]
        assert near[0] != near[1]


@quick
@given(share, share, st.floats(0.01, 0.3), st.floats(0.01, 0.3), st.floats(0.1, 0.95))
def test_a_single_rise_brings_war_by_the_closed_form(now, later, a, b, d):
    index = d * later - now - b - d * a
    if later < max(a, now) or abs(index) < 1e-9:
        return
    assert powell_shifting_power((now, later), a, b, d).war == (index > 0)


def test_the_same_rise_in_small_steps_keeps_peace():
    steps = np.linspace(0.3, 0.7, 41)
    assert not powell_shifting_power(steps, 0.05, 0.05, 0.95).war
    jump = powell_shifting_power((0.3, 0.3, 0.3, 0.7), 0.05, 0.05, 0.95)
    assert jump.war_period == 2
    assert len(jump.offers) == 2


@quick
@given(st.floats(0, 0.5), *[st.just(0.0) | st.floats(1e-9, 0.4)] * 2, st.floats(0.5, 0.99))
def test_burn_down_by_counting_rounds(g, a, b, left):
    found = burn_down(g, a, b, left)
    if found.rounds is None:
        assert a + b == 0
        assert g > 0
        return
    if found.rounds > 5000:
        return
    prize = 1.0
    for _ in range(found.rounds):
        assert 2 * g * prize > (a + b) * (1 - 1e-9)
        prize *= left
    assert 2 * g * prize <= (a + b) * (1 + 1e-9)
    assert found.prize_left == pytest.approx(prize)


def test_burn_down_corners():
    assert burn_down(0, 0, 0, 0.9).rounds == 0
    assert burn_down(0.3, 0.1, 0.1, 1).rounds is None
    assert burn_down(0.3, 0.1, 0.1, 0).rounds == 1
    assert burn_down(0.3, 0, 0, 0.9).rounds is None


def test_autonomy_by_monte_carlo():
    d, e, k, a, b = 0.9, 0.7, 0.3, 0.05, 0.1
    found = fearon_autonomy(d, e, k, defeat_probability=a, victory_probability=b)
    rng = np.random.default_rng(3)
    plays = 40_000
    length = rng.geometric(a + b, plays)
    won = rng.random(plays) < b / (a + b)
    # k in every period of war; 1 for ever from the period after victory.
    value = -k * (1 - d**length) / (1 - d) + won * d**length / (1 - d)
    assert abs(value.mean() - found.value_war) <= 4 * value.std() / math.sqrt(plays)
    assert abs(length.mean() - found.expected_length) <= 4 * length.std() / math.sqrt(plays)
    weak = rng.random((plays, 200)) >= e
    peace = 1 + weak @ d ** np.arange(1, 201)
    assert abs(peace.mean() - found.value_peace) <= 4 * peace.std() / math.sqrt(plays) + 1e-6


@quick
@given(st.floats(0.05, 0.98), share, st.floats(0, 2), st.floats(0, 0.5), st.floats(0, 0.5))
def test_autonomy_settles_iff_the_government_is_weak_often_enough(d, e, k, a, b):
    found = fearon_autonomy(d, e, k, defeat_probability=a, victory_probability=b)
    if abs(e - found.critical_strong) > 1e-9:
        assert found.settlement == (e < found.critical_strong)
