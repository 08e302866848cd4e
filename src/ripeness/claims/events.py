"""What a condition can name: events of a run, each the week in which it first happened.

An event reads ``(world,)`` the week, NaN where it never happens. Weeks count from the start. Every
variable ``NAME_week`` of a run is an event ``NAME``; the rows below give some of them better words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import xarray as xr

from ripeness.claims.reading import NO_SIDE, variable
from ripeness.outcomes.variables import PER_WORLD
from ripeness.registry import Registry

Sided = Literal["no", "may", "must"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in a week, or never.

    Attributes:
        words: the clause that says it, with ``{side}`` for the label of the side.
        read: gives the weeks; its second argument is the place of the side.
        sided: whether a side can or must be named.
        any_side: the clause if no side is named where one may be.
    """

    words: str
    read: Callable[[xr.Dataset, int], np.ndarray]
    sided: Sided = "no"
    any_side: str = ""

    def clause(self, side: str) -> str:
        """Return the clause with the label of the side, if there is one."""
        return self.words.format(side=side) if side or not self.any_side else self.any_side


EVENTS: Registry[Event] = Registry("event")


def _week(name: str) -> Callable[[xr.Dataset, int], np.ndarray]:
    return lambda data, place: variable(data, name, "world").astype(float)


def _week_of_side(name: str) -> Callable[[xr.Dataset, int], np.ndarray]:
    return lambda data, place: variable(data, name, "side", "world")[place].astype(float)


def _week_by(name: str, doer: str) -> Callable[[xr.Dataset, int], np.ndarray]:
    """Return a function that reads when a side was the first to do something."""

    def read(data: xr.Dataset, place: int) -> np.ndarray:
        week = variable(data, name, "world").astype(float)
        if place == NO_SIDE:
            return week
        return np.where(variable(data, doer, "world") == place, week, np.nan)

    return read


def _victory(data: xr.Dataset, place: int) -> np.ndarray:
    names = [str(name) for name in data["ending"].attrs["flag_meanings"]]
    won = variable(data, "ending", "world") == names.index(
        f"victory of {data['side'].values[place]}"
    )
    return np.where(won, variable(data, "ended_week", "world").astype(float), np.nan)


_RESUMED = _week_by("resumed_week", "resumed_by")
_BROKEN = _week_by("broken_week", "broken_by")
_ROWS: tuple[tuple[str, Event], ...] = (
    ("settlement", Event("a settlement came into force", _week("settlement_week"))),
    ("ceasefire", Event("a ceasefire began", _week("first_ceasefire_week"))),
    ("front_stable", Event("the front became stable", _week("front_stable_week"))),
    ("zone_open", Event("a zone of agreement opened", _week("zone_open_week"))),
    (
        "major_defeat",
        Event("{side} suffered a major defeat", _week_of_side("major_defeat_week"), "must"),
    ),
    ("victory", Event("{side} won", _victory, "must")),
    (
        "resumption",
        Event("{side} resumed the war", _RESUMED, "may", "the war was resumed from a ceasefire"),
    ),
    (
        "breach",
        Event("{side} broke a settlement", _BROKEN, "may", "a settlement was broken"),
    ),
)
_SUFFIX: Final = "_week"
_UNDER_ANOTHER_NAME: Final = ("first_ceasefire_week", "resumed_week", "broken_week", "ended_week")


def _file_the_events() -> None:
    """Register the rows, then every other week that is recorded once per world, or per side."""
    for name, event in _ROWS:
        EVENTS.register(name)(event)
    for variable_name, row in PER_WORLD.items():
        name = variable_name.removesuffix(_SUFFIX)
        if name == variable_name or name in EVENTS or variable_name in _UNDER_ANOTHER_NAME:
            continue
        if row.axes == ("world",):
            event = Event(f"it came to the {row.meaning}", _week(variable_name))
        else:
            event = Event(
                f"it came to the {row.meaning} ({{side}})", _week_of_side(variable_name), "must"
            )
        EVENTS.register(name)(event)


_file_the_events()
