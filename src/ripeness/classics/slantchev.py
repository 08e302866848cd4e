"""Bargaining while fighting under complete information (Slantchev 2003).

Game: a prize that yields 1 a period; N forts, side 1 holds k. The sides alternate in proposing; a
rejection brings one battle, in which they receive the flows b1 and b2 instead, and k moves to k + 1
with probability p, to k - 1 otherwise; 1 has won at N, 2 at 0. With x_k what 1 keeps when it
proposes, y_k what 2 keeps when it does (shares for ever), d the discount factor,

    1 - x_k = (1-d) b2 + d [p y_{k+1} + (1-p) y_{k-1}],
    1 - y_k = (1-d) b1 + d [p x_{k+1} + (1-p) x_{k-1}],    x_0 = 0, x_N = 1, y_0 = 1, y_N = 0.

Fighting to the finish is worth W_k = (1-d) b + d [p W_{k+1} + (1-p) W_{k-1}], and the bargaining
range at k is [W1_k, 1 - W2_k].

What it shows: with complete information the war ends before it starts, at terms that follow the
front; terms move more with the front the nearer a side is to collapse.
Source: B. Slantchev, "The principle of convergence in wartime negotiations", American Political
Science Review 97 (2003), 621-632: Proposition 1 p. 624, appendix equation 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class Slantchev:
    """Terms and war values at each position of the front; entry k: side 1 holds k forts, 0..N.

    Attributes:
        share_1: side 1's share when it proposes, x_k; accepted at once.
        share_2: side 2's share when *it* proposes, y_k.
        war_1: side 1's value of fighting to the finish, W1_k.
        war_2: side 2's, W2_k.
        range_low: the least share that side 1 prefers to fighting to the finish, ``war_1``.
        range_high: the most that side 2 leaves it, ``1 - war_2``.
    """

    share_1: tuple[float, ...]
    share_2: tuple[float, ...]
    war_1: tuple[float, ...]
    war_2: tuple[float, ...]
    range_low: tuple[float, ...]
    range_high: tuple[float, ...]


def slantchev_complete(
    battle_win_probability: float | int,
    forts: int,
    discount: float | int,
    flow_1: float | int,
    flow_2: float | int,
) -> Slantchev:
    """Equilibrium terms at every position of the front.

    Args:
        battle_win_probability: chance p that side 1 wins a battle, 0 to 1.
        forts: number of forts N, 2 to 1000.
        discount: discount factor per battle, above 0 and below 1.
        flow_1: what side 1 receives in a period of war, where the whole prize yields 1; 0 or more.
        flow_2: what side 2 receives, likewise; together below 1, or war wastes nothing.

    Returns:
        Terms, war values and the bargaining range for 0..N forts.

    Raises:
        InputError: if a number is out of range, or war is as good as peace.
    """
    assume = Assumptions("slantchev_complete")
    p = assume.probability("battle_win_probability", battle_win_probability)
    big = assume.count("forts", forts, 2, 1000)
    d = assume.discount("discount", discount, open_low=True)
    b1 = assume.number("flow_1", flow_1, 0)
    b2 = assume.number("flow_2", flow_2, 0)
    assume.check()
    assume.that(
        b1 + b2 < 1,
        "flow_1, flow_2",
        f"The model assumes that war wastes something, but its flows add to {b1 + b2:g} and peace"
        " yields 1.",
        "Reduce the flows until they add to less than 1.",
    ).check()
    # next_ @ v is the expected v after a battle; rows 0 and N are the ends.
    inner = np.arange(1, big)
    next_ = np.zeros((big + 1, big + 1))
    next_[inner, inner + 1], next_[inner, inner - 1] = p, 1 - p
    flow = np.zeros(big + 1)
    flow[inner] = 1 - d
    won_1, won_2 = np.zeros(big + 1), np.zeros(big + 1)
    won_1[-1], won_2[0] = 1.0, 1.0
    eye, peace = np.eye(big + 1), np.zeros(big + 1)
    peace[inner] = 1.0
    war_1 = np.linalg.solve(eye - d * next_, flow * b1 + won_1)
    war_2 = np.linalg.solve(eye - d * next_, flow * b2 + won_2)
    # x = [1 - flow b2 - d next y] inside, the end values outside; likewise y. Eliminate y.
    x_known, y_known = peace - flow * b2 + won_1, peace - flow * b1 + won_2
    step = d * next_
    x = np.linalg.solve(eye - step @ step, x_known - step @ y_known)
    y = y_known - step @ x
    return Slantchev(
        share_1=_row(x),
        share_2=_row(y),
        war_1=_row(war_1),
        war_2=_row(war_2),
        range_low=_row(war_1),
        range_high=_row(1 - war_2),
    )


def _row(values: np.ndarray) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
