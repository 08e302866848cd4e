"""Every theory of ending keeps the contract, and theories decided together decide as each alone."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ripeness.bargaining import strategies  # noqa: F401 - registers the theories
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import decide_by, rules_of, situation_of, theories_of
from ripeness.bargaining.strategy import STRATEGIES, Strategy
from ripeness.scenario.load import load
from ripeness.scenario.names import THEORIES
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.worlds.draw import draw_worlds
from ripeness.worlds.streams import Luck, seed_words

WORLDS = 64


@pytest.fixture(scope="module")
def talks():
    worlds = draw_worlds(load("template"), WORLDS, 3)
    table = jax.tree.map(jnp.asarray, enumerate_packages(load("template"), worlds).table)
    parameters = jax.tree.map(jnp.asarray, worlds.parameters)
    luck = Luck(jnp.asarray(seed_words(3)), jnp.asarray(worlds.identity))
    return worlds, table, parameters, start_of(parameters), Moment(jnp.int32(0), luck, worlds.names)


def test_scenarios_know_the_registered_theories():
    assert set(THEORIES) == set(STRATEGIES)


@pytest.mark.parametrize("name", THEORIES)
def test_a_theory_keeps_the_contract(name):
    theory = STRATEGIES[name]
    assert isinstance(theory, Strategy)
    assert theory.name == name
    assert theory.label
    assert theory.source
    assert len(rules_of((theory,))) == 2


def test_theories_decide_together_as_each_alone(talks):
    worlds, table, parameters, state, moment = talks
    theories = theories_of(worlds.names.theories)
    lot = jnp.asarray(worlds.theory)
    together = jax.jit(lambda s: decide_by(theories, lot, table)(s, parameters, moment))(state)
    for place, theory in enumerate(theories):
        alone = jax.jit(
            lambda s, theory=theory: theory.decide(
                situation_of(s, parameters, table), parameters, moment
            )
        )(state)
        mine = np.asarray(worlds.theory) == place
        assert mine.any()
        for field in ("sign", "ceasefire", "attend", "real", "zone_open", "resume"):
            np.testing.assert_array_equal(
                np.asarray(getattr(together, field))[..., mine],
                np.asarray(getattr(alone, field))[..., mine],
            )
        np.testing.assert_allclose(
            together.reservation[..., mine], alone.reservation[..., mine], rtol=1e-5, atol=1e-6
        )
        np.testing.assert_array_equal(together.sign_rule[mine], alone.sign_rule[mine] + 2 * place)
