"""What a condition can name: quantities of a run, each with its unit and whether it has a side.

Every numeric variable of a run (``outcomes/variables.py``) is a quantity under its own name, read as
it is recorded; a few more are computed. A quantity has a value per world and perhaps per month, per
side, and along one further axis (patron, issue, guarantee ...), whose member a condition names.
``own_`` quantities are in the side's own terms, whichever place it has in the scenario: the data
set has both sides' beliefs in terms of the first side's advantage. What is not known is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.claims.reading import NO_SIDE, place_on, variable, weeks_of
from ripeness.outcomes.variables import BY_MONTH, PER_WORLD
from ripeness.registry import Registry
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WAR

Read = Callable[[xr.Dataset, int, str | None], np.ndarray]

GOING_ON: Final = tuple(range(ENDED))
"""Regimes of a world whose war has neither been won nor left the model."""

TALKING: Final = (WAR, CEASEFIRE)
"""Regimes in which there is something to agree on."""

IN_FORCE: Final = (SETTLEMENT,)
"""The regime in which there is something to break."""

FIGHTING: Final = (WAR,)

REGIMES_OF: Final[dict[str, tuple[int, ...]]] = {
    **dict.fromkeys(
        (
            "expected_area", "reservation", "zone_open", "zone_width", "attending", "real", "rank",
            "signing", "gain_from_attending",
        ),
        TALKING,
    ),
    "resume_chance": (CEASEFIRE,),
    "breach_chance": IN_FORCE,
}  # fmt: skip
"""Regimes in which a monthly variable means something, where that is not as long as the war goes on."""

OF_THE_MONTH_BEFORE: Final = frozenset(
    {"casualty_rate", "aid_pledged", "aid_absorbed", "exit_risk", "collapse_risk"}
)
"""Recorded as 0 in the first month because nothing has happened yet: not known, rather than nothing."""

RECORDED_ELSEWHERE: Final[dict[str, tuple[tuple[str, ...], str, str]]] = {
    "guarantee_would_sign": (
        ("guarantee", "side", "world"), "flag",
        "the side would sign the deal that the two come nearest to with this guarantee",
    ),
    "guarantee_acceptable": (
        ("guarantee", "side", "world"), "flag",
        "there is some deal with this guarantee that the side would sign",
    ),
    "guarantee_holds": (
        ("guarantee", "world"), "flag",
        "the deal with this guarantee is ratified and kept for five years",
    ),
    "guarantee_holds_empty": (
        ("guarantee", "world"), "flag",
        "the same deal is kept for five years though the guarantor never comes",
    ),
    "guarantee_attacks": (
        ("guarantee", "side", "world"), "flag",
        "the side takes up the war again within five years of the deal with this guarantee",
    ),
    "guarantee_attacks_empty": (
        ("guarantee", "side", "world"), "flag",
        "the same though the guarantor never comes",
    ),
    "guarantee_fails_at_home": (
        ("guarantee", "world"), "flag", "the deal with this guarantee is signed and fails at home",
    ),
    "guarantee_broken": (
        ("guarantee", "world"), "flag",
        "the deal with this guarantee comes into force and is broken within five years",
    ),
    "gain_from_attending": (
        ("world", "month", "side", "channel"), "share of the stakes",
        "what the side expects to gain by attending talks, through each channel",
    ),
}  # fmt: skip
"""Variables that are added to some runs: axes, unit, meaning."""

PLAIN_AXES: Final = ("world", "month", "side")
_NOT_NUMBERS: Final = ("code", "weeks")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that a run knows a number for.

    Attributes:
        unit: the unit that a condition on it must state.
        meaning: what it is.
        read: gives ``([over,] world[, month])`` numbers, or without ``over`` if its third argument
            names a member; its second argument is the place of the side.
        sided: whether a side must be named.
        over_time: whether it has a value every month, or one per world.
        regimes: regimes in which its monthly value means something; elsewhere it is not known.
        over: a further axis, if it has one.
    """

    unit: str
    meaning: str
    read: Read
    sided: bool = False
    over_time: bool = False
    regimes: tuple[int, ...] = GOING_ON
    over: str = ""


QUANTITIES: Registry[Quantity] = Registry("quantity")


def monthly(data: xr.Dataset, name: str, place: int, of: str | None = None) -> np.ndarray:
    """Return ``(world, month)`` a quantity over time, NaN where it means nothing."""
    quantity = QUANTITIES[name]
    values = quantity.read(data, place, of).astype(float)
    if "regime" not in data.variables:
        return values
    meant = np.isin(variable(data, "regime", "world", "month"), quantity.regimes)
    if name in OF_THE_MONTH_BEFORE:
        meant[:, 0] = False
    return np.where(meant, values, np.nan)


def _as_recorded(name: str, axes: tuple[str, ...]) -> Read:
    """Return a function that reads a variable as it is, of one side if it has that axis."""
    over = next((axis for axis in axes if axis not in PLAIN_AXES), None)
    first = [axis for axis in (over, "side") if axis is not None and axis in axes]
    last = [axis for axis in ("world", "month") if axis in axes]

    def read(data: xr.Dataset, place: int, of: str | None = None) -> np.ndarray:
        values = variable(data, name, *first, *last)
        if over is not None and of is not None:
            values = values[place_on(data, over, of)]
        if "side" in first:
            values = values[place] if over is None or of is not None else values[:, place]
        return values.astype(float)

    return read


def _in_own_terms(name: str, *axes: str, sided: bool = False) -> Read:
    """Return a function that reads what is told in terms of the first side in a side's own."""

    def read(data: xr.Dataset, place: int, of: str | None = None) -> np.ndarray:
        del of
        values = (
            variable(data, name, "side", *axes)[place] if sided else variable(data, name, *axes)
        )
        return values if place == 0 else -values

    return read


def _pace(data: xr.Dataset, place: int = NO_SIDE, of: str | None = None) -> np.ndarray:
    """Return how fast the line moves: what one side gains in a month the other loses."""
    del place, of
    area = variable(data, "area_held", "side", "world", "month")[0].astype(float)
    pace = np.full(area.shape, np.nan)
    pace[:, 1:] = np.abs(np.diff(area, axis=1)) / np.diff(weeks_of(data))
    return pace


def _rows() -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield name, axes, unit and meaning of all that is recorded."""
    tables: tuple[Mapping[str, tuple[tuple[str, ...], str, str]], ...] = (
        PER_WORLD, BY_MONTH, RECORDED_ELSEWHERE,
    )  # fmt: skip
    for table in tables:
        for name, (axes, unit, meaning) in table.items():
            yield name, axes, unit, meaning


def _file_the_recorded() -> None:
    """Register every variable that is a number along the axes that a condition can name."""
    for name, axes, unit, meaning in _rows():
        further = [axis for axis in axes if axis not in PLAIN_AXES]
        if unit in _NOT_NUMBERS or len(further) > 1 or name in QUANTITIES:
            continue
        QUANTITIES.register(name)(
            Quantity(
                "share" if unit == "flag" else unit, meaning, _as_recorded(name, axes),
                "side" in axes, "month" in axes, REGIMES_OF.get(name, GOING_ON),
                further[0] if further else "",
            )
        )  # fmt: skip


def _file_the_derived() -> None:
    """Register what is computed."""
    path = ("world", "month")
    believed = _in_own_terms("expected_advantage", *path, sided=True)
    true = _in_own_terms("force_ratio", *path)
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
