"""Judged all at once: which verdicts would stand if so many claims were not given so many chances.

Every verdict rests on a 95 % interval of its own, as if its claim were alone on trial. Of many claims that lie
exactly at a bound, some are then called by mere luck in the drawing of worlds. For a claim that was called, p
is the chance of lying as far beyond its bound b if the truth were exactly there:

    p = 2 P(K >= k), K binomial (n, b)       for a share of worlds, k of n; P(K <= k) if it lies below
    p = 2 (1 - Phi(|x - b| / e)),  e = (high - low) / (2 z_95)   for another number x with its interval; for the
                                             logarithms of both if the number is a ratio

twice, since a claim can be called either way, and p = 1 for a claim that was tested and not called, whatever
kept it from that: a doubt, rival theories. With the m tested claims in rising order of p (Holm 1979, Scand.
J. Stat. 6: 65-70),

    adjusted_(i) = max over j <= i of  min(1, (m - j + 1) p_(j)),      a verdict remains if it is <= LEVEL

Then the chance that even one claim at or within its bounds is called is at most LEVEL, however the claims hang
together; they do, being tried in the same worlds. What is not adjusted: the conditions that a kind asks
besides its share (how far a lever reaches, say), and whether the model is right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import bdtr, bdtrc, ndtr

from ripeness.claims.interval import STANDARD_ERRORS
from ripeness.claims.verdict import CONTRADICTED_BELOW, SUPPORTED_ABOVE, Measured, Verdict

LEVEL: Final = 0.05
"""Chance that even one claim is called by luck: 1 in 20, as for the interval of a single one."""

CALLED: Final = ("supported", "contradicted")
"""Verdicts that say something: the others are not called."""

LOGARITHMIC: Final = ("times",)
"""Units of numbers whose interval is that of their logarithm."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What becomes of the verdicts if all are judged at once.

    Attributes:
        tested: claims that could be tested.
        remain: ids of the claims that are called, and would be.
        fall: ids of those that are called, and would then depend on the world.
        single: id -> p of the claim by itself; tested claims only.
        adjusted: id -> p among all of them.
    """

    tested: int
    remain: tuple[str, ...]
    fall: tuple[str, ...]
    single: Mapping[str, float]
    adjusted: Mapping[str, float]

    @property
    def words(self) -> str:
        """All of it in a sentence or two."""
        called = len(self.remain) + len(self.fall)
        if self.tested < 2 or not called:  # noqa: PLR2004 - one claim is not many
            return ""
        begin = (
            f"{self.tested} claims are judged one by one. Judged all at once, so that the chance of even one "
            "called supported or contradicted by the luck of drawing worlds is at most 1 in 20 (Holm 1979), "
        )
        if not self.fall:
            return f"{begin}{'all' if called > 1 else 'the'} {called} of these verdicts remain."
        return (
            f"{begin}{len(self.remain) or 'none'} of {called} of these verdicts remain; "
            f"{_listed(self.fall)} would depend on the world."
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {
            "method": "Holm 1979",
            "level": LEVEL,
            "tested": self.tested,
            "remain": list(self.remain),
            "fall": list(self.fall),
            "claims": {
                name: {"single": single, "adjusted": self.adjusted[name]}
                for name, single in self.single.items()
            },
            "words": self.words,
        }


def at_once(verdicts: Iterable[Verdict]) -> AtOnce:
    """Judge all claims at once.

    Args:
        verdicts: as each claim was given it by itself.
    """
    tested = [each for each in verdicts if each.verdict != "untested"]
    single = {each.id: chance_of(each) for each in tested}
    adjusted = dict(zip(single, holm(list(single.values())), strict=True))
    called = [each.id for each in tested if each.verdict in CALLED]
    return AtOnce(
        tested=len(tested),
        remain=tuple(name for name in called if adjusted[name] <= LEVEL),
        fall=tuple(name for name in called if adjusted[name] > LEVEL),
        single=single,
        adjusted=adjusted,
    )


def chance_of(verdict: Verdict) -> float:
    """Return the chance of a call so far beyond its bound for a claim exactly at it; 1 if it was not called."""
    if verdict.verdict not in CALLED:
        return 1.0
    measured = verdict.measured
    if measured is None:
        bound = SUPPORTED_ABOVE if verdict.verdict == "supported" else CONTRADICTED_BELOW
        return _of_share(verdict.holds, verdict.of, bound)
    bound = measured.more_than if measured.more_than is not None else measured.less_than
    if bound is None:
        return 1.0
    if not measured.unit:  # a share of worlds
        return _of_share(round(measured.value * verdict.of), verdict.of, bound)
    return _of_number(measured, bound)


def holm(chances: Sequence[float]) -> list[float]:
    """Return the chances adjusted for being so many, in the order given."""
    p = np.asarray(chances, dtype=float)
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(1.0, p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(stepped)
    return adjusted.tolist()


def _of_share(count: int, worlds: int, bound: float) -> float:
    """Return the chance of a count so far from a bound, or farther, twice."""
    above = count > bound * worlds
    tail = bdtrc(count - 1, worlds, bound) if above else bdtr(count, worlds, bound)
    return min(1.0, 2.0 * float(tail))


def _of_number(measured: Measured, bound: float) -> float:
    """Return the chance of a number so far from a bound, by the width of its interval."""
    ends = (measured.value, bound, measured.low, measured.high)
    if measured.unit in LOGARITHMIC:
        ends = tuple(math.log(each) if each > 0.0 else -math.inf for each in ends)
    value, bound, low, high = ends
    error = (high - low) / (2.0 * STANDARD_ERRORS)
    if not error > 0.0:  # no spread at all: it is where it is
        return 1.0 if value == bound else 0.0
    return float(2.0 * ndtr(-abs(value - bound) / error))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
