"""An ultimatum is foreseen by both sides, by its chance (M19); once over, what it did is in the forces."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from fixtures import LANES
from ripeness.bargaining.play import situation_of
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.threats import EQUIPMENT_SHARE, threat_ahead
from ripeness.types import CEASEFIRE, WAR
from ripeness.war.simulate import start_of

RUSSIA, UKRAINE = 0, 1


def numbers(deadline: float, kept: float, aid: float = 1.5):
    parameters, _ = fixtures.numbers(
        sanctions__deadline_week=deadline, sanctions__ultimatum_kept=kept, sanctions__ultimatum_aid=aid
    )  # fmt: skip
    return jax.tree.map(jnp.asarray, parameters)


def at(parameters, week: float, **talks):
    """Return the start of the war moved to a week, with aid and production flowing."""
    state = start_of(parameters)
    state = fixtures.set_part(state, "calendar", week=week)
    state = fixtures.set_part(state, "aid", used=0.3)
    state = fixtures.set_part(state, "economy", production=0.6)
    return fixtures.set_part(state, "diplomacy", **{"regime": WAR, **talks})


def test_it_arms_the_victim_and_weakens_the_threatened_by_the_equation():
    parameters = numbers(deadline=40.0, kept=0.4)
    found = np.asarray(threat_ahead(at(parameters, 10.0), parameters))
    rise = 0.4 * EQUIPMENT_SHARE * np.log1p(0.3 / 0.9 * 0.5)
    assert np.allclose(found[UKRAINE], rise, rtol=1e-5)
    assert np.array_equal(found[RUSSIA], -found[UKRAINE])


@pytest.mark.parametrize(
    ("deadline", "kept", "week", "talks"),
    [
        (0.0, 1.0, 10.0, {}),  # none is set
        (40.0, 0.0, 10.0, {}),  # a bluff
        (40.0, 1.0, 44.0, {}),  # it has run out
        (40.0, 1.0, 10.0, {"progress": True}),
        (40.0, 1.0, 10.0, {"regime": CEASEFIRE}),
    ],
)
def test_otherwise_nothing_is_foreseen(deadline, kept, week, talks):
    parameters = numbers(deadline, kept)
    assert not np.asarray(threat_ahead(at(parameters, week, **talks), parameters)).any()


def test_the_more_credible_it_is_the_less_the_threatened_side_expects_of_fighting_on():
    war = fixtures.base("converging_expectations")
    table = jax.tree.map(lambda leaf: jnp.asarray(leaf)[..., :LANES], war.packages.table)

    @jax.jit
    def fight(parameters, state):
        return prospect(situation_of(state, parameters, table).view, parameters, table).fight

    values = []
    for kept in (0.0, 0.5, 1.0):
        parameters = numbers(40.0, kept)
        values.append(np.asarray(fight(parameters, at(parameters, 10.0)), dtype=float))
    for less, more in zip(values, values[1:], strict=False):
        assert (more[RUSSIA] <= less[RUSSIA] + 1e-5).all()
        assert (more[UKRAINE] >= less[UKRAINE] - 1e-5).all()
        assert (more - less)[RUSSIA].mean() < -1e-3


def test_a_war_without_one_does_not_know_of_its_credibility():
    usual = fixtures.base("converging_expectations")
    sure = fixtures.fight(
        changes={"war.sanctions.ultimatum_kept": 1.0}, theory="converging_expectations"
    )
    for one, two in zip(usual.parts, sure.parts, strict=True):
        assert fixtures.same(one.final, two.final)
        assert fixtures.same(one.months, two.months)
