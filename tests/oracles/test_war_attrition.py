"""Combat and manpower, stripped to Lanchester's laws, against the differential equations.

With force equal to troops, losses_s = c_s (N_o / N_o0)^p (N_s / N_s0)^q is the square law for
p = 1, q = 0 and the linear law for p = q = 1 (Bracken 1995). A week is a step of Euler's method in
which losses lag by a week, so that the error is of first order: halving the rates halves it.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import fixtures

FIRST, SECOND = 600e3, 400e3
STRIPPED = {
    "combat__loss_noise": 0.0, "combat__assault_premium": 0.0, "combat__sufficiency": 1e9,
    "combat__wear": 0.0, "combat__killed_share": 1.0, "combat__disabled_share": 0.0,
    "combat__substitution": 20.0,
    "manpower__intake": 0.0, "manpower__newly_eligible": 0.0, "manpower__desertion": 0.0,
    "manpower__discharge": 0.0, "manpower__morale_effect": 0.0, "manpower__age_effect": 0.0,
}  # fmt: skip


BATTLES = (
    *((1.0, 0.0, rate) for rate in (0.01, 0.005, 0.0025)),
    *((1.0, 1.0, rate) for rate in (0.01, 0.005, 0.0025)),
    (0.7, 0.5, 0.01),
)
"""Exponents of the enemy's and the own force, and the loss of the first week as a share."""


@pytest.fixture(scope="module")
def battles():
    """Troops ``(week, side)`` of every battle."""
    troops = np.array([FIRST, SECOND])[:, None]
    p, q, rate = np.array(BATTLES).T
    parameters, names = fixtures.numbers(
        worlds=len(BATTLES), **STRIPPED, manpower__troops=troops,
        combat__casualties=rate * troops[::-1], combat__enemy_exponent=p, combat__own_exponent=q,
    )  # fmt: skip
    found = fixtures.only(
        ["manpower", "combat"],
        parameters,
        names,
        120,
        keep=lambda s: s.manpower.troops,
        double=True,
    )
    return {battle: found[..., world] for world, battle in enumerate(BATTLES)}


def exact(p: float, q: float, rate: float, weeks: int) -> np.ndarray:
    def slope(_: float, n: np.ndarray) -> np.ndarray:
        share = n / np.array([FIRST, SECOND])
        return -rate * np.array([SECOND, FIRST]) * share[::-1] ** p * share**q

    found = solve_ivp(
        slope, (0, weeks), [FIRST, SECOND], t_eval=np.arange(1, weeks + 1), rtol=1e-10, atol=1e-3
    )
    return found.y.T


@pytest.mark.parametrize("battle", [BATTLES[0], BATTLES[3], BATTLES[-1]])
def test_the_weeks_follow_the_recursion_exactly(battles, battle):
    p, q, rate = battle
    start = troops = np.array([FIRST, SECOND])
    losses, force = np.float32(rate * start[::-1]).astype(float), start
    for week in range(30):
        troops = troops - losses
        enemy, own = (force[::-1] / start[::-1]) ** np.float32(p), (troops / start) ** np.float32(q)
        losses = np.float32(rate * start[::-1]) * enemy * own
        force = troops
        np.testing.assert_allclose(battles[battle][week], troops, rtol=1e-6)


@pytest.mark.parametrize(("p", "q"), [(1.0, 0.0), (1.0, 1.0)])
def test_the_weeks_tend_to_the_differential_equation(battles, p, q):
    errors = []
    for rate, weeks in ((0.01, 30), (0.005, 60), (0.0025, 120)):
        error = battles[p, q, rate][:weeks] / exact(p, q, rate, weeks) - 1.0
        errors.append(np.abs(error[-1]).max())
    assert errors[0] < 0.05
    ratios = np.array(errors[:-1]) / errors[1:]
    assert np.all((ratios > 1.8) & (ratios < 2.2)), "the method is of first order"


def test_square_law_keeps_the_difference_of_squares(battles):
    """A N1^2 - b N2^2 is constant: here with equal effectiveness per soldier."""
    found = battles[1.0, 0.0, 0.0025]
    kept = found[:, 0] ** 2 - found[:, 1] ** 2
    drift = np.abs(kept / (FIRST**2 - SECOND**2) - 1.0).max()
    assert drift < 3 * 0.0025, "within the error of the weekly step: a few times the weekly loss"


def test_linear_law_keeps_the_proportion_of_losses(battles):
    found = battles[1.0, 1.0, 0.005]
    lost = np.array([FIRST, SECOND]) - found
    proportion = lost[:, 0] / lost[:, 1]
    assert np.abs(proportion / (SECOND / FIRST) - 1.0).max() < 3 * 0.005


def test_either_men_or_equipment_can_bind():
    """Force is at most both and near the smaller one; men bind exactly where they are fewer."""
    kit = np.geomspace(0.1, 10.0, fixtures.LANES)
    parameters, names = fixtures.numbers(
        **{**STRIPPED, "combat__sufficiency": kit, "combat__substitution": 6.0},
        combat__casualties=0.0,
    )
    force, bind = fixtures.only(
        ["combat"], parameters, names, 1, double=True,
        keep=lambda s: (s.combat.force, s.combat.men_bind),
        before=lambda s, week: fixtures.set_part(s, "economy", production=0.0),
    )  # fmt: skip
    troops = parameters.manpower.troops
    exact_force = troops * (0.5 + 0.5 * kit**-6.0) ** (-1.0 / 6.0)
    np.testing.assert_allclose(force[0], exact_force, rtol=1e-6)
    assert np.array_equal(bind[0], np.broadcast_to(kit > 1.0, bind[0].shape))


def test_noise_of_losses_is_lognormal_with_mean_one():
    parameters, names = fixtures.numbers(
        combat__loss_noise=0.2,
        combat__enemy_exponent=0.0,
        combat__own_exponent=0.0,
        combat__assault_premium=0.0,
    )
    losses = fixtures.only(["combat"], parameters, names, 120, keep=lambda s: s.combat.casualties)
    ratio = (losses / parameters.combat.casualties).ravel()
    assert abs(ratio.mean() - 1.0) < 4 * ratio.std() / np.sqrt(ratio.size)
    logs = np.log(ratio)
    assert abs(logs.std() - 0.2) < 4 * 0.2 / np.sqrt(2 * logs.size)
    between = np.corrcoef(logs[: logs.size // 2], logs[logs.size // 2 :])[0, 1]
    assert abs(between) < 4 / np.sqrt(logs.size / 2)
