"""From what each side would sign at least for, to whether and what they sign.

The zone of agreement is open where some package gives both sides their reservation value; its width is
the best package's smaller surplus. Of the packages in an open zone the sides come to the one with the
largest product of surpluses (Nash 1950), the usual stand-in for a bargain whose moves are not modelled.

    surplus = q max(value - reservation, 0) + min(value - reservation, 0) - c x months / year

Leaders look ahead to their second level at home (Putnam 1988): what passes with chance q only is worth so
much less, and until the vote the guns rest at the cost x c a year. What failing at home leads to is the
reservation value; that a failure has costs of its own is left out. A package that gives too little would not be
signed however surely it passed, so that what it lacks counts in full.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.prospects import line_value
from ripeness.types import MONTHS_PER_YEAR
from ripeness.war.process import SMALL
from ripeness.war.processes.front import held_by_each
from ripeness.war.ratification import chance_to_pass, months_to_force
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
    week: Float[Array, "world"] | None = None,
) -> Zone:
    """Return the zone between the sides' reservation values.

    Args:
        area: held by the first side, km2.
        reservation: least value each side would sign for.
        now: value to each side of things as they are.
        parameters: the worlds' parameters.
        table: the packages.
        week: now, weeks since the start; None leaves out what may come at home.

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
        value = worth + rest[:, None]
        surplus = value - reservation[:, None]
        if week is not None:
            surplus = _looking_home(surplus, parameters, table, point, week)
        for level in range(worth.shape[1]):
            best = _compared(best, value[:, level], surplus[:, level], now, level, point)
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


def _looking_home(
    surplus: Float[Array, "2 line world"],
    parameters: Bundle,
    table: Bundle,
    point: Int[Array, ""],
    week: Float[Array, "world"],
) -> Float[Array, "2 line world"]:
    """Return what is left of surpluses that may fail at home, and come later."""
    passes, wait, votes = (
        jax.lax.dynamic_index_in_dim(rows, point, keepdims=False)
        for rows in (table.passes, table.wait, table.votes)
    )
    date = (table.line_wait + wait, table.line_votes | votes, week)
    return at_home(surplus, table.line_passes * passes, date, parameters)


def at_home(
    surplus: Float[Array, "2 *item world"],
    passes: Float[Array, "*item world"],
    date: tuple[Array, Array, Array | np.ndarray],
    parameters: Bundle,
) -> Float[Array, "2 *item world"]:
    """Return a surplus once the way home is taken into account.

    Args:
        surplus: value over the reservation value, were it in force for sure and at once.
        passes: factor on the odds of ratification.
        date: months that ratification takes longer, votes that it waits for, and the week it is.
        parameters: the worlds' parameters.
    """
    p = parameters.diplomacy
    lift = (slice(None), *(None,) * (surplus.ndim - 2))
    years = months_to_force(*date, parameters) / MONTHS_PER_YEAR
    chance = chance_to_pass(passes, parameters)
    # What cannot pass is no deal, though nothing were lost by signing it.
    likely = jnp.where(
        (surplus >= 0) & (chance > 0), chance * surplus, jnp.minimum(surplus, -SMALL)
    )
    return likely - (p.ceasefire_cost * p.war_cost)[lift] * years


def _compared(
    best: _Best,
    value: Float[Array, "2 world"],
    surplus: Float[Array, "2 world"],
    now: Float[Array, "2 world"],
    level: int,
    point: Int[Array, ""],
) -> _Best:
    """Return the best of what was seen before and this package."""
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
        votes=pick(table.line_votes, line) | pick(table.votes, point),
    )
