"""What a side does depends on nothing that it may not see.

The theories that follow a rule; those who expect are held to the same in ``test_expectations_war``.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import fixtures
from ripeness.bargaining.play import decide_by, theories_of
from ripeness.war.process import Moment

WEEK = 104
OWN = ("reservation", "expected_area", "resume", "breach")
"""Acts that each side decides for itself. What needs both is the strategy's account of both."""

PRIVATE = {
    "diplomacy": ("war_cost", "casualty_weight", "patience", "planning", "image", "attack_cost",
                  "fear", "breach_cost"),
    "home_front": ("leader_cost", "casualty_effect", "repression"),
    "information": ("optimism",),
}  # fmt: skip
"""Numbers of a side that its enemy does not use."""


@pytest.fixture(scope="module")
def talks():
    """The theories that follow a rule deciding on the worlds of ``ukraine`` as they are at the horizon."""
    war = fixtures.base()
    names = war.worlds.names
    to_jax = lambda tree: jax.tree.map(jnp.asarray, tree)  # noqa: E731
    state, parameters, table = map(to_jax, (war.state(), war.worlds.parameters, war.packages.table))
    learns = names.theories.index("expectations")
    theory = jnp.asarray(np.where(war.worlds.theory == learns, learns + 1, war.worlds.theory))

    @jax.jit
    def acts(state, parameters, table):
        moment = Moment(jnp.int32(WEEK), fixtures.luck_of(war.worlds.count), names)
        return decide_by(theories_of(names.theories), theory, table)(state, parameters, moment)

    return acts, state, parameters, table


@settings(max_examples=15, deadline=None)
@given(seed=some.integers(0, 2**32 - 1))
def test_no_act_depends_on_the_hidden_quality_of_the_forces(talks, seed):
    acts, state, parameters, table = talks
    other = jnp.asarray(np.random.default_rng(seed).normal(0, 1, (2, fixtures.WORLDS)), jnp.float32)
    changed = parameters.replace(combat=parameters.combat.replace(quality=other))
    assert fixtures.same(acts(state, parameters, table), acts(state, changed, table))


@settings(max_examples=15, deadline=None)
@given(seed=some.integers(0, 2**32 - 1), side=some.sampled_from((0, 1)))
def test_a_sides_own_acts_do_not_depend_on_what_the_enemy_wants(talks, seed, side):
    acts, state, parameters, table = talks
    random = np.random.default_rng(seed)
    enemy = 1 - side
    groups = dict(parameters)
    for group, fields in PRIVATE.items():
        new = {}
        for name in fields:
            scale = random.uniform(0.3, 1.0, fixtures.WORLDS).astype(np.float32)
            new[name] = groups[group][name].at[enemy].multiply(scale)
        groups[group] = groups[group].replace(**new)
    value = table.value.at[enemy].add(random.uniform(-0.2, 0.2, fixtures.WORLDS).astype(np.float32))
    quo = table.status_quo.at[enemy].multiply(0.5)
    changed = table.replace(value=value, status_quo=quo)
    first, second = acts(state, parameters, table), acts(state, type(parameters)(groups), changed)
    for name in OWN:
        assert np.array_equal(getattr(first, name)[side], getattr(second, name)[side]), name
    assert not np.array_equal(first.reservation[enemy], second.reservation[enemy])


@settings(max_examples=10, deadline=None)
@given(shift=some.floats(-1, 1), side=some.sampled_from((0, 1)))
def test_a_sides_own_acts_do_not_depend_on_what_the_enemy_believes(talks, shift, side):
    acts, state, parameters, table = talks
    enemy, belief = 1 - side, state.information
    moved = eqx.tree_at(
        lambda part: (part.mean, part.advantage), belief,
        (belief.mean.at[enemy].add(shift), belief.advantage.at[enemy].add(shift)),
    )  # fmt: skip
    first, second = (
        acts(each, parameters, table) for each in (state, state.replace(information=moved))
    )
    for name in OWN:
        assert np.array_equal(getattr(first, name)[side], getattr(second, name)[side]), name


def test_an_own_belief_does_matter(talks):
    """The tests above would pass on acts that depend on nothing."""
    acts, state, parameters, table = talks
    belief = state.information
    moved = eqx.tree_at(lambda part: part.advantage, belief, belief.advantage.at[0].add(0.3))
    first, second = (
        acts(each, parameters, table) for each in (state, state.replace(information=moved))
    )
    assert not np.array_equal(first.expected_area[0], second.expected_area[0])
    assert not np.array_equal(first.reservation[0], second.reservation[0])


def test_guarantors_are_feared_by_the_side_that_would_break_the_peace(talks):
    acts, state, parameters, table = talks
    settled = fixtures.set_part(state, "diplomacy", regime=2, months=60.0)
    terms = settled.diplomacy.terms
    chance = {}
    for credibility in (0.0, 1.0):
        promised = eqx.tree_at(
            lambda part: (part.terms.credibility, part.terms.capacity), settled.diplomacy,
            (jnp.full_like(terms.credibility, credibility), jnp.full_like(terms.capacity, 0.5)),
        )  # fmt: skip
        chance[credibility] = acts(settled.replace(diplomacy=promised), parameters, table).breach
    assert np.all(chance[1.0] <= chance[0.0] + 1e-6)
    assert np.mean(chance[1.0] < chance[0.0]) > 0.5
