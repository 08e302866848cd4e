"""From what each side would sign at least for, to whether and what they sign.

The zone of agreement is open where some package gives both sides their reservation value; its width is
the best package's smaller surplus. Of the packages in an open zone the sides come to the one with the
largest product of surpluses (Nash 1950), the usual stand-in for a bargain whose moves are not modelled.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.prospects import line_value
from ripeness.war.processes.front import held_by_each
from ripeness.war.state import Terms
from ripeness.worlds.bundle import Bundle


class Zone(NamedTuple):
    """The zone of agreement."""

    open: Bool[Array, "world"]
    width: Float[Array, "world"]  # shares of the stakes; negative when empty
    line: Int[Array, "world"]  # of the package with the largest product of surpluses
    point: Int[Array, "world"]
    serious: Bool[Array, "2 world"]  # the side would sign something that leaves the other no worse


class _Best(NamedTuple):
    """The best seen so far, per world."""

    width: Float[Array, "world"]
    product: Float[Array, "world"]
    line: Int[Array, "world"]
    point: Int[Array, "world"]
    for_first: Float[Array, "world"]
    for_second: Float[Array, "world"]


def line_values(
    area: Float[Array, "world"], parameters: Bundle, table: Bundle
) -> Float[Array, "2 line world"]:
    """Return what each level of the territorial issue is worth to each side, the line being here."""
    line = jnp.where(jnp.isnan(table.line_area), area, table.line_area)
    own = held_by_each(line, parameters)
    return jnp.where(table.line_allowed, line_value(own, parameters, table), NOTHING)


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
    worth = line_values(area, parameters, table)
    lowest = jnp.full_like(area, 2.0 * NOTHING)
    first = jnp.zeros(area.shape, dtype=jnp.int32)
    start = _Best(lowest, lowest, first, first, lowest, lowest)

    # One pass over the points, worlds in parallel: a reduction over both axes would stride through
    # memory and runs many times slower on a processor.
    def one_point(best: _Best, point: Array) -> tuple[_Best, None]:
        rest = jax.lax.dynamic_index_in_dim(table.value, point, axis=1, keepdims=False)
        for level in range(worth.shape[1]):
            best = _compared(best, worth[:, level] + rest, reservation, now, level, point)
        return best, None

    points = jnp.arange(table.value.shape[1], dtype=jnp.int32)
    best, _ = jax.lax.scan(one_point, start, points)
    return Zone(
        open=best.width >= 0,
        width=jnp.maximum(best.width, -1.0),
        line=best.line,
        point=best.point,
        serious=jnp.stack([best.for_first, best.for_second]) >= 0,
    )


def _compared(
    best: _Best,
    value: Float[Array, "2 world"],
    reservation: Float[Array, "2 world"],
    now: Float[Array, "2 world"],
    level: int,
    point: Int[Array, ""],
) -> _Best:
    """Return the best of what was seen before and this package."""
    surplus = value - reservation
    smaller = jnp.minimum(surplus[0], surplus[1])
    product = jnp.where(smaller >= 0, surplus[0] * surplus[1], smaller)
    better = product > best.product
    return _Best(
        width=jnp.maximum(best.width, smaller),
        product=jnp.where(better, product, best.product),
        line=jnp.where(better, level, best.line).astype(jnp.int32),
        point=jnp.where(better, point, best.point),
        for_first=jnp.maximum(best.for_first, jnp.minimum(surplus[0], value[1] - now[1])),
        for_second=jnp.maximum(best.for_second, jnp.minimum(surplus[1], value[0] - now[0])),
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
        cost=pick(table.cost, point),
        monitoring=pick(table.monitoring, point),
        payments=pick(table.payments, point),
        passes=pick(table.line_passes, line) * pick(table.passes, point),
        wait=pick(table.line_wait, line) + pick(table.wait, point),
    )
