"""What a condition can name: quantities of a run, each with its unit and whether it has a side.

Every quantity is a small function from the run's data set (and a side, if it needs one) to an
array: ``(world, month)`` if it changes over time, else ``(world,)``. What is not known is NaN.
``own_`` quantities are in the side's own terms, whichever place it has in the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import xarray as xr

from ripeness.errors import bad_input
from ripeness.registry import Registry, suggestion
from ripeness.types import CEASEFIRE, ENDED, WAR

Needs = Literal["no", "maybe", "yes"]
"""Whether a side must be named."""

Array = np.ndarray
Read = Callable[[xr.Dataset, int], Array]

TALKING: Final = (WAR, CEASEFIRE)
"""Regimes in which there is something to agree on."""


class NotRecorded(Exception):
    """The run does not hold a variable that a condition asks for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that a run knows a number for.

    Attributes:
        unit: the unit that a condition on it must state.
        side: whether it is of one side.
        over_time: whether it has a value every month, or one per world.
        meaning: for the table in the documentation.
        words: for sentences.
        read: gives the numbers; the second argument is the place of the side, -1 without one.
        regimes: regimes in which its monthly value means something; elsewhere it is not known.
    """

    unit: str
    side: Needs
    over_time: bool
    meaning: str
    words: str
    read: Read
    regimes: tuple[int, ...] = tuple(range(ENDED))


QUANTITIES: Registry[Quantity] = Registry("quantity")


def variable(data: xr.Dataset, name: str, *axes: str) -> Array:
    """Return a variable with its axes in this order.

    Raises:
        NotRecorded: if the run does not hold it.
    """
    if name not in data.variables:
        raise NotRecorded(name)
    return data[name].transpose(*axes).values


def place_of(data: xr.Dataset, side: str | None, where: str = "claim") -> int:
    """Return the place of a side in the run, -1 for no side.

    Raises:
        InputError: if the war has no such side.
    """
    if side is None:
        return -1
    sides = [str(name) for name in data["side"].values]
    if side not in sides:
        raise bad_input(where, f"this war has no belligerent `{side}`.", suggestion(side, sides))
    return sides.index(side)


def label_of(data: xr.Dataset, side: str) -> str:
    """Return what people call a side."""
    place = place_of(data, side)
    return str(data["side_label"].values[place]) if "side_label" in data.variables else side


def over_time(data: xr.Dataset, name: str, place: int) -> Array:
    """Return ``(world, month)`` a monthly quantity, NaN where it means nothing."""
    quantity = QUANTITIES[name]
    values = quantity.read(data, place).astype(float)
    if "regime" not in data.variables:
        return values
    meant = np.isin(variable(data, "regime", "world", "month"), quantity.regimes)
    return np.where(meant, values, np.nan)


def weeks_of(data: xr.Dataset) -> Array:
    """Return ``(month,)`` the week of every month."""
    return variable(data, "week", "month").astype(float)


def horizon_of(data: xr.Dataset) -> float:
    """Return the last week of the run."""
    return float(weeks_of(data)[-1])


def _monthly(name: str) -> Read:
    return lambda data, place: variable(data, name, "world", "month")


def _monthly_of_side(name: str) -> Read:
    return lambda data, place: variable(data, name, "side", "world", "month")[place]


def _once(name: str) -> Read:
    return lambda data, place: variable(data, name, "world").astype(float)


def _once_of_side(name: str) -> Read:
    return lambda data, place: variable(data, name, "side", "world")[place].astype(float)


def _own_expected_advantage(data: xr.Dataset, place: int) -> Array:
    believed = variable(data, "expected_advantage", "side", "world", "month")[place]
    return believed if place == 0 else -believed


def _own_force_advantage(data: xr.Dataset, place: int) -> Array:
    truth = variable(data, "force_ratio", "world", "month")
    return truth if place == 0 else -truth


def _own_area_change(data: xr.Dataset, place: int) -> Array:
    gained = variable(data, "area_change", "world").astype(float)
    return gained if place == 0 else -gained


def _pace(data: xr.Dataset, place: int) -> Array:
    del place  # what one side gains the other loses
    area = variable(data, "area_held", "side", "world", "month")[0].astype(float)
    pace = np.full(area.shape, np.nan)
    pace[:, 1:] = np.abs(np.diff(area, axis=1)) / np.diff(weeks_of(data))
    return pace


def _ratio_at_end(data: xr.Dataset, place: int) -> Array:
    """Return a side's casualties over the other's, at the horizon."""
    casualties = variable(data, "casualties", "side", "world", "month")[..., -1].astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = casualties[place] / casualties[1 - place]
    return np.where(np.isfinite(ratio), ratio, np.nan)


def _register(rows: Iterable[tuple[str, Quantity]]) -> None:
    for name, quantity in rows:
        QUANTITIES.register(name)(quantity)


_MONTHLY_OF_SIDE: Mapping[str, tuple[str, str]] = {
    "area_held": ("km2", "area that the side holds"),
    "casualties": ("soldiers", "killed and wounded since the start"),
    "casualty_rate": ("soldiers per week", "killed and wounded a week"),
    "troops": ("soldiers", "soldiers in the theatre"),
    "equipment": ("bn EUR", "value of equipment and munitions"),
    "men_bind": ("share", "share of months in which men, not equipment, bound its force"),
    "output": ("index", "economic output, 1 at the start"),
    "strain": ("share", "economic strain"),
    "support": ("share", "public support for going on"),
    "security": ("share", "security of the leader"),
    "aid_absorbed": ("bn EUR per month", "aid turned into equipment in use"),
    "sanctions_felt": ("share", "sanctions felt after evasion and relief"),
    "morale": ("share", "morale of the troops"),
    "mean_age": ("years", "mean age of the troops"),
    "intake": ("soldiers per week", "recruits and mobilised"),
}
_IN_TALKS: Mapping[str, tuple[str, str]] = {
    "expected_area": ("km2", "own area that the side expects at its planning date"),
    "reservation": ("share of the stakes", "least value that the side would sign for"),
    "attending": ("share", "share of months in which it attends talks"),
    "real": ("share", "share of months in which it would sign what leaves the other no worse"),
    "rank": ("share", "rank of its delegation, 0 nobody to 1 the leader"),
}
_ONCE_OF_SIDE: Mapping[str, tuple[str, str]] = {
    "men_bound_share": ("share", "share of war in which men, not equipment, bound its force"),
    "breakthroughs": ("count", "breakthroughs that the side made"),
    "killed": ("soldiers", "killed since the start"),
    "disabled": ("soldiers", "disabled for good since the start"),
    "deserted": ("soldiers", "deserted since the start"),
}
_ONCE: Mapping[str, tuple[str, str]] = {
    "zone_open_share": ("share", "share of war and ceasefire with an open zone of agreement"),
    "attempts": ("count", "signatures"),
    "failed_ratifications": ("count", "signed settlements that failed at home"),
    "peace_holds": ("share", "settled at the horizon and never broken (1) or not (0)"),
}

_register((n, Quantity(u, "yes", True, m, m, _monthly_of_side(n)))
          for n, (u, m) in _MONTHLY_OF_SIDE.items())  # fmt: skip
_register((n, Quantity(u, "yes", True, m, m, _monthly_of_side(n), TALKING))
          for n, (u, m) in _IN_TALKS.items())  # fmt: skip
_register((n, Quantity(u, "yes", False, m, m, _once_of_side(n)))
          for n, (u, m) in _ONCE_OF_SIDE.items())  # fmt: skip
_register((n, Quantity(u, "no", False, m, m, _once(n))) for n, (u, m) in _ONCE.items())
