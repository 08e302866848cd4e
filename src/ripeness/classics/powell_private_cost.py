"""Bargaining while fighting with a private cost: the durable-goods form (after Powell 2004).

Game: S offers D a share x each round; D accepts, or a round is fought in which S collapses with
probability kS and D with kD (the other then has everything). With k = kS + kD, p = kS/k is D's
chance to win a fight to the finish, c its cost (per-round cost/k), sigma S's cost, beta = 1 - k.
D knows c; S knows that it is uniform on [L, H]. D's gain over fighting on from x is c - (p - x),
S's is (p - x) + sigma, both multiplied by beta per round fought: S sells peace at the price p - x
to a buyer who values it at c, and cannot promise not to lower the price (module ``durable_goods``,
with values c - L and gap sigma + L). For sigma = L = 0, s = sqrt(1 - beta):

    p - x_n = gamma H r^(n-1),  gamma = s/(1 + s),  r = 1/(1 + s) = share that fights on,
    E[rounds fought] = r/(1 - r beta),  P(ends in a collapse) = gamma.

With m offers per round of fighting, beta becomes beta^(1/m).

What it shows: private information makes war last while offers improve; how long depends on how
often offers can be made per unit of fighting (Coase): the time step is a substantive parameter.
Source: special case, derived here, in the sense of R. Powell, "Bargaining and learning while
fighting", American Journal of Political Science 48 (2004), 344-361.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions
from ripeness.classics.durable_goods import expected_rounds, price_sequence

_LONGEST = 20_000
"""Offers beyond which the function refuses (seconds of work)."""


@dataclass(frozen=True, slots=True)
class PowellPrivateCost:
    """Offers, and how the war goes.

    Attributes:
        offers: D's share offered, first to last; an endless sequence is cut where a later offer is
            made with probability below 1e-12.
        fights_on: share of all types of D that refuse each offer and all before it.
        power: p, D's chance to win a fight to the finish.
        concession_ratio: ``p - x`` of the second offer over that of the first; r for
            ``own_cost = cost_low = 0``; None if the first offer is always accepted.
        expected_battles: mean number of rounds of fighting (not of offers).
        collapse_probability: chance that the war ends with a collapse, not an agreement.
        utility_s: S's expected payoff, in shares of the prize.
    """

    offers: tuple[float, ...]
    fights_on: tuple[float, ...]
    power: float
    concession_ratio: float | None
    expected_battles: float
    collapse_probability: float
    utility_s: float


def powell_private_cost(
    collapse_s: float | int,
    collapse_d: float | int,
    cost_low: float | int,
    cost_high: float | int,
    *,
    own_cost: float | int = 0,
    offers_per_round: float | int = 1,
) -> PowellPrivateCost:
    """S's sequence of offers to a D whose cost of fighting is uniform on [cost_low, cost_high].

    Args:
        collapse_s: chance that S collapses in a round of fighting, above 0.
        collapse_d: chance that D collapses in a round, 0 or more; with ``collapse_s`` below 1.
        cost_low: D's smallest cost of a fight to the finish, in shares of the prize, 0 or more:
            its cost of a round divided by ``collapse_s + collapse_d``.
        cost_high: D's largest, above ``cost_low``.
        own_cost: sigma, S's cost of a fight to the finish, in the same unit, 0 or more. Default 0:
            the benchmark's.
        offers_per_round: m, offers per round of fighting, above 0; the costs of a fight to the
            finish do not depend on it. Default 1: one offer before each round.

    Returns:
        The offers, who refuses them, and the mean length and end of the war.

    Raises:
        InputError: if a number is out of range, or the first offer would be negative (D's costs
            are so large against its power that it would accept nothing at all).
    """
    assume = Assumptions("powell_private_cost")
    k_s = assume.number("collapse_s", collapse_s, 0, 1, open_low=True)
    k_d = assume.number("collapse_d", collapse_d, 0, 1)
    low, high = assume.cost("cost_low", cost_low), assume.cost("cost_high", cost_high)
    sigma = assume.cost("own_cost", own_cost)
    m = assume.number("offers_per_round", offers_per_round, 0, open_low=True)
    assume.check()
    assume.that(
        k_s + k_d < 1,
        "collapse_s, collapse_d",
        f"The chances of a collapse exclude each other and must add to less than 1, but add to"
        f" {k_s + k_d:g}.",
        "Use shorter rounds.",
    )
    assume.that(
        low < high,
        "cost_high",
        f"Argument `cost_high` must be above `cost_low` ({low:g}), but is {high:g}.",
        "Exchange the numbers; for a known cost c the offer is power - c, accepted at once.",
    ).check()
    power = k_s / (k_s + k_d)
    beta = (1 - k_s - k_d) ** (1 / m)
    rounds = expected_rounds(high - low, sigma + low, beta)
    assume.that(
        rounds <= _LONGEST,
        "offers_per_round",
        "There would be too many offers to work through: offers follow one another too closely,"
        " or `own_cost + cost_low` is almost but not quite 0.",
        "Use fewer offers per round, or make the small cost exactly 0.",
    ).check()
    sequence = price_sequence(high - low, sigma + low, beta)
    offers = power - low - np.array(sequence.prices)
    assume.that(
        bool(offers[0] >= 0),
        "cost_high",
        f"The model assumes that offers are shares, but the first would be {offers[0]:.3g}: D"
        f" wins a fight to the finish only with probability {power:g}.",
        "Reduce the costs or raise `collapse_s`.",
    ).check()
    left = np.array(sequence.left)
    fought = float(np.sum(left * beta ** np.arange(left.size)))
    return PowellPrivateCost(
        offers=tuple(float(x) for x in offers),
        fights_on=sequence.left,
        power=power,
        concession_ratio=(
            float((power - offers[1]) / (power - offers[0])) if len(offers) > 1 else None
        ),
        expected_battles=fought / m,
        collapse_probability=(1 - beta) * fought,
        utility_s=1 - power - sigma + sequence.gain,
    )
