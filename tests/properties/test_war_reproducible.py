"""Same seed, same worlds, whatever else is going on."""

from __future__ import annotations

import os
from unittest import mock

import jax
import numpy as np
import pytest

import fixtures
from ripeness.outcomes.engine import program

SIDES = ("russia", "ukraine")


def test_same_seed_same_outcomes_and_another_seed_others():
    first, again, other = fixtures.base(), fixtures.fight(), fixtures.fight(seed=3)
    assert fixtures.same(first.state(), again.state())
    assert not np.array_equal(first.final("front", "area"), other.final("front", "area"))


def test_outcomes_do_not_depend_on_the_chunk():
    """600 worlds in three chunks of 256, the last one padded, and in one of 768, padded too."""
    three, one = fixtures.fight(worlds=600), fixtures.fight(worlds=600, chunk=768)
    assert [part.stop for part in three.parts] == [256, 512, 600]
    assert len(one.parts) == 1
    assert fixtures.same(three.state(), one.state())
    for name in three.parts[0].months:
        assert np.array_equal(three.month(name), one.month(name), equal_nan=True), name


@pytest.mark.parametrize("threads", [1, 4])
def test_outcomes_do_not_depend_on_the_number_of_threads(threads):
    with mock.patch.object(os, "cpu_count", return_value=threads):
        found = fixtures.fight()
    assert fixtures.same(found.state(), fixtures.base().state())


class Compilations:
    """Counts what JAX compiles, by its own log of durations."""

    def __init__(self):
        self.count = 0

    def __call__(self, event: str, duration: float, **_):
        if "backend_compile" in event or "trace" in event:
            self.count += 1

    def __enter__(self):
        jax.monitoring.register_event_duration_secs_listener(self)
        return self

    def __exit__(self, *_):
        jax.monitoring.unregister_event_duration_listener(self)


@pytest.fixture(scope="module")
def moved():
    """The war with each lever at its two ends, and how often anything was compiled for it."""
    war = fixtures.ukraine().with_levers(ultimatum=24.0)  # without one, its credibility is idle
    usual = fixtures.fight(war, worlds=fixtures.LANES)
    before = program.cache_info().misses
    with Compilations() as seen:
        ends = {
            name: [
                fixtures.fight(war, worlds=fixtures.LANES, **{name: setting})
                for setting in (lever.minimum, lever.maximum)
            ]
            for name, lever in war.levers.items()
        }
    return usual, ends, seen.count + program.cache_info().misses - before


def test_moving_any_lever_compiles_nothing(moved):
    _, ends, compiled = moved
    assert len(ends) > 10
    assert compiled == 0


def test_every_lever_moves_something_at_one_of_its_ends(moved):
    usual, ends, _ = moved
    for name, wars in ends.items():
        assert not all(fixtures.same(war.state(), usual.state()) for war in wars), name


def test_compilations_are_seen():
    with Compilations() as seen:
        jax.jit(lambda x: x * 3 + 1)(np.arange(7.0))
    assert seen.count > 0


# ------------------------------------------------------------------------------- lever locality


def test_a_surge_at_week_40_changes_nothing_before_week_40():
    week, at = 40, {"patrons.europe.surge_week": 40.0, "patrons.united_states.surge_week": 40.0}
    without, surge = fixtures.fight(changes=at), fixtures.fight(changes=at, aid_surge=4.0)
    month = week // 4
    for name in without.parts[0].months:
        first, second = without.month(name)[: month + 1], surge.month(name)[: month + 1]
        assert np.array_equal(first, second, equal_nan=True), name
    later = np.s_[month + 6 :]
    assert not np.array_equal(without.month("equipment")[later], surge.month("equipment")[later])


def test_an_ultimatum_changes_the_talks_before_its_deadline_only_if_it_is_believed():
    without, sure = fixtures.base(), fixtures.fight(ultimatum=24.0, ultimatum_kept=1.0)
    bluff = fixtures.fight(ultimatum=24.0, ultimatum_kept=0.0)
    for name in without.parts[0].months:
        first, second = without.month(name)[:7], bluff.month(name)[:7]
        assert np.array_equal(first, second, equal_nan=True), name
    assert not np.array_equal(without.month("reservation")[:7], sure.month("reservation")[:7])
    assert not np.array_equal(without.month("sanctions_felt"), sure.month("sanctions_felt"))


def test_a_lever_at_its_default_by_another_route_changes_nothing():
    war = fixtures.ukraine()
    defaults = {name: each.default for name, each in war.levers.items() if each.default is not None}
    assert fixtures.same(fixtures.fight(**defaults).state(), fixtures.base().state())
    by_hand = {
        "belligerents.ukraine.manpower.mobilisation_age": 25.0,
        "patrons.europe.surge": lambda old: old * 1.0,
        "war.sanctions.deadline_week": 0.0,
    }
    assert fixtures.same(fixtures.fight(changes=by_hand).state(), fixtures.base().state())
    assert fixtures.same(fixtures.fight(mobilisation_age=25.0).state(), fixtures.base().state()), (
        "a lever without a default, set to what the scenario says"
    )
