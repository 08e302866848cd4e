"""Alternating offers without an end (Rubinstein 1982).

Game: players 1 and 2 divide a prize of 1. Player 1 proposes first; a rejection costs one period
and passes the turn. A division reached after t rejections is worth d_i^t times the share to i.
In the unique subgame-perfect equilibrium each proposer leaves the other just what it would have
by waiting, 1 - x = d2 y and 1 - y = d1 x, so that the first proposal is accepted at once:

    x = (1 - d2)/(1 - d1 d2),    y = (1 - d1)/(1 - d1 d2).

With d_i = exp(-r_i h) and offers ever faster, h -> 0: x = y-complement = r2/(r1 + r2).
With a fixed cost c_i per rejection instead of discounting: the side with the lower cost takes all
as proposer; the other, as proposer, keeps the difference between its share and the rival's cost.

What it shows: patience is power, and delay alone (no war) is inefficient, so there is none.
Source: A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982), 97-109.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class AlternatingOffers:
    """The equilibrium division of a prize of 1.

    Attributes:
        share_1: what player 1 gets when it proposes first; agreed at once.
        share_2: what player 2 gets then, ``1 - share_1``.
        share_2_proposing: what player 2 gets in the game where it proposes first.
    """

    share_1: float
    share_2: float
    share_2_proposing: float


def rubinstein(discount_1: float | int, discount_2: float | int) -> AlternatingOffers:
    """The division when each rejection delays by one period.

    Args:
        discount_1: player 1's discount factor per period, 0 to 1.
        discount_2: player 2's discount factor per period, 0 to 1; not both 1.

    Returns:
        The shares when player 1 proposes first, and player 2's when it does.

    Raises:
        InputError: if a factor is out of range, or both are 1 (no cost of delay: any division is
            an equilibrium).
    """
    assume = Assumptions("rubinstein")
    d1 = assume.number("discount_1", discount_1, 0, 1)
    d2 = assume.number("discount_2", discount_2, 0, 1)
    assume.check()
    assume.that(
        d1 * d2 < 1,
        "discount_1, discount_2",
        "At least one player must lose by delay, but both discount factors are 1, and then every"
        " division is an equilibrium.",
        "Make one factor less than 1, or use rubinstein_limit with rates of impatience.",
    ).check()
    x, y = (1 - d2) / (1 - d1 * d2), (1 - d1) / (1 - d1 * d2)
    return AlternatingOffers(share_1=x, share_2=1 - x, share_2_proposing=y)


def rubinstein_limit(
    rate_1: float | int, rate_2: float | int, interval: float | int = 0
) -> AlternatingOffers:
    """The division when offers follow one another after ``interval``, by default at once.

    Args:
        rate_1: player 1's rate of impatience per unit of time, 0 or more.
        rate_2: player 2's rate per unit of time, 0 or more; not both 0.
        interval: time between offers, 0 or more, in the same unit; 0 is the limit
            ``rate_2 / (rate_1 + rate_2)``, in which it does not matter who proposes first.

    Returns:
        The shares.

    Raises:
        InputError: if a rate is negative, not finite, or both are 0.
    """
    assume = Assumptions("rubinstein_limit")
    r1 = assume.number("rate_1", rate_1, 0)
    r2 = assume.number("rate_2", rate_2, 0)
    h = assume.number("interval", interval, 0)
    assume.check()
    assume.that(
        r1 + r2 > 0,
        "rate_1, rate_2",
        "At least one player must be impatient, but both rates are 0.",
        "Give one player a rate above 0.",
    ).check()
    if h == 0:
        x = r2 / (r1 + r2)
        return AlternatingOffers(share_1=x, share_2=1 - x, share_2_proposing=1 - x)
    whole = math.expm1(-(r1 + r2) * h)
    x, y = math.expm1(-r2 * h) / whole, math.expm1(-r1 * h) / whole
    return AlternatingOffers(share_1=x, share_2=1 - x, share_2_proposing=y)


def rubinstein_fixed_costs(cost_1: float | int, cost_2: float | int) -> AlternatingOffers:
    """The division when each rejection costs player i a fixed amount and nobody discounts.

    Args:
        cost_1: player 1's cost per rejection, in shares of the prize, 0 to 1.
        cost_2: player 2's, likewise; not equal to ``cost_1``.

    Returns:
        The shares: all to the first proposer if its cost is lower; otherwise it keeps ``cost_2``.

    Raises:
        InputError: if a cost is out of range, or the costs are equal (many equilibria).
    """
    assume = Assumptions("rubinstein_fixed_costs")
    c1 = assume.number("cost_1", cost_1, 0, 1)
    c2 = assume.number("cost_2", cost_2, 0, 1)
    assume.check()
    assume.that(
        c1 != c2,
        "cost_2",
        f"The costs must differ, but both are {c1:g}, and then the division is not unique.",
        "Change one of them, however little.",
    ).check()
    x, y = (1.0, c1) if c1 < c2 else (c2, 1.0)
    return AlternatingOffers(share_1=x, share_2=1 - x, share_2_proposing=y)
