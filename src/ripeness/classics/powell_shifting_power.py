"""Bargaining while power shifts, by exact backward induction over the whole path.

Game (side A rises): in each period B proposes A's share x in [0, 1] of that period's flow of 1; A
accepts for the period or fights, and B may fight instead of proposing. War is final: it gives A
p_t - cA and B 1 - p_t - cB for ever, in units of flow. Power follows a known path and stays at
its last value. With values multiplied by 1 - d,

    U_A(t) = max(p_t - cA, d U_A(t+1)),  A accepts x iff (1 - d) x + d U_A(t+1) >= p_t - cA,

B offers the smallest such x, or fights if that is better. On the last, stationary stretch A is
held to max(p - cA, 0). For a single rise from p1 to p2 war comes at once iff
d p2 - p1 > cB + d cA; over several steps the one-step test is not the condition.

What it shows: the same total rise in small steps keeps peace, in one step brings war; and a war
that is certain later changes what can be promised now.
Source: special case, derived here, in the sense of R. Powell, International Organization 60
(2006), 169-203; it is the game of the engine's commitment test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions

_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class ShiftingPower:
    """The subgame-perfect path. Periods are counted from 0.

    Attributes:
        war: war breaks out on the path.
        war_period: when, or None.
        value_a: A's value at the start, as a share of the flow for ever.
        value_b: B's value at the start, likewise.
        offers: A's share of the flow in each period of peace up to the end of the path.
        fights: per period, whether there would be war if that period were reached.
    """

    war: bool
    war_period: int | None
    value_a: float
    value_b: float
    offers: tuple[float, ...]
    fights: tuple[bool, ...]


def powell_shifting_power(
    power: Sequence[float | int] | np.ndarray,
    cost_a: float | int,
    cost_b: float | int,
    discount: float | int,
) -> ShiftingPower:
    """Offers and war along a path of power.

    Args:
        power: A's probability of winning in each period, 0 to 1, constant after the last.
        cost_a: A's cost of war as a share of the flow for ever, 0 or more.
        cost_b: B's cost of war, likewise.
        discount: discount factor per period, 0 to below 1.

    Returns:
        When war breaks out, if at all, the offers until then and both sides' values. B, exactly
        indifferent, offers; A, exactly indifferent, accepts.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("powell_shifting_power")
    p = assume.series("power", np.asarray(power, dtype=float), 0, 1)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    d = assume.discount("discount", discount)
    assume.check()
    # Stationary end: A gets its reservation share for ever, and the rest beats war for B.
    value_a = max(float(p[-1]) - own, 0.0)
    value_b = 1 - value_a
    offers, fights = [value_a], [False]
    for chance in p[-2::-1]:
        war_a, war_b = float(chance) - own, 1 - float(chance) - other
        later_a = d * value_a
        offer = max(0.0, (war_a - later_a) / (1 - d))
        peace_b = (1 - d) * (1 - offer) + d * value_b
        fight = offer > 1 + _TIE or war_b > peace_b + _TIE
        value_a = war_a if fight else (1 - d) * offer + later_a
        value_b = war_b if fight else peace_b
        offers.append(offer)
        fights.append(fight)
    offers.reverse()
    fights.reverse()
    period = fights.index(True) if any(fights) else None
    return ShiftingPower(
        war=period is not None,
        war_period=period,
        value_a=value_a,
        value_b=value_b,
        offers=tuple(min(x, 1.0) for x in offers[:period]),
        fights=tuple(fights),
    )
