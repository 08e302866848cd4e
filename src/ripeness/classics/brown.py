"""Lanchester's laws with chance: one casualty at a time (Brown 1963).

Game: x against y soldiers; the next casualty is one of y with probability A(x, y), otherwise one of
x, until one side is gone. P(x, y) is the chance that x's side wins:

    P(x, y) = A P(x, y-1) + (1 - A) P(x-1, y),   P(x, 0) = 1, P(0, y) = 0;
    square law A = r x/(r x + y),  linear law A = p.

r is the ratio of effectiveness. For the square law with r = 1
P(x, y) = sum over k = 1..x of (-1)^(x-k) k^(x+y)/((x-k)! (y+k)!).

What it shows: small battles are decided by chance that large ones average away: parity in the
square law is a knife edge only for armies, not for platoons.
Source: R. H. Brown, "Theory of combat: the probability of winning", Operations Research 11 (1963),
418-425. Computed by the recursion, along the diagonals x + y.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class BrownBattle:
    """A stochastic fight to the end.

    Attributes:
        win_probability: chance that side 1 wins.
        expected_left_1: mean number of side 1 left (0 counted when it loses).
        expected_left_2: mean number of side 2 left.
    """

    win_probability: float
    expected_left_1: float
    expected_left_2: float


def brown_square(force_1: int, force_2: int, quality_ratio: float | int = 1) -> BrownBattle:
    """Aimed fire: the next casualty falls in proportion to the enemy's strength.

    Args:
        force_1: side 1's soldiers, 0 to 3000.
        force_2: side 2's, likewise; not both 0.
        quality_ratio: r, effectiveness of one of side 1 over one of side 2, above 0.

    Returns:
        The chance of winning and mean survivors.

    Raises:
        InputError: if a number is out of range or not whole.
    """
    assume = Assumptions("brown_square")
    r = assume.number("quality_ratio", quality_ratio, 0, open_low=True)
    assume.check()
    x, y = _forces("brown_square", force_1, force_2)
    return _battle(x, y, r, square=True)


def brown_linear(force_1: int, force_2: int, hit_probability: float | int = 0.5) -> BrownBattle:
    """Duels: each casualty is independent of strength.

    Args:
        force_1: side 1's soldiers, 0 to 3000.
        force_2: side 2's, likewise; not both 0.
        hit_probability: p, chance that the next casualty is the enemy's, 0 to 1. Default: equal.

    Returns:
        The chance of winning and mean survivors.

    Raises:
        InputError: if a number is out of range or not whole.
    """
    assume = Assumptions("brown_linear")
    p = assume.probability("hit_probability", hit_probability)
    assume.check()
    x, y = _forces("brown_linear", force_1, force_2)
    return _battle(x, y, p, square=False)


def _forces(model: str, force_1: int, force_2: int) -> tuple[int, int]:
    assume = Assumptions(model)
    x = assume.count("force_1", force_1, 0, 3000)
    y = assume.count("force_2", force_2, 0, 3000)
    assume.check()
    assume.that(
        x + y > 0,
        "force_1, force_2",
        "Somebody must fight, but both forces are 0.",
        "Give one side a force above 0.",
    ).check()
    return x, y


def _battle(x: int, y: int, parameter: float, *, square: bool) -> BrownBattle:
    """Forward along the diagonals: ``at[i]`` is the chance of being at (i, total - i)."""
    left_1 = left_2 = win = 0.0
    if y == 0 or x == 0:
        return BrownBattle(float(y == 0), float(x), float(y))
    at = np.zeros(x + 1)
    at[x] = 1.0
    strength = np.arange(x + 1.0)
    for total in range(x + y, 0, -1):
        other = total - strength
        fighting = np.where((strength > 0) & (other > 0), at, 0.0)
        over_1 = at[total] if total <= x else 0.0  # (total, 0): side 1 has won
        win += float(over_1)
        left_1 += float(over_1) * total
        left_2 += float(at[0]) * total
        if square:
            hit = parameter * strength / (parameter * strength + np.maximum(other, 0.0) + 1e-300)
        else:
            hit = np.full(x + 1, parameter)
        at = fighting * hit
        at[:-1] += (fighting * (1 - hit))[1:]
    return BrownBattle(win_probability=win, expected_left_1=left_1, expected_left_2=left_2)
