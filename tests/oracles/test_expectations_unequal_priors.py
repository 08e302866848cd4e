"""The solver against war from different priors (B18): two priors on one set of worlds."""

import math

import numpy as np
import pytest

from ripeness.bargaining.expectations.games.unequal_priors import UnequalPriors
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import smith_stam


def game_of(prior_a, prior_b, start=5, forts=10, costs=(0.02, 0.02), plays=512):
    return UnequalPriors(
        (prior_a, prior_b),
        start,
        forts,
        costs,
        precision=50_000.0,
        degree=7,
        memory=(sum(prior_a) + sum(prior_b)) / 2,
        longest=math.ceil(math.log(1e-3) / math.log(math.cos(math.pi / forts))),
        plays=plays,
        seed=1,
    )


SETTINGS = Settings(
    sweeps=20,
    least=14,
    forgetting=((0.0, 0.5), (0.5, 0.9)),
    ridges=Ridges(pooled=0.0, previous=0.0, baseline=0.0),
    average=4,
    window=4,
)


def check(prior_a, prior_b, **where):
    game = game_of(prior_a, prior_b, **where)
    found = solve(game, SETTINGS).coefficients
    value = game.values(found)
    for chance in (0.5, 0.7):
        exact = smith_stam(
            prior_a,
            prior_b,
            start=game.start,
            forts=game.forts,
            cost_a=game.costs[0],
            cost_b=game.costs[1],
            true_chance=chance,
        )
        outcome = game.outcome(found, chance)
        assert value[0] == pytest.approx(exact.value_a, abs=0.01)
        assert value[1] == pytest.approx(exact.value_b, abs=0.01)
        # A battle costs what it costs: one per cent of the prize, or two of the battles.
        tolerance = max(0.01 / sum(game.costs), 0.02 * exact.expected_battles)
        assert outcome.battles == pytest.approx(exact.expected_battles, abs=tolerance)
        assert outcome.collapse == pytest.approx(exact.collapse_probability, abs=0.02)
    return value, outcome


@pytest.mark.parametrize(
    ("prior_a", "prior_b"),
    [
        ((5.0, 5.0), (5.0, 5.0)),
        ((6.0, 4.0), (4.0, 6.0)),
        ((1.6, 0.4), (0.4, 1.6)),
        ((8.0, 2.0), (2.0, 8.0)),
    ],
)
def test_optimism_is_burnt_away(prior_a, prior_b):
    check(prior_a, prior_b)


def test_unlike_priors_costs_and_front():
    check((7.0, 5.0), (3.0, 4.0), start=4, forts=9, costs=(0.01, 0.02))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_optimism_is_burnt_away_many(seed):
    luck = np.random.default_rng(seed)
    forts = int(luck.integers(6, 11))
    strength = luck.uniform(3.0, 12.0, 2)
    mean = (luck.uniform(0.5, 0.75), luck.uniform(0.3, 0.5))
    priors = [(m * s, (1 - m) * s) for m, s in zip(mean, strength, strict=True)]
    check(*priors, start=forts // 2, forts=forts, costs=(0.02, 0.015), plays=1024)


def test_weights_of_worlds_are_posteriors():
    """Among worlds with the same battles seen, a side's weighted mean is its own posterior's."""
    game = game_of((6.0, 4.0), (4.0, 6.0), plays=200_000)
    luck = np.random.default_rng(9)
    chance, weight = game.worlds(luck)
    wins = luck.binomial(8, chance)
    for side, (won, lost) in enumerate(game.priors):
        assert weight[side].mean() == pytest.approx(1.0, abs=1e-3)
        for seen in (2, 4, 7):
            same = wins == seen
            mean = np.average(chance[same], weights=weight[side][same])
            assert mean == pytest.approx((won + seen) / (won + lost + 8), abs=0.005)
