"""Who would gain from delay? What each side could get, were the decision to come later.

The worlds are played on with nothing signed (``ensemble.undecided``). In each month, from the areas held
and the least that each side would sign for, the package nearest to a deal is found as in the talks
(``bargaining.agreement``): the one with the largest product of surpluses where the zone is open, else the
one that falls least short. What it is worth to a side is what that side could get:

    gain_s(t) = value_s(nearest package at t) - value_s(nearest package now)
    net_s(t)  = gain_s(t) - war_cost_s t            the cost of a year of war as at the start

A victory in between gives the victor all of the stakes and the loser nothing. One share of the stakes is
worth (aim - worst) / weight of the line km2 to a side: the exchange rate of ``bargaining.packages``. It
would break if sides could commit today to sign later: then delay itself would be bargained over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.agreement import line_values, zone_of_agreement
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.strategies.hurting_stalemate import OUT_OF_REACH
from ripeness.outcomes.endings import FIRST_WINS, SECOND_WINS
from ripeness.types import ENDED, WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds

HALF_YEAR, YEAR = 6, 13
"""Delays that are told, in months of four weeks: 24 and 52 weeks."""

MATTERS: Final = 0.005
"""A change smaller than half a hundredth of the stakes counts as none."""

SHOWN: Final = 26
"""Months of delay that are drawn: two years."""


@dataclass(frozen=True)
class Delay:
    """What each side could get, were the decision to come later.

    Attributes:
        gain: ``(world, month, side)`` change since the start of what the nearest package gives, in shares
            of the stakes; NaN where there was or is none, or the world has left the model.
        price: the same for the least that the side would sign for.
        yearly_cost: ``(world, side)`` cost of a year of war as at the start, shares of the stakes.
        km2_per_share: ``(world, side)`` area of the line that is worth all of the stakes to the side.
        months: delays told.
    """

    gain: Float[np.ndarray, "world month 2"]
    price: Float[np.ndarray, "world month 2"]
    yearly_cost: Float[np.ndarray, "world 2"]
    km2_per_share: Float[np.ndarray, "world 2"]
    months: tuple[int, ...]

    def told(self, side: int, months: int) -> dict[str, Any]:
        """Return in how many worlds a side gains from so many months of delay, and how much.

        Counts are of worlds; ``of`` is those with a package to compare at both dates. Quantiles are
        (5, 10 and 15 of 20 worlds) of the gain in shares of the stakes and in km2.
        """
        gain = self.gain[:, months, side]
        known = np.isfinite(gain)
        gain, rate = gain[known], self.km2_per_share[known, side]
        years = months * WEEKS_PER_MONTH / WEEKS_PER_YEAR
        net = gain - self.yearly_cost[known, side] * years
        price = self.price[:, months, side]
        asked = price[np.isfinite(price)]
        return {
            "months": months,
            "of": len(gain),
            "gains": int((gain > MATTERS).sum()),
            "loses": int((gain < -MATTERS).sum()),
            "gains_after_costs": int((net > MATTERS).sum()),
            "gain": _quarters(gain),
            "gain_km2": _quarters(gain * rate),
            "cost_of_waiting": _quarters(self.yearly_cost[known, side] * years),
            "asks_more": int((asked > MATTERS).sum()),
            "asks_less": int((asked < -MATTERS).sum()),
            "asked_of": len(asked),
            "asked": _quarters(asked),
        }


def delay_of(data: xr.Dataset, worlds: Worlds, table: Bundle) -> Delay:
    """Return what delay would bring each side.

    Args:
        data: outcomes of these worlds with nothing signed, see ``ensemble.undecided``.
        worlds: the ensemble.
        table: what could be signed.
    """
    price = data["reservation"].values.astype(float)
    value = nearest_package(data, worlds, table)
    price = np.where(price >= OUT_OF_REACH, np.nan, price)
    value, price = _with_victories(value, data), _with_victories(price, data)
    last = value.shape[1] - 1
    return Delay(
        gain=value - value[:, :1],
        price=price - price[:, :1],
        yearly_cost=np.asarray(worlds.parameters.diplomacy.war_cost, dtype=float).T,
        km2_per_share=_km2_per_share(worlds.parameters, table),
        months=tuple(months for months in (HALF_YEAR, YEAR) if months <= last),
    )


def nearest_package(
    data: xr.Dataset, worlds: Worlds, table: Bundle
) -> Float[np.ndarray, "world month 2"]:
    """Return what the package nearest to a deal is worth to each side, in shares of the stakes.

    NaN where every package crosses a red line, or a side would sign nothing.
    """
    reservation = data["reservation"].values
    nearest = _nearest(
        jnp.asarray(data["area_held"].values[:, :, 0].T),
        jnp.asarray(np.moveaxis(reservation, 0, -1)),
        jax.tree.map(jnp.asarray, worlds.parameters),
        jax.tree.map(jnp.asarray, table),
    )
    value = np.moveaxis(np.array(nearest, dtype=float), -1, 0)
    refused = (reservation >= OUT_OF_REACH).any(axis=-1, keepdims=True)
    return np.where((value <= NOTHING / 2) | refused, np.nan, value)


@jax.jit
def _nearest(
    area: Float[Array, "month world"],
    reservation: Float[Array, "month 2 world"],
    parameters: Bundle,
    table: Bundle,
) -> Float[Array, "month 2 world"]:
    """Return what the package nearest to a deal is worth to each side, month by month."""

    def one_month(now: tuple[Array, Array]) -> Array:
        here, least = now
        # By worth alone: dates of votes at home would show as gains from delay.
        zone = zone_of_agreement(here, least, least, parameters, table)
        shape = (2, 1, here.shape[0])
        line = jnp.broadcast_to(zone.line[None, None], shape)
        point = jnp.broadcast_to(zone.point[None, None], shape)
        of_line = jnp.take_along_axis(line_values(here, parameters, table), line, axis=1)
        return (of_line + jnp.take_along_axis(table.value, point, axis=1))[:, 0]

    return jax.lax.map(one_month, (area, reservation))


def _with_victories(value: np.ndarray, data: xr.Dataset) -> np.ndarray:
    """Give the victor everything and the loser nothing from then on; NaN beyond the model."""
    over = (data["regime"].values == ENDED)[..., None]
    ending = data["ending"].values[:, None, None]
    side = np.arange(2)
    won = np.where(side == 0, ending == FIRST_WINS, ending == SECOND_WINS)
    lost = np.where(side == 0, ending == SECOND_WINS, ending == FIRST_WINS)
    after = np.where(won, 1.0, np.where(lost, 0.0, np.nan))
    return np.where(over, after, value)


def _km2_per_share(parameters: Bundle, table: Bundle) -> np.ndarray:
    """Return ``(world, side)`` the area that is worth all of the stakes, at the value of the line."""
    held, aim = np.asarray(parameters.front.area_held), np.asarray(parameters.front.aim_area)
    worst = held.sum(axis=0) - aim[::-1]
    return (np.maximum(aim - worst, 1.0) / np.maximum(table.line_weight, 1e-6)).T.astype(float)


def _quarters(values: np.ndarray) -> list[float] | None:
    """Return what 5, 10 and 15 of 20 worlds lie below; None if there are no worlds."""
    if not len(values):
        return None
    return [float(value) for value in np.quantile(values, (0.25, 0.5, 0.75))]
