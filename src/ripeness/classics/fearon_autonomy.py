"""Why some civil wars last: autonomy deals that a recovering government would break (after Fearon).

Game: the rebels want an autonomy worth 1 a period. In each period the government is strong with
probability e, and then takes autonomy back; when it is weak it grants 1. The government is weak
today. Discount d.

    Peace:  W = 1 + d (1 - e)/(1 - d)            (1 today, then 1 in each weak period)
    War:    V = (-k + b d/(1 - d)) / (1 - d (1 - a - b))

War costs the rebels k a period and ends with their victory (1 for ever from the next period) with
probability b, with their defeat (0) with probability a. No settlement holds iff V > W, that is
when the government is strong more often than e* = 1 - (V - 1)(1 - d)/d. A war without settlement
lasts 1/(a + b) periods on average.

What it shows: a deal the government would sign sincerely today is worth little if the government
expects to recover; rebels fight *because* it is weak only now.
Source: special case, derived here, in the sense of J. D. Fearon, "Why do some civil wars last so
much longer than others?", Journal of Peace Research 41 (2004), 275-301.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class Autonomy:
    """Whether an autonomy deal holds.

    Attributes:
        settlement: the rebels prefer the deal (or are indifferent).
        value_peace: W, discounted total, in periods of autonomy.
        value_war: V, likewise.
        critical_strong: e*; no settlement when the government is strong more often. Above 1 every
            deal is accepted.
        expected_length: periods that a war without settlement lasts; infinite if it cannot end.
    """

    settlement: bool
    value_peace: float
    value_war: float
    critical_strong: float
    expected_length: float


def fearon_autonomy(
    discount: float | int,
    strong_probability: float | int,
    rebel_cost: float | int,
    *,
    defeat_probability: float | int,
    victory_probability: float | int,
) -> Autonomy:
    """The rebels' choice between an autonomy deal and war to the end.

    Args:
        discount: discount factor per period, above 0 and below 1.
        strong_probability: e, chance in each later period that the government is strong, 0 to 1.
        rebel_cost: k, the rebels' cost of a period of war, in periods of autonomy, 0 or more.
        defeat_probability: a, chance per period of war that the rebels are crushed, 0 to 1.
        victory_probability: b, chance per period that they win, 0 to 1; a + b at most 1.

    Returns:
        Both values, the verdict, the critical chance, and the expected length of war.

    Raises:
        InputError: if a number is out of range or the chances add to more than 1.
    """
    assume = Assumptions("fearon_autonomy")
    d = assume.discount("discount", discount, open_low=True)
    e = assume.probability("strong_probability", strong_probability)
    k = assume.cost("rebel_cost", rebel_cost)
    a = assume.probability("defeat_probability", defeat_probability)
    b = assume.probability("victory_probability", victory_probability)
    assume.check()
    assume.that(
        a + b <= 1 + 1e-12,
        "defeat_probability, victory_probability",
        f"Defeat and victory exclude each other, but their chances add to {a + b:g}.",
        "Reduce one until they add to 1 or less.",
    ).check()
    peace = 1 + d * (1 - e) / (1 - d)
    war = (b * d / (1 - d) - k) / (1 - d * (1 - a - b))
    return Autonomy(
        settlement=war <= peace + 1e-12,
        value_peace=peace,
        value_war=war,
        critical_strong=1 - (war - 1) * (1 - d) / d,
        expected_length=1 / (a + b) if a + b > 0 else math.inf,
    )
