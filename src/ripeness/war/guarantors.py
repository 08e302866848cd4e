"""Whether a guarantor honours its word when the peace that it stands behind is broken.

    honours  iff  resolve > cost d + caution (T - T_0)           resolve: logistic, known to nobody beforehand
    chance   = c / (c + (1 - c) exp(cost d + caution (T - T_0)))
    d_s      = log2 of the enemy's force over own, over what it was at the start

c is its credibility: the chance where forces and tension are as at the start of the war. A guarantor weighs
what its word is worth to it against what keeping it would cost: more if the enemy has outgrown the side
protected, more if the edge is near. That alliances are honoured less often where circumstances have changed
since they were made is the finding of Leeds (2003, International Organization 57); the logit form and the
numbers are assumed. It would break if a guarantor's own losses changed its mind in the war that follows.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.war.process import for_sides
from ripeness.war.processes.combat import force_at_start
from ripeness.worlds.bundle import Bundle

LOG_TWO = 0.6931471805599453

STEEPEST = 10.0
"""Largest change of the log odds: far beyond what moves a chance."""


def hardship(state: Bundle, parameters: Bundle) -> Float[Array, "2 2 world"]:
    """Return what makes honouring a word to each side harder than at the start; all can see it.

    Returns:
        Doublings of the enemy's force over own, then the log odds that tension takes.
    """
    force = jnp.log(jnp.maximum(state.combat.force, 1.0) / force_at_start(parameters))
    outgrown = for_sides(force[1] - force[0]) / LOG_TWO
    tension = state.escalation.tension - parameters.escalation.tension
    fright = parameters.diplomacy.guarantor_caution * tension
    return jnp.stack([outgrown, jnp.broadcast_to(fright, outgrown.shape)])


def in_place(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the chance that a guarantor of each side honours its word now; none while not in place."""
    terms = state.diplomacy.terms
    honours = honour_chance(terms.credibility, terms.cost, hardship(state, parameters))
    return jnp.where(state.diplomacy.months >= terms.delay, honours, 0.0)


def honour_chance(
    credibility: Float[Array, "2 *item world"],
    cost: Float[Array, "2 *item world"],
    harder: Float[Array, "2 2 *#item world"],
) -> Float[Array, "2 *item world"]:
    """Return the chance that guarantees are honoured now; none and certainty stay what they are.

    Args:
        credibility: chance were things as at the start.
        cost: log odds lost per doubling of the enemy's force over own.
        harder: see ``hardship``.
    """
    lost = jnp.clip(cost * harder[0] + harder[1], -STEEPEST, STEEPEST)
    return credibility / (credibility + (1.0 - credibility) * jnp.exp(lost))
