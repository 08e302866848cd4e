"""A shallow tree: the worlds cut in two at a threshold of one feature, and the parts cut again.

Each cut is the one that saves most bits (information gain: Quinlan 1986, Machine Learning 1: 81-106), by
searching all thresholds of all features. Grown to ``DEPTH`` and pruned from below: a branch stays if what its
cuts save is more than what they cost to state (``bits``). Worlds in which the feature of a cut is not known
belong to neither branch.

A tree sees at once how several ranges divide all worlds, and is simpler told than boxes where one feature
decides; it fails where a region is narrow in several features, which greedy cuts do not find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ripeness.claims.discovery.bits import bits, feature_cost, limit_cost
from ripeness.claims.discovery.box import Box, narrowed
from ripeness.claims.discovery.grid import Grid

DEPTH: Final = 3
"""Cuts in a row: three conditions are as many as people keep in mind."""


@dataclass(frozen=True)
class Branch:
    """A part of the worlds and how it is cut.

    Attributes:
        box: the part.
        worlds: worlds in it.
        hits: of these, worlds in which it happens.
        parts: what it is cut into; none if it is not.
        net: bits that the cuts below save, net of their cost.
    """

    box: Box
    worlds: int
    hits: int
    parts: tuple[Branch, ...] = ()
    net: float = 0.0

    def leaves(self) -> tuple[Branch, ...]:
        """Return the parts that are not cut."""
        return tuple(leaf for part in self.parts for leaf in part.leaves()) or (self,)

    def above(self, density: float) -> tuple[Branch, ...]:
        """Return the largest branches of which every leaf has a higher density, densest first."""
        if all(leaf.hits > density * leaf.worlds for leaf in self.leaves()):
            return (self,)
        found = [branch for part in self.parts for branch in part.above(density)]
        return tuple(sorted(found, key=lambda branch: -branch.hits / max(branch.worlds, 1)))


def grow(
    grid: Grid, happens: np.ndarray, members: np.ndarray, fewest: int, depth: int = DEPTH
) -> Branch:
    """Return the tree.

    Args:
        grid: the features.
        happens: ``(world,)``.
        members: numbers of the worlds to cut.
        fewest: worlds that a part must hold.
        depth: cuts in a row.
    """
    return _grown(grid, happens, members, Box(), (fewest, depth, len(members)))


def _grown(
    grid: Grid, happens: np.ndarray, members: np.ndarray, box: Box, rules: tuple[int, int, int]
) -> Branch:
    fewest, depth, among = rules
    leaf = Branch(box, len(members), int(happens[members].sum()))
    if depth == 0 or not 0 < leaf.hits < leaf.worlds:
        return leaf
    cut = best_cut(grid, happens, members, fewest)
    if cut is None:
        return leaf
    place, threshold, gained = cut
    code = grid.codes[members, place]
    bins = int(grid.bins[place])
    sides = (
        (code < threshold, 0, threshold - 1),
        ((code >= threshold) & (code < bins), threshold, bins - 1),
    )
    parts = tuple(
        _grown(
            grid,
            happens,
            members[inside],
            narrowed(box, place, low, high),
            (fewest, depth - 1, among),
        )
        for inside, low, high in sides
    )
    cost = feature_cost(len(grid.features)) + float(limit_cost(bins, among))
    net = gained - cost + sum(part.net for part in parts)
    return leaf if net <= 0.0 else Branch(box, leaf.worlds, leaf.hits, parts, net)


def best_cut(
    grid: Grid, happens: np.ndarray, members: np.ndarray, fewest: int
) -> tuple[int, int, float] | None:
    """Return feature, first bin above the threshold and bits saved by the best cut; None if there is none."""
    counts, hits = grid.counts(members), grid.counts(members[happens[members]])
    below, below_hits = counts[:, :-1].cumsum(axis=1), hits[:, :-1].cumsum(axis=1)
    total, total_hits = len(members), int(happens[members].sum())
    known, known_hits = below[:, -1:], below_hits[:, -1:]
    above, above_hits = known - below, known_hits - below_hits
    allowed = (below >= fewest) & (above >= fewest) & (counts[:, :-1] > 0)
    if not allowed.any():
        return None
    unknown = bits(counts[:, -1:], hits[:, -1:])
    after = bits(below, below_hits) + bits(above, above_hits) + unknown
    gained = np.where(allowed, bits(total, total_hits) - after, -np.inf)
    place, last = np.unravel_index(int(np.argmax(gained)), gained.shape)
    # Bins that hold none of these worlds lie between the two sides: the threshold goes to their middle.
    empty = int(np.argmax(counts[place, last + 1 : -1] > 0))
    return int(place), int(last) + 1 + empty // 2, float(gained[place, last])
