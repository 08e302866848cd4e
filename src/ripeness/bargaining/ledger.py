"""What a war has consumed so far, as both sides can count it: battles, and what is left to endure with.

    fought   = mean over sides of  casualties since the start / casualties a week at the start      weeks
    left_s   = min(support / support_0,  people / people_0,  (1 - strain) / (1 - strain_0),  1)     0 to 1
    people   = pool + in training + at the front + recovering

Fighting is counted in losses, not in weeks: a quiet month teaches less and wears down less than a loud
one. What is left is what there is least of (a chain breaks at its weakest link): a side that still has
men is at its end if its economy or its public is. Both are assumed to be seen by all.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.war.process import SMALL, for_sides, total
from ripeness.war.processes.combat import visible_advantage
from ripeness.war.processes.manpower import pool_at_start
from ripeness.worlds.bundle import Bundle


def weeks_fought(state: Bundle, parameters: Bundle) -> Float[Array, "world"]:
    """Return the fighting since the start, in weeks at the start's losses; the same for both sides."""
    usual = jnp.maximum(parameters.combat.casualties, 1.0)
    return total(state.manpower.casualties / usual) / 2.0


def endurance(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return what each side has left to endure with, over the start's, 0 to 1."""
    support = state.home_front.support / jnp.maximum(parameters.home_front.support, SMALL)
    slack = (1.0 - state.economy.strain) / jnp.maximum(1.0 - parameters.economy.strain, SMALL)
    people = _people(state) / jnp.maximum(_people_at_start(parameters), 1.0)
    return jnp.clip(jnp.minimum(jnp.minimum(support, slack), people), 0.0, 1.0)


def prior_advantage(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the own advantage that each side would believe in now had battle taught it nothing."""
    info = parameters.information
    return for_sides(visible_advantage(state) + info.prior_mean) + info.optimism


def _people(state: Bundle) -> Float[Array, "2 world"]:
    men = state.manpower
    return men.pool + men.training[0] + men.training[1] + men.troops + men.recovering


def _people_at_start(parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the people that ``_people`` counts at the start: see ``Manpower.start``."""
    men, combat = parameters.manpower, parameters.combat
    returning = combat.casualties * (1.0 - combat.killed_share - combat.disabled_share)
    training = men.intake * men.training_weeks
    return pool_at_start(parameters) + training + men.troops + returning * combat.recovery_weeks
