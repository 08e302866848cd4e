"""How sure a share of worlds is, given how many worlds there are."""

from __future__ import annotations

import math
from typing import Final

STANDARD_ERRORS: Final = 1.959963984540054
"""Half width of a 95 % interval under the normal distribution."""


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22: 209-212).

    With share p of n and z standard errors:

        (p + z^2 / 2n  -+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)

    It says how far the share could be off because only so many worlds were drawn, not how far the
    model could be. Spread-out draws are surer than independent ones, so that it errs on the wide
    side.

    Args:
        count: worlds in which something holds.
        total: worlds looked at; without any the interval is from 0 to 1.
    """
    if total == 0:
        return 0.0, 1.0
    share, square = count / total, STANDARD_ERRORS**2
    middle = share + square / (2 * total)
    half = STANDARD_ERRORS * math.sqrt(share * (1 - share) / total + square / (4 * total**2))
    low, high = ((middle + sign * half) / (1 + square / total) for sign in (-1, 1))
    return (0.0 if count == 0 else max(low, 0.0)), (1.0 if count == total else min(high, 1.0))
