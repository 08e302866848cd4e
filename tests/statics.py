"""What moves when a friction does: warm solves of a war, judged on the same worlds with the same luck."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from unittest import mock

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations import month, war_game
from ripeness.bargaining.expectations.month import CEASEFIRE_ITEM, acts_from, expectation_of
from ripeness.bargaining.expectations.prepare import Change, Effort, Learnt, learn, with_learnt
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import situation_of
from ripeness.explore.frictions import without
from ripeness.outcomes.engine import keep_compiled_programs, run_chunks
from ripeness.scenario.load import load
from ripeness.scenario.model import Effect, Lever, Scenario
from ripeness.types import WAR
from ripeness.war.simulate import simulate
from ripeness.war.state import VICTORY_FIRST, VICTORY_SECOND, regime
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck

WARS = {"symmetric": Path(__file__).parent / "wars" / "symmetric.yaml", "ukraine": "ukraine"}
SEEDS = (1, 2, 3)
MONTHS = 65
WORLDS = 4096
PER_SWEEP = 2048
COLD, WARM = 30, 12
"""Sweeps of the base case, and of the others from where it ended."""


def unchanged(something: Any) -> Any:
    """Return what was given."""
    return something


@dataclass(frozen=True)
class Case:
    """What is different: the scenario, the worlds, who knows costs, or the rule of unilateral acts."""

    war: Callable[[Scenario], Scenario] = unchanged
    worlds: Change = unchanged
    public: bool = False
    monthly: bool = False
    cold: bool = False  # too far from the base case for a warm start of a few sweeps


def scaled(factors: dict[str, float]) -> Callable[[Scenario], Scenario]:
    """Return what scales numbers by pattern: ``{first}`` and ``{second}`` are the sides of the war."""

    def change(war: Scenario) -> Scenario:
        first, second = war.sides
        levers, settings = dict(war.levers), dict(war.lever_values)
        for place, (pattern, factor) in enumerate(factors.items()):
            parameter = pattern.format(first=first, second=second)
            effect = Effect.model_validate({"parameter": parameter, "operation": "scale"})
            levers[f"test_{place}"] = Lever(
                label="Test", group="Test", unit="-", minimum=-1e9, default=None, maximum=1e9,
                effects=[effect],
            )  # fmt: skip
            settings[f"test_{place}"] = factor
        return war.model_copy(update={"levers": levers, "lever_values": settings})

    return change


def friends(war: Scenario, side: int) -> list[str]:
    """Return the patrons of a side."""
    return [name for name, patron in war.patrons.items() if patron.client == war.sides[side]]


def aided(factor: float) -> Callable[[Scenario], Scenario]:
    """Return what scales the arms that the friends of the second side send."""
    return lambda war: scaled({f"patrons.{name}.military": factor for name in friends(war, 1)})(war)


REFIT = "belligerents.{first}.combat.refit_gain"
CREDIBILITY = "guarantors.*.credibility"
COST = "belligerents.*.diplomacy.war_cost"
OPTIMISM = "belligerents.*.information.optimism"

CASES = {
    "base": Case(),
    "no guarantee": Case(scaled({CREDIBILITY: 0.0})),
    "guarantee up": Case(scaled({CREDIBILITY: 1.3})),
    "information public": Case(public=True),
    "cost up": Case(scaled({COST: 1.5})),
    "aid to the second": Case(aided(3.0)),
    "first rearms faster": Case(scaled({REFIT: 3.0})),
    "no optimism": Case(scaled({OPTIMISM: 0.0})),
    "optimism up": Case(scaled({OPTIMISM: 2.0})),
    "unbreakable": Case(worlds=partial(without, names=("commitment",)), cold=True),
    "monthly logit": Case(monthly=True),
}


def monthly_logit(gain: Any, precision: Any, rate: Any, years: float) -> Any:
    """Return the chance of an act that is thought of anew each month, each time with an error of its own."""
    del rate, years
    return month.sigmoid(precision * gain)


@contextmanager
def rule_of_acts(monthly: bool):
    """Let unilateral acts follow the monthly logit, in programs compiled for the purpose."""
    if not monthly:
        yield
        return
    with mock.patch.object(month, "hazard", monthly_logit):
        forget_programs()
        try:
            yield
        finally:
            forget_programs()


def forget_programs() -> None:
    """Drop compiled programs that hold the rule of acts they were traced with."""
    war_game.programs.cache_clear()
    talking_program.cache_clear()


@lru_cache(maxsize=8)
def talking_program(names: Names, months: int) -> Callable[..., Any]:
    """Return a program that records the talks besides the regime."""

    @jax.jit
    def run_chunk(parameters: Any, table: Any, theory: Any, seed: Any, world: Any) -> Any:
        del theory

        def decide(state: Any, parameters: Any, moment: Any) -> Any:
            situation = situation_of(state, parameters, table)
            expected = expectation_of(situation, parameters, moment)
            acts, talk = acts_from(situation, parameters, moment, expected)
            lots = moment.luck.uniform_of("proposer", names.sides, moment.week)[0]
            paused = (talk.item == CEASEFIRE_ITEM).astype(jnp.int32)
            # The number of the rule is only reported: it carries who offered a ceasefire.
            offered = paused * jnp.where(lots[0] < lots[1], 1, 2)
            return eqx.tree_at(lambda a: a.ceasefire_rule, acts, offered)

        def record(state: Any, parameters: Any, acts: Any) -> Any:
            return {
                "regime": regime(state).astype(jnp.int8),
                "offered": acts.ceasefire_rule.astype(jnp.int8),
                "paused": acts.ceasefire,
            }

        return simulate(parameters, Luck(seed, world), names, months, decide, record)

    return run_chunk


def effort(sweeps: int) -> Effort:
    """Return an effort of so many sweeps."""
    usual = Effort()
    settings = replace(usual.settings, sweeps=sweeps, least=sweeps, average=sweeps // 2)
    return replace(usual, per_sweep=PER_SWEEP, settings=settings)


@cache
def base(war: str, seed: int) -> Learnt:
    """Return what both sides have learnt in the war as it is."""
    keep_compiled_programs()
    return learn(load(WARS[war]), "", seed=seed, effort=effort(COLD))


@cache
def outcome(war: str, case: str, seed: int) -> dict[str, float]:
    """Return what a war of five years comes to once both sides have learnt how the case is."""
    changed = CASES[case]
    scenario = changed.war(load(WARS[war]))
    start = None if changed.cold else base(war, seed).solution.coefficients
    worlds = draw_worlds(scenario, WORLDS, 50 + seed, theory="expectations")
    with rule_of_acts(changed.monthly):
        learnt = learn(
            scenario, "", seed=seed, effort=effort(COLD if changed.cold else WARM), start=start,
            change=changed.worlds, public=changed.public,
        )  # fmt: skip
        return judged(scenario, with_learnt(changed.worlds(worlds), learnt))


def judged(scenario: Scenario, worlds: Worlds) -> dict[str, float]:
    """Return shares of worlds, months, and where the line comes to lie."""
    table = enumerate_packages(scenario, worlds).table
    parts = list(run_chunks(worlds, table, MONTHS, build=talking_program))
    join = lambda rows: np.concatenate(list(rows), axis=-1)  # noqa: E731
    months = {name: join(part.months[name] for part in parts) for name in parts[0].months}
    final = lambda name: join(getattr(part.final.diplomacy, name) for part in parts)  # noqa: E731
    code = join(part.final.ending.code for part in parts)
    settled, broken = ~np.isnan(final("settlement_week")), ~np.isnan(final("broken_week"))
    at_war = months["regime"] == WAR
    theatre = worlds.parameters.front.area_held.sum(axis=0)
    first_area = np.where(settled, final("agreed_area") / theatre, np.nan)
    asked = [(months["offered"] == side) & at_war for side in (1, 2)]
    return {
        "settled": settled.mean(),
        "broken": broken.sum() / max(settled.sum(), 1),
        "war_months": at_war.sum(axis=0).mean(),
        "delay": np.fmin(final("settlement_week") / 4.0, MONTHS).mean(),
        "first_wins": (code == VICTORY_FIRST).mean(),
        "second_wins": (code == VICTORY_SECOND).mean(),
        "first_area": np.nanmean(first_area),
        "first_asks": asked[0].sum() / at_war.sum(),
        "second_asks": asked[1].sum() / at_war.sum(),
        "first_accepts": (months["paused"] & asked[1]).sum() / max(asked[1].sum(), 1),
        "second_accepts": (months["paused"] & asked[0]).sum() / max(asked[0].sum(), 1),
        "ceasefires": (months["paused"] & at_war).any(axis=0).mean(),
        "second_breaks": (final("broken_by") == 1).sum() / max(broken.sum(), 1),
    }
