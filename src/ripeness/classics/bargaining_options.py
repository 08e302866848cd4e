"""What the parties have while they do not agree: outside options, inside options, breakdown.

Game: alternating offers over a prize of 1 (module ``rubinstein``), with one addition.

* Outside option: a player that rejects an offer may leave for good and take w_i at once. Then
  1 - x = max(d2 y, w2) and 1 - y = max(d1 x, w1): the option binds only as a **floor**.
  Solution, by monotonicity: x = min(1 - w2, max(x_R, 1 - d2 (1 - w1))), x_R Rubinstein's share.
* Inside option: while they disagree, player i receives the flow b_i a period (the prize is worth 1
  a period): 1 - x = (1 - d2) b2 + d2 y, so x = b1 + (1 - b1 - b2)(1 - d2)/(1 - d1 d2): a flow
  shifts the division **one for one**, and the surplus over fighting is split as by Rubinstein.
* Breakdown: after each rejection talks end with probability 1 - rho and the parties get the war
  lottery (b1, b2): the same equations with rho in place of the discount factors,
  x = b1 + (1 - b1 - b2)/(1 + rho) without discounting.

What it shows: whether war is an alternative *to* talks or goes on *during* them is a substantive
choice. A better fallback buys nothing until it binds; a better battlefield buys terms at once.
Source: K. Binmore, A. Shaked and J. Sutton, "An outside option experiment", Quarterly Journal of
Economics 104 (1989), 753-770; Binmore, Rubinstein and Wolinsky, RAND Journal 17 (1986), 176-188.
Derived here; checked in the tests by iterating the equations.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class OptionShares:
    """The equilibrium division of a prize of 1 when there are other options.

    Attributes:
        share_1: what player 1 gets when it proposes first; agreed at once.
        share_2: what player 2 gets then.
        share_2_proposing: what player 2 gets in the game where it proposes first.
        binds_1: player 1's option fixes the proposal made *to* it.
        binds_2: player 2's option fixes the proposal made *to* it.
    """

    share_1: float
    share_2: float
    share_2_proposing: float
    binds_1: bool
    binds_2: bool


def outside_option(
    discount_1: float | int,
    discount_2: float | int,
    outside_1: float | int = 0,
    outside_2: float | int = 0,
) -> OptionShares:
    """The division when a responder may reject, leave, and take its outside option at once.

    Args:
        discount_1: player 1's discount factor per period, 0 to 1.
        discount_2: player 2's, likewise; not both 1.
        outside_1: what player 1 gets by leaving, a share of the prize, 0 to 1; 0: none.
        outside_2: what player 2 gets by leaving, likewise; together at most 1.

    Returns:
        The shares when player 1 proposes first, and which options bind.

    Raises:
        InputError: if a number is out of range, both factors are 1, or leaving beats agreeing.
    """
    assume = Assumptions("outside_option")
    d1, d2 = _discounts(assume, discount_1, discount_2)
    w1, w2 = _fallbacks(assume, "outside", outside_1, outside_2)
    x = _floor(d1, d2, w1, w2)
    y = _floor(d2, d1, w2, w1)
    return OptionShares(
        share_1=x,
        share_2=1 - x,
        share_2_proposing=y,
        binds_1=w1 > d1 * x,
        binds_2=w2 > d2 * y,
    )


def inside_option(
    discount_1: float | int,
    discount_2: float | int,
    inside_1: float | int = 0,
    inside_2: float | int = 0,
) -> OptionShares:
    """The division when each player has a flow of income while they disagree.

    Args:
        discount_1: player 1's discount factor per period, 0 to 1.
        discount_2: player 2's, likewise; not both 1.
        inside_1: player 1's flow while they disagree, where the whole prize yields 1 a period,
            0 to 1. Equivalently, the value of disagreeing for ever in shares of the prize.
        inside_2: player 2's flow, likewise; together at most 1.

    Returns:
        The shares when player 1 proposes first; flows always bind when they are above 0.

    Raises:
        InputError: if a number is out of range, both factors are 1, or disagreeing beats agreeing.
    """
    assume = Assumptions("inside_option")
    d1, d2 = _discounts(assume, discount_1, discount_2)
    b1, b2 = _fallbacks(assume, "inside", inside_1, inside_2)
    surplus = (1 - b1 - b2) / (1 - d1 * d2)
    x, y = b1 + surplus * (1 - d2), b2 + surplus * (1 - d1)
    return OptionShares(
        share_1=x, share_2=1 - x, share_2_proposing=y, binds_1=b1 > 0, binds_2=b2 > 0
    )


def breakdown(
    continuation: float | int,
    war_1: float | int,
    war_2: float | int,
    *,
    discount_1: float | int = 1,
    discount_2: float | int = 1,
) -> OptionShares:
    """The division when a rejection may end the talks in war.

    Args:
        continuation: probability rho that talks go on after a rejection, 0 to 1.
        war_1: player 1's value of war, a share of the prize, 0 to 1.
        war_2: player 2's, likewise; together at most 1.
        discount_1: player 1's discount factor for the next round of talks, by default 1 (only
            the risk of war hurries the parties). War, if it comes, comes at once.
        discount_2: player 2's, likewise.

    Returns:
        The shares when player 1 proposes first.

    Raises:
        InputError: if a number is out of range, talks can go on for ever at no cost, or war is
            better than agreement.
    """
    assume = Assumptions("breakdown")
    rho = assume.probability("continuation", continuation)
    d1 = rho * assume.number("discount_1", discount_1, 0, 1)
    d2 = rho * assume.number("discount_2", discount_2, 0, 1)
    assume.check()
    assume.that(
        d1 * d2 < 1,
        "continuation",
        "Delay must be costly to somebody, but talks never break down and nobody discounts.",
        "Make `continuation` or a discount factor less than 1.",
    )
    b1, b2 = _fallbacks(assume, "war", war_1, war_2)
    # 1 - x = (1 - rho) b2 + d2 y and 1 - y = (1 - rho) b1 + d1 x, where d_i = rho discount_i.
    own, other = (1 - rho) * b1, (1 - rho) * b2
    x = (1 - other - d2 * (1 - own)) / (1 - d1 * d2)
    y = (1 - own - d1 * (1 - other)) / (1 - d1 * d2)
    return OptionShares(
        share_1=x,
        share_2=1 - x,
        share_2_proposing=y,
        binds_1=own > 0,
        binds_2=other > 0,
    )


def _floor(own: float, other: float, outside: float, other_outside: float) -> float:
    rubinstein = (1 - other) / (1 - own * other)
    return min(1 - other_outside, max(rubinstein, 1 - other * (1 - outside)))


def _discounts(assume: Assumptions, first: float | int, second: float | int) -> tuple[float, float]:
    d1 = assume.number("discount_1", first, 0, 1)
    d2 = assume.number("discount_2", second, 0, 1)
    assume.check()
    assume.that(
        d1 * d2 < 1,
        "discount_1, discount_2",
        "At least one player must lose by delay, but both discount factors are 1.",
        "Make one factor less than 1.",
    ).check()
    return d1, d2


def _fallbacks(
    assume: Assumptions, kind: str, first: float | int, second: float | int
) -> tuple[float, float]:
    one = assume.number(f"{kind}_1", first, 0, 1)
    two = assume.number(f"{kind}_2", second, 0, 1)
    assume.check()
    assume.that(
        one + two <= 1 + 1e-12,
        f"{kind}_1, {kind}_2",
        f"The two values must leave something to agree on, but add to {one + two:g}.",
        "Reduce one until they add to 1 or less.",
    ).check()
    return one, two
