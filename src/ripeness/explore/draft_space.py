"""All packages at once: in how many worlds each is signed, and about how many would keep it.

Packages are the combinations of levels that do not contradict themselves. In each world red lines rule out
most of them at one stroke, level by level. What is left is added up issue by issue, the levels of each joined
to all combinations of those before, and judged block by block. Nothing is kept of a world and a package but
counts. Everything comes into force at once: the space has no timetables.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.war_game import in_threads
from ripeness.bargaining.levels import Levels, Part, conflict_free, finished, joined, part_at
from ripeness.explore.draft_hold import FEATURES, chance_of, features_of
from ripeness.explore.draft_sign import gains, gains_of, talks_of
from ripeness.explore.draft_stand import Stand, Standpoint, picked
from ripeness.worlds.bundle import Bundle

BLOCK: Final = 8192
"""Packages judged together in a world; blocks are padded, so that one program serves all."""

EQUAL: Final = 1e-5
"""Packages closer than this are worth the same: float32 holds no more of the stakes."""


@dataclass(frozen=True)
class Space:
    """All packages, in the worlds of a standpoint.

    Attributes:
        package: level of each issue.
        free: whether the package holds no levels that exclude each other; others are never signed.
        both: worlds in which both sides would sign.
        kept: estimated worlds in which both sign and it is kept; nothing without an estimate.
        better: whether some package is better for both than the one it is held against.
        left: how much more both could have, shares of the stakes.
        ready: whether each side would sign the package it likes best, or some package that both would.
        agree: whether there is a package that both would sign.
        judged: pairs of a world and a package that no red line rules out.
    """

    package: Int[np.ndarray, "package issue"]
    free: Bool[np.ndarray, "package"]
    both: Int[np.ndarray, "package"]
    kept: Float[np.ndarray, "package"]
    better: Bool[np.ndarray, "world"]
    left: Float[np.ndarray, "world"]
    ready: Bool[np.ndarray, "2 world"]
    agree: Bool[np.ndarray, "world"]
    judged: int


def all_packages(standpoint: Standpoint) -> Int[np.ndarray, "package issue"]:
    """Return all combinations of levels, in the order of the scenario, the last issue fastest."""
    sizes = [len(standpoint.packages.levels[name]) for name in standpoint.packages.issues]
    return np.indices(sizes, dtype=np.int16).reshape(len(sizes), -1).T.copy()


class _Counts(NamedTuple):
    """What some of the worlds come to."""

    both: np.ndarray
    kept: np.ndarray
    judged: np.ndarray


class _InWorld(NamedTuple):
    """What all packages come to in one world."""

    left: Any
    better: Any
    agree: Any


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
    count = standpoint.count
    against = np.full((2, count), np.inf, np.float32) if against is None else against
    found = _InWorld(np.zeros(count), np.zeros(count, bool), np.zeros(count, bool))
    threads = os.cpu_count() or 1
    jobs = [
        partial(_some, standpoint, free, np.arange(k, count, threads), against, coefficients, found)
        for k in range(threads)
    ]
    counts = _Counts(*(np.sum(rows, axis=0) for rows in zip(*in_threads(jobs), strict=True)))
    ready = favourites_signed(standpoint) | found.agree
    return Space(
        package, free, counts.both, counts.kept, found.better, found.left, ready, found.agree,
        int(counts.judged),
    )  # fmt: skip


def _some(
    standpoint: Standpoint,
    free: np.ndarray,
    worlds: np.ndarray,
    against: np.ndarray,
    coefficients: np.ndarray | None,
    found: _InWorld,
) -> _Counts:
    """Judge all packages in some worlds: counts come back, what is said of a world is written there."""
    counts = _Counts(np.zeros(len(free), np.int64), np.zeros(len(free)), np.zeros((), np.int64))
    expects = standpoint.expects
    levels = jax.tree.map(np.asarray, standpoint.levels)
    sizes = [len(standpoint.packages.levels[name]) for name in standpoint.packages.issues]
    needed = (standpoint.stand, talks_of(standpoint.worlds.parameters))
    for world in worlds.tolist():
        part, code = _open_packages(levels, sizes, world, free)
        counts.judged[...] += len(code)
        stand, parameters = picked(needed, np.array([world]), standpoint.count)
        row = (
            np.zeros(FEATURES)
            if coefficients is None
            else coefficients[standpoint.worlds.theory[world]]
        )
        run = _program(bool(expects[world]), coefficients is not None)
        stand = stand if expects[world] else _without_outlook(stand)
        for block, size in _blocks(part, len(code)):
            both, kept, best = run(
                block,
                np.int32(size),
                stand,
                parameters,
                against[:, [world]],
                row.astype(np.float32),
            )
            signed = np.asarray(both)[:size]
            place = code[:size][signed]
            code = code[size:]
            counts.both[place] += 1  # a package comes once in a world
            counts.kept[place] += np.asarray(kept)[:size][signed]
            found.left[world] = max(found.left[world], float(best.left))
            found.better[world] |= bool(best.better)
            found.agree[world] |= bool(best.agree)
    return counts


def _without_outlook(stand: Stand) -> Stand:
    return replace(stand, outlook=None)


def _open_packages(
    levels: Levels, sizes: list[int], world: int, free: np.ndarray
) -> tuple[Part, np.ndarray]:
    """Return the packages that nothing rules out in a world, added up, and their numbers."""
    whole: Part | None = None
    code = np.zeros(1, dtype=np.int64)
    for issue, size in enumerate(sizes):
        level = np.flatnonzero(~levels.crossed[issue, :, :size, world].any(axis=0))
        code = (code[:, None] * size + level).ravel()
        part = Part(*(getattr(levels, name)[issue][:, level, world] for name in Part._fields))
        whole = part if whole is None else _all_pairs(whole, part)
    assert whole is not None
    here = free[code]
    return Part(*(rows[:, here, None] for rows in whole)), code[here]


def _all_pairs(one: Part, two: Part) -> Part:
    """Return every combination of one with every one of another, ``(2, combination)`` each."""
    wide = Part(*(rows[:, :, None] for rows in one))
    new = joined(wide, Part(*(rows[:, None] for rows in two)), np)
    return Part(*(rows.reshape(len(rows), -1) for rows in new))


def _blocks(part: Part, count: int) -> Iterator[tuple[Part, int]]:
    """Yield blocks of packages, the last one padded, and how many each holds."""
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        rows = Part(*(each[:, start : start + size] for each in part))
        if size < BLOCK:
            pad = ((0, 0), (0, BLOCK - size), (0, 0))
            rows = Part(*(np.pad(each, pad, mode="edge") for each in rows))
        yield rows, size


@lru_cache(maxsize=4)
def _program(expecting: bool, estimates: bool) -> Any:
    """Return the compiled program that judges a block of packages in a world."""

    @jax.jit
    def run(  # noqa: PLR0913 - arrays
        part: Part, size: Array, stand: Stand, parameters: Bundle, against: Array, row: Array
    ) -> tuple[Array, Array, _InWorld]:
        sums = finished(part, stand.troops)
        expects = jnp.ones(against.shape[1:], dtype=bool) if expecting else None
        gain = gains_of(sums, stand, parameters, expects)
        real = jnp.arange(BLOCK) < size
        both = ((gain[0] >= 0) & (gain[1] >= 0))[:, 0] & real
        kept = jnp.zeros(BLOCK)
        if estimates:
            features = features_of(sums, gain, stand, parameters, expects)
            kept = chance_of(features, row[:, None])[:, 0]
        more = (sums.worth - sums.fear - against[:, None])[..., 0]
        smaller, larger = jnp.minimum(more[0], more[1]), jnp.maximum(more[0], more[1])
        beats = real & (smaller >= -EQUAL) & (larger > 2.0 * EQUAL)
        left = jnp.max(jnp.where(real, smaller, 0.0), initial=0.0)
        return both, kept, _InWorld(left, jnp.any(beats), jnp.any(both))

    return run


def favourites_signed(standpoint: Standpoint) -> Bool[np.ndarray, "2 world"]:
    """Return whether each side would sign the package that it likes best, its own red lines kept."""
    levels = standpoint.levels
    sizes = [len(standpoint.packages.levels[name]) for name in standpoint.packages.issues]
    there = np.arange(levels.worth.shape[2]) < np.array(sizes)[:, None]
    may = there[..., None] & np.ones(standpoint.count, dtype=bool)
    return np.stack([favourite_signed(standpoint, may, side) for side in range(2)])


def favourite_signed(
    standpoint: Standpoint, may: Bool[np.ndarray, "issue level world"], side: int
) -> Bool[np.ndarray, "world"]:
    """Return whether a side would sign what it likes best of these levels, its own red lines kept.

    Of every issue first the level that is worth most to it, less the fear that it leaves; then, issue by issue,
    the level with which it gains most, since what is dearest may not pass at home.
    """
    levels = standpoint.levels
    own = may & ~np.asarray(levels.crossed[:, side])
    # Where nothing is allowed any level will do: a red line is crossed whichever it is.
    own = np.where(own.any(axis=1, keepdims=True), own, may)
    liked = np.asarray(levels.worth[:, side]) - np.asarray(levels.fear[:, side])
    best = np.argmax(np.where(own, liked, -np.inf), axis=1)  # (issue, world)
    for issue in range(len(best)):
        gain = np.where(own[issue], _gain_by_level(standpoint, best, issue)[side], -np.inf)
        best[issue] = np.argmax(gain, axis=0)
    sums = finished(part_at(levels, best), np.asarray(standpoint.stand.troops), np)
    return (gains(sums, standpoint)[side, 0] >= 0) & ~np.asarray(sums.crossed)[side, 0]


def _gain_by_level(
    standpoint: Standpoint, chosen: Int[np.ndarray, "issue world"], issue: int
) -> Float[np.ndarray, "2 level world"]:
    """Return what each side gains by packages that differ in the level of one issue."""
    found = []
    for level in range(standpoint.levels.worth.shape[2]):
        there = chosen.copy()
        there[issue] = level
        found.append(part_at(standpoint.levels, there))
    part = Part(*(np.concatenate(rows, axis=1) for rows in zip(*found, strict=True)))
    return gains(finished(part, np.asarray(standpoint.stand.troops), np), standpoint)
