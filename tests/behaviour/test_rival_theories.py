"""Each rival theory does what its source says: in paired worlds, and at the table."""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.bargaining import strategies  # noqa: F401 - registers the theories
from ripeness.bargaining.play import situation_of
from ripeness.bargaining.strategies.exhaustion import demands
from ripeness.bargaining.strategy import STRATEGIES
from ripeness.scenario.names import THEORIES
from ripeness.war.simulate import start_of

SIDES = ("russia", "ukraine")


def both(name: str, change) -> dict:
    return {f"belligerents.{side}.{name}": change for side in SIDES}


@pytest.fixture(scope="module")
def rivals():
    """The war with all theories listed, so that one program serves them all."""
    return fixtures.ukraine().model_copy(
        update={"theories": ["hurting_stalemate", "converging_expectations", "unequal_priors",
                             "exhaustion"]}
    )  # fmt: skip


def signed(scenario, theory, changes=None) -> np.ndarray:
    """Return in which worlds something was ever signed."""
    war = fixtures.fight(scenario, changes, worlds=256, theory=theory)
    return war.final("diplomacy", "signatures") > 0


def first_open(scenario, theory, changes=None) -> np.ndarray:
    """Return the month in which a zone first opened, the horizon if none did."""
    zone = fixtures.fight(scenario, changes, worlds=256, theory=theory).month("zone_open")
    return np.where(zone.any(axis=0), zone.argmax(axis=0), len(zone)).astype(float)


def assert_rises(lower: np.ndarray, higher: np.ndarray) -> None:
    difference, error = fixtures.mean(higher.astype(float) - lower.astype(float))
    assert difference > 4 * error > 0


# ---------------------------------------------------------------------- unequal priors (Smith & Stam)


def test_more_optimism_fewer_settlements(rivals):
    modest = signed(rivals, "unequal_priors", both("information.optimism", 0.0))
    bold = signed(rivals, "unequal_priors", both("information.optimism", 1.0))
    assert_rises(bold, modest)


def test_the_firmer_the_priors_the_later_room_appears(rivals):
    bold = both("information.optimism", 1.0)
    open_minded = first_open(rivals, "unequal_priors", bold | {"war.forts.prior_battles": 2.0})
    stubborn = first_open(rivals, "unequal_priors", bold | {"war.forts.prior_battles": 60.0})
    assert_rises(open_minded, stubborn)


def test_dearer_battles_more_settlements(rivals):
    cheap = signed(rivals, "unequal_priors", {"war.forts.battle_weeks": 4.0})
    dear = signed(rivals, "unequal_priors", {"war.forts.battle_weeks": 52.0})
    assert_rises(cheap, dear)


# ----------------------------------------------------------------------- exhaustion (war of attrition)


def test_more_people_later_concession(rivals):
    few = first_open(rivals, "exhaustion", both("manpower.pool", lambda pool: 0.7 * pool))
    many = first_open(rivals, "exhaustion", both("manpower.pool", lambda pool: 3.0 * pool))
    assert_rises(few, many)


def test_higher_breaking_points_earlier_concession(rivals):
    tough = first_open(rivals, "exhaustion", both("exhaustion.breaking_point", 0.2))
    brittle = first_open(rivals, "exhaustion", both("exhaustion.breaking_point", 0.8))
    assert_rises(brittle, tough)


def test_who_can_bear_less_gets_less(rivals):
    """The line at which the sides settle follows what they can still endure, not the odds of battle."""
    lines = []
    for side in SIDES:
        brittle = {f"belligerents.{side}.exhaustion.breaking_point": 0.95}
        war = fixtures.fight(rivals, brittle, worlds=256, theory="exhaustion")
        lines.append(war.month("reservation")[26].mean(axis=-1))
    assert lines[0][0] < lines[1][0]
    assert lines[0][1] > lines[1][1]


# ---------------------------------------------------------------------------------- at the table


