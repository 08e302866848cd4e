"""The solver against one-shot screening (B02): private cost, private power, two types."""

import numpy as np
import pytest

from ripeness.bargaining.expectations.games.offers import atoms_of_uniform
from ripeness.bargaining.expectations.games.screening import Screening
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import fearon_screening, fearon_screening_power, fearon_screening_types

SETTINGS = Settings(
    sweeps=6,
    least=4,
    forgetting=((0.0, 1.0),),
    ridges=Ridges(pooled=0.0, previous=0.0, baseline=0.0),
    average=1,
    window=4,
    still=1e-3,
)
ATOMS = 160


def solve_screening(win, cost, share, own_cost):
    game = Screening(win, cost, share, own_cost, offers=65, precision=2000.0, plays=4096, seed=1)
    solution = solve(game, SETTINGS)
    assert solution.converged, solution.message
    return game.war(solution.coefficients), game.demand(solution.coefficients)


def drawn_costs(seed, count):
    """Power, own cost, lowest and highest cost; the demand at most 1."""
    luck = np.random.default_rng(seed)
    low = luck.uniform(0.0, 0.1, count)
    high = low + luck.uniform(0.1, 0.3, count)
    return list(
        zip(luck.uniform(0.2, 0.6, count), luck.uniform(0.0, 0.3, count), low, high, strict=True)
    )


@pytest.mark.parametrize(
    "case",
    [
        (0.5, 0.1, 0.0, 0.4),
        (0.5, 0.2, 0.0, 0.4),
        (0.5, 0.05, 0.0, 0.6),
        (0.5, 0.1, 0.0, 0.2),
        (0.5, 0.3, 0.0, 0.2),
        *drawn_costs(4, 6),
    ],
)
def test_private_cost(case):
    win, own_cost, low, high = case
    exact = fearon_screening(win, own_cost, low, high)
    cost, share = atoms_of_uniform(low, high, ATOMS)
    war, demand = solve_screening(np.full(ATOMS, win), cost, share, own_cost)
    assert war == pytest.approx(exact.war_probability, abs=0.02)
    assert demand == pytest.approx(exact.demand, abs=0.01)


@pytest.mark.parametrize(
    "case", [(0.2, 0.6, 0.1, 0.1), (0.3, 0.9, 0.05, 0.15), (0.1, 0.4, 0.2, 0.2)]
)
def test_private_power(case):
    """Who fights is strong: A must learn that from the refusal, or it demands too much."""
    low, high, own_cost, cost = case
    exact = fearon_screening_power(low, high, own_cost, cost)
    win, share = atoms_of_uniform(low, high, ATOMS)
    war, demand = solve_screening(win, np.full(ATOMS, cost), share, own_cost)
    assert war == pytest.approx(exact.war_probability, abs=0.02)
    assert demand == pytest.approx(exact.demand, abs=0.01)


@pytest.mark.parametrize("tough", [0.2, 0.5, 0.8])
def test_two_types(tough):
    cost, share = np.array([0.05, 0.3]), np.array([tough, 1 - tough])
    exact = fearon_screening_types(0.5, 0.1, cost, share)
    war, demand = solve_screening(np.full(2, 0.5), cost, share, 0.1)
    assert war == pytest.approx(exact.war_probability, abs=0.02)
    assert demand == pytest.approx(exact.demand, abs=0.01)


def test_a_known_type_never_fights():
    war, demand = solve_screening(np.array([0.5]), np.array([0.2]), np.array([1.0]), 0.1)
    assert war < 0.02
    assert demand == pytest.approx(0.7, abs=0.01)
