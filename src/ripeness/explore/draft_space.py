"""All packages at once: in how many worlds each is signed, and about how many would keep it.

Packages are the combinations of levels that do not contradict themselves. The issues are cut in two: what the
first part is worth is worked out once for each of its combinations, likewise the second, and pairs of the two
are judged a row of combinations at a time (Horowitz and Sahni 1974 cut a knapsack so). Nothing is kept of a
world and a package but counts. Everything comes into force at once: the space has no timetables.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.war_game import in_threads
from ripeness.bargaining.levels import Part, Sums, conflict_free, finished, joined, part_of
from ripeness.explore.draft_hold import FEATURES, chance_of, features_of
from ripeness.explore.draft_sign import gains_of
from ripeness.explore.draft_stand import Stand, Standpoint, picked
from ripeness.worlds.bundle import Bundle

TAIL: Final = 48
"""Combinations of the second part of the issues that are judged together, about."""

EQUAL: Final = 1e-5
"""Packages closer than this are worth the same: float32 holds no more of the stakes."""


@dataclass(frozen=True)
class Space:
    """All packages, in the worlds of a standpoint.

    Attributes:
        package: level of each issue.
        free: whether the package holds no levels that exclude each other; others are never signed.
        signs: worlds in which each side would sign.
        both: worlds in which both would.
        kept: estimated worlds in which both sign and it is kept; nothing without an estimate.
        better: whether some package is better for both than the one it is held against.
        left: how much more both could have, shares of the stakes.
        ready: whether each side would sign any package at all.
        agree: whether there is a package that both would sign.
    """

    package: Int[np.ndarray, "package issue"]
    free: Bool[np.ndarray, "package"]
    signs: Int[np.ndarray, "2 package"]
    both: Int[np.ndarray, "package"]
    kept: Float[np.ndarray, "package"]
    better: Bool[np.ndarray, "world"]
    left: Float[np.ndarray, "world"]
    ready: Bool[np.ndarray, "2 world"]
    agree: Bool[np.ndarray, "world"]


def all_packages(standpoint: Standpoint) -> Int[np.ndarray, "package issue"]:
    """Return all combinations of levels, in the order of the scenario, the last issue fastest."""
    sizes = [len(standpoint.packages.levels[name]) for name in standpoint.packages.issues]
    return np.indices(sizes, dtype=np.int32).reshape(len(sizes), -1).T.copy()


def survey(
    standpoint: Standpoint,
    against: Float[np.ndarray, "2 world"] | None = None,
    coefficients: Float[np.ndarray, "theory feature"] | None = None,
) -> Space:
    """Judge all packages.

    Args:
        standpoint: the worlds on the day.
        against: worth to each side of the package that all are held against.
        coefficients: of the estimate that a treaty is kept, per theory.
    """
    package = all_packages(standpoint)
    free = conflict_free(standpoint.scenario, standpoint.packages, package)
    against = np.full((2, standpoint.count), np.inf, np.float32) if against is None else against
    counts, by_world, order = [], [], []
    for who in (False, True):
        places = np.flatnonzero(standpoint.expects == who)
        if len(places):
            found = _survey_of(standpoint, package, free, places, who, against, coefficients)
            counts.append(found[0])
            by_world.append(found[1])
            order.append(places)
    first, second, both, kept = (np.sum(rows, axis=0) for rows in zip(*counts, strict=True))
    back = np.argsort(np.concatenate(order))
    best = jax.tree.map(lambda *rows: np.concatenate(rows, axis=-1)[..., back], *by_world)
    return Space(
        package,
        free,
        np.stack([first, second]),
        both,
        kept,
        best.better,
        best.left,
        best.ready,
        best.agree,
    )


class _Best(NamedTuple):
    """What all packages seen so far come to, per world."""

    left: Array
    better: Array
    ready: Array
    agree: Array


def _survey_of(
    standpoint: Standpoint,
    package: np.ndarray,
    free: np.ndarray,
    places: np.ndarray,
    expecting: bool,
    against: np.ndarray,
    coefficients: np.ndarray | None,
) -> tuple[list[np.ndarray], _Best]:
    """Return counts per package, and what they come to per world, among worlds of one kind of theory."""
    pick = partial(picked, places=places, among=standpoint.count)
    if coefficients is None:
        row = np.zeros((FEATURES, len(places)))
    else:
        row = coefficients[standpoint.worlds.theory[places]].T
    tail_size = _tail(standpoint)
    heads, rows = package[::tail_size], free.reshape(-1, tail_size)
    levels = pick(standpoint.levels)
    issues = range(package.shape[1])
    cut = _cut(standpoint)
    tail = part_of(levels, package[:tail_size], issues[cut:])
    run = _program(expecting, coefficients is not None)
    fixed = (
        pick(standpoint.stand), pick(standpoint.worlds.parameters), pick(against),
        jnp.asarray(row, dtype=jnp.float32),
    )  # fmt: skip

    def job(part: np.ndarray) -> Any:
        found = run(heads[part, :cut], rows[part], levels, tail, *fixed)
        return jax.tree.map(np.asarray, found)

    threads = os.cpu_count() or 1
    parts = in_threads([partial(job, part) for part in np.array_split(np.arange(len(heads)), threads) if len(part)])
    counts = [np.concatenate([part[0][place].ravel() for part in parts]) for place in range(4)]
    return counts, _Best(
        *(np.max(rows, axis=0) for rows in zip(*(p[1] for p in parts), strict=True))
    )


def _cut(standpoint: Standpoint) -> int:
    """Return the first issue of the second part."""
    sizes = [len(standpoint.packages.levels[name]) for name in standpoint.packages.issues]
    for place in range(len(sizes) - 1, 0, -1):
        if math.prod(sizes[place:]) >= TAIL:
            return place
    return min(1, len(sizes) - 1)


def _tail(standpoint: Standpoint) -> int:
    names = standpoint.packages.issues[_cut(standpoint) :]
    return math.prod(len(standpoint.packages.levels[name]) for name in names)


@lru_cache(maxsize=4)
def _program(expecting: bool, estimates: bool) -> Any:
    """Return the compiled program that judges rows of packages."""

    @jax.jit
    def run(  # noqa: PLR0913 - arrays
        heads: Array, free: Array, levels: Any, tail: Part, stand: Stand, parameters: Bundle, against: Array,
        coefficients: Array,
    ) -> Any:  # fmt: skip
        expects = jnp.ones(against.shape[1:], dtype=bool) if expecting else None

        def row(best: _Best, given: tuple[Array, Array]) -> tuple[_Best, Any]:
            head, may = given
            sums = finished(
                joined(part_of(levels, head[None], range(head.shape[0])), tail), stand.troops
            )
            gain = gains_of(sums, stand, parameters, expects)
            signs = (gain >= 0) & ~sums.crossed & may[:, None]
            both = signs[0] & signs[1]
            count = lambda rows: jnp.sum(rows, axis=-1, dtype=jnp.int32)  # noqa: E731
            kept = jnp.zeros(both.shape[:1])
            if estimates:
                features = features_of(sums, gain, stand, parameters, expects)
                kept = jnp.sum(jnp.where(both, chance_of(features, coefficients), 0.0), axis=-1)
            best = _better_of(best, _compared(sums, against, may), signs)
            return best, (count(signs[0]), count(signs[1]), count(both), kept)

        nothing = jnp.zeros(against.shape[1:])
        start = _Best(nothing, nothing > 0, jnp.zeros_like(against) > 0, nothing > 0)
        best, counts = jax.lax.scan(row, start, (heads, free))
        return counts, best

    return run


def _compared(sums: Sums, against: Array, free: Array) -> tuple[Array, Array]:
    """Return how much more both get by packages that both could sign, and whether one is better for both."""
    more = sums.worth - sums.fear - against[:, None]
    smaller, larger = jnp.minimum(more[0], more[1]), jnp.maximum(more[0], more[1])
    may = ~(sums.crossed[0] | sums.crossed[1]) & free[:, None]
    beats = jnp.any(may & (smaller >= -EQUAL) & (larger > 2.0 * EQUAL), axis=0)
    return jnp.max(jnp.where(may, smaller, 0.0), axis=0), beats


def _better_of(best: _Best, found: tuple[Array, Array], signs: Array) -> _Best:
    """Return what packages come to with one more row of them."""
    return _Best(
        jnp.maximum(best.left, found[0]),
        best.better | found[1],
        best.ready | jnp.any(signs, axis=1),
        best.agree | jnp.any(signs[0] & signs[1], axis=0),
    )
