"""What must hold in every world, and that the checks would notice if it did not."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.war.invariants import (
    CHANGES,
    INVARIANTS,
    check_changes,
    check_invariants,
    violated,
)

HARSH = {
    "belligerents.ukraine.manpower.pool": 20e3,
    "belligerents.russia.manpower.pool": 0.0,
    "belligerents.russia.combat.casualties": 40e3,
    "belligerents.ukraine.manpower.desertion_effect": 4.0,
    "war.front.breakthrough_rate": 6.0,
    "war.diplomacy.signing_chance": 1.0,
    "war.diplomacy.ratification_chance": 0.6,
    "war.diplomacy.reconsider": 5.0,
    "war.escalation.exit_rate": 0.2,
    "war.home_front.collapse_rate": 0.2,
    "patrons.europe.delay_weeks": 3.0,
}  # fmt: skip
"""Numbers that bring about every ending, regime and empty stock."""


@pytest.fixture(scope="module")
def harsh():
    known = fixtures.base().worlds.values
    return fixtures.fight(changes={path: value for path, value in HARSH.items() if path in known})


def test_every_invariant_holds_as_the_war_is():
    war = fixtures.base()
    errors = check_invariants(war.state(), war.worlds.parameters)
    assert errors.keys() == INVARIANTS.keys()
    assert not violated(errors), errors


def test_every_invariant_holds_under_harsh_numbers(harsh):
    errors = check_invariants(harsh.state(), harsh.worlds.parameters)
    assert not violated(errors), errors
    assert len(np.unique(harsh.final("ending", "rule"))) >= 4, "the numbers are harsh enough"
    assert np.isfinite(harsh.final("diplomacy", "broken_week")).any()


def test_every_change_is_one_that_can_be(harsh):
    """A shorter run of the same worlds is the state before."""
    shorter = fixtures.fight(changes=_numbers(harsh), months=13)
    errors = check_changes(shorter.state(), harsh.state())
    assert errors.keys() == CHANGES.keys()
    assert not violated(errors), errors


def _numbers(war):
    return {path: war.worlds.values[path] for path in HARSH if path in war.worlds.values}


BROKEN = {
    "people": ("manpower", "killed", lambda old: old + 1e5),
    "aid": ("aid", "wasted_total", lambda old: old * 1.01),
    "area": ("front", "area", lambda old: old - 1e6),
    "shares": ("economy", "strain", lambda old: old + 1.0),
    "stocks": ("manpower", "troops", lambda old: -old),
    "finite": ("combat", "force", lambda old: jnp.where(old > 0, jnp.nan, old)),
    "codes": ("diplomacy", "regime", lambda old: jnp.full_like(old, 7)),
    "endings": ("ending", "rule", lambda old: jnp.where(old == 0, 1, 0)),
    "dates": ("diplomacy", "settlement_week", lambda old: jnp.full_like(old, 3.0)),
    "in force": ("diplomacy", "relief", lambda old: old + 0.5),
}


@pytest.mark.parametrize("name", list(INVARIANTS))
def test_each_invariant_notices_its_violation(name):
    war = fixtures.base()
    part, field, break_it = BROKEN[name]
    state = war.state()
    wrong = break_it(jnp.asarray(getattr(state[part], field)))
    state = fixtures.set_part(state, part, **{field: wrong})
    assert name in violated(check_invariants(state, war.worlds.parameters))


def test_each_change_notices_its_violation():
    war = fixtures.base()
    state = war.state()
    less = fixtures.set_part(state, "manpower", killed=state.manpower.killed * 0.5)
    assert set(violated(check_changes(state, less))) >= {"books grow", "ended worlds stay"}
    later = fixtures.set_part(
        state, "diplomacy", ceasefire_week=state.diplomacy.ceasefire_week + 4.0
    )
    assert "dates stay" in violated(check_changes(state, later))
    moved = fixtures.set_part(state, "front", area=state.front.area + 1.0)
    pause = fixtures.set_part(state, "diplomacy", regime=1)
    still = moved.replace(diplomacy=pause.diplomacy)
    assert "line rests" in violated(check_changes(pause, still))