@pytest.fixture(scope="module")
def table():
    """The worlds of ``ukraine`` at their start, as the sides see them."""
    war = fixtures.base()
    parameters, packages = jax.tree.map(jnp.asarray, (war.worlds.parameters, war.packages.table))
    return situation_of(start_of(parameters), parameters, packages), parameters


def seen(situation, **fields):
    """Return the situation with some fields of the view replaced."""
    names = list(fields)
    shape = situation.view.own_area.shape
    values = [jnp.broadcast_to(jnp.asarray(fields[name], jnp.float32), shape) for name in names]
    view = eqx.tree_at(lambda view: [getattr(view, name) for name in names], situation.view, values)
    return eqx.tree_at(lambda each: each.view, situation, view)


def test_at_the_start_nobody_is_exhausted(table):
    situation, _ = table
    np.testing.assert_allclose(situation.view.own_endurance, 1.0, rtol=1e-5)
    np.testing.assert_array_equal(situation.view.weeks_fought, 0.0)


def test_at_the_start_prior_and_belief_are_the_same(table):
    view = table[0].view
    np.testing.assert_allclose(view.prior_advantage, view.advantage, atol=1e-5)


def test_a_demand_rises_with_the_own_endurance_and_falls_with_the_enemys(table):
    situation, parameters = table
    grid = np.linspace(0.0, 1.0, 11)
    own = [demands(seen(situation, own_endurance=x).view, parameters) for x in grid]
    enemy = [demands(seen(situation, enemy_endurance=x).view, parameters) for x in grid]
    assert np.all(np.diff(own, axis=0) >= -1e-6)
    assert np.all(np.diff(enemy, axis=0) <= 1e-6)
    assert np.all(own[0] <= own[-1])
    assert np.any(own[0] < own[-1] - 0.1)
    assert np.any(enemy[-1] < enemy[0] - 0.1)


def test_with_complete_information_demands_add_to_one_and_without_to_what_is_left(table):
    situation, parameters = table
    same = parameters.exhaustion.breaking_point[:1] * jnp.ones((2, 1))
    left = np.array([[0.9], [0.7]])
    view = seen(situation, own_endurance=left, enemy_endurance=left[::-1]).view
    for known, total in ((1.0, 1.0), (0.0, None)):
        numbers = parameters.exhaustion.replace(
            assessment=jnp.full_like(parameters.exhaustion.assessment, known), breaking_point=same
        )
        added = demands(view, parameters.replace(exhaustion=numbers)).sum(axis=0)
        stamina = np.clip((left - same) / (1.0 - same), 0.0, 1.0).sum(axis=0)
        np.testing.assert_allclose(added, stamina if total is None else total, atol=1e-4)


@pytest.mark.parametrize("name", ["exhaustion", "unequal_priors"])
def test_what_a_theory_leaves_out_does_not_move_it(name, table):
    """Exhaustion ignores beliefs; unequal priors ignore the filtered belief, plans and collapse."""
    situation, parameters = table
    theory = STRATEGIES[name]
    before = theory.stance(situation, parameters).reservation
    other = seen(situation, advantage=0.7, trend=0.3)
    if name == "exhaustion":
        other = seen(other, prior_advantage=-1.0, war_cost=0.9)
    groups = parameters.replace(
        home_front=parameters.home_front.replace(
            collapse_rate=5.0 * parameters.home_front.collapse_rate
        ),
        diplomacy=parameters.diplomacy.replace(planning=2.0 * parameters.diplomacy.planning),
    )
    np.testing.assert_array_equal(theory.stance(other, groups).reservation, before)


def test_each_theory_has_its_own_idea_of_the_same_table(table):
    situation, parameters = table
    wants = {
        name: np.asarray(STRATEGIES[name].stance(situation, parameters).reservation)
        for name in THEORIES
        if hasattr(STRATEGIES[name], "stance")
    }
    assert len(wants) >= 4
    for name, values in wants.items():
        assert np.isfinite(values).all(), name
        assert all(name == rival or not np.allclose(values, wants[rival]) for rival in wants)
