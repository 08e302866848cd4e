"""What is found of the worlds in which something happens: ranges, and the counts that go with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.claims.discovery.grid import Feature


@dataclass(frozen=True)
class Restriction:
    """A range of a feature: ``at_least <= value < below``; an open end is infinite."""

    feature: Feature
    at_least: float
    below: float

    def inside(self) -> np.ndarray:
        """Return ``(world,)`` which worlds lie in the range."""
        return (self.feature.values >= self.at_least) & (self.feature.values < self.below)


@dataclass(frozen=True)
class Part:
    """Worlds that the same ranges hold, those of earlier parts left out.

    Attributes:
        restrictions: the ranges.
        inside: ``(world,)`` tested worlds in the part.
        worlds: of them, those that judge.
        hits: of these, worlds in which it happens.
        quasi_p: per restriction, in the judging half, see ``boxes.quasi_p``.
    """

    restrictions: tuple[Restriction, ...]
    inside: np.ndarray
    worlds: int
    hits: int
    quasi_p: tuple[float, ...]

    @property
    def density(self) -> float:
        """Share of the part's worlds in which it happens."""
        return self.hits / max(self.worlds, 1)


@dataclass(frozen=True)
class Description:
    """In which worlds something happens.

    Attributes:
        method: ``boxes``, ``tree``, or empty if nothing tells the worlds apart.
        parts: best first; none if nothing does.
        worlds: tested worlds that judge; all tested worlds if there is no part.
        hits: of these, worlds in which it happens.
        gain: bits per judging world that the parts gain over telling nothing.
        error: its standard error.
        why: why there is no part; empty if there is.
        compared: which of boxes and tree described it better, a sentence; empty if neither stands.
    """

    method: str
    parts: tuple[Part, ...]
    worlds: int
    hits: int
    gain: float = 0.0
    error: float = 0.0
    why: str = ""
    compared: str = ""

    @property
    def stands(self) -> bool:
        """Whether it tells the worlds apart in worlds that did not choose it."""
        return bool(self.parts)

    @property
    def inside(self) -> np.ndarray:
        """``(world,)`` the worlds that it describes."""
        return (
            np.any([part.inside for part in self.parts], axis=0)
            if self.parts
            else np.zeros(0, bool)
        )

    def coverage(self, part: Part) -> float:
        """Return the share of the worlds in which it happens that a part holds, in the judging half."""
        return part.hits / max(self.hits, 1)


@dataclass(frozen=True)
class Descriptions:
    """In which worlds a claim holds, and in which it fails."""

    holds: Description
    fails: Description
