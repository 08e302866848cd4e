"""Preventive war: a declining state that cannot be promised enough (Fearon 1995).

Game: two states share a flow of 1 a period for ever, discounted by d. A wins a war with
probability p1 in the first period and p2 in every later one; a war settles the flow for ever at
once, and costs B the lump cB. In each period A makes a take-it-or-leave-it demand, B accepts for
that period or fights.

From period 2 on, A demands all but B's value of war, W = max(0, (1 - p2)/(1 - d) - cB). In period
1 A can offer B at most the whole flow, so B attacks iff

    (1 - p1)/(1 - d) - cB > 1 + d W,    which for W > 0 is    d p2 - p1 > cB (1 - d)^2.

What it shows: war under complete information, with a range that both would prefer, because the
rising side cannot commit itself not to use its later power.
Source: J. D. Fearon, International Organization 49 (1995), pp. 405-406. The corner W = 0 (B so
weak later that it would not fight at all) is solved here by backward induction.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class PreventiveWar:
    """Whether the declining side attacks before power shifts.

    Attributes:
        war: B attacks in period 1.
        margin: B's value of war now less the most peace can offer it, in one-period flows;
            positive means war.
        critical_win_probability_now: B attacks iff p1 is below it. May lie outside [0, 1].
        value_war_b: B's value of attacking now, in one-period flows.
        value_peace_b: the most B can get in peace, in one-period flows.
        first_demand: A's demand in period 1 in peace (None in war), a share of the flow.
        later_demand: A's demand in every later period of peace, a share of the flow.
    """

    war: bool
    margin: float
    critical_win_probability_now: float
    value_war_b: float
    value_peace_b: float
    first_demand: float | None
    later_demand: float


_TIE = 1e-12


def fearon_preventive_war(
    win_probability_now: float | int,
    win_probability_later: float | int,
    cost_b: float | int,
    discount: float | int,
) -> PreventiveWar:
    """Whether B attacks A before A's chance of winning changes.

    Args:
        win_probability_now: probability that A wins a war in period 1, 0 to 1.
        win_probability_later: the same in every later period, 0 to 1.
        cost_b: B's cost of war: a lump, in units of one period's flow, 0 or more.
        discount: discount factor per period, at least 0 and below 1.

    Returns:
        The verdict, its margin, the critical value of the chance now, and the demands in peace.
        A side that is exactly indifferent does not attack.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("fearon_preventive_war")
    now = assume.probability("win_probability_now", win_probability_now)
    later = assume.probability("win_probability_later", win_probability_later)
    cost = assume.cost("cost_b", cost_b)
    d = assume.discount("discount", discount)
    assume.check()
    war_later = max(0.0, (1 - later) / (1 - d) - cost)
    war_now = (1 - now) / (1 - d) - cost
    peace = 1 + d * war_later
    margin = war_now - peace
    war = margin > _TIE
    # In peace A leaves B indifferent in period 1, but cannot demand more than the whole flow.
    demand = min(1.0, 1 - (war_now - d * war_later))
    return PreventiveWar(
        war=war,
        margin=margin,
        critical_win_probability_now=1 - (1 - d) * (peace + cost),
        value_war_b=war_now,
        value_peace_b=peace,
        first_demand=None if war else demand,
        later_demand=1 - (1 - d) * war_later,
    )
