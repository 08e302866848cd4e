"""In how many worlds do rival theories bring the same ending?

The same world with the same luck may end alike under two theories because they agree, or because luck or a
collapse decides it before either does. What to hold it against is how often one theory agrees with itself
when the same world is played again with other luck: two theories that agree about as often cannot be told
apart by endings. All shares are means over plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ripeness.explore.rivals import Rivals


@dataclass(frozen=True)
class Agreement:
    """Where rival theories agree.

    Attributes:
        same: share of worlds with the same ending under all theories.
        on: ending -> share of worlds in which all theories bring it.
        endings: ``(theory, ending)`` share of worlds with each ending under each theory; rows add to one.
        pairs: ``(theory, theory)`` share of worlds with the same ending under both, with the same
            luck; on the diagonal under one theory with other luck.
        apart: ``(world,)`` share of plays in which the theories disagree.
    """

    same: float
    on: dict[str, float]
    endings: np.ndarray
    pairs: np.ndarray
    apart: np.ndarray


def agreement_of(rivals: Rivals) -> Agreement:
    """Return where the theories agree."""
    ending = rivals.ending
    alike = (ending == ending[:1]).all(axis=0)
    on = {
        name: float((alike & (ending[0] == place)).mean())
        for place, name in enumerate(rivals.endings)
    }
    shares = rivals.outcomes["ending"].mean(axis=(2, 3)).T
    return Agreement(
        same=float(alike.mean()),
        on=on,
        endings=shares,
        pairs=_pairs(ending),
        apart=1.0 - alike.mean(axis=0),
    )


def _pairs(ending: np.ndarray) -> np.ndarray:
    """Return how often each two theories agree, and each with itself."""
    theories, plays, _ = ending.shape
    pairs = np.array(
        [[(ending[a] == ending[b]).mean() for b in range(theories)] for a in range(theories)]
    )
    for theory in range(theories):
        again = [
            (ending[theory, one] == ending[theory, other]).mean()
            for one, other in combinations(range(plays), 2)
        ]
        pairs[theory, theory] = np.mean(again)
    return pairs
