"""What expectations are made of: the features of a side's situation, in its own terms.

Row i of every array is side i's: its own quantities first, the enemy's after them. Nothing here is private
except a side's own cost of war c, in which every value is linear, so that the enemy can average over the
types it holds possible:

    value(c) = A + c B          A, B: from what both sides can see

``fight out``: what each side would get from fighting on with no more bargaining. It is learnt once, before
the iterations, and is the baseline of every value (share of the stakes less c times burdened years), so
that the iterations learn only what bargaining is worth.

    fight_out(c) = share - c endure

Scales are chosen so that features are of order one; they do not matter to the answer.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.agreement import zone_of_agreement
from ripeness.bargaining.expectations.responses import added
from ripeness.bargaining.prospects import Prospect, fighting_value, prospect
from ripeness.bargaining.strategy import Situation
from ripeness.war.process import other
from ripeness.war.state import ATOMS
from ripeness.worlds.bundle import Bundle

Rows = list[Array]

SHIFT = 0.3
"""Change of the advantage over which the slope of the fight-out value is taken, log ratio."""

FURTHEST = 3.0
"""Features are clipped here, three times their usual size: no world is extrapolated from far outside."""

RECOVERY_MONTHS = 6.0
"""Time constant of the rest in a ceasefire: the wounded return and units fill up within a year (assumed)."""

COST_SCALE = 20.0
"""Costs of war of .05 a year count as one."""


class Standing(eqx.Module):
    """What both sides can see of where each stands; ``(2, world)``, own terms."""

    advantage: Float[Array, "2 world"]
    optimism: Float[Array, "2 world"]  # own and enemy's believed advantage together
    now: Float[Array, "2 world"]  # value of things as they are
    share: Float[Array, "2 world"]  # of the stakes, expected from fighting it out, costs apart
    endure: Float[
        Array, "2 world"
    ]  # years of the cost at the start, discounted, of fighting it out
    slope: Float[Array, "2 world"]  # of the fight-out value in the advantage
    impatience: Float[Array, "2 world"]  # a year
    rest: Float[Array, "2 world"]
    refit: Float[Array, "2 world"]  # of the advantage, by half a year of quiet, log ratio
    burden: Float[Array, "2 world"]
    cost_seen: Float[Array, "2 world"]  # public mean of each side's own cost of war, a year
    cost_doubt: Float[Array, "2 world"]  # public standard deviation of it
    cost_usual: Float[Array, "2 world"]  # mean before the war
    expected: Prospect
    plain: Rows  # features of fighting on


def fight_out_features(situation: Situation, parameters: Bundle, expected: Prospect) -> Rows:
    """Return the features from which the value of fighting it out is learnt."""
    view, p = situation.view, parameters.diplomacy
    advantage = _clip(view.advantage / 0.5)
    share = expected.fight + (view.war_cost + view.dread) * expected.years_of_cost
    impatience = -jnp.log(p.patience)
    rest = _clip(26.0 * (view.own_loss_rate - view.enemy_loss_rate) / 0.2)
    one = jnp.ones_like(advantage)
    weary, enemy_weary = _clip(view.own_weariness / 0.2), _clip(view.enemy_weariness / 0.2)
    slow = (impatience - 0.15) / 0.05
    burden = _clip(view.burden - 1.0)
    return [
        one, advantage, advantage**2, jnp.tanh(2.0 * advantage), _clip(view.trend / 0.2),
        expected.now, share, weary, enemy_weary, burden,
        10.0 * view.pressure, 10.0 * view.dread,
        _clip(jnp.log(view.own_thinness)), _clip(jnp.log(view.enemy_thinness)),
        rest, slow, _clip(view.calm_months / 6.0) * jnp.ones_like(one),
        slow * share, slow * expected.now, slow * burden, advantage * share,
        advantage * weary, advantage * enemy_weary,
        _clip((parameters.information.prior_spread - 0.25) / 0.1) * one,
    ]  # fmt: skip


FIGHT_OUT = 24
"""Number of fight-out features."""


def standing_of(situation: Situation, parameters: Bundle) -> Standing:
    """Return where both sides stand."""
    view, e = situation.view, parameters.expectations
    expected = prospect(view, parameters, situation.table)
    plain = fight_out_features(situation, parameters, expected)
    share, endure = dot(e.share, plain), dot(e.endure, plain)
    below, _ = fighting_value(view, parameters, situation.table, view.advantage - SHIFT)
    here, _ = fighting_value(view, parameters, situation.table, view.advantage)
    mean, doubt = seen_cost(situation.belief, e, parameters)
    return Standing(
        advantage=plain[1],
        optimism=_clip((view.advantage + other(view.advantage)) / 0.3),
        now=expected.now,
        share=jnp.clip(share, -0.5, 1.2),
        endure=jnp.clip(endure, 0.0, 12.0),
        slope=jnp.maximum(here - below, 0.0) / SHIFT,
        impatience=-jnp.log(parameters.diplomacy.patience),
        rest=plain[14],
        refit=view.own_refit - view.enemy_refit,
        burden=view.burden,
        cost_seen=mean,
        cost_doubt=doubt,
        cost_usual=added(types_of(e, parameters), 1) / ATOMS,
        expected=expected,
        plain=plain,
    )


def types_of(e: Bundle, parameters: Bundle) -> Float[Array, "2 atom world"]:
    """Return the costs of war, a year, that each side's enemy holds possible; the true one if public."""
    true = parameters.diplomacy.war_cost[:, None]
    return jnp.where(
        e.public > 0.5, true, jnp.broadcast_to(e.atoms, (2, e.atoms.shape[1], true.shape[-1]))
    )


