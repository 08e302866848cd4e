"""From what each side would sign at least for, to whether and what they sign.

The zone of agreement is open where some package gives both sides their reservation value; its width is
the best package's smaller surplus. Of the packages in an open zone the sides come to the one with the
largest product of surpluses (Nash 1950), the usual stand-in for a bargain whose moves are not modelled.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.prospects import line_value
from ripeness.war.processes.front import theatre_of
from ripeness.war.state import Terms
from ripeness.worlds.bundle import Bundle

CLOSED = NOTHING / 2.0
"""Below this a value means that a red line rules the package out."""


class Zone(NamedTuple):
    """The zone of agreement."""

    open: Bool[Array, "world"]
    width: Float[Array, "world"]  # shares of the stakes; negative when empty
    line: Int[Array, "world"]  # of the package with the largest product of surpluses
    point: Int[Array, "world"]
    serious: Bool[Array, "2 world"]  # the side would sign something that leaves the other no worse


def package_values(
    area: Float[Array, "world"], parameters: Bundle, table: Bundle
) -> tuple[Float[Array, "2 line point world"], Float[Array, "line world"]]:
    """Return what every package on the frontier is worth to each side, and where it puts the line."""
    line = jnp.where(jnp.isnan(table.line_area), area, table.line_area)
    own = jnp.stack([line, theatre_of(parameters) - line])
    worth = line_value(own, parameters, table)
    worth = jnp.where(table.line_allowed, worth, NOTHING)
    return worth[:, :, None] + table.value[:, None], line


def zone_of_agreement(
    area: Float[Array, "world"],
    reservation: Float[Array, "2 world"],
    now: Float[Array, "2 world"],
    parameters: Bundle,
    table: Bundle,
) -> Zone:
    """Return the zone between the sides' reservation values.

    Args:
        area: held by the first side, km2.
        reservation: least value each side would sign for.
        now: value to each side of things as they are.
        parameters: the worlds' parameters.
        table: the packages.

    Returns:
        Whether it is open, how wide it is, and the package in it that the sides come to.
    """
    value, _ = package_values(area, parameters, table)
    surplus = value - reservation[:, None, None]
    smaller = jnp.minimum(surplus[0], surplus[1])
    width = jnp.max(smaller, axis=(0, 1))
    product = jnp.where(smaller >= 0, surplus[0] * surplus[1], smaller)
    points = product.shape[1]
    best = jnp.argmax(product.reshape(-1, product.shape[-1]), axis=0).astype(jnp.int32)
    for_first = jnp.max(jnp.minimum(surplus[0], value[1] - now[1]), axis=(0, 1))
    for_second = jnp.max(jnp.minimum(surplus[1], value[0] - now[0]), axis=(0, 1))
    return Zone(
        open=width >= 0,
        width=jnp.maximum(width, -1.0),
        line=best // points,
        point=best % points,
        serious=jnp.stack([for_first, for_second]) >= 0,
    )


def terms_of(line: Int[Array, "world"], point: Int[Array, "world"], table: Bundle) -> Terms:
    """Return what the package on this line and point means after it is signed."""

    def pick(rows: Array, place: Array) -> Array:
        axis = rows.ndim - 2
        index = jnp.broadcast_to(place, (*rows.shape[:axis], 1, place.shape[0]))
        return jnp.squeeze(jnp.take_along_axis(rows, index, axis=axis), axis=axis)

    return Terms(
        line=line,
        point=point,
        area=pick(table.line_area, line),
        relief=pick(table.relief, point),
        force_cap=pick(table.force_cap, point),
        credibility=pick(table.credibility, point),
        capacity=pick(table.capacity, point),
        delay=pick(table.delay, point),
    )
