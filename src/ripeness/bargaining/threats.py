"""What both sides make of an ultimatum that has not run out: a promise to arm the victim of a refusal.

    change_s  = k e log(1 + a (u - 1))      of the advantage of the side to be armed, while w <= deadline
    a         = aid / (aid + own production), this week's flows of arms

k: chance that the threat is carried out, u: aid over what was pledged, e: the share of equipment in force.
Credibility as a chance is Schelling's (1966, "Arms and Influence"); that arms follow their inflow one for one
in the end is assumed. Where talks have made progress, or the guns rest, it would not be carried out. The
sanctions that come with it are not anticipated. It would break if a threat also angered whom it is meant for.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WAR
from ripeness.war.process import SMALL, other
from ripeness.worlds.bundle import Bundle

EQUIPMENT_SHARE = 0.5
"""Growth of force with equipment, log on log, where men and equipment bind alike: a half by symmetry."""


def threat_ahead(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return by how much each side expects its advantage to change, log ratio."""
    p = parameters.sanctions
    deadline = jnp.round(p.deadline_week)
    # In the week of the deadline talks come before it is looked at.
    ahead = (deadline >= jnp.maximum(state.calendar.week, 1.0)) & ~state.diplomacy.progress
    ahead &= state.diplomacy.regime == WAR
    flow = state.aid.used + state.economy.production
    share = state.aid.used / jnp.maximum(flow, SMALL)
    rise = jnp.log1p(jnp.maximum(share * (p.ultimatum_aid - 1.0), SMALL - 1.0))
    armed = jnp.where(other(p.secondary) > 0, rise, 0.0)  # the enemy of whoever is threatened
    change = jnp.where(ahead, p.ultimatum_kept * EQUIPMENT_SHARE, 0.0) * armed
    return change - other(change)
