"""Whether the deals hold: each signed in the same worlds with the same luck, once more without its guarantor.

    holds        the nearest deal with a guarantee, signed, is ratified and in force five years later
    holds empty  the same deal, worth the same to both, but the guarantor is never there: no force, no observers
    deterrence = holds - holds empty,      world by world

Both are played through the war by the sides' own decisions (``draft_play``): nothing is a fitted chance. The
worlds are the same for all guarantees: those in which both sides would sign a deal with at least one of them.
So a guarantee that only easy worlds would sign is not given the credit for their being easy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Int

from ripeness.explore.draft import at_once
from ripeness.explore.draft_play import play_pairs
from ripeness.explore.draft_stand import Standpoint
from ripeness.worlds.draw import Worlds

PRESENCE: Final = ("credibility", "capacity", "monitoring")
"""Numbers of a guarantor without which it is not there."""


@dataclass(frozen=True)
class Held:
    """What becomes of deals, one row for each of them; codes as in ``draft_play``.

    Attributes:
        fate: five years after the signature.
        empty: the same with the guarantor never there.
    """

    fate: Int[np.ndarray, "deal world"]
    empty: Int[np.ndarray, "deal world"]


def held(
    standpoint: Standpoint,
    nearest: Int[np.ndarray, "deal issue world"],
    plain: Sequence[bool],
) -> Held:
    """Play deals in all worlds of a standpoint.

    Args:
        standpoint: the worlds on the day, those that are played alone.
        nearest: levels of each issue.
        plain: whether a deal brings in no guarantor, so that it need not be played again without.
    """
    fate = _played(standpoint, nearest)
    empty, again = fate.copy(), np.flatnonzero(~np.asarray(plain))
    if len(again):
        emptied = replace(standpoint, worlds=without_guarantors(standpoint.worlds))
        empty[again] = _played(emptied, nearest[again])
    return Held(fate, empty)


def without_guarantors(worlds: Worlds) -> Worlds:
    """Return the worlds in which no guarantor ever comes; what sides hold of their promises stays."""
    gone = tuple(f".{name}" for name in PRESENCE)
    values = {
        path: np.zeros_like(value)
        if path.startswith("guarantors.") and path.endswith(gone)
        else value
        for path, value in worlds.values.items()
    }
    return replace(worlds, values=values)


def _played(
    standpoint: Standpoint, nearest: Int[np.ndarray, "deal issue world"]
) -> Int[np.ndarray, "deal world"]:
    """Return the fates of deals, the same deal in several worlds laid out once."""
    deals, issues, worlds = nearest.shape
    rows = np.moveaxis(nearest, 1, 2).reshape(deals * worlds, issues)
    different, package = np.unique(rows, axis=0, return_inverse=True)
    packages = [at_once(standpoint, row) for row in different]
    world = np.tile(np.arange(worlds), deals)
    return play_pairs(standpoint, packages, package.ravel(), world).reshape(deals, worlds)
