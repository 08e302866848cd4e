"""War as a random walk over forts (gambler's ruin).

Game: N forts in a row, A holds n. Each battle moves one fort: to A with probability p, to B
otherwise; A has won at N, B at 0. With r = (1 - p)/p, A wins with probability P after D battles
on average,

    P = (1 - r^n)/(1 - r^N),   D = (N P - n)/(2p - 1);    p = 1/2:  P = n/N,  D = n (N - n).

A battle costs each side its own c: the values of fighting to the finish are
V_A = P - cA D and V_B = 1 - P - cB D, for a prize of 1.

Numerics: with L = ln r the odds are expm1(nL)/expm1(NL), and D is written with the even part of
x/expm1(x), so that neither loses digits near p = 1/2 nor overflows far from it.

What it shows: the odds of the whole war are far more lopsided than those of one battle.
Source: textbook (W. Feller, An Introduction to Probability Theory, vol. 1, ch. XIV); as a model of
war A. Smith, "Fighting battles, winning wars", Journal of Conflict Resolution 42 (1998), 301-320.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class GamblersRuin:
    """Fighting to the finish.

    Attributes:
        win_probability: probability that A takes all the forts.
        expected_battles: mean number of battles until one side has all.
        value_a: A's value of fighting to the finish, in shares of the prize.
        value_b: B's.
    """

    win_probability: float
    expected_battles: float
    value_a: float
    value_b: float


def gamblers_ruin(
    battle_win_probability: float | int,
    start: int,
    forts: int,
    *,
    cost_a: float | int = 0,
    cost_b: float | int = 0,
) -> GamblersRuin:
    """Odds, length and values of a war over forts.

    Args:
        battle_win_probability: probability p that A wins a battle, 0 to 1.
        start: forts that A holds, 0 to ``forts``; 0 and ``forts``: the war is over.
        forts: number of forts, 1 or more.
        cost_a: A's cost of a battle, in shares of the prize, 0 or more.
        cost_b: B's cost of a battle, likewise.

    Returns:
        The odds, the mean number of battles, and both values of fighting to the finish.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("gamblers_ruin")
    p = assume.probability("battle_win_probability", battle_win_probability)
    big = assume.count("forts", forts, 1)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    assume.check()
    n = assume.count("start", start, 0, big)
    assume.check()
    win = ruin_odds(p, n, big)
    battles = ruin_battles(p, n, big)
    return GamblersRuin(
        win_probability=win,
        expected_battles=battles,
        value_a=win - own * battles,
        value_b=1 - win - other * battles,
    )


def ruin_odds(p: float, n: int, big: int) -> float:
    """Probability that a walk from n reaches ``big`` before 0 (arguments already checked)."""
    if n in (0, big):
        return float(n == big)
    if p in (0.0, 1.0):
        return p
    step = math.log((1 - p) / p)
    if step == 0:
        return n / big
    if step < 0:
        return math.expm1(n * step) / math.expm1(big * step)
    # r > 1: divide through by r^N, which would overflow.
    return math.exp((n - big) * step) * math.expm1(-n * step) / math.expm1(-big * step)


def ruin_battles(p: float, n: int, big: int) -> float:
    """Mean number of steps until the walk from n leaves 1..big-1 (arguments already checked)."""
    if n in (0, big):
        return 0.0
    if p < 0.5:  # seen from the other side, so that r < 1
        return ruin_battles(1 - p, big - n, big)
    if p == 1:
        return float(big - n)
    step = math.log((1 - p) / p)
    if step == 0:
        return float(n * (big - n))
    # N P - n = n [g(N step) - g(n step)]/g(n step) with g(x) = x/expm1(x) = 1 - x/2 + even(x).
    small = n * step / math.expm1(n * step)
    rise = (_even(big * step) - _even(n * step)) / step - (big - n) / 2
    return n * rise / small * step / -math.tanh(step / 2)


def _even(x: float) -> float:
    """x/expm1(x) - 1 + x/2, without cancellation near 0."""
    if abs(x) < 0.3:
        y = x * x
        return y / 12 - y**2 / 720 + y**3 / 30240 - y**4 / 1209600 + y**5 / 47900160
    return x / 2 / math.tanh(x / 2) - 1
