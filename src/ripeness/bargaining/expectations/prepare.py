"""From a scenario to what both sides have learnt: draw worlds to learn from, fight them out, iterate.

What is learnt holds for any world of the scenario, whatever its number or luck. It is stored as text, with
the digest of the scenario it was learnt in: where a lever is moved it still applies, as a preliminary answer
that knows the lever only by what sides can see of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations.features import FIGHT_OUT
from ripeness.bargaining.expectations.regression import Ridges, solved
from ripeness.bargaining.expectations.solver import Settings, Solution, Sweep, solve
from ripeness.bargaining.expectations.war_game import CHUNK, WarGame, in_threads, programs
from ripeness.bargaining.packages import enumerate_packages
from ripeness.errors import bad_input
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import quantities
from ripeness.war.state import ATOMS
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds, moved
from ripeness.worlds.quantiles import quantile
from ripeness.worlds.streams import seed_words

QUARTERS = 21
"""Quarters that a world to learn from is played, whatever the scenario's horizon: five years and a bit.
Shorter play sees too little of ceasefires and settlements to learn them."""

FORMAT = 5
"""Of what is learnt; raise it when features or rules change their meaning."""

LEARNING_SEED = 1_000_003
"""Added to the user's seed for the worlds to learn from, so that none of them is reported."""

Change = Callable[[Worlds], Worlds]


@dataclass(frozen=True)
class Effort:
    """How much to spend on a solve.

    Attributes:
        pool: worlds drawn to learn from.
        per_sweep: of them, played in a sweep.
        settings: of the iteration.
    """

    pool: int = 4096
    per_sweep: int = 2048
    settings: Settings = field(
        default_factory=lambda: Settings(
            sweeps=20, least=8, average=6, window=6, still=0.01, steady=0.02,
            forgetting=((0.0, 0.5), (0.25, 0.85)),
            ridges=Ridges(pooled=0.01, previous=0.005, baseline=0.02, rare=0.001),
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Learnt:
    """What both sides have learnt.

    Attributes:
        arrays: fight-out coefficients, coefficients of the values, types, switches.
        solution: how the iteration went.
        digest: of the scenario it was learnt in.
        preliminary: whether it is used in another setting of the levers than it was learnt in.
    """

    arrays: Bundle
    solution: Solution
    digest: str
    preliminary: bool = False


def types_of_cost(scenario: Scenario) -> np.ndarray:
    """Return the costs of war ``(2, ATOMS, 1)`` that each side's enemy holds possible, levers applied."""
    places = (np.arange(ATOMS) + 0.5) / ATOMS
    values = {path: quantile(quantity, places) for path, quantity in quantities(scenario).items()}
    for name, setting in scenario.lever_values.items():
        values = moved(scenario, scenario.levers[name], setting, values)
    rows = [values[f"belligerents.{side}.diplomacy.war_cost"] for side in scenario.sides]
    return np.array(rows, dtype=np.float32)[:, :, None]


def game_of(
    scenario: Scenario,
    effort: Effort,
    seed: int,
    change: Change | None = None,
    public: bool = False,
) -> WarGame:
    """Return the war as a game, the value of fighting it out already learnt.

    Raises:
        InputError: if a number of a world is infinite or undefined.
    """
    worlds = draw_worlds(scenario, effort.pool, LEARNING_SEED + seed)
    worlds = change(worlds) if change is not None else worlds
    _refuse_not_finite(worlds)
    table = enumerate_packages(scenario, worlds).table
    quality = worlds.parameters.combat.quality
    learnt = Bundle(
        atoms=types_of_cost(scenario),
        public=np.array([1.0 if public else 0.0], dtype=np.float32),
        quality_spread=np.array([np.std(quality[0] - quality[1])], dtype=np.float32),
    )
    learnt = Bundle({**learnt, **learn_fight_out(worlds, table, learnt)})
    return WarGame(worlds, table, learnt, min(effort.per_sweep, effort.pool), QUARTERS, seed)


def _refuse_not_finite(worlds: Worlds) -> None:
    for path, array in jax.tree_util.tree_leaves_with_path(worlds.parameters):
        bad = int(np.size(array) - np.count_nonzero(np.isfinite(array)))
        if bad:
            name = jax.tree_util.keystr(path, simple=True, separator=".")
            what = f"is infinite or undefined {bad} times in {worlds.count:,} worlds."
            raise bad_input(name, what, "Look at its range, and at what moves it.")


def learn(
    scenario: Scenario,
    digest: str,
    *,
    seed: int = 1,
    effort: Effort | None = None,
    start: Solution | np.ndarray | None = None,
    change: Change | None = None,
    public: bool = False,
    progress: Callable[[Sweep], None] | None = None,
) -> Learnt:
    """Solve for expectations that fit what they bring about.

    Args:
        scenario: the war, levers included.
        digest: of the scenario, to know the solution by.
        seed: of the worlds to learn from.
        effort: how much to spend.
        start: a solution to go on from, or coefficients.
        change: what to do to the worlds before play (take a friction away).
        public: whether each side's cost of war is known to the other.
        progress: called after each sweep.
    """
    effort = effort or Effort()
    game = game_of(scenario, effort, seed, change, public)
    solution = solve(game, effort.settings, start=start, progress=progress)
    return Learnt(game.with_coefficients(solution.coefficients), solution, digest)


def with_learnt(worlds: Worlds, learnt: Learnt) -> Worlds:
    """Return worlds in which both sides act on what they have learnt."""
    parameters = Bundle(worlds.parameters, expectations=learnt.arrays)
    return replace(worlds, parameters=parameters)


def learn_fight_out(worlds: Worlds, table: Bundle, learnt: Bundle) -> Bundle:
    """Return the fight-out coefficients: share and endurance, ``(2, FIGHT_OUT, 1)`` each."""
    fight = programs(worlds.names, QUARTERS).fight
    count = worlds.count

    def chunk(start: int) -> Any:
        stop = start + min(CHUNK, count)
        cut = lambda leaf: leaf[..., start:stop] if leaf.shape[-1] == count else leaf  # noqa: E731
        parameters = Bundle(jax.tree.map(cut, worlds.parameters), expectations=learnt)
        seed = jnp.asarray(seed_words(worlds.seed))
        found = fight(parameters, jax.tree.map(cut, table), seed, worlds.identity[start:stop])
        return [part.on_host() for part in found]

    parts = in_threads([partial(chunk, start) for start in range(0, count, CHUNK)])
    found = {}
    for place, name in enumerate(("share", "endure")):
        moments = parts[0][place]
        for part in parts[1:]:
            moments = moments + part[place]
        ridges = Ridges(pooled=0.01, previous=0.0, baseline=1e-4)
        found[name] = solved(moments, np.zeros((2, FIGHT_OUT)), ridges, ((0, 1),))
    return Bundle({name: value[:, :, None].astype(np.float32) for name, value in found.items()})
