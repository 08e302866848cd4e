"""Crises as wars of nerves: audience costs (Fearon 1994).

Game: two states want a prize worth v. While the crisis lasts each may back down, attack or wait;
backing down at t costs a_i t. i's value of war w_i is private, uniform on [-W_i, 0]. In
equilibrium there is a horizon t*: until then each backs down at the hazard that keeps the other
waiting, Q_i(t) being the chance that i has backed down by t; at t* those left, w_i > -a_i t*,
prefer war. For side i with the other j,

    1 - Q_i(t) = (1 - q_i) v/(v + a_j t),     1 - Q_i(t*) = a_i t*/W_i,
    so for q_i = 0:  a_i a_j t^2 + a_i v t - v W_i = 0.

t* is the smaller of the two roots; the side with the larger one backs down at once with the
probability q that makes both horizons agree. With W1 = W2 that is the side with lower audience
costs. P(war) is the product of the a_i t*/W_i.

What it shows: the state that can tie its hands more visibly (Fearon: the democracy) backs down
less; crises are contests in creating costs, and war comes when nobody is left who bluffs.
Source: J. D. Fearon, "Domestic political audiences and the escalation of international disputes",
American Political Science Review 88 (1994), 577-592. The equations agree with a public
implementation of the paper; re-derived here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class AudienceCosts:
    """The crisis equilibrium.

    Attributes:
        horizon: t*, the time after which nobody backs down any more.
        war_probability: chance that the crisis ends in war.
        back_down_1: chance that state 1 backs down before the horizon, if the other has not.
        back_down_2: state 2's.
        at_once_1: chance q that state 1 backs down at the very start.
        at_once_2: state 2's; at most one of the two is above 0.
        prize: v.
        audience_1: a_1.
        audience_2: a_2.
    """

    horizon: float
    war_probability: float
    back_down_1: float
    back_down_2: float
    at_once_1: float
    at_once_2: float
    prize: float
    audience_1: float
    audience_2: float

    def backed_down(self, side: int, time: float | int) -> float:
        """Chance Q(t) that ``side`` (1 or 2) would have backed down by ``time``, 0 or more."""
        assume = Assumptions("AudienceCosts.backed_down")
        assume.count("side", side, 1, 2)
        t = min(assume.number("time", time, 0), self.horizon)
        assume.check()
        q, other = (
            (self.at_once_1, self.audience_2) if side == 1 else (self.at_once_2, self.audience_1)
        )
        return 1 - (1 - q) * self.prize / (self.prize + other * t)


def fearon_audience_costs(
    audience_1: float | int,
    audience_2: float | int,
    *,
    prize: float | int = 1,
    worst_war_1: float | int = 2,
    worst_war_2: float | int = 2,
) -> AudienceCosts:
    """Horizon, risk of war, and who backs down, in a public crisis.

    Args:
        audience_1: state 1's audience costs per unit of time, in units of the prize's, above 0.
        audience_2: state 2's, likewise.
        prize: v, what the prize is worth to either, above 0. Default 1: the unit.
        worst_war_1: W_1, state 1's largest loss in war: w_1 is uniform on [-W_1, 0]; above 0.
            Default 2: the benchmark's.
        worst_war_2: state 2's, likewise.

    Returns:
        The equilibrium, with the chance of having backed down by any time.

    Raises:
        InputError: if a number is not above 0 or not finite.
    """
    assume = Assumptions("fearon_audience_costs")
    a1 = assume.number("audience_1", audience_1, 0, open_low=True)
    a2 = assume.number("audience_2", audience_2, 0, open_low=True)
    v = assume.number("prize", prize, 0, open_low=True)
    w1 = assume.number("worst_war_1", worst_war_1, 0, open_low=True)
    w2 = assume.number("worst_war_2", worst_war_2, 0, open_low=True)
    assume.check()
    horizon_1, horizon_2 = _horizon(a1, a2, v, w1), _horizon(a2, a1, v, w2)
    t = min(horizon_1, horizon_2)
    fights_1, fights_2 = a1 * t / w1, a2 * t / w2
    return AudienceCosts(
        horizon=t,
        war_probability=fights_1 * fights_2,
        back_down_1=1 - fights_1,
        back_down_2=1 - fights_2,
        at_once_1=1 - fights_1 * (v + a2 * t) / v if horizon_1 > t else 0.0,
        at_once_2=1 - fights_2 * (v + a1 * t) / v if horizon_2 > t else 0.0,
        prize=v,
        audience_1=a1,
        audience_2=a2,
    )


def _horizon(own: float, other: float, prize: float, worst: float) -> float:
    """Positive root of own other t^2 + own prize t - prize worst = 0, without cancellation."""
    linear = own * prize
    return 2 * prize * worst / (linear + math.sqrt(linear**2 + 4 * own * other * prize * worst))
