"""The solver against commitment problems: backward induction, B06, B10 and B13."""

import numpy as np
import pytest

from ripeness.bargaining.expectations.games.commitment import Commitment
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import (
    fearon_preventive_war,
    powell_power_path,
    powell_preventive_war,
    powell_shifting_power,
)

SETTINGS = Settings(
    sweeps=40,
    least=12,
    forgetting=((0.0, 0.0),),
    ridges=Ridges(pooled=0.0, previous=0.0, baseline=0.0),
    average=1,
    window=4,
    still=1e-4,
)
PRECISION = 2000.0
"""Times the discount rate: noise costs about 2 / 2000 of a period's flow each period."""


def solve_paths(war_proposer, war_responder, discount):
    game = Commitment(war_proposer, war_responder, discount, PRECISION / (1.0 - discount))
    solution = solve(game, SETTINGS)
    assert solution.converged, solution.message
    return game, solution.coefficients


def first(fights):
    """First period with a fight, -1 if none."""
    return np.where(fights.any(axis=1), fights.argmax(axis=1), -1)


def drawn_paths(luck, cases):
    """Power over five periods, rising over the first N = 1..4 of them, and costs."""
    start, rise = luck.uniform(0.1, 0.6, cases), luck.uniform(0.0, 0.4, cases)
    steps = 1 + np.arange(cases) % 4
    part = np.sort(luck.random((cases, 5)), axis=1)
    part[:, 0] = 0.0
    part[np.arange(5) >= steps[:, None]] = 1.0
    return start[:, None] + rise[:, None] * part, luck.uniform(0.0, 0.2, (2, cases))


def check_backward_induction(luck, cases, discount):
    power, (cost_a, cost_b) = drawn_paths(luck, cases)
    game, found = solve_paths(1 - power - cost_b[:, None], power - cost_a[:, None], discount)

    def exact(step):
        costs = zip(power, cost_a, np.maximum(cost_b + step, 0.0), strict=True)
        return [powell_shifting_power(*case, discount) for case in costs]

    truth = exact(0.0)
    fights = np.array([case.fights for case in truth])
    # Away from the margin: the verdict is the same with costs .01 lower and higher.
    wider = [np.array([case.fights for case in exact(step)]) for step in (-0.01, 0.01)]
    clear = (wider[0] == fights) & (wider[1] == fights)
    war = game.rules(found)[0] < 0.5
    assert clear.mean() > 0.95
    assert 0.0 < fights[:, 0].mean() < 0.6
    assert (war == fights)[clear].all()
    sure = clear.all(axis=1)
    assert (first(war) == first(fights))[sure].all()
    value = found.reshape(2, *power.shape)[:, sure, 0]
    np.testing.assert_allclose(
        value[0], np.array([case.value_b for case in truth])[sure], atol=0.01
    )
    np.testing.assert_allclose(
        value[1], np.array([case.value_a for case in truth])[sure], atol=0.01
    )


def test_war_comes_when_backward_induction_says():
    check_backward_induction(np.random.default_rng(1), 160, 0.9)


@pytest.mark.slow
@pytest.mark.parametrize("discount", [0.6, 0.8, 0.95])
def test_war_comes_when_backward_induction_says_many(discount):
    check_backward_induction(np.random.default_rng(2), 1000, discount)


@pytest.mark.parametrize(("power", "destroyed"), [(0.3, 0.1), (0.15, 0.2), (0.5, 0.05)])
def test_critical_shift(power, destroyed):
    discount = 0.9
    exact = powell_preventive_war(power, 0.0, destroyed, discount).critical_shift
    shift = exact + np.arange(-20, 21) * 0.005
    shift = shift[(shift >= 0) & (power + shift <= 1)]
    path = power + shift[:, None] * np.array([0.0, 1.0])
    game, found = solve_paths((1 - destroyed) * (1 - path), (1 - destroyed) * path, discount)
    war = game.rules(found)[0][:, 0] < 0.5
    assert (np.diff(war.astype(int)) >= 0).all()
    assert shift[war][0] == pytest.approx(exact, abs=0.01)


def test_speed_not_size():
    destroyed, discount = 0.1, 0.9
    paths = np.array(
        [
            [0.3, 0.35, 0.4, 0.45, 0.5],
            [0.3, 0.3, 0.3, 0.5, 0.5],
            [0.3, 0.3, 0.5, 0.5, 0.5],
            [0.3, 0.5, 0.5, 0.5, 0.5],
        ]
    )
    game, found = solve_paths((1 - destroyed) * (1 - paths), (1 - destroyed) * paths, discount)
    war = first(game.rules(found)[0] < 0.5)
    exact = [powell_power_path(path, destroyed, discount).first_war for path in paths]
    assert [None if at < 0 else at for at in war] == exact == [None, 2, 1, 0]


def test_preventive_war_against_a_rising_proposer():
    discount, luck = 0.9, np.random.default_rng(3)
    now, later = luck.uniform(0.1, 0.7, 120), luck.uniform(0.3, 0.9, 120)
    cost = luck.uniform(0.0, 1.5, 120)
    power = np.stack([now, later], axis=1)
    # The lump cost as a share of the flow for ever; A has no reason to fight, so it cannot.
    never = np.full_like(power, -1.0)
    game, found = solve_paths(never, 1 - power - cost[:, None] * (1 - discount), discount)
    exact = [fearon_preventive_war(*case, discount) for case in zip(now, later, cost, strict=True)]
    clear = np.abs([case.critical_win_probability_now for case in exact] - now) > 0.01
    war = np.array([case.war for case in exact])
    assert clear.mean() > 0.9
    assert 0.2 < war.mean() < 0.8
    assert ((game.rules(found)[0][:, 0] < 0.5) == war)[clear].all()
