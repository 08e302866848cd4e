"""What each side expects from war, from a ceasefire, and from a settlement.

    V_W(c)    = F(c)                              + phi theta_W
    V_C(c)    = (now - x c burden / i + F(c) + slope refit) / 2 + phi (theta_W + theta_C) + rho theta_R
    V_S(c; x) = S(c; x)                           + tau(x)' theta_S g

F is the value of fighting it out (see ``features``), slope its slope in the advantage, i the impatience a
year, x the share of the cost that a pause goes on costing, rho what has come of resting so far, refit what
half a year of quiet would add to one's own force, less what it would add to the enemy's. S is a settlement
worth u in which side k breaks at rate h_k, and after a breach the war is fought out:

    h_k = rho e exp(l (F_k - slope_k (help_k' - shift_k) - breach cost_k - u_k)),   r_k = h_k / (h_k + h_k' + i)
    e   = 1 / (1 - l provocation),  provocation: of a mean month's incidents, less what is cleared up
    S   = (1 - r - r') u + r' (F + slope (help + shift)) + r (F - slope (help' - shift) - breach cost)

help: the force that guarantors are expected to add, shift: what caps on forces and refitting change in the
advantage.
While a settlement waits for ratification it is worth q V_S + (1 - q) V_W + (what the wait itself changes),
q the chance of ratification: what failing at home leads to is the war as it is bargained over, not F.
phi, g: features of the state; tau: features of the terms. The same linear form serves both sides, each with
its own coefficients (a head each).
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.features import (
    BELIEF,
    COST_SCALE,
    DOUBT,
    RESTING,
    TYPE,
    WAR_PUBLIC,
    Rows,
    Standing,
    belief_features,
    dot,
    doubt_features,
    type_features,
)
from ripeness.war.process import other
from ripeness.war.ratification import chance_to_pass
from ripeness.worlds.bundle import Bundle

FIGHTING = WAR_PUBLIC + BELIEF + DOUBT + TYPE
"""Coefficients of the value of war; that of a ceasefire has as many and those of resting."""

STATE, TERMS, WAITING = 9, 7, 4
"""Features of the state and of the terms in the value of a settlement, and those of one not yet ratified."""

SETTLED = (STATE + 1) * TERMS + WAITING
FEATURES = 2 * FIGHTING + RESTING + SETTLED
"""Coefficients of one side."""

WAR_BLOCK = slice(0, FIGHTING)
CEASEFIRE_BLOCK = slice(FIGHTING, 2 * FIGHTING)
RESTING_BLOCK = slice(2 * FIGHTING, 2 * FIGHTING + RESTING)
SETTLED_BLOCK = slice(2 * FIGHTING + RESTING, FEATURES)

LONG_WAIT = 6.0
"""Months longer that ratification takes count as one."""

STEEPEST = 6.0
"""Largest exponent of an expected rate of breach."""


MOST_PROVOKED = 0.8
"""Incidents raise an expected rate of breach to five times at most."""


class Linear(eqx.Module):
    """A value linear in a side's own cost of war: ``level + cost slope``."""

    level: Float[Array, "2 *item world"]
    slope: Float[Array, "2 *item world"]

    def at(self, cost: Array) -> Array:
        """Return the value for this own cost, a year."""
        return self.level + cost * self.slope


class Fighting(eqx.Module):
    """The value of war or of a ceasefire."""

    value: Linear
    by_own: Float[Array, "2 world"]  # change of the level with the public mean of one's own cost
    by_enemy: Float[Array, "2 world"]  # and with that of the enemy's


class Deal(eqx.Module):
    """Terms as values see them, own first."""

    worth: Float[Array, "2 *item world"]  # value of holding what they give for ever
    help: Float[Array, "2 *item world"]  # expected log force that guarantors add after a breach
    shift: Float[Array, "2 *item world"]  # change of own advantage by caps on forces, log ratio
    passes: Float[Array, "*item world"]  # factor on the odds of ratification
    wait: Float[Array, "*item world"]  # months that ratification takes longer
    monitoring: Float[Array, "*item world"]  # share of incidents along the line that is cleared up


def fight_out(s: Standing) -> Linear:
    """Return the value of fighting it out."""
    return Linear(s.share, -s.endure)


