"""Waiting to persuade: optimism that time will correct (Yildiz 2004).

Game: players 1 and 2 divide a prize of 1, discounted by d. In each period one of them is recognised
to propose; player i believes that it will be itself with probability p_i(t), and both learn from
who was recognised before (Beta priors of strength n). Total optimism is then deterministic,

    y_t = p_1(t) + p_2(t) - 1 = Delta/(n + t).

Payoffs are linear in own beliefs, and each expects its own belief to stay (a martingale): the
payoff expected by i before recognition is p_i(t) K_t, the perceived pie S_t = (1 + y_t) K_t, with

    they agree at t iff d S_{t+1} <= 1;  then K_t = 1 - d y_{t+1} K_{t+1},  else  K_t = d K_{t+1},

and agreement comes at one fixed date t*, the first t with d S_{t+1} <= 1.

What it shows: optimism alone does not delay agreement; optimism that is *about to be corrected*
does, because each waits for the facts to persuade the other. Firm beliefs (large n) settle at
once.
Source: M. Yildiz, "Waiting to persuade", Quarterly Journal of Economics 119 (2004), 223-248.
Derived here from the model as described; computed backward from a date at which optimism is too
small to wait.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions

_LONGEST = 3_000_000
"""Periods of backward induction beyond which the function refuses (seconds of work)."""


@dataclass(frozen=True, slots=True)
class YildizOptimism:
    """When optimists agree.

    Attributes:
        settlement_date: t*, periods of delay, 0 or more.
        perceived_pie: S_0 .. S_{t*}; above 1: the two expect more than there is.
        optimism_at_settlement: y at t*.
        lost_by_waiting: ``1 - discount ** t*``, in shares of the prize.
    """

    settlement_date: int
    perceived_pie: tuple[float, ...]
    optimism_at_settlement: float
    lost_by_waiting: float


def yildiz_optimism(
    strength: float | int, optimism: float | int, discount: float | int
) -> YildizOptimism:
    """The date at which two optimists agree.

    Args:
        strength: n, number of observations that the priors are worth, above 0.
        optimism: Delta; total optimism at the start is ``optimism / strength``, -1 to 1 (negative:
            pessimism, agreement at once).
        discount: discount factor per period, above 0 and below 1.

    Returns:
        The date, the perceived pie up to it, and what is lost by waiting.

    Raises:
        InputError: if a number is out of range, initial beliefs are not probabilities, or the
            discount factor is so near 1 that more than 3 million periods would be needed.
    """
    assume = Assumptions("yildiz_optimism")
    n = assume.number("strength", strength, 0, open_low=True)
    delta = assume.number("optimism", optimism)
    d = assume.discount("discount", discount, open_low=True)
    assume.check()
    assume.that(
        abs(delta) <= n,
        "optimism",
        f"Argument `optimism` must be at most `strength` ({n:g}) in size, for beliefs about who"
        f" proposes to be probabilities, but is {delta:g}.",
        "Reduce it, or raise `strength`.",
    )
    # K <= 1, so that nobody waits once (1 + y) d <= 1.
    patience = max(0.0, delta * d / (1 - d) - n)
    assume.that(
        patience <= _LONGEST,
        "discount",
        f"With this optimism and discount factor delay might last {patience:.3g} periods, more"
        f" than the {_LONGEST} this function works through.",
        "Use a smaller discount factor, that is a longer period.",
    ).check()
    # Beyond `patience` they agree at once; an error of the end value shrinks by y d each period.
    last = math.ceil(patience) + 200
    kernel = 1 / (1 + d * delta / (n + last))
    pies, agrees = [], []
    for t in range(last, -1, -1):
        later = delta / (n + t + 1)
        agree = d * (1 + later) * kernel <= 1
        kernel = 1 - d * later * kernel if agree else d * kernel
        pies.append((1 + delta / (n + t)) * kernel)
        agrees.append(agree)
    date = agrees[::-1].index(True)
    return YildizOptimism(
        settlement_date=date,
        perceived_pie=tuple(pies[::-1][: date + 1]),
        optimism_at_settlement=delta / (n + date),
        lost_by_waiting=1 - d**date,
    )
