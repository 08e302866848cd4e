"""War that burns down the prize until peace enforces itself (after Fearon 1995 and 2004).

Game: a prize worth v; whoever attacks first has g more odds of winning, and war costs cA and cB.
Attacking gives A (p + g) v - cA and B (1 - p + g) v - cB, so some division deters both iff

    2 g v <= cA + cB.

Each round of fighting leaves the share s of the prize, v = s^n after n rounds; the war stops of
itself in the first round in which the inequality holds. Static: in no round does a side look
beyond its own best attack in that round.

What it shows: a war under complete information can start *and* stop for reasons of credibility
alone; what ends it is that the prize is no longer worth a surprise attack.
Source: derived here; first strikes J. D. Fearon, International Organization 49 (1995), p. 403.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class BurnDown:
    """When peace first enforces itself.

    Attributes:
        rounds: rounds of fighting before that; 0: there is no war. None: it never does.
        prize_left: share of the prize that is left then (0 if never).
        critical_prize: largest prize at which peace enforces itself, ``(cA + cB)/2g``; infinite
            without a first-strike advantage.
    """

    rounds: int | None
    prize_left: float
    critical_prize: float


def burn_down(
    advantage: float | int, cost_a: float | int, cost_b: float | int, remaining: float | int
) -> BurnDown:
    """Rounds of fighting until no side gains by attacking first.

    Args:
        advantage: what attacking first adds to the attacker's odds of winning, 0 to 1/2.
        cost_a: A's cost of war, in shares of the first prize, 0 or more.
        cost_b: B's cost of war, likewise.
        remaining: share of the prize that a round of fighting leaves, 0 to 1.

    Returns:
        The number of rounds, what is left, and the critical prize.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("burn_down")
    g = assume.number("advantage", advantage, 0, 0.5)
    cost = assume.cost("cost_a", cost_a) + assume.cost("cost_b", cost_b)
    left = assume.probability("remaining", remaining)
    assume.check()
    critical = math.inf if g == 0 else cost / (2 * g)
    if critical >= 1:
        return BurnDown(rounds=0, prize_left=1.0, critical_prize=critical)
    if left == 0:
        return BurnDown(rounds=1, prize_left=0.0, critical_prize=critical)
    if left == 1 or critical == 0:
        return BurnDown(rounds=None, prize_left=0.0 if left < 1 else 1.0, critical_prize=critical)
    # The tolerance keeps an exact tie (prize equal to the critical prize) on the peaceful side.
    rounds = math.ceil(math.log(critical) / math.log(left) - 1e-9)
    return BurnDown(rounds=rounds, prize_left=left**rounds, critical_prize=critical)