def seen_cost(
    belief: Float[Array, "2 atom world"], e: Bundle, parameters: Bundle
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return mean and standard deviation of the public belief about each side's cost of war."""
    types = types_of(e, parameters)
    mean = added(belief * types, 1)
    variance = added(belief * (types - mean[:, None]) ** 2, 1)
    return mean, jnp.sqrt(jnp.maximum(variance, 1e-12))


def war_features(situation: Situation, parameters: Bundle, s: Standing) -> Rows:
    """Return the public features of the value of war and of a ceasefire, beliefs about types apart."""
    view, p = situation.view, parameters.diplomacy
    fight_out = s.share - s.cost_usual * s.endure
    zone = zone_of_agreement(
        situation.area, fight_out + view.leader_cost - 0.5 * situation_fear(parameters), s.now,
        parameters, situation.table,
    )  # fmt: skip
    width = _clip(zone.width / 0.2) * jnp.ones_like(s.share)
    room = jnp.maximum(width, 0.0)
    leader, enemy_leader = 10.0 * view.leader_cost, 10.0 * other(view.leader_cost)
    offers = (p.signing_chance - 0.18) / 0.06 * jnp.ones_like(s.share)
    gap = s.now - fight_out
    attack, breach = (_clip(10.0 * cost - 0.5) for cost in (p.attack_cost, p.breach_cost))
    slow = (s.impatience - 0.15) / 0.05
    return [
        *s.plain,
        other(s.now), other(s.share), s.optimism, fight_out, other(fight_out),
        s.endure / 3.0, other(s.endure) / 3.0, leader, enemy_leader,
        width, room, room * offers, room * s.optimism, room * slow, room * other(slow), room * leader,
        gap, s.advantage * gap, attack, other(attack), breach, other(breach),
        (p.ceasefire_cost - 0.28) / 0.1 * jnp.ones_like(s.share),
        _clip(jnp.log(p.precision / 30.0)) * jnp.ones_like(s.share), s.optimism**2 - 1.0,
    ]  # fmt: skip


WAR_PUBLIC = FIGHT_OUT + 25
"""Number of public features of war and ceasefire."""


def resting_features(situation: Situation) -> Rows:
    """Return what only a ceasefire that has lasted is worth more or less than one that begins.

    Whoever rests gathers strength, and most of it early: without these a ceasefire that begins would be taken
    for one in which the rearming is done, and the side that gains by it would be thought to lose. What both
    have still to gain by refitting, each at its own rate, is seen by both.
    """
    view = situation.view
    rested = 1.0 - jnp.exp(-view.paused_months / RECOVERY_MONTHS)
    own, enemy = _clip(view.own_refit / 0.1), _clip(view.enemy_refit / 0.1)
    return [
        rested, rested * _clip(view.advantage / 0.5), rested * _clip(view.trend / 0.2), own, enemy,
    ]  # fmt: skip


RESTING = 5
"""Number of features that only a ceasefire has."""


def situation_fear(parameters: Bundle) -> Array:
    """Return what the frontier's values leave out for fear of a breach, which expectations price anew."""
    return parameters.diplomacy.fear


def belief_features(s: Standing, width: Array, mean: Array) -> Rows:
    """Return the features that move with public beliefs about costs; linear in ``mean``, ``(2, world)``."""
    own = COST_SCALE * (mean - s.cost_usual) * s.burden
    enemy = other(own)
    return [own, enemy, width * own, width * enemy, s.advantage * own, s.advantage * enemy]


BELIEF = 6
"""Number of features that move with beliefs."""


def doubt_features(s: Standing) -> Rows:
    """Return how uncertain the types still are."""
    own = COST_SCALE * s.cost_doubt * s.burden
    return [own, other(own)]


DOUBT = 2


def type_features(s: Standing, width: Array) -> Rows:
    """Return what a side's own cost, over the usual, is multiplied with."""
    one = jnp.ones_like(s.share)
    enemy = other(COST_SCALE * (s.cost_seen - s.cost_usual) * s.burden)
    return [one, s.advantage, width, s.endure / 3.0, s.burden - 1.0, enemy]


TYPE = 6
"""Number of features that a side's own cost is multiplied with."""


def dot(
    coefficients: Float[Array, "2 feature #world"], rows: Rows | Float[Array, "feature 2 world"]
) -> Float[Array, "2 world"]:
    """Return the value of a linear form, written out so that it fuses with what makes the rows."""
    value = coefficients[:, 0] * rows[0]
    for place in range(1, len(rows)):
        value = value + coefficients[:, place] * rows[place]
    return value


def _clip(value: Array) -> Array:
    return jnp.clip(value, -FURTHEST, FURTHEST)
