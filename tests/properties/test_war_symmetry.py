"""Neither the order of the sides nor what is added beside them changes anybody's luck."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import Array

import fixtures
from ripeness.scenario.model import Event, Mediator, Patron
from ripeness.scenario.quantity import Quantity, Source
from ripeness.war import simulate

SIDED = ("area_held", "casualties", "troops", "equipment", "support", "output", "strain", "morale")
CODES = np.array([0, 2, 1, 3])
"""Codes of the endings with the victories of the first and the second side exchanged."""


@pytest.fixture(scope="module")
def turned():
    """The same war with the belligerents written in the other order, and what they have learnt likewise."""
    war, learnt = fixtures.ukraine(), fixtures.shipped()
    sides = dict(reversed(war.belligerents.items()))
    turn = lambda array: array[::-1] if array.shape[0] == 2 else array  # noqa: E731
    learnt = replace(learnt, arrays=jax.tree.map(turn, learnt.arrays))
    return fixtures.fight(war.model_copy(update={"belligerents": sides}), learnt=learnt)


def test_the_same_worlds_are_drawn(turned):
    first, second = fixtures.base().worlds, turned.worlds
    assert first.names.sides == second.names.sides[::-1]
    assert np.array_equal(first.theory, second.theory)
    assert all(np.array_equal(first.values[path], second.values[path]) for path in first.values)


def test_relabelled_sides_fight_the_same_war_for_the_first_half_year(turned):
    """Up to rounding; it grows later, as in any chaotic system, and may move a single draw."""
    for name in SIDED:
        first, second = fixtures.base().month(name)[:7], turned.month(name)[:7, ::-1]
        scale = np.abs(first).max(axis=(0, 2), keepdims=True) + 1e-9
        close = (np.abs(first - second) / scale < 1e-4).all(axis=(0, 1))
        # Values that sides have learnt are long sums, which round otherwise in another order.
        assert close.mean() > 0.97, name


def test_relabelled_sides_come_to_mirrored_endings(turned):
    first, second = fixtures.base(), turned
    same_code = CODES[first.final("ending", "code")] == second.final("ending", "code")
    same_regime = first.final("diplomacy", "regime") == second.final("diplomacy", "regime")
    assert (same_code & same_regime).mean() > 0.95
    held = np.abs(first.month("area_held")[-1] - second.month("area_held")[-1, ::-1])
    assert np.median(held) < 50.0
    assert np.mean(first.month("zone_open") == second.month("zone_open")) > 0.97


class DicePart(eqx.Module):
    """A part that no other process reads."""

    last: Array


class Dice:
    """A process that throws dice of its own."""

    name = "dice"

    def start(self, parameters):
        return DicePart(jnp.zeros_like(parameters.front.mobility))

    def week(self, state, parameters, moment):
        return DicePart(moment.luck.uniform("dice", moment.week)[0])


def _with_more(war):
    """Add a patron, an event and a mediator that are there and do nothing, and a lever."""
    nothing = {"low": 0.0, "likely": 0.0, "high": 0.0, "source": Source(kind="assumed")}
    donor = war.patrons["other_donors"]
    still = {"military": "bn EUR per month", "financial": "bn EUR per month",
             "client_leverage": "share", "enemy_leverage": "share"}  # fmt: skip
    idle = donor.numbers.model_copy(
        update={name: Quantity(**nothing, unit=unit) for name, unit in still.items()}
    )
    patron = Patron(label="Nobody", client="ukraine", numbers=idle)
    summit = Event(
        label="A summit", date=war.start.replace(year=war.start.year + 1), target="tension",
        change=Quantity(**nothing, unit="share"),
    )  # fmt: skip
    silent = war.mediators["turkey"].numbers.model_copy(
        update={"credibility": Quantity(**nothing, unit="share")}
    )
    mediator = Mediator(label="Nobody", numbers=silent)
    return war.model_copy(
        update={
            "patrons": {"aaa_nobody": patron, **war.patrons},
            "events": {"aaa_summit": summit, **war.events},
            "mediators": {"aaa_nobody": mediator, **war.mediators},
            "levers": {"another": war.levers["aid_level"], **war.levers},
        }
    )


@pytest.fixture(scope="module")
def more():
    with mock.patch.object(simulate, "EVERY_WEEK", (Dice(), *simulate.EVERY_WEEK)):
        return fixtures.fight(_with_more(fixtures.ukraine()), learnt=fixtures.shipped())


def test_adding_a_patron_an_event_a_mediator_a_lever_and_a_process_changes_nothing(more):
    first, second = fixtures.base(), more
    for path, values in first.worlds.values.items():
        assert np.array_equal(values, second.worlds.values[path]), path
    assert "dice" in second.parts[0].final
    for name in first.parts[0].months:
        here, there = first.month(name), second.month(name)
        if name == "willingness":  # the new patron comes first, empty slots last
            here, there = here[:, :5], there[:, 1:6]
        assert np.array_equal(here, there, equal_nan=True), name
