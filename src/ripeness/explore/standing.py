"""How a world stands at its start: what no single number says, but many together.

signable   some package crosses no red line of either side
joint gain max over such packages of what both sides together get, less what they have without a deal
advantage  log of the first side's force over the second's, hidden quality included
"""

from __future__ import annotations

from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from ripeness.bargaining.agreement import line_values
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.packages import Packages
from ripeness.bargaining.prospects import line_value
from ripeness.war.processes.combat import force_at_start, hidden_advantage
from ripeness.war.processes.front import held_by_each
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds


class Standing(NamedTuple):
    """One thing that can be said of a world at its start.

    Attributes:
        meaning: what it is; ``{first}`` stands for the first side.
        unit: its unit; ``yes or no`` for what holds or does not.
        yes: said of worlds in which it holds.
        no: said of worlds in which it does not.
    """

    meaning: str
    unit: str
    yes: str = ""
    no: str = ""


YES_OR_NO: Final = "yes or no"
SIGNABLE: Final = "start.signable"

STANDINGS: Final[dict[str, Standing]] = {
    SIGNABLE: Standing(
        "red lines leave something to sign", YES_OR_NO,
        "red lines leave something to sign", "every package crosses a red line",
    ),
    "start.joint_gain": Standing(
        "what the best package would bring both sides together, over things as they are",
        "shares of the stakes",
    ),
    "start.advantage": Standing(
        "true advantage of {first} in force, hidden quality included", "log ratio"
    ),
}  # fmt: skip
"""By name. The names look like paths of numbers, but no scenario states them."""


def standing_of(worlds: Worlds, packages: Packages) -> dict[str, np.ndarray]:
    """Return each thing that can be said of the worlds at their start, ``(world,)`` by its name."""
    parameters, table = jax.tree.map(jnp.asarray, (worlds.parameters, packages.table))
    found = _standing(parameters, table)
    return {
        name: np.asarray(value, dtype=np.float64)
        for name, value in zip(STANDINGS, found, strict=True)
    }


@jax.jit  # as one program: compiled piece by piece it takes seconds
def _standing(parameters: Bundle, table: Bundle) -> tuple[Array, Array, Array]:
    """Return whether something can be signed, the joint gain and the first side's advantage."""
    area = parameters.front.area_held[0]
    line = line_values(area, parameters, table).sum(axis=0).max(axis=0)
    rest = table.value.sum(axis=0).max(axis=0)
    signable = line + rest > NOTHING / 2.0
    now = line_value(held_by_each(area, parameters), parameters, table) + table.status_quo
    gain = jnp.where(signable, jnp.maximum(line + rest - now.sum(axis=0), 0.0), 0.0)
    force = jnp.log(force_at_start(parameters))
    advantage = force[0] - force[1] + hidden_advantage(parameters)
    return signable, gain, advantage
