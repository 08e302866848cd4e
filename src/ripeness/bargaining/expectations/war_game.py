"""The rich war as a game for the solver: a pool of worlds, exploring starts, and fresh luck each sweep."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations.exploring import exploring_starts
from ripeness.bargaining.expectations.month import acts_from, expectation_of
from ripeness.bargaining.expectations.regression import Moments
from ripeness.bargaining.expectations.solver import Played
from ripeness.bargaining.expectations.training import (
    Exploring,
    Residual,
    fight_out_run,
    learning_run,
    moments_from,
    prior_weights,
    residuals,
    returns_of,
)
from ripeness.bargaining.expectations.values import CEASEFIRE_BLOCK, FEATURES
from ripeness.bargaining.play import situation_of
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words

CHUNK = 1024
"""Worlds played at a time on a thread: their state stays in the processor's cache."""

STIFF = 5.0
"""What a ceasefire changes is held at its baseline this much more strongly than the value of war."""

PROBED = 128
"""Worlds of a chunk whose situations are kept as probes, at each of ``PROBE_QUARTERS``."""

PROBE_QUARTERS = (1, 4, 8, 12)


class ChunkPlayed(NamedTuple):
    """What a chunk of worlds gives back."""

    moments: Moments
    counts: dict[str, Any]
    by_regime: Residual
    by_quarter: Residual
    start_value: Any  # realised return at the start ``(2, world)``, for worlds that did not explore
    free: Any
    largest: Any
    probes: Any


class Programs(NamedTuple):
    """The compiled programs for one set of names and one horizon."""

    learn: Any
    fight: Any
    odds: Any


@lru_cache(maxsize=8)
def programs(names: Names, quarters: int) -> Programs:
    """Return the compiled programs."""

    @jax.jit
    def learn(
        parameters: Bundle, table: Bundle, exploring: Exploring, seed: Any, world: Any
    ) -> Any:
        luck = Luck(seed, world)
        final, rows, states = learning_run(
            parameters, table, exploring, luck, names, quarters, PROBED
        )
        weight = prior_weights(parameters)
        predicted, realised = returns_of(rows, parameters.expectations.coefficients)
        by_regime, by_quarter = residuals(rows, predicted, realised, weight)
        free = exploring.months == 0
        kept = jnp.array([min(quarter, quarters) for quarter in PROBE_QUARTERS])
        return ChunkPlayed(
            moments_from(rows, predicted, weight), _counted(final, free), by_regime, by_quarter,
            realised[0], free, jnp.sqrt(jnp.mean(predicted**2)),
            jax.tree.map(lambda leaf: leaf[kept], states),
        )  # fmt: skip

    @jax.jit
    def fight(parameters: Bundle, table: Bundle, seed: Any, world: Any) -> Any:
        return fight_out_run(parameters, table, Luck(seed, world), names, 3 * quarters)

    @jax.jit
    def odds(states: Bundle, parameters: Bundle, table: Bundle, seed: Any, world: Any) -> Any:
        luck = Luck(seed, world)

        def one(state: Bundle) -> Any:
            # Week 0: an occasion to propose, whatever the date of the situation.
            moment = Moment(jnp.int32(0), luck, names)
            situation = situation_of(state, parameters, table)
            e = expectation_of(situation, parameters, moment)
            acts, talk = acts_from(situation, parameters, moment, e)
            return jnp.concatenate([talk.deal[None], talk.pause[None], acts.resume, acts.breach])

        return jax.lax.map(one, states)

    return Programs(learn, fight, odds)


def _counted(final: Bundle, free: Any) -> dict[str, Any]:
    d = final.diplomacy
    seen = {
        "settled": ~jnp.isnan(d.settlement_week),
        "broken": ~jnp.isnan(d.broken_week),
        "resumed": ~jnp.isnan(d.resumed_week),
    }
    counts = {name: jnp.sum(free & event) for name, event in seen.items()}
    return counts | {"free": jnp.sum(free)}


def stiffness_of() -> np.ndarray:
    """Return how strongly each coefficient is held at its baseline, over the usual strength."""
    stiffness = np.ones(FEATURES)
    stiffness[CEASEFIRE_BLOCK] = STIFF
    return stiffness


