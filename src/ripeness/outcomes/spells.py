"""When a peace of a world begins and ends: first spells of a regime, and of what was signed.

Two clocks. A settlement is in force from its ratification on; a deal is signed months before. What happens in
between - refused at home, a side that resumes the war - ends a signed deal and no settlement. A record that
counts agreements from their signature lies between the two: one that was refused at home may not be listed.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float, Int

from ripeness.outcomes.lifetimes import Lifetimes
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR, WEEKS_PER_YEAR


def first_spells(
    regime: Int[np.ndarray, "world month"],
    weeks: Float[np.ndarray, "month"],
    code: int,
    *dated: Float[np.ndarray, "world"],
) -> tuple[Lifetimes, Int[np.ndarray, "peace"]]:
    """Return how long the first spell of a regime lasts in the worlds that have one, and which they are.

    Args:
        regime: codes.
        weeks: since the start.
        code: of the regime.
        dated: week in which such a regime first broke, NaN if none did: a war that comes back and ends within
            the month is in no month's record.
    """
    return _spells(regime == code, regime, weeks, dated)


def signed_spells(
    regime: Int[np.ndarray, "world month"],
    weeks: Float[np.ndarray, "month"],
    signing: Bool[np.ndarray, "world month"],
    *dated: Float[np.ndarray, "world"],
) -> tuple[Lifetimes, Int[np.ndarray, "peace"]]:
    """Return how long it is from the first signature to war, refused at home or not, and in which worlds.

    The guns rest from the month after the signature, whether the deal is pending or in force.

    Args:
        regime: codes.
        weeks: since the start.
        signing: whether a deal is signed this month.
        dated: weeks in which the war first came back, as above.
    """
    first = np.where(signing.any(axis=1), signing.argmax(axis=1), signing.shape[1])
    since = np.arange(signing.shape[1]) > first[:, None]
    at_peace = (regime == CEASEFIRE) | (regime == SETTLEMENT)
    return _spells(since & at_peace, regime, weeks, dated)


def in_first(here: Bool[np.ndarray, "world month"]) -> Bool[np.ndarray, "world month"]:
    """Return which months belong to the first unbroken spell of months that are here."""
    begun = np.maximum.accumulate(here, axis=1)
    return begun & ~np.maximum.accumulate(begun & ~here, axis=1)


def _spells(
    here: np.ndarray, regime: np.ndarray, weeks: np.ndarray, dated: tuple[np.ndarray, ...]
) -> tuple[Lifetimes, np.ndarray]:
    """Return the first spells of months that are here; broken where war follows."""
    world = np.flatnonzero(here.any(axis=1))
    here, after = here[world], regime[world]
    start = here.argmax(axis=1)
    left = ~here & (np.arange(here.shape[1]) > start[:, None])
    ends = left.any(axis=1)
    stop = np.where(ends, left.argmax(axis=1), here.shape[1] - 1)
    broken = ends & (after[np.arange(len(world)), stop] == WAR)
    for week in dated:
        broken |= ends & (week[world] >= weeks[start]) & (week[world] <= weeks[stop])
    return Lifetimes((weeks[stop] - weeks[start]) / WEEKS_PER_YEAR, broken), world
