"""The solver against screening while fighting (B21, B23): the durable-goods war."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ripeness.bargaining.expectations import responses
from ripeness.bargaining.expectations.games import private_cost_rounds as rounds
from ripeness.bargaining.expectations.games.offers import atoms_of_uniform
from ripeness.bargaining.expectations.games.private_cost import PrivateCost
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import powell_private_cost

SETTINGS = Settings(
    sweeps=240,
    least=30,
    forgetting=((0.0, 0.6),),
    ridges=Ridges(pooled=0.0, previous=0.0, baseline=0.0),
    average=6,
    still=1e-4,
)
ATOMS, LENGTH = 120, 60


def game_of(collapse_s, collapse_d, low, high, own_cost, offers_per_round, **numerics):
    cost, share = atoms_of_uniform(low, high, ATOMS)
    beta = (1 - collapse_s - collapse_d) ** (1 / offers_per_round)
    settings = {"knots": 1, "plays": 24, "length": 4, "seed": 1} | numerics
    # Sharp relative to the range of costs, and about as coarse as the atoms.
    precision = 5 * ATOMS / 4 / (1 - beta) / (high - low)
    return PrivateCost(
        collapse_s,
        collapse_d,
        float(offers_per_round),
        cost,
        share,
        own_cost,
        precision,
        **settings,
    )


def check(case, battles, **numerics):
    """Compare; ``battles``: largest relative error of the fighting."""
    collapse_s, collapse_d, low, high, own_cost, offers_per_round = case
    game = game_of(collapse_s, collapse_d, low, high, own_cost, offers_per_round, **numerics)
    solution = solve(game, SETTINGS)
    assert solution.converged, solution.message
    found = game.outcome(solution.coefficients, plays=24, length=LENGTH)
    exact = powell_private_cost(
        collapse_s, collapse_d, low, high, own_cost=own_cost, offers_per_round=offers_per_round
    )
    assert found.offers[0] == pytest.approx(exact.offers[0], abs=0.01)
    assert found.offers[1] == pytest.approx(exact.offers[1], abs=0.01)
    np.testing.assert_allclose(found.left[:2], exact.fights_on[:2], atol=0.03)
    assert found.battles == pytest.approx(exact.expected_battles, rel=battles)
    assert found.collapse == pytest.approx(exact.collapse_probability, abs=0.01)
    return found


def test_offers_improve_and_more_offers_shorten_the_war():
    battles = [check((0.1, 0.1, 0.0, 0.3, 0.0, m), 0.02).battles for m in (1, 4, 16)]
    assert battles[0] > 1.5 * battles[1] > 2.25 * battles[2]


@pytest.mark.parametrize("case", [(0.2, 0.1, 0.0, 0.4, 0.0, 2), (0.1, 0.15, 0.0, 0.2, 0.0, 1)])
def test_other_odds_and_costs(case):
    check(case, 0.02)


@pytest.mark.slow
@pytest.mark.parametrize("case", [(0.1, 0.1, 0.05, 0.3, 0.02, 1), (0.1, 0.05, 0.02, 0.4, 0.05, 1)])
def test_a_gap_ends_the_talks(case):
    """Where peace is worth something with every type, the last is bought off and offers jump."""
    check(case, 0.05, knots=8)


@jax.jit
def answered_again(coefficients, belief, numbers, precision):
    """Offers, and how far answers to what they reveal differ from the answers made."""
    made = rounds.offers(coefficients, belief, numbers)
    cost = numbers.cost[None, :, None]
    mean = jnp.sum(made.after * cost, axis=1)
    own = coefficients[0].reshape(1, -1)
    relative = rounds.of_cost(cost, mean[:, None], numbers)
    refuse = jnp.einsum("kjw,kf,fjaw->jaw", rounds.of_mean(mean, numbers), own, relative)
    again = responses.sigmoid(precision * (cost - made.price[:, None] - refuse))
    return made, jnp.sum(belief * jnp.abs(again - made.answers), axis=1)


def test_answers_are_consistent_with_what_a_refusal_reveals():
    """Prices that make a type just willing come with answers that are a fixed point."""
    game = game_of(0.1, 0.1, 0.0, 0.3, 0.0, 2)
    solution = solve(game, replace(SETTINGS, sweeps=30))
    made, moved = answered_again(
        jnp.asarray(solution.coefficients, jnp.float32),
        jnp.asarray(game.below(np.array([0.3, 0.1])), jnp.float32),
        game.numbers(),
        game.precision,
    )
    assert float(moved.max()) < 0.03
    assert float((made.offered * moved).sum(axis=0).max()) < 1e-3
