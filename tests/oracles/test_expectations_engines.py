"""Three engines of war, one at a time: with the other two off, the third hits its row.

Private information, unequal priors and commitment problems each make war; each has a game of the ladder in
which it is the only reason to fight. Turned on, the war is the published one; turned off, there is none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from ripeness.bargaining.expectations.games.commitment import Commitment
from ripeness.bargaining.expectations.games.offers import atoms_of_uniform
from ripeness.bargaining.expectations.games.private_cost import PrivateCost
from ripeness.bargaining.expectations.games.screening import Screening
from ripeness.bargaining.expectations.games.unequal_priors import UnequalPriors
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import (
    fearon_screening,
    powell_power_path,
    powell_private_cost,
    smith_stam,
)

SETTINGS = Settings(
    sweeps=30, least=14, forgetting=((0.0, 0.5),), ridges=Ridges(0.0, 0.0, 0.0), average=4, window=4
)


@dataclass(frozen=True)
class Engine:
    """Why sides fight. ``war(on)`` is how much war there is, 0: none; ``exact`` when it is on."""

    name: str
    row: str
    war: Callable[[bool], float]
    exact: Callable[[], float]
    tolerance: float


def screening(on: bool) -> float:
    """Odds of war when B's cost is private, or known to be the mean."""
    atoms = 160 if on else 1
    cost, share = atoms_of_uniform(0.0, 0.4, atoms)
    game = Screening(np.full(atoms, 0.5), cost, share, 0.1, 65, 2000.0, 4096, seed=1)
    return game.war(solve(game, SETTINGS).coefficients)


def screening_while_fighting(on: bool) -> float:
    """Battles when D's cost is private, or as good as known."""
    low, high = (0.0, 0.3) if on else (0.148, 0.152)
    cost, share = atoms_of_uniform(low, high, 120)
    precision = 750.0 / (high - low)
    game = PrivateCost(0.1, 0.1, 1.0, cost, share, 0.0, precision, 1, 24, 4, seed=1)
    found = solve(game, SETTINGS).coefficients
    return game.outcome(found, plays=24, length=60).battles


def unequal_priors(on: bool) -> float:
    """Battles when both sides are optimistic, or of one mind."""
    priors = ((6.0, 4.0), (4.0, 6.0)) if on else ((5.0, 5.0), (5.0, 5.0))
    game = UnequalPriors(priors, 5, 10, (0.02, 0.02), 50_000.0, 7, 10.0, 138, 512, seed=1)
    return game.outcome(solve(game, SETTINGS).coefficients, 0.5).battles


def commitment(on: bool) -> float:
    """Periods, counted from the last, in which a war comes: power jumps, or creeps."""
    path = np.array([[0.3, 0.3, 0.3, 0.5, 0.5]] if on else [[0.3, 0.35, 0.4, 0.45, 0.5]])
    game = Commitment(0.9 * (1 - path), 0.9 * path, 0.9, 20_000.0)
    fights = game.rules(solve(game, SETTINGS).coefficients)[0][0] < 0.5
    return float(len(fights) - fights.argmax()) if fights.any() else 0.0


def exact_commitment() -> float:
    first = powell_power_path([0.3, 0.3, 0.3, 0.5, 0.5], 0.1, 0.9).first_war
    assert first is not None
    return 5.0 - first


ENGINES = (
    Engine(
        "private information, one offer",
        "B02",
        screening,
        lambda: fearon_screening(0.5, 0.1, 0.0, 0.4).war_probability,
        0.02,
    ),
    Engine(
        "private information, while fighting",
        "B21",
        screening_while_fighting,
        lambda: powell_private_cost(0.1, 0.1, 0.0, 0.3).expected_battles,
        0.04,
    ),
    Engine(
        "unequal priors",
        "B18",
        unequal_priors,
        lambda: smith_stam((6, 4), (4, 6)).expected_battles,
        0.1,
    ),
    Engine("commitment", "B13", commitment, exact_commitment, 0.0),
)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.row)
def test_alone_it_hits_its_row(engine):
    assert engine.war(True) == pytest.approx(engine.exact(), abs=engine.tolerance)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.row)
def test_without_it_there_is_no_war(engine):
    assert engine.war(False) <= engine.tolerance