def ceasefire_baseline(s: Standing, parameters: Bundle) -> Linear:
    """Return the baseline of a ceasefire: half a pause for ever, half the war after it."""
    for_ever = parameters.diplomacy.ceasefire_cost * s.burden / s.impatience
    refitted = s.share + s.slope * s.refit
    return Linear(0.5 * (s.now + refitted), -0.5 * (for_ever + s.endure))


def fighting_features(
    s: Standing, public: Float[Array, "feature 2 world"], mean: Array, cost: Array
) -> Float[Array, "all_features 2 world"]:
    """Return all features of the value of war or ceasefire for this own cost and public belief."""
    width = public[ROOM_WIDTH]
    own = COST_SCALE * (cost - s.cost_usual)
    rest = [*belief_features(s, width, mean), *doubt_features(s)]
    return jnp.concatenate([public, jnp.stack(rest), own * jnp.stack(type_features(s, width))])


ROOM_WIDTH = 33
"""Place of the width of the zone of agreement among the public features."""


def fighting_value(
    s: Standing, public: Float[Array, "feature 2 world"], coefficients: Array, baseline: Linear
) -> Fighting:
    """Return the value of war or ceasefire.

    Args:
        s: where both sides stand.
        public: public features.
        coefficients: ``(2, FIGHTING, 1)``.
        baseline: what the features correct.
    """
    width = public[ROOM_WIDTH]
    ends = (WAR_PUBLIC, WAR_PUBLIC + BELIEF, WAR_PUBLIC + BELIEF + DOUBT, FIGHTING)
    plain, belief, doubt, types = (
        coefficients[:, start:stop] for start, stop in zip((0, *ends[:-1]), ends, strict=True)
    )
    slope = COST_SCALE * dot(types, type_features(s, width))
    level = (
        dot(plain, public)
        + dot(belief, belief_features(s, width, s.cost_seen))
        + dot(doubt, doubt_features(s))
        - s.cost_usual * slope
    )
    own = COST_SCALE * s.burden
    by_own = own * (belief[:, 0] + width * belief[:, 2] + s.advantage * belief[:, 4])
    by_enemy = other(own) * (belief[:, 1] + width * belief[:, 3] + s.advantage * belief[:, 5])
    value = Linear(baseline.level + level, baseline.slope + slope)
    return Fighting(value, by_own, by_enemy)


def state_features(s: Standing) -> Rows:
    """Return the public features of the state in the value of a settlement."""
    seen = COST_SCALE * (s.cost_seen - s.cost_usual) * s.burden
    slow = (s.impatience - 0.15) / 0.05
    gap = s.share - s.cost_usual * s.endure - s.now
    return [
        jnp.ones_like(s.share), s.advantage, s.optimism, s.rest, slow, other(slow), seen, other(seen), gap
    ]  # fmt: skip


class Breach(eqx.Module):
    """Shares of discounted time that breaches take, and what they lead to."""

    own: Float[Array, "2 *item world"]
    enemy: Float[Array, "2 *item world"]


def breach_of(s: Standing, deal: Deal, parameters: Bundle) -> Breach:
    """Return how far each side expects breaches by either, from what both can see."""
    p = parameters.diplomacy
    lift = (slice(None), *(None,) * (deal.worth.ndim - 2))
    expected = (s.share - s.cost_seen * s.endure - p.breach_cost)[lift]
    gain = expected - s.slope[lift] * (other(deal.help) - deal.shift - s.refit[lift]) - deal.worth
    # Cut above only: a floor under the odds would charge a share of any breach cost, however deterrent.
    odds = jnp.exp(jnp.minimum(p.precision * gain, STEEPEST))
    rate = p.reconsider * odds * provoked(deal, parameters)
    together = rate + other(rate) + s.impatience[lift]
    return Breach(rate / together, other(rate) / together)


def provoked(deal: Deal, parameters: Bundle) -> Float[Array, "*item world"]:
    """Return by how much incidents along the line raise the rate of breach, whose severity is exponential."""
    p = parameters.diplomacy
    left = 1.0 - jnp.maximum(deal.monitoring, p.monitoring)
    often = p.precision * p.provocation * p.incidents_in_peace * left
    return 1.0 / (1.0 - jnp.minimum(often, MOST_PROVOKED))


def terms_features(s: Standing, deal: Deal, breach: Breach) -> Rows:
    """Return the features of the terms."""
    lift = (slice(None), *(None,) * (deal.worth.ndim - 2))
    usual = (s.share - s.cost_usual * s.endure)[lift]
    surplus = deal.worth - usual
    return [
        jnp.ones_like(surplus), surplus, other(surplus), breach.own, breach.enemy,
        deal.help, other(deal.help),
    ]  # fmt: skip


