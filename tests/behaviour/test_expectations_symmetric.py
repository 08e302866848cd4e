"""The symmetric war: which side is which matters neither to the rules nor, beyond noise, to the solver."""

from __future__ import annotations

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import Array

from ripeness.bargaining.expectations.features import FIGHT_OUT
from ripeness.bargaining.expectations.month import acts_from, expectation_of
from ripeness.bargaining.expectations.prepare import types_of_cost
from ripeness.bargaining.expectations.values import FEATURES
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import situation_of
from ripeness.outcomes.engine import LANES, keep_compiled_programs, run_chunks
from ripeness.scenario.load import load
from ripeness.scenario.model import Scenario
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.streams import Luck, seed_words
from statics import SEEDS, WARS, WORLDS, outcome, talking_program

MONTHS = 36
MIRRORED = np.array([0, 2, 1, 3])
"""Codes of the endings with the victories of both sides exchanged."""


def before_learning(war: Scenario) -> Bundle:
    """Return expectations of sides that have learnt nothing: the prospect of fighting on, for three years."""
    share, endure = np.zeros((2, 2, FIGHT_OUT, 1), dtype=np.float32)
    share[:, 6], endure[:, 0] = 1.0, 3.0
    return Bundle(
        atoms=types_of_cost(war), share=share, endure=endure,
        public=np.zeros(1, dtype=np.float32), quality_spread=np.full(1, 0.2, dtype=np.float32),
        coefficients=np.zeros((2, FEATURES, 1), dtype=np.float32),
        tilt=np.zeros((2, 3, 1), dtype=np.float32),
    )  # fmt: skip


def drawn(turned: bool) -> tuple[Worlds, Bundle]:
    """Return the worlds and their packages, or the same with the sides written in the other order."""
    war = load(WARS["symmetric"])
    if turned:
        sides = dict(reversed(war.belligerents.items()))
        war = war.model_copy(update={"belligerents": sides})
    worlds = draw_worlds(war, LANES, 5, theory="expectations")
    table = enumerate_packages(war, worlds).table
    parameters = Bundle(worlds.parameters, expectations=before_learning(war))
    return replace(worlds, parameters=parameters), table


def first_talks(turned: bool) -> dict[str, np.ndarray]:
    """Return what comes of the first occasion to propose, and whether the first side proposes."""
    keep_compiled_programs()
    worlds, table = drawn(turned)

    @jax.jit
    def talks(parameters: Bundle, table: Bundle, seed: Array, world: Array) -> dict[str, Array]:
        moment = Moment(jnp.int32(0), Luck(seed, world), worlds.names)
        situation = situation_of(start_of(parameters), parameters, table)
        expected = expectation_of(situation, parameters, moment)
        acts, talk = acts_from(situation, parameters, moment, expected)
        lots = moment.luck.uniform_of("proposer", worlds.names.sides, moment.week)[0]
        return {
            "first": lots[0] < lots[1], "item": talk.item, "accepted": talk.accepted,
            "deal": talk.deal, "pause": talk.pause, "width": acts.zone_width,
            "belief": acts.belief, "going on": acts.reservation,
        }  # fmt: skip

    seed = jnp.asarray(seed_words(worlds.seed))
    return jax.device_get(talks(worlds.parameters, table, seed, worlds.identity))


def test_relabelled_sides_say_the_same_to_each_other():
    one, two = first_talks(turned=False), first_talks(turned=True)
    assert (one["first"] == ~two["first"]).all()
    assert one["accepted"].any()
    for name in ("item", "accepted"):
        assert (one[name] == two[name]).mean() > 0.99, name
    for name in ("deal", "pause", "width"):
        np.testing.assert_allclose(one[name], two[name], atol=1e-3, err_msg=name)
    close = np.abs(one["belief"] - two["belief"][::-1]).max(axis=(0, 1)) < 1e-3
    assert close.mean() > 0.99
    np.testing.assert_allclose(one["going on"], two["going on"][::-1], atol=1e-4)


@pytest.mark.slow
def test_relabelled_sides_come_to_the_same_talks_and_mirrored_endings():
    """Up to rounding, which in the end moves a draw in some world."""
    run = lambda worlds, table: next(  # noqa: E731
        iter(run_chunks(worlds, table, MONTHS, build=talking_program))
    )
    first, second = run(*drawn(turned=False)), run(*drawn(turned=True))
    same = (MIRRORED[first.final.ending.code] == second.final.ending.code) & (
        first.months["regime"] == second.months["regime"]
    ).all(axis=0)
    assert same.mean() > 0.97
    offers = np.array([0, 2, 1])[first.months["offered"]]
    assert (offers == second.months["offered"]).mean() > 0.99
    settled = ~np.isnan(first.final.diplomacy.settlement_week)
    assert 0.1 < settled.mean() < 1.0  # talks do decide how it ends


@pytest.mark.slow
def test_neither_side_does_better_once_both_have_learnt():
    """Over the seeds together, each with worlds, luck and a solution of its own."""
    found = [outcome("symmetric", "base", seed) for seed in SEEDS]
    mean = {name: np.mean([each[name] for each in found]) for name in found[0]}
    wins = mean["first_wins"] + mean["second_wins"]
    error = np.sqrt(wins / (len(SEEDS) * WORLDS))
    assert abs(mean["first_wins"] - mean["second_wins"]) < 4 * error
    broken = mean["broken"] * mean["settled"] * len(SEEDS) * WORLDS
    assert abs(mean["second_breaks"] - 0.5) < 4 * 0.5 / np.sqrt(broken)
    assert (
        abs(mean["first_area"] - 0.5) < 0.03
    )  # noise of the solver: a small bias shifts all terms


@pytest.mark.slow
def test_breaches_are_neither_rare_nor_certain():
    for seed in SEEDS:
        assert 0.1 < outcome("symmetric", "base", seed)["broken"] < 0.4
