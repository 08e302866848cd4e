"""The walk that sides with unequal priors picture, against the published models solved exactly."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.bargaining.agreement import zone_of_agreement
from ripeness.bargaining.strategies.unequal_priors import (
    _CHANCES,
    expected_finish,
    posterior,
    ruin,
    war_to_its_finish,
)
from ripeness.bargaining.view import view_of
from ripeness.classics.gamblers_ruin import ruin_battles, ruin_odds
from ripeness.classics.smith_stam import smith_stam, smith_stam_disagreement
from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.simulate import start_of
from ripeness.worlds.bundle import Bundle

QUADRATURE = 1e-3
"""Error of the expectation over priors that the theory's header admits, in shares of the stakes."""


def rows(*values: float) -> jax.Array:
    return jnp.asarray([values, values], jnp.float32)


@pytest.mark.parametrize(("forts", "held"), [(10, 5), (10, 9), (6, 1), (20, 13)])
def test_the_walk_is_the_gamblers_ruin(forts, held):
    for chance in _CHANCES:
        odds, battles = ruin(jnp.asarray(chance), rows(held), rows(forts))
        assert float(odds[0, 0]) == pytest.approx(ruin_odds(float(chance), held, forts), abs=1e-5)
        exact = ruin_battles(float(chance), held, forts)
        assert float(battles[0, 0]) == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("held", [2, 5, 8])
@pytest.mark.parametrize("belief", [(5.0, 5.0), (8.0, 2.0), (3.0, 9.0), (20.0, 22.0), (1.0, 4.0)])
def test_a_war_to_its_finish_is_worth_what_smith_and_stams_responder_expects(belief, held):
    """The classic tells B's value; B at ``held`` of ten with belief (w, l) in its own chance."""
    wins, losses = belief
    cost = 0.02
    solved = smith_stam((losses, wins), (losses, wins), start=10 - held, cost_a=0.0, cost_b=cost)
    odds, battles = expected_finish(rows(wins), rows(losses), rows(held), rows(10))
    ours = float((odds - cost * battles)[0, 0])
    assert ours == pytest.approx(solved.value_b, abs=QUADRATURE)


def test_the_walk_seen_from_the_other_side_is_the_same_walk():
    odds, battles = expected_finish(rows(6.0, 9.0), rows(3.0, 4.0), rows(2.5, 7.0), rows(8.0, 12.0))
    theirs, as_many = expected_finish(
        rows(3.0, 4.0), rows(6.0, 9.0), rows(5.5, 5.0), rows(8.0, 12.0)
    )
    np.testing.assert_allclose(odds + theirs, 1.0, atol=1e-5)
    np.testing.assert_allclose(battles, as_many, rtol=1e-5)


@pytest.fixture(scope="module")
def war():
    """The worlds of ``ukraine`` at their start."""
    parameters, _ = fixtures.numbers()
    parameters = jax.tree.map(jnp.asarray, parameters)
    return parameters, start_of(parameters)


def fought_for(war, weeks: float, gained: float = 0.0):
    """Return the posterior of both sides after so much fighting, in which the first side gained."""
    parameters, state = war
    casualties = parameters.combat.casualties * weeks
    state = fixtures.set_part(state, "manpower", casualties=casualties)
    state = fixtures.set_part(state, "front", area=parameters.front.area_held[0] + gained)
    view = view_of(state, parameters)
    return view, posterior(view, parameters, jnp.full_like(view.own_area, 10_000.0))


@pytest.mark.parametrize("gained", [-2_000.0, 0.0, 12_000.0])
@pytest.mark.parametrize("weeks", [0.0, 52.0, 400.0])
def test_disagreement_shrinks_as_in_smith_and_stam(war, weeks, gained):
    """(p_A + p_B - 1) s / (s + k), whatever the battles brought, while they leave room for wins."""
    view, (wins, losses) = fought_for(war, weeks, gained)
    _, (first_wins, first_losses) = fought_for(war, 0.0)
    walk = war[0].forts
    prior = np.asarray(first_wins / (first_wins + first_losses), float)
    mean = np.asarray(wins / (wins + losses), float)
    strength = np.asarray(walk.prior_battles, float)
    battles = np.asarray(view.weeks_fought[0] / walk.battle_weeks, float)
    np.testing.assert_allclose(wins + losses, (strength + battles)[None].repeat(2, 0), rtol=1e-5)
    if abs(gained) / 10_000.0 > battles.min():
        return  # more ground than battles: the clip stands for the walk's own bound
    expected = [
        smith_stam_disagreement(p, 1.0 - q, s, 0) * s / (s + k)
        for p, q, s, k in zip(*prior, strength, battles, strict=True)
    ]
    np.testing.assert_allclose(mean.sum(axis=0) - 1.0, expected, atol=1e-5)


def test_a_side_that_gains_ground_believes_more_in_itself(war):
    _, (wins, losses) = fought_for(war, 104.0, 12_000.0)
    _, (before, others) = fought_for(war, 104.0, 0.0)
    rise = wins / (wins + losses) - before / (before + others)
    assert np.all(rise[0] > 0)
    assert np.all(rise[1] < 0)


def test_costs_are_felt_costs_of_the_length_of_the_war(war):
    parameters, state = war
    view = view_of(state, parameters)
    free = parameters.replace(diplomacy=parameters.diplomacy.replace(
        war_cost=0.0 * parameters.diplomacy.war_cost))  # fmt: skip
    calm = free.replace(escalation=free.escalation.replace(dread=0.0 * free.escalation.dread))
    value, _ = war_to_its_finish(view, parameters)
    odds, _ = war_to_its_finish(view_of(state, calm), calm)
    battles = (odds - value) / ((view.war_cost + view.dread) * parameters.forts.battle_weeks)
    assert np.all(battles * WEEKS_PER_YEAR >= 1.0 - 1e-3), "at least one battle"
    assert np.all((odds >= 0) & (odds <= 1))


def test_over_one_divisible_stake_there_is_a_zone_if_and_only_if_values_leave_room():
    """Settle iff U_A + U_B <= 1: the condition in the theory's header, on lines a tenth apart."""
    values = np.array([[0.3, 0.6, 0.5, 0.9, -0.5], [0.6, 0.6, 0.5, 0.2, 1.0]], np.float32)
    levels, worlds = 11, values.shape[1]
    area = np.linspace(0.0, 100.0, levels, dtype=np.float32)[:, None].repeat(worlds, 1)
    table = Bundle(
        value=np.zeros((2, 1, worlds), np.float32),
        line_area=area,
        line_allowed=np.ones((levels, worlds), bool),
        line_weight=np.ones((2, worlds), np.float32),
    )
    half = jnp.full((2, worlds), 50.0)
    parameters = Bundle(front=Bundle(area_held=half, aim_area=2.0 * half))
    found = jax.jit(zone_of_agreement)(
        half[0],
        jnp.asarray(values - 1e-5),
        0.0 * half,
        parameters,
        jax.tree.map(jnp.asarray, table),
    )
    np.testing.assert_array_equal(found.open, values.sum(axis=0) <= 1.0 + 1e-6)
