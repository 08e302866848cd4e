"""What a condition can name: quantities of a run, each with its unit and whether it has a side.

Every quantity is a small function from the run's data set (and the place of a side, if it needs
one) to an array: ``(world, month)`` if it changes over time, else ``(world,)``. What is not known
is NaN. ``own_`` quantities are in the side's own terms, whichever place it has in the scenario:
the data set has both sides' beliefs in terms of the first side's advantage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.claims.reading import NO_SIDE, variable, weeks_of
from ripeness.registry import Registry
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WAR

Read = Callable[[xr.Dataset, int], np.ndarray]

GOING_ON: Final = tuple(range(ENDED))
"""Regimes of a world whose war has neither been won nor left the model."""

TALKING: Final = (WAR, CEASEFIRE)
"""Regimes in which there is something to agree on."""

IN_FORCE: Final = (SETTLEMENT,)
"""The regime in which there is something to break."""

FIGHTING: Final = (WAR,)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that a run knows a number for.

    Attributes:
        unit: the unit that a condition on it must state.
        meaning: what it is.
        read: gives the numbers; its second argument is the place of the side.
        sided: whether a side must be named.
        over_time: whether it has a value every month, or one per world.
        regimes: regimes in which its monthly value means something; elsewhere it is not known.
    """

    unit: str
    meaning: str
    read: Read
    sided: bool = False
    over_time: bool = False
    regimes: tuple[int, ...] = GOING_ON


QUANTITIES: Registry[Quantity] = Registry("quantity")


def monthly(data: xr.Dataset, name: str, place: int) -> np.ndarray:
    """Return ``(world, month)`` a quantity over time, NaN where it means nothing."""
    quantity = QUANTITIES[name]
    values = quantity.read(data, place).astype(float)
    if "regime" not in data.variables:
        return values
    meant = np.isin(variable(data, "regime", "world", "month"), quantity.regimes)
    return np.where(meant, values, np.nan)


def _as_recorded(name: str, *axes: str) -> Read:
    """Return a function that reads a variable as it is, of one side if it has that axis."""

    def read(data: xr.Dataset, place: int) -> np.ndarray:
        if place == NO_SIDE:
            return variable(data, name, *axes).astype(float)
        return variable(data, name, "side", *axes)[place].astype(float)

    return read


def _in_own_terms(name: str, *axes: str, sided: bool = False) -> Read:
    """Return a function that reads what is told in terms of the first side in a side's own."""

    def read(data: xr.Dataset, place: int) -> np.ndarray:
        values = (
            variable(data, name, "side", *axes)[place] if sided else variable(data, name, *axes)
        )
        return values if place == 0 else -values

    return read


def _pace(data: xr.Dataset, place: int) -> np.ndarray:
    """Return how fast the line moves: what one side gains in a month the other loses."""
    del place
    area = variable(data, "area_held", "side", "world", "month")[0].astype(float)
    pace = np.full(area.shape, np.nan)
    pace[:, 1:] = np.abs(np.diff(area, axis=1)) / np.diff(weeks_of(data))
    return pace


_PATH = ("world", "month")
_MONTHLY_OF_SIDE = {
    "area_held": ("km2", "area that the side holds"),
    "casualties": ("soldiers", "killed and wounded since the start"),
    "casualty_rate": ("soldiers per week", "killed and wounded a week"),
    "troops": ("soldiers", "soldiers in the theatre"),
    "equipment": ("bn EUR", "value of equipment and munitions"),
    "men_bind": ("share", "men, not equipment, bind the side's force (1) or not (0)"),
    "output": ("index", "economic output, 1 at the start"),
    "strain": ("share", "economic strain, 0 none to 1 breakdown"),
    "support": ("share", "public support for going on"),
    "security": ("share", "security of the leader"),
    "aid_absorbed": ("bn EUR per month", "aid turned into equipment in use"),
    "sanctions_felt": ("share", "sanctions felt after evasion and relief"),
    "morale": ("share", "morale of the troops"),
    "mean_age": ("years", "mean age of the troops"),
    "intake": ("soldiers per week", "recruits and mobilised"),
}
_IN_TALKS_OF_SIDE = {
    "expected_area": ("km2", "own area that the side expects at its planning date"),
    "reservation": ("share of the stakes", "least value that the side would sign for"),
    "attending": ("share", "the side attends talks (1) or not (0)"),
    "real": ("share", "it would sign what leaves the other no worse than now (1) or not (0)"),
    "rank": ("share", "rank of its delegation, 0 nobody to 1 the leader"),
}
_IN_FORCE_OF_SIDE = {
    "breach_chance": ("share", "chance that the side breaks the settlement in force that month"),
}
_IN_TALKS = {
    "zone_open": ("share", "a zone of agreement is open (1) or not (0)"),
    "zone_width": ("share of the stakes", "width of the zone of agreement, negative when empty"),
}
_ONCE_OF_SIDE = {
    "men_bound_share": ("share", "share of war in which men, not equipment, bound its force"),
    "breakthroughs": ("count", "breakthroughs that the side made"),
    "killed": ("soldiers", "killed since the start"),
    "disabled": ("soldiers", "disabled for good since the start"),
    "deserted": ("soldiers", "deserted since the start"),
}
_ONCE = {
    "zone_open_share": ("share", "share of war and ceasefire with an open zone of agreement"),
    "attempts": ("count", "signatures"),
    "failed_ratifications": ("count", "signed settlements that failed at home"),
    "peace_holds": ("share", "settled at the horizon and never broken (1) or not (0)"),
}


def _file_the_recorded() -> None:
    """Register every variable that is read as it is recorded."""
    for rows, axes, sided, regimes in (
        (_MONTHLY_OF_SIDE, _PATH, True, GOING_ON),
        (_IN_TALKS_OF_SIDE, _PATH, True, TALKING),
        (_IN_TALKS, _PATH, False, TALKING),
        (_IN_FORCE_OF_SIDE, _PATH, True, IN_FORCE),
        (_ONCE_OF_SIDE, ("world",), True, GOING_ON),
        (_ONCE, ("world",), False, GOING_ON),
    ):
        for name, (unit, meaning) in rows.items():
            read = _as_recorded(name, *axes)
            quantity = Quantity(unit, meaning, read, sided, "month" in axes, regimes)
            QUANTITIES.register(name)(quantity)


def _file_the_derived() -> None:
    """Register what is computed."""
    believed = _in_own_terms("expected_advantage", *_PATH, sided=True)
    true = _in_own_terms("force_ratio", *_PATH)
    gained = _in_own_terms("area_change", "world")
    file = QUANTITIES.register
    file("own_expected_advantage")(
        Quantity("log ratio", "own advantage in power as the side believes", believed, True, True)
    )
    file("own_advantage")(
        Quantity("log ratio", "own advantage in power as it is", true, True, True)
    )
    file("own_area_change")(Quantity("km2", "area gained by the horizon", gained, True))
    file("pace")(
        Quantity("km2 per week", "pace of the front, mean of the month before", _pace, False, True,
                 FIGHTING)
    )  # fmt: skip


_file_the_recorded()
_file_the_derived()