@dataclass
class WarGame:
    """The war as the solver sees it.

    Attributes:
        worlds: pool of worlds to learn from; each sweep plays some of them with fresh luck.
        table: their packages.
        learnt: what does not change over sweeps: types, fight-out coefficients, switches.
        per_sweep: worlds a sweep.
        quarters: quarters a world is played.
        seed: of luck and exploring starts.
        only: heads that may move; the others keep the coefficients in ``held``.
    """

    worlds: Worlds
    table: Bundle
    learnt: Bundle
    per_sweep: int
    quarters: int
    seed: int
    heads: tuple[str, ...] = ("first side", "second side")
    groups: tuple[tuple[int, ...], ...] = ((0, 1),)
    features: int = FEATURES
    stiffness: np.ndarray = field(default_factory=stiffness_of)
    held: np.ndarray | None = None
    only: int | None = None
    probes: Any = None

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Play some worlds of the pool under these coefficients."""
        parts = self.chunks(self._held(coefficients), sweep)
        moments = parts[0].moments
        for part in parts[1:]:
            moments = moments + part.moments
        counts = {name: sum(int(part.counts[name]) for part in parts) for name in parts[0].counts}
        free = max(counts.pop("free"), 1)
        shares = {name: count / free for name, count in counts.items()}
        if self.probes is None:
            self.probes = (self._starts(sweep)[0], parts[0].probes)
        return Played(moments, shares, max(float(part.largest) for part in parts))

    def chunks(
        self, coefficients: np.ndarray, sweep: int, *, explore: bool = True, tilt: Any = None
    ) -> list[ChunkPlayed]:
        """Return what was played, chunk by chunk."""
        learnt = self.with_coefficients(coefficients, tilt)
        jobs = [
            partial(self._chunk, learnt, start, sweep, explore) for start in self._starts(sweep)
        ]
        return in_threads(jobs)

    def with_coefficients(self, coefficients: np.ndarray, tilt: Any = None) -> Bundle:
        """Return what sides have learnt, with these coefficients."""
        no_tilt = np.zeros((2, 3, 1), dtype=np.float32)
        return Bundle(
            {
                **self.learnt,
                "coefficients": coefficients[:, :, None].astype(np.float32),
                "tilt": no_tilt if tilt is None else tilt,
            }
        )

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return chances of a deal, of a ceasefire, to resume and to break on a fixed set of situations."""
        if self.probes is None:
            return np.full(1, np.nan)
        start, states = self.probes
        part = slice(start, start + min(PROBED, self._width))
        cut = partial(_cut, part=part, count=self.worlds.count)
        learnt = self.with_coefficients(self._held(coefficients))
        parameters = Bundle(jax.tree.map(cut, self.worlds.parameters), expectations=learnt)
        found = programs(self.worlds.names, self.quarters).odds(
            states, parameters, jax.tree.map(cut, self.table),
            jnp.asarray(seed_words(self.seed)), self.worlds.identity[part],
        )  # fmt: skip
        return np.asarray(found, dtype=np.float64)

    def elsewhere(self, worlds: Worlds, table: Bundle, per_sweep: int, seed: int) -> WarGame:
        """Return the same game played in other worlds."""
        return replace(
            self, worlds=worlds, table=table, per_sweep=per_sweep, seed=seed, probes=None
        )

    def _held(self, coefficients: np.ndarray) -> np.ndarray:
        if self.held is None or self.only is None:
            return coefficients
        mixed = self.held.copy()
        mixed[self.only] = coefficients[self.only]
        return mixed

    @property
    def _width(self) -> int:
        """Worlds played at a time."""
        return min(CHUNK, self.per_sweep, self.worlds.count)

    def _starts(self, sweep: int) -> list[int]:
        width = self._width
        pieces = max(self.worlds.count // width, 1)
        first = sweep * self.per_sweep // width
        return [((first + k) % pieces) * width for k in range(max(self.per_sweep // width, 1))]

    def _chunk(self, learnt: Bundle, start: int, sweep: int, explore: bool) -> ChunkPlayed:
        part = slice(start, start + self._width)
        cut = partial(_cut, part=part, count=self.worlds.count)
        parameters = Bundle(jax.tree.map(cut, self.worlds.parameters), expectations=learnt)
        table = jax.tree.map(cut, self.table)
        luck = self.seed * 1_000_003 + sweep
        exploring = exploring_starts(
            parameters, table, np.asarray(learnt.atoms), f"{luck} {start}", explore=explore
        )
        learn = programs(self.worlds.names, self.quarters).learn
        identity = self.worlds.identity[part]
        played = learn(parameters, table, exploring, jnp.asarray(seed_words(luck)), identity)
        moments = played.moments.on_host()
        rest = jax.device_get(played._replace(moments=None, probes=None))
        return rest._replace(moments=moments, probes=played.probes)


def in_threads(jobs: list[Any]) -> list[Any]:
    """Run jobs on as many threads as there are cores; results in order."""
    if len(jobs) == 1:
        return [jobs[0]()]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


def _cut(array: Any, *, part: slice, count: int) -> Any:
    return array[..., part] if array.shape[-1] == count else array


__all__ = ["CHUNK", "ChunkPlayed", "WarGame", "in_threads", "programs", "start_of"]
