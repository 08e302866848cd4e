"""13 Displacement: people who flee when the line moves, and return when the guns rest.

    flight' = people_per_km2 |dA| exp(s z - s^2 / 2)               in war only
    D'      = D + flight - return D dt                             [return: outside war]

A skeleton: copy it to ``src/ripeness/war/processes/``, rename it, and change the model. The header says
what the equations are, where they come from, what is assumed, and in the last sentence what would break
it; docs/model.md prints it. All forms here are assumed. It would break if people fled before the line
reached them.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import Moment
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle

# Numbers that an analyst could doubt belong in a scenario: a group in `scenario/parameters.py`, read
# here as `parameters.displacement.people_per_km2`. Only definitions stay in the code, and each has a
# name, a meaning and its source or the word "assumed".
PEOPLE_PER_KM2 = 20.0
"""People who flee per square kilometre that changes hands (assumed)."""

SURPRISE = 0.5
"""Standard deviation of the logarithm of a week's flight (assumed)."""

RETURN = 0.5
"""Share of the displaced who return in a year without fighting, as a rate (assumed)."""


class DisplacementPart(eqx.Module):
    """This process's part of the state: what the next week needs. A unit beside every field."""

    displaced: Float[Array, world]  # people
    fled: Float[Array, world]  # people, since the start
    returned: Float[Array, world]  # people, since the start


class Displacement:
    """Who had to leave."""

    name = "displacement"

    def start(self, parameters: Bundle) -> DisplacementPart:
        """Return a country in which nobody has fled yet."""
        nobody = jnp.zeros_like(parameters.front.mobility)  # one number per world, float32
        return DisplacementPart(nobody, nobody, nobody)

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> DisplacementPart:
        """Return the displaced one week on: read any part of the state, return your own."""
        del parameters
        old = state.displacement
        moved = jnp.abs(state.front.change[0])
        # The stream carries the process's name, so that nobody else's luck moves. The names after it
        # are of whoever has luck of their own; here it is the country.
        chance = moment.luck.normal_of("displacement", ("country",), moment.week)[0, 0]
        surprise = jnp.exp(SURPRISE * chance - 0.5 * SURPRISE**2)
        at_war = fighting(state)
        fleeing = jnp.where(at_war, PEOPLE_PER_KM2 * moved * surprise, 0.0)
        going_home = jnp.where(at_war, 0.0, old.displaced * (RETURN / WEEKS_PER_YEAR))
        return DisplacementPart(
            displaced=old.displaced + fleeing - going_home,
            fled=old.fled + fleeing,
            returned=old.returned + going_home,
        )


# In `war/order.py`, where it belongs in the week:   Displacement(),  # 13 who had to leave
