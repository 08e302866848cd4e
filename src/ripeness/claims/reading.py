"""Reading a run's data set: variables with their axes in order, sides, weeks, theories."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from ripeness.errors import bad_input
from ripeness.registry import suggestion
from ripeness.types import ENDED

NO_SIDE: Final = -1
"""Place of the side where none is meant."""


class NotRecorded(Exception):
    """The run does not hold a variable that a condition asks for."""


def variable(data: xr.Dataset, name: str, *axes: str) -> np.ndarray:
    """Return a variable with its axes in this order.

    Raises:
        NotRecorded: if the run does not hold it.
    """
    if name not in data.variables:
        raise NotRecorded(name)
    return data[name].transpose(*axes).values


def worlds_of(data: xr.Dataset) -> int:
    """Return the number of worlds."""
    return int(data.sizes["world"])


def weeks_of(data: xr.Dataset) -> np.ndarray:
    """Return ``(month,)`` the week of every month."""
    return variable(data, "week", "month").astype(float)


def horizon_of(data: xr.Dataset) -> float:
    """Return the last week of the run."""
    return float(weeks_of(data)[-1])


def over_week(data: xr.Dataset) -> np.ndarray:
    """Return ``(world,)`` the week in which the war was won or left the model, infinity for never."""
    if "regime" not in data.variables:
        return np.full(worlds_of(data), np.inf)
    over = variable(data, "regime", "world", "month") == ENDED
    return np.where(over.any(axis=1), weeks_of(data)[np.argmax(over, axis=1)], np.inf)


def place_of(data: xr.Dataset, side: str | None, where: str = "claim") -> int:
    """Return the place of a side in the run, ``NO_SIDE`` for no side.

    Raises:
        InputError: if the war has no such side.
    """
    if side is None:
        return NO_SIDE
    sides = [str(name) for name in data["side"].values]
    if side not in sides:
        raise bad_input(where, f"this war has no belligerent `{side}`.", suggestion(side, sides))
    return sides.index(side)


def place_on(data: xr.Dataset, axis: str, member: str, where: str = "claim") -> int:
    """Return the place of a member on an axis, a patron or an issue say.

    Raises:
        NotRecorded: if the run has no such axis.
        InputError: if the axis has no such member.
    """
    if axis not in data.coords:
        raise NotRecorded(axis)
    members = [str(name) for name in data[axis].values]
    if member not in members:
        raise bad_input(where, f"there is no {axis} `{member}`.", suggestion(member, members))
    return members.index(member)


def label_of(data: xr.Dataset, side: str | None) -> str:
    """Return what people call a side; nothing for no side."""
    place = place_of(data, side)
    if place == NO_SIDE or side is None:
        return ""
    return str(data["side_label"].values[place]) if "side_label" in data.variables else side


def theories_of(data: xr.Dataset) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return ``(world,)`` the place of each world's theory of ending, and the theories' names."""
    if "theory" not in data.variables:
        return np.zeros(worlds_of(data), dtype=int), ()
    attributes = data["theory"].attrs
    names = attributes.get("flag_meanings") or attributes.get("theories") or ()
    names = (names,) if isinstance(names, str) else tuple(str(name) for name in names)
    return variable(data, "theory", "world").astype(int), names
