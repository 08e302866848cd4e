"""Boxes: the worlds in which something happens, as ranges of a few features (PRIM).

Patient rule induction (Friedman and Fisher 1999, Statistics and Computing 9: 123-143), for worlds as in
Bryant and Lempert (2010, Technological Forecasting and Social Change 77: 34-49):

    peel    as ``peeling`` says.
    choose  among boxes on the way, each freed of restrictions that cost more than they save, the one
            that saves most bits net of its cost (``bits``): coverage, density and the number of
            restrictions are weighed by one rule.
    paste   each limit is moved, in or out, to where the box saves most, the others held; then the one
            limit is added that saves most; again, as long as that helps. The same is tried from the
            box of all worlds: with hundreds of features, peels of a twentieth see weak effects badly.
    test    a restriction whose quasi-p-value is above ``QUASI_P`` is dropped: the chance that, with the
            density of the box without it, the box would have at least the hits that it has.

Several boxes are found by covering: take a box away, and look for the next in what is left (``describe``).

density = share of the box's worlds in which it happens; coverage = share of the worlds in which it happens
that the box holds. It would miss what hangs on a difference or a ratio of two features, which a box
can only step around.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from scipy.special import bdtrc

from ripeness.claims.discovery.bits import feature_cost, limit_cost, saved
from ripeness.claims.discovery.box import Box, counts_with_and_without, narrowed, outside_by
from ripeness.claims.discovery.grid import Grid
from ripeness.claims.discovery.peeling import peel

QUASI_P: Final = 0.05
"""Restrictions with a larger quasi-p-value are dropped (Bryant and Lempert 2010, p. 41)."""

POINTS: Final = 12
"""Boxes on the way that are weighed: with peels of a twentieth, neighbours differ by about a quarter."""

SEVERAL: Final = 6
"""Restrictions up to which they are dropped one at a time."""

ROUNDS: Final = 5
"""Times that all limits are pasted and a limit is added, at most."""


class Weighed(NamedTuple):
    """A box and the bits that it saves, net of its cost."""

    box: Box
    net: float


def best_box(grid: Grid, happens: np.ndarray, members: np.ndarray, fewest: int) -> Weighed:
    """Return the box that describes best where something happens; net 0 if none is worth its words.

    Args:
        grid: the features.
        happens: ``(world,)``.
        members: numbers of the worlds to look at.
        fewest: worlds that a box must hold.
    """
    weigh = Weigher(grid, happens, members, fewest)
    way = peel(grid, happens, members, fewest=fewest)
    steps = np.unique(np.linspace(0, len(way.worlds) - 1, POINTS).astype(int))[1:]
    boxes = [weigh.freed(way.box(int(step), grid.bins)) for step in steps]
    nothing = Weighed(Box(), 0.0)
    peeled = max([nothing, *boxes], key=lambda weighed: weighed.net)
    starts = {peeled.box: peeled, nothing.box: nothing}.values()
    return weigh.tested(max(map(weigh.refined, starts), key=lambda weighed: weighed.net))


@dataclass(frozen=True)
class Weigher:
    """Weighs boxes against each other among some worlds.

    Attributes:
        grid: the features.
        happens: ``(world,)``.
        members: numbers of the worlds to look at.
        fewest: worlds that a box must hold.
    """

    grid: Grid
    happens: np.ndarray
    members: np.ndarray
    fewest: int

    @property
    def worlds(self) -> int:
        """Number of worlds to look at."""
        return len(self.members)

    @cached_property
    def codes(self) -> np.ndarray:
        """``(member, feature)`` bins."""
        return self.grid.codes[self.members]

    @cached_property
    def hit(self) -> np.ndarray:
        """``(member,)`` whether it happens."""
        return self.happens[self.members]

    @cached_property
    def hits(self) -> int:
        """Members in which it happens."""
        return int(np.count_nonzero(self.hit))

    def costs(self, box: Box) -> np.ndarray:
        """Return ``(restricted,)`` the bits that it takes to state each range of a box."""
        bins = self.grid.bins[list(box.restricted)]
        ends = (np.array(box.low) > 0).astype(int) + (np.array(box.high) < bins - 1)
        return feature_cost(len(self.grid.features)) + ends * limit_cost(bins, self.worlds)

    def weighed(self, box: Box) -> Weighed:
        """Return a box with what it saves; a box in which it is rarer than elsewhere describes nothing."""
        if not box.restricted:
            return Weighed(box, 0.0)
        held = box.inside(self.codes)
        inside, hits = int(np.count_nonzero(held)), int(np.count_nonzero(held & self.hit))
        worth = float(self._saved(np.array(inside), np.array(hits)))
        return Weighed(box, worth - float(self.costs(box).sum()) if np.isfinite(worth) else 0.0)

    def _saved(self, inside: np.ndarray, hits: np.ndarray) -> np.ndarray:
        """Return the bits that boxes save; nothing that is finite for those that may not be."""
        allowed = (inside >= self.fewest) & (hits * self.worlds > self.hits * inside)
        return np.where(allowed, saved(self.worlds, self.hits, inside, hits), -np.inf)

    def freed(self, box: Box) -> Weighed:
        """Return a box without the restrictions that cost more than they save, worst first."""
        out, costs = outside_by(box, self.codes), self.costs(box)
        rows, times = np.arange(len(costs)), out.sum(axis=0)
        best, kept = 0.0, rows[:0]
        while len(rows):
            inside, hits, wide, wide_hits = counts_with_and_without(out[rows], times, self.hit)
            net = float(self._saved(inside, hits)) - float(costs[rows].sum())
            best, kept = (net, rows) if net > best else (best, kept)
            if len(rows) == 1:
                break
            worth = self._saved(wide, wide_hits) + costs[rows]
            # Of many restrictions several go at a time, of few the worst alone.
            several = len(rows) // 2 if len(rows) > SEVERAL else 1
            order = np.argsort(-worth, kind="stable")
            times = times - out[rows[order[:several]]].sum(axis=0)
            rows = np.sort(rows[order[several:]])
        return Weighed(box.only(kept.tolist()), best)

    def refined(self, start: Weighed) -> Weighed:
        """Return a box pasted and given one more limit in turn, as long as it saves more."""
        found = start
        for _ in range(ROUNDS):
            before = found.net
            for change in (self.pasted, self.narrowed):
                new = self.freed(change(found.box))
                found = new if new.net > found.net else found
            if found.net <= before:
                break
        return found

    def narrowed(self, box: Box) -> Box:
        """Return a box with the one limit more that saves most."""
        held = self.members[box.inside(self.codes)]
        counts, hits = self.grid.counts(held), self.grid.counts(held[self.happens[held]])
        below, below_hits = counts[:, :-1].cumsum(axis=1), hits[:, :-1].cumsum(axis=1)
        inside = np.stack([below, below[:, -1:] - below])
        inside_hits = np.stack([below_hits, below_hits[:, -1:] - below_hits])
        cost = limit_cost(self.grid.bins, self.worlds)[None, :, None]
        worth = self._saved(inside, inside_hits) - cost
        end, place, last = np.unravel_index(int(np.argmax(worth)), worth.shape)
        if not np.isfinite(worth[end, place, last]):
            return box
        low, high = (0, int(last)) if end == 0 else (int(last) + 1, int(self.grid.bins[place]) - 1)
        return narrowed(box, int(place), low, high).closed(self.grid.bins)

    def pasted(self, box: Box) -> Box:
        """Return a box with each limit where it saves most, the others held."""
        for row, place in enumerate(box.restricted):
            inside = box.without(row).inside(self.codes)
            bins = int(self.grid.bins[place])
            code = self.codes[inside, place]
            known = code < bins
            counts = np.bincount(code[known], minlength=bins)
            hits = np.bincount(code[known & self.hit[inside]], minlength=bins)
            for upper in (True, False):
                low, high = box.low[row], box.high[row]
                new = self._best_end(counts, hits, low, high, upper=upper)
                box = box.moved(row, low, new) if upper else box.moved(row, new, high)
        return box.closed(self.grid.bins)

    def _best_end(
        self, counts: np.ndarray, hits: np.ndarray, low: int, high: int, *, upper: bool
    ) -> int:
        """Return the last (or first) bin inside with which a box saves most, the other end held."""
        part = slice(low, None) if upper else slice(high, None, -1)
        worth = self._saved(counts[part].cumsum(), hits[part].cumsum())
        cost = float(limit_cost(len(counts), self.worlds))
        worth[:-1] -= cost  # an open end need not be told
        best = int(np.argmax(worth))
        best = best if worth[best] > worth[high - low] else high - low
        return low + best if upper else high - best

    def tested(self, weighed: Weighed) -> Weighed:
        """Return a box without restrictions whose quasi-p-value is too large, largest first."""
        box = weighed.box
        while box.restricted:
            values = quasi_p(box, self.codes, self.hit)
            worst = int(np.argmax(values))
            if values[worst] <= QUASI_P:
                break
            box = box.without(worst)
        return weighed if box == weighed.box else self.weighed(box)


def quasi_p(box: Box, codes: np.ndarray, happens: np.ndarray) -> np.ndarray:
    """Return the quasi-p-value of every restriction of a box.

    With n worlds in the box, k of them hits, and density q in the box without the restriction:
    P(X >= k), X binomial with n and q (Bryant and Lempert 2010, p. 41). 1 for a box without hits.
    """
    out = outside_by(box, codes)
    inside, hits, wide, wide_hits = counts_with_and_without(out, out.sum(axis=0), happens)
    if not hits:
        return np.ones(len(box.restricted))
    return bdtrc(int(hits) - 1, int(inside), wide_hits / wide)
