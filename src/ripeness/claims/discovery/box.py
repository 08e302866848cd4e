"""A box: ranges of a few features, in bins of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Box:
    """Ranges of bins: ``low[f] <= bin of f <= high[f]`` for the features ``f`` in ``restricted``.

    Attributes:
        restricted: places of the features, in order.
        low: ``(restricted,)`` first bin inside.
        high: ``(restricted,)`` last bin inside.
    """

    restricted: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()

    def inside(self, codes: np.ndarray) -> np.ndarray:
        """Return ``(world,)`` which worlds the box holds; not those of which a feature is not known."""
        return np.asarray(~outside_by(self, codes).any(axis=0))

    def limits(self, bins: np.ndarray) -> int:
        """Return the number of limits: two for a feature that is bounded below and above."""
        ends = zip(self.restricted, self.low, self.high, strict=True)
        return sum((low > 0) + (high < bins[place] - 1) for place, low, high in ends)

    def without(self, row: int) -> Box:
        """Return the box without one of its restrictions."""
        return self.only([each for each in range(len(self.restricted)) if each != row])

    def only(self, rows: list[int]) -> Box:
        """Return the box with some of its restrictions only."""
        return Box(
            *(
                tuple(values[row] for row in rows)
                for values in (self.restricted, self.low, self.high)
            )
        )

    def closed(self, bins: np.ndarray) -> Box:
        """Return the box without restrictions that no longer bound anything."""
        ends = list(zip(self.restricted, self.low, self.high, strict=True))
        kept = [
            (place, low, high) for place, low, high in ends if low > 0 or high < bins[place] - 1
        ]
        return Box(*zip(*kept, strict=True)) if kept else Box()

    def moved(self, row: int, low: int, high: int) -> Box:
        """Return the box with other limits on one of its features."""
        put = lambda values, value: values[:row] + (value,) + values[row + 1 :]  # noqa: E731
        return Box(self.restricted, put(self.low, low), put(self.high, high))


def narrowed(box: Box, place: int, low: int, high: int) -> Box:
    """Return a box with a further limit."""
    if place not in box.restricted:
        rows = sorted([*zip(box.restricted, box.low, box.high, strict=True), (place, low, high)])
        return Box(*zip(*rows, strict=True))
    row = box.restricted.index(place)
    return box.moved(row, max(low, box.low[row]), min(high, box.high[row]))


def outside_by(box: Box, codes: np.ndarray) -> np.ndarray:
    """Return ``(restricted, world)`` which worlds each restriction keeps out."""
    part = codes[:, list(box.restricted)].T
    low, high = np.array(box.low, dtype=int)[:, None], np.array(box.high, dtype=int)[:, None]
    return (part < low) | (part > high)


def counts_with_and_without(
    out: np.ndarray, times: np.ndarray, happens: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return how many worlds and hits a box holds, and how many it would without each restriction.

    Args:
        out: ``(restricted, world)`` which worlds each restriction keeps out.
        times: ``(world,)`` how many restrictions keep a world out.
        happens: ``(world,)``.

    Returns:
        Worlds and hits in the box, then ``(restricted,)`` worlds and hits without each restriction.
    """
    held, once = times == 0, times == 1
    inside, hits = np.count_nonzero(held), np.count_nonzero(held & happens)
    kept_out = out[:, once]  # by one restriction alone: without it the box would hold them
    wide = kept_out.sum(axis=1) + inside
    wide_hits = kept_out[:, happens[once]].sum(axis=1) + hits
    return np.asarray(inside), np.asarray(hits), wide, wide_hits