def settled_baseline(s: Standing, deal: Deal, breach: Breach, parameters: Bundle) -> Linear:
    """Return what a ratified settlement would be worth by the equation in the module header."""
    lift = (slice(None), *(None,) * (deal.worth.ndim - 2))
    slope, kept = s.slope[lift], 1.0 - breach.own - breach.enemy
    rested = s.share[lift] + slope * (deal.shift + s.refit[lift])
    struck = rested + slope * deal.help
    strike = rested - slope * other(deal.help)
    strike = strike - parameters.diplomacy.breach_cost[lift]
    level = kept * deal.worth + breach.enemy * struck + breach.own * strike
    return Linear(level, -(breach.own + breach.enemy) * s.endure[lift])


def ratified(deal: Deal, parameters: Bundle) -> Float[Array, "*item world"]:
    """Return the chance that these terms pass at home."""
    return chance_to_pass(deal.passes, parameters)


def waiting(settled: Linear, war: Linear, chance: Float[Array, "*item world"]) -> Linear:
    """Return what terms are worth before ratification, from their worth in force and that of war."""
    lift = (slice(None), *(None,) * (settled.level.ndim - 2))
    return Linear(
        chance * settled.level + (1.0 - chance) * war.level[lift],
        chance * settled.slope + (1.0 - chance) * war.slope[lift],
    )


def settled_features(
    s: Standing, deal: Deal, breach: Breach, own_cost: Array, pending: Array, parameters: Bundle
) -> Float[Array, "feature 2 world"]:
    """Return all features of the value of these terms; while they are pending those of war come on top."""
    own = COST_SCALE * (own_cost - s.cost_usual)
    state = jnp.stack([*state_features(s), own])
    terms = jnp.stack(terms_features(s, deal, breach))
    both = (terms[:, None] * state[None]).reshape(-1, *own.shape)
    kept = 1.0 - pending * (1.0 - ratified(deal, parameters))
    longer = deal.wait / LONG_WAIT * terms[0]
    return jnp.concatenate([kept * both, pending * jnp.stack([terms[0], terms[1], own, longer])])


class SettledForm(eqx.Module):
    """Coefficients of the features of the terms once the state is known: ``(2, world)`` each."""

    level: Rows
    slope: Rows
    wait: Rows


def settled_form(s: Standing, coefficients: Array) -> SettledForm:
    """Return the value of a settlement as a function of its terms alone.

    ``coefficients`` is ``(2, SETTLED, 1)``.
    """
    state, width = state_features(s), STATE + 1
    level, slope = [], []
    for place in range(TERMS):
        block = coefficients[:, place * width : (place + 1) * width]
        own = COST_SCALE * block[:, STATE] * jnp.ones_like(s.share)
        slope.append(own)
        level.append(dot(block[:, :STATE], state) - s.cost_usual * own)
    wait = [coefficients[:, TERMS * width + k] * jnp.ones_like(s.share) for k in range(WAITING)]
    return SettledForm(level, slope, wait)


def settled_value(
    s: Standing, form: SettledForm, deal: Deal, pending: Array, war: Linear, parameters: Bundle
) -> Linear:
    """Return the value of these terms; ``deal`` may carry an item axis, ``pending`` is 0 or 1.

    ``war`` is the value of war, to which terms lead that are not ratified.
    """
    lift = (slice(None), *(None,) * (deal.worth.ndim - 2))
    breach = breach_of(s, deal, parameters)
    terms = terms_features(s, deal, breach)
    force = settled_baseline(s, deal, breach, parameters)
    level, slope = force.level, force.slope
    for row, by_level, by_slope in zip(terms, form.level, form.slope, strict=True):
        level = level + row * by_level[lift]
        slope = slope + row * by_slope[lift]
    unsure = waiting(Linear(level, slope), war, ratified(deal, parameters))
    own = COST_SCALE * form.wait[2][lift]
    wait = form.wait[0][lift] + form.wait[1][lift] * terms[1] - s.cost_usual[lift] * own
    wait = wait + form.wait[3][lift] * deal.wait / LONG_WAIT
    return Linear(
        level + pending * (unsure.level + wait - level),
        slope + pending * (unsure.slope + own - slope),
    )
