"""Peeling: from all worlds towards those in which something happens, a thin slice at a time.

The patient half of patient rule induction (Friedman and Fisher 1999, Statistics and Computing 9: 123-143).
From a box with n worlds and density p take the slice of the fewest bins at the lower or upper end of one
feature that hold at least floor(alpha (n - 1)) + 1 of its worlds; of all such slices the one with the highest

    (density of what is left - p) / worlds in the slice

(their criterion for values with ties). Equal: a feature that is restricted already, then the first by
name, its upper end first. It goes on while the density rises and ``fewest`` worlds are left. With a bin for
every value this is, step by step, what ema-workbench 2.5.3 does (``tests/oracles/test_prim.py``).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ripeness.claims.discovery.box import Box
from ripeness.claims.discovery.grid import Grid

ALPHA: Final = 0.05
"""Share of a box's worlds that a peel takes at least (Friedman and Fisher: 0.05 to 0.1)."""


class Trajectory(NamedTuple):
    """The way of peeling, from the box of all worlds.

    Attributes:
        low: ``(step, feature)`` first bin inside.
        high: ``(step, feature)`` last bin inside.
        worlds: ``(step,)`` worlds in the box.
        hits: ``(step,)`` of these, worlds in which it happens.
    """

    low: np.ndarray
    high: np.ndarray
    worlds: np.ndarray
    hits: np.ndarray

    def box(self, step: int, bins: np.ndarray) -> Box:
        """Return the box at a step."""
        low, high = self.low[step], self.high[step]
        rows = np.flatnonzero((low > 0) | (high < bins - 1))
        return Box(*(tuple(map(int, values)) for values in (rows, low[rows], high[rows])))


def peel(
    grid: Grid, happens: np.ndarray, members: np.ndarray, *, fewest: int, alpha: float = ALPHA
) -> Trajectory:
    """Peel.

    Args:
        grid: the features.
        happens: ``(world,)``.
        members: numbers of the worlds to begin with.
        fewest: worlds that a box must hold.
        alpha: share of the box's worlds that a peel takes at least.
    """
    counts, hits = grid.counts(members), grid.counts(members[happens[members]])
    low, high = np.zeros(len(grid.bins), dtype=int), grid.bins - 1
    way = [(low, high, len(members), int(happens[members].sum()))]
    while True:
        step = _best_peel(counts, hits, low, high, grid.bins, _Size(*way[-1][2:], fewest, alpha))
        if step is None:
            break
        place, low, high = step
        code = grid.codes[members, place]
        kept = (code >= low[place]) & (code <= high[place])
        gone, members = members[~kept], members[kept]
        counts = counts - grid.counts(gone)
        hits = hits - grid.counts(gone[happens[gone]])
        way.append((low, high, len(members), int(happens[members].sum())))
    return Trajectory(*(np.array(column) for column in zip(*way, strict=True)))


class _Size(NamedTuple):
    """How large a box is and may become."""

    worlds: int
    hits: int
    fewest: int
    alpha: float


def _best_peel(  # noqa: PLR0913 - the box, and what is in it
    counts: np.ndarray,
    hits: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    bins: np.ndarray,
    size: _Size,
) -> tuple[int, np.ndarray, np.ndarray] | None:
    """Return the feature and the limits of the best peel; None if nothing raises the density."""
    below, below_hits = counts[:, :-1].cumsum(axis=1), hits[:, :-1].cumsum(axis=1)
    known, known_hits = below[:, -1], below_hits[:, -1]
    need = int((size.worlds - 1) * size.alpha) + 1
    rows = np.arange(len(bins))
    # Lower end: the fewest bins that hold as many as needed go; upper end: the same from the top.
    cut = np.minimum((below < need).sum(axis=1), below.shape[1] - 1)
    keep = (below <= (known - need)[:, None]).sum(axis=1)
    at = np.maximum(keep - 1, 0)
    left = np.stack([np.where(keep > 0, below[rows, at], 0), known - below[rows, cut]])
    left_hits = np.stack(
        [np.where(keep > 0, below_hits[rows, at], 0), known_hits - below_hits[rows, cut]]
    )
    score = _rise(size, left, left_hits)
    if score.max() <= 0.0:
        return None
    # Equal: the feature that is restricted already, then the first by name, its upper end first.
    end, place = np.nonzero(score == score.max())
    fresh = (low[place] == 0) & (high[place] == bins[place] - 1)
    first = np.lexsort((end, place, fresh))[0]
    upper, place = end[first] == 0, int(place[first])
    low, high = low.copy(), high.copy()
    if upper:
        high[place] = keep[place] - 1
    else:
        low[place] = cut[place] + 1
    return place, low, high


def _rise(size: _Size, left: np.ndarray, left_hits: np.ndarray) -> np.ndarray:
    """Return by how much a peel raises the density per world that it takes; none where it may not be."""
    allowed = (left >= size.fewest) & (left < size.worlds)
    rise = left_hits / np.maximum(left, 1) - size.hits / size.worlds
    return np.where(allowed, rise / np.maximum(size.worlds - left, 1), -np.inf)
