"""Whether guarantors keep their word: the formula, and what it must do in a war."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.war.guarantors import hardship, honour_chance
from ripeness.war.simulate import start_of

SIDES = jnp.ones((2, 1))


def chance(credibility: float, cost: float, doublings: float, tension: float = 0.0) -> np.ndarray:
    harder = jnp.stack([SIDES * doublings, SIDES * tension])
    return np.asarray(honour_chance(SIDES * credibility, SIDES * cost, harder))


@pytest.mark.parametrize("sure", [0.0, 1.0])
def test_nobody_and_certainty_stay_what_they_are(sure):
    assert np.all(chance(sure, 3.0, 8.0, 5.0) == sure)


def test_as_things_were_at_the_start_the_chance_is_the_credibility():
    assert np.allclose(chance(0.41, 2.0, 0.0), 0.41)


def test_each_doubling_of_the_enemys_force_takes_the_cost_off_the_log_odds():
    odds = [chance(0.7, 0.5, d)[0, 0] / (1 - chance(0.7, 0.5, d)[0, 0]) for d in (0.0, 1.0, 2.0)]
    assert np.isclose(np.log(odds[0] / odds[1]), 0.5, atol=1e-5)
    assert np.isclose(np.log(odds[1] / odds[2]), 0.5, atol=1e-5)


def test_tension_frightens_guarantors_of_both_sides():
    assert np.all(chance(0.7, 0.0, 0.0, 1.0) < chance(0.7, 0.0, 0.0))


def test_hardship_counts_doublings_of_the_enemys_force_since_the_start():
    parameters = jax.tree.map(jnp.asarray, fixtures.numbers()[0])
    state = start_of(parameters)
    assert np.allclose(hardship(state, parameters), 0.0, atol=1e-5)
    force = state.combat.force * np.array([[2.0], [1.0]], dtype=np.float32)
    doublings = np.asarray(hardship(fixtures.set_part(state, "combat", force=force), parameters))[0]
    assert np.allclose(doublings, [[-1.0], [1.0]], atol=1e-5)
