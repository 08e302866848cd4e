"""A grid over what differs between worlds: every search for a threshold works on it.

A feature with few values has a bin per value. One with more is cut into ``BINS`` bins of as many worlds
each, equal values never parted. Whatever is found on the grid depends on the order of a feature's values
and not on its scale: any rising transformation of it finds the same worlds.

    counts[f, b] = worlds with feature f in bin b

is kept up to date while worlds are taken away, so that all thresholds of all features are looked at by
running sums over bins, and a whole search touches each world and feature once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

BINS: Final = 100
"""Bins of a feature with many values: what differs by less than a hundredth of the worlds is not told apart."""

SLACK: Final = 2
"""Bins by which a threshold may be moved to make it round: two hundredths of the worlds."""

YES_OR_NO: Final = "yes or no"
"""Unit of a feature that holds (1) or does not (0)."""


@dataclass(frozen=True, eq=False)
class Feature:
    """Something that differs between worlds. Equal only to itself.

    Attributes:
        name: its path in the scenario, or another name without spaces; unique.
        label: what people call it, as it stands in "worlds with LABEL below 5".
        unit: of the values; ``YES_OR_NO`` for flags.
        values: ``(world,)``; NaN where it is not known.
        yes: of flags: said of worlds in which it holds, behind "worlds".
        no: said of worlds in which it does not.
    """

    name: str
    label: str
    unit: str
    values: np.ndarray
    yes: str = ""
    no: str = ""

    @property
    def is_flag(self) -> bool:
        """Whether it holds or not, rather than being more or less."""
        return self.unit == YES_OR_NO


@dataclass(frozen=True)
class Grid:
    """Features in the order of their names, with the bin of every world.

    Attributes:
        features: in the order of their names.
        bins: ``(feature,)`` how many bins each has.
        codes: ``(world, feature)`` bin of each world; ``width`` where the feature is not known.
        first: ``(feature, bin)`` smallest value in the bin; NaN where there is no such bin.
        last: ``(feature, bin)`` largest value in the bin.
    """

    features: tuple[Feature, ...]
    bins: np.ndarray
    codes: np.ndarray
    first: np.ndarray
    last: np.ndarray

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.codes.shape[0])

    @property
    def width(self) -> int:
        """Bins of the feature that has most."""
        return int(self.first.shape[1])

    def counts(self, members: np.ndarray) -> np.ndarray:
        """Return ``(feature, width + 1)`` members by bin, those whose value is not known last.

        Args:
            members: numbers of worlds, or ``(world,)`` flags.
        """
        found = np.bincount(
            self._flat[members].ravel(), minlength=self.first.size + len(self.first)
        )
        return found.reshape(len(self.features), self.width + 1)

    @cached_property
    def _flat(self) -> np.ndarray:
        """``(world, feature)`` place of each world's bin in all counts laid end to end."""
        return self.codes + np.arange(len(self.features)) * (self.width + 1)

    def threshold(self, feature: int, place: int, latest: int | None = None) -> float:
        """Return a round number that parts the bins below ``place`` from the others.

        What is round is told in few words; so that something round is found, up to ``SLACK`` bins of worlds
        may come to lie on another side than on the grid.

        Args:
            feature: its place.
            place: first bin above the threshold, 1 or more.
            latest: if the threshold may be anywhere between two places, the later of them.
        """
        last = place if latest is None else latest
        bins = int(self.bins[feature])
        # Between bins that hold one value each the threshold stays where it is.
        coarse = np.array_equal(self.first[feature, :bins], self.last[feature, :bins])
        low, high = place - 1, last
        if not coarse:
            low, high = max(low - SLACK, 0), min(high + SLACK, bins - 1)
        ends = (self.first[feature] + self.last[feature]) / 2.0
        return roundest(float(ends[low]), float(ends[high]))


def grid_of(features: Iterable[Feature], bins: int = BINS) -> Grid:
    """Lay a grid over features.

    Args:
        features: with as many worlds each.
        bins: most bins of a feature; at least as many as worlds keeps every value apart.

    Raises:
        ValueError: if features have different numbers of worlds or the same name, or there is none.
    """
    ordered = tuple(sorted(features, key=lambda feature: feature.name))
    names = [feature.name for feature in ordered]
    if not ordered or len(set(names)) < len(names):
        message = f"`features` must be some with different names, but are {names or 'none'}"
        raise ValueError(message)
    sizes = {feature.values.shape for feature in ordered}
    if len(sizes) > 1 or len(next(iter(sizes))) != 1:
        message = f"`features` must have the same worlds, but have shapes {sorted(sizes)}"
        raise ValueError(message)
    starts = [_starts(feature.values, bins) for feature in ordered]
    width = max(1, *(len(each) for each in starts))
    codes = np.empty((len(ordered[0].values), len(ordered)), dtype=np.int32)
    first, last = (np.full((len(ordered), width), np.nan) for _ in range(2))
    for place, (feature, lowest) in enumerate(zip(ordered, starts, strict=True)):
        values = np.asarray(feature.values, dtype=float)
        known = np.isfinite(values)
        codes[:, place] = np.where(known, np.searchsorted(lowest, values, side="right") - 1, width)
        first[place, : len(lowest)] = lowest
        highest = np.full(len(lowest), -np.inf)
        np.maximum.at(highest, codes[known, place], values[known])
        last[place, : len(lowest)] = highest
    return Grid(ordered, np.array([len(each) for each in starts]), codes, first, last)


def _starts(values: np.ndarray, bins: int) -> np.ndarray:
    """Return the smallest value of every bin, in order."""
    known = np.sort(np.asarray(values, dtype=float)[np.isfinite(values)])
    distinct = np.unique(known)
    if len(distinct) <= bins:
        return distinct
    return np.unique(known[np.arange(bins) * len(known) // bins])


def roundest(low: float, high: float) -> float:
    """Return the roundest number above ``low`` and not above ``high``: fewest digits, then near the middle.

    Raises:
        ValueError: if there is no number between them.
    """
    if not low < high:
        message = f"`low` must be below `high`, but they are {low} and {high}"
        raise ValueError(message)
    if low < 0.0 <= high:
        return 0.0
    power = int(np.floor(np.log10(max(abs(low), abs(high))))) + 1
    middle = (low + high) / 2.0
    for digits in range(-power, 18 - power):
        for factor in (1, 5, 2):  # 300 before 350 before 320
            step = factor * 10.0**-digits if digits < 0 else factor / 10.0**digits
            found = [
                value
                for multiple in (np.floor(middle / step), np.ceil(middle / step))
                if low < (value := _exact(float(multiple), digits, factor)) <= high
            ]
            if found:
                return min(found, key=lambda value: abs(value - middle))
    return high


def _exact(multiple: float, digits: int, factor: int) -> float:
    """Return a multiple of a power of ten without the rounding of its product."""
    whole = multiple * factor
    return whole * 10.0**-digits if digits < 0 else whole / 10.0**digits
