"""Bargaining in the shadow of power: who is dissatisfied, and will it attack? (after Powell).

Game: satisfied S holds 1 - q of a prize of 1, dissatisfied D holds q. D would win a war with
probability p, at a cost d that only D knows, uniform on [L, H]; S's cost is s. S offers D a share
x >= q (it can always leave things as they are); D accepts or attacks; D attacks iff p - d > x.

With the cutoff z = p - x: S maximises (1 - p + z)(H - z) + (1 - p - s)(z - L), so

    z = min(max((H - s)/2, L), p - q),    P(war) = (z - L)/(H - L),    0 if p - q <= L.

What it shows: the risk of war is not about the balance of power but about the *gap* between the
distribution of power and of benefits: zero while the gap is small, then rising, then flat.
Source: special case, one offer, in the sense of R. Powell, "Stability and the distribution of
power", World Politics 48 (1996), 239-267, and In the Shadow of Power (1999), ch. 3. Derived here;
the papers' alternating-offers game has two-sided private information.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class ShadowOfPower:
    """S's best offer to a possibly dissatisfied state.

    Attributes:
        offer: D's share after the offer, at least the status quo.
        cutoff: types of D with a cost below it attack.
        war_probability: probability that D attacks.
        dissatisfied: the toughest type of D prefers war to the status quo.
        utility_s: S's expected payoff, in shares of the prize.
    """

    offer: float
    cutoff: float
    war_probability: float
    dissatisfied: bool
    utility_s: float


def powell_shadow_of_power(
    power: float | int,
    status_quo: float | int,
    satisfied_cost: float | int,
    cost_low: float | int,
    cost_high: float | int,
) -> ShadowOfPower:
    """S's best offer and the risk that D attacks all the same.

    Args:
        power: probability p that D wins a war, 0 to 1.
        status_quo: D's share q of the benefits today, 0 to 1.
        satisfied_cost: S's cost of war, in shares of the prize, 0 or more.
        cost_low: smallest cost D may have, 0 or more.
        cost_high: largest cost D may have, at least ``cost_low``; if equal, the cost is known.

    Returns:
        The offer, the cutoff type and the probability of war.

    Raises:
        InputError: if a number is out of range, the costs are reversed, or S itself prefers war to
            the status quo (the model's S is satisfied: at most one side is dissatisfied).
    """
    assume = Assumptions("powell_shadow_of_power")
    p, q = assume.probability("power", power), assume.probability("status_quo", status_quo)
    s = assume.cost("satisfied_cost", satisfied_cost)
    low, high = assume.cost("cost_low", cost_low), assume.cost("cost_high", cost_high)
    assume.check()
    assume.that(
        low <= high,
        "cost_high",
        f"Argument `cost_high` must be at least `cost_low` ({low:g}), but is {high:g}.",
        "Exchange the two numbers.",
    )
    assume.that(
        1 - p - s <= 1 - q + 1e-12,
        "status_quo",
        f"The model assumes that S is satisfied, 1 - power - satisfied_cost <= 1 - status_quo, but"
        f" S expects {1 - p - s:g} from war and has {1 - q:g}.",
        "Exchange the roles: call the side with less benefits than power D.",
    ).check()
    gap = p - q
    dissatisfied = gap > low
    z = min(max((high - s) / 2, low), gap) if dissatisfied else min(gap, low)
    war = (z - low) / (high - low) if z > low else 0.0
    return ShadowOfPower(
        offer=p - z,
        cutoff=z,
        war_probability=war,
        dissatisfied=dissatisfied,
        utility_s=(1 - war) * (1 - p + z) + war * (1 - p - s),
    )
