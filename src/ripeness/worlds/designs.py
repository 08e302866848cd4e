"""Sampling designs: where in the unit cube each world lies.

``latin`` (the default) gives every quantity a stratified column of its own (McKay, Beckman and
Conover 1979), shuffled by a generator keyed by the quantity's path: adding a quantity moves no
other column. ``sobol`` fills the cube more evenly as a whole (Owen-scrambled Sobol' points, Joe and
Kuo 2008), at the price that a new quantity moves the columns after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.stats import qmc

from ripeness.errors import bad_input
from ripeness.registry import suggestion

DESIGNS: Final = ("latin", "sobol")
MOST_WORLDS: Final = 1 << 20
KEPT: Final = 1 << 13
"""Draws of as many worlds are kept for the next run, some 30 MB; of more they are drawn anew."""


def unit_draws(paths: Sequence[str], worlds: int, seed: int, design: str = "latin") -> np.ndarray:
    """Return the worlds' places in the unit cube.

    Args:
        paths: names of the quantities; the order of the rows of the result.
        worlds: number of worlds.
        seed: any integer.
        design: one of ``DESIGNS``.

    Returns:
        Array ``(path, world)`` of float64 in (0, 1).

    Raises:
        InputError: if the design is unknown or the number of worlds is out of range.
    """
    if not 1 <= worlds <= MOST_WORLDS:
        raise bad_input(
            "--worlds",
            f"must be between 1 and {MOST_WORLDS:,}, but is {worlds:,}.",
            "4096 is usual.",
        )
    if design == "latin":
        draw = _latin_kept if worlds <= KEPT else _latin
        return draw(tuple(paths), worlds, seed)
    if design == "sobol":
        return _sobol(paths, worlds, seed)
    raise bad_input("design", f"there is no design `{design}`.", suggestion(design, list(DESIGNS)))


def keyed_generator(name: str, seed: int | str) -> np.random.Generator:
    """Return a generator that depends on this name and seed only."""
    words = np.frombuffer(f"{seed} {name}".encode(), dtype=np.uint8)
    return np.random.default_rng(np.random.SeedSequence(words.tolist()))


@lru_cache(maxsize=1)
def _latin_kept(paths: tuple[str, ...], worlds: int, seed: int) -> np.ndarray:
    """Return the same, kept for the next run: claims play the same worlds with many settings."""
    unit = _latin(paths, worlds, seed)
    unit.flags.writeable = False
    return unit


def _latin(paths: tuple[str, ...], worlds: int, seed: int) -> np.ndarray:
    columns = [_latin_column(path, worlds, seed) for path in paths]
    return np.array(columns).reshape(len(paths), worlds)


def _latin_column(path: str, worlds: int, seed: int) -> np.ndarray:
    sampler = qmc.LatinHypercube(d=1, rng=keyed_generator(path, seed))
    return _inside(sampler.random(worlds)[:, 0])


def _sobol(paths: Sequence[str], worlds: int, seed: int) -> np.ndarray:
    if not paths:
        return np.empty((0, worlds))
    order = np.argsort(np.array(paths), kind="stable")
    sampler = qmc.Sobol(d=len(paths), scramble=True, rng=keyed_generator("sobol", seed))
    points = sampler.random_base2(max(0, int(np.ceil(np.log2(worlds)))))[:worlds]
    columns = np.empty((len(paths), worlds))
    columns[order] = points.T
    return _inside(columns)


def _inside(unit: np.ndarray) -> np.ndarray:
    """Keep draws off the ends, where a distribution's quantile may be infinite."""
    edge = 2.0**-40
    return np.clip(unit, edge, 1.0 - edge)
