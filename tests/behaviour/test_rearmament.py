"""Rest and rearmament in a ceasefire: each side at its own rate, seen by both, and priced by both (M15).

The faster one side gathers strength behind a quiet line, the less a ceasefire is worth to the other. Rules that
work by reservation values must show it in every world; what sides have learnt is a regression and must show it
clearly in the mean. Whole wars learnt anew: ``test_expectations_statics`` (slow).

Whoever rearms faster need not gain by it: the other resumes the war before it is done. By rule it does gain.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import fixtures
from fixtures import LANES
from ripeness.bargaining.expectations.month import expectation_of
from ripeness.bargaining.expectations.prepare import with_learnt
from ripeness.bargaining.play import situation_of
from ripeness.bargaining.prospects import prospect
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.war.process import Moment

WEEKS = 52
GAIN, PACE, WEAR = "combat__refit_gain", "combat__refit_weeks", "combat__refit_wear_weeks"


def refit_in(regime: int, start: float = 0.0, **changes) -> np.ndarray:
    """Return the log of the force that rest has added, ``(week, side, world)``, combat alone at work."""
    parameters, names = fixtures.numbers(diplomacy__violations=0.0, **changes)
    return fixtures.only(
        ["combat"], parameters, names, WEEKS, keep=lambda state: state.combat.refit, double=True,
        start=lambda state: fixtures.set_part(
            fixtures.set_part(state, "diplomacy", regime=regime), "combat", refit=start
        ),
    )  # fmt: skip


@pytest.mark.parametrize("regime", [CEASEFIRE, SETTLEMENT])
def test_rest_brings_the_gain_at_each_sides_own_rate(regime):
    gain, pace = np.array([[0.1], [0.3]]), np.array([[10.0], [40.0]])
    found = refit_in(regime, **{GAIN: gain, PACE: pace})
    week = np.arange(1, WEEKS + 1)[:, None, None]
    assert np.allclose(found, gain * (1.0 - (1.0 - 1.0 / pace) ** week), rtol=1e-6)


def test_war_wears_it_off_and_gives_none():
    week = np.arange(1, WEEKS + 1)[:, None, None]
    worn = refit_in(WAR, start=0.2, **{GAIN: 0.5, WEAR: 20.0})
    assert np.allclose(worn, 0.2 * (1.0 - 1.0 / 20.0) ** week, rtol=1e-6)
    assert not refit_in(WAR, **{GAIN: 0.5}).any()


def test_force_grows_by_as_much():
    parameters, names = fixtures.numbers(**{GAIN: 0.3, PACE: 10.0})
    bare = parameters.replace(
        combat=parameters.combat.replace(refit_gain=np.zeros_like(parameters.combat.refit_gain))
    )
    rests = lambda state: fixtures.set_part(state, "diplomacy", regime=SETTLEMENT)  # noqa: E731
    force, plain = (
        fixtures.only(
            ["combat"], numbers, names, WEEKS, start=rests,
            keep=lambda state: (state.combat.force, state.combat.refit, state.combat.equipment),
        )
        for numbers in (parameters, bare)
    )  # fmt: skip
    assert np.allclose(force[0], plain[0] * np.exp(force[1]), rtol=1e-5)
    assert np.array_equal(force[2], plain[2])


def test_a_war_without_a_pause_does_not_know_of_it():
    usual = fixtures.base("converging_expectations")
    rate = "belligerents.russia.combat.refit_weeks"
    other = fixtures.fight(changes={rate: 4.0}, theory="converging_expectations")
    paused = [(war.month("regime") != WAR).any(axis=0) for war in (usual, other)]
    never = ~(paused[0] | paused[1])
    # Who would like a pause attends talks, and aid falls while talks are on: that it may change.
    came = [war.month("attending") for war in (usual, other)]
    never &= (came[0] == came[1]).all(axis=(0, 1))
    assert 20 < never.sum() < len(never)
    for name in ("area", "defeat"):
        one, two = (war.final("front", name)[..., never] for war in (usual, other))
        assert np.array_equal(one, two)
    assert not np.array_equal(usual.final("front", "area"), other.final("front", "area"))


# ------------------------------------------------------------- what a ceasefire is worth to each


@pytest.fixture(scope="module")
def standing():
    """Worlds of ``ukraine`` at the end of a war, put back to fighting: states of every kind."""
    war = fixtures.base("converging_expectations")
    state = jax.tree.map(lambda leaf: jnp.asarray(leaf[..., :LANES]), war.state())
    return war, fixtures.set_part(state, "diplomacy", regime=WAR, pending=0.0)


def changed(parameters, side: int, gain: float, weeks: float):
    """Return parameters in which one side refits so."""
    combat = parameters.combat
    rows = {
        name: jnp.asarray(combat[name]).at[side].set(value)
        for name, value in (("refit_gain", gain), ("refit_weeks", weeks))
    }
    return parameters.replace(combat=combat.replace(**rows))


def device(tree):
    return jax.tree.map(lambda leaf: jnp.asarray(leaf)[..., :LANES], tree)


@pytest.fixture(scope="module")
def by_rule(standing):
    war, state = standing
    parameters, table = device(war.worlds.parameters), device(war.packages.table)

    @jax.jit
    def pause(side, gain, weeks):
        new = changed(parameters, side, gain, weeks)
        return prospect(situation_of(state, new, table).view, new, table).pause

    return lambda *given: np.asarray(pause(*given), dtype=float)


@settings(max_examples=25, deadline=None)
@given(
    side=some.integers(0, 1),
    gains=some.tuples(some.floats(0, 0.5), some.floats(0, 0.5)).map(sorted),
    weeks=some.tuples(some.floats(2, 60), some.floats(2, 60)).map(sorted),
)
def test_by_rule_the_enemy_of_a_faster_side_values_a_pause_less_in_every_world(
    by_rule, side, gains, weeks
):
    slow, fast = by_rule(side, gains[0], weeks[1]), by_rule(side, gains[1], weeks[0])
    assert (fast[1 - side] <= slow[1 - side] + 1e-5).all()
    assert (fast[side] >= slow[side] - 1e-5).all()


def test_and_not_for_nothing(by_rule):
    none, much = by_rule(0, 0.0, 26.0), by_rule(0, 0.4, 8.0)
    assert (much - none)[1].mean() < -0.001
    assert (much - none)[0].mean() > 0.001


@pytest.fixture(scope="module")
def learnt(standing):
    """What a ceasefire is expected to be worth over the war, by side, for sides that have learnt."""
    war, state = standing
    worlds = with_learnt(war.worlds, fixtures.shipped())
    parameters, table = device(worlds.parameters), device(war.packages.table)
    moment = Moment(jnp.int32(0), fixtures.luck_of(LANES), worlds.names)

    @jax.jit
    def margin(side, gain, weeks):
        new = changed(parameters, side, gain, weeks)
        e = expectation_of(situation_of(state, new, table), new, moment)
        cost = new.diplomacy.war_cost
        return e.ceasefire.value.at(cost) - e.war.value.at(cost)

    return lambda *given: np.asarray(margin(*given), dtype=float)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize(
    ("slow", "fast"),
    [((0.0, 26.0), (0.1, 26.0)), ((0.1, 52.0), (0.1, 13.0)), ((0.1, 26.0), (0.25, 13.0))],
)
def test_sides_that_expect_want_fewer_ceasefires_with_an_enemy_who_rearms_faster(
    learnt, side, slow, fast
):
    change = learnt(side, *fast) - learnt(side, *slow)
    enemy, error = fixtures.mean(change[1 - side])
    assert enemy < -5 * error < 0
