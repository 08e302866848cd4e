"""13 Displacement: people who flee from land that their side loses, and return in peace.

    flight_s = people_per_km2 lost_s exp(sigma z - sigma^2 / 2)     [war]
    D_s'     = D_s + flight_s - return D_s dt                       [return: outside war]

A skeleton: copy it to ``src/ripeness/war/processes/``, rename it, and change the model. The header
states the equations, where they come from, what is assumed and, in the words used below, what would
break it; docs/model.md prints it. All forms here are assumed. It would break if people fled before
the line reached them.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import Moment, for_sides
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle

# A number that an analyst could doubt belongs in a scenario: a group in `scenario/parameters/`,
# read here as `parameters.displacement.people_per_km2`. What stays in the code has a name, a meaning
# and its source, or the word "assumed".
PEOPLE_PER_KM2 = 20.0
"""People who flee per square kilometre lost (assumed)."""

SURPRISE = 0.5
"""Standard deviation of the logarithm of a week's flight (assumed)."""

RETURN = 0.5
"""Share of the displaced who return in a year without fighting, as a rate (assumed)."""


class DisplacementPart(eqx.Module):
    """This process's part of the state: what the next week needs, a unit beside each field."""

    displaced: Float[Array, "2 world"]  # people
    fled: Float[Array, "2 world"]  # people, since the start
    returned: Float[Array, "2 world"]  # people, since the start


class Displacement:
    """Who had to leave."""

    name = "displacement"

    def start(self, parameters: Bundle) -> DisplacementPart:
        """Return a war from which nobody has fled yet."""
        nobody = jnp.zeros_like(parameters.front.area_held)  # (side, world), float32
        return DisplacementPart(nobody, nobody, nobody)

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> DisplacementPart:
        """Return the displaced one week on: read any part of the state, return your own."""
        del parameters
        old = state.displacement
        lost = jnp.maximum(-for_sides(state.front.change[0]), 0.0)
        # The stream bears the process's name: a new process moves nobody else's luck. Each side
        # draws under its own name, so that listing the sides the other way round changes nothing.
        chance = moment.luck.normal_of("displacement", moment.names.sides, moment.week)
        surprise = jnp.exp(SURPRISE * chance - 0.5 * SURPRISE**2)
        at_war = fighting(state)
        fleeing = jnp.where(at_war, PEOPLE_PER_KM2 * lost * surprise, 0.0)
        going_home = jnp.where(at_war, 0.0, old.displaced * (RETURN / WEEKS_PER_YEAR))
        return DisplacementPart(
            displaced=old.displaced + fleeing - going_home,
            fled=old.fled + fleeing,
            returned=old.returned + going_home,
        )


# In `war/order.py`, where it belongs in the week:   Displacement(),  # 13 who had to leave
