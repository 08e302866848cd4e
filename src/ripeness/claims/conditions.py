"""What conditions say in every world of a run: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.claims.events import EVENTS
from ripeness.claims.language import (
    Condition,
    EventCondition,
    EventName,
    QuantityCondition,
    QuantityReading,
    Window,
)
from ripeness.claims.quantities import QUANTITIES, monthly
from ripeness.claims.reading import label_of, place_of, weeks_of, worlds_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What a condition says, ``(world,)`` each.

    Attributes:
        yes: whether it holds; False where that is not known.
        known: whether the run can tell.
    """

    yes: np.ndarray
    known: np.ndarray

    @property
    def no(self) -> np.ndarray:
        """Where it is known not to hold."""
        return self.known & ~self.yes


def event_week(data: xr.Dataset, name: EventName) -> np.ndarray:
    """Return ``(world,)`` the week in which an event first happens, NaN where it never does."""
    return EVENTS[name.event].read(data, place_of(data, name.side))


def event_clause(data: xr.Dataset, name: EventName) -> str:
    """Return an event in words: ``Russia suffered a major defeat``."""
    return EVENTS[name.event].clause(label_of(data, name.side))


def all_of(
    data: xr.Dataset, conditions: Iterable[Condition], until: np.ndarray | None = None
) -> Answer:
    """Return whether all of some conditions hold: no where one does not, whatever the others."""
    worlds = worlds_of(data)
    yes, no = np.ones(worlds, dtype=bool), np.zeros(worlds, dtype=bool)
    for condition in conditions:
        answer = answer_of(data, condition, until)
        yes &= answer.yes
        no |= answer.no
    return Answer(yes, yes | no)


def answer_of(data: xr.Dataset, condition: Condition, until: np.ndarray | None = None) -> Answer:
    """Return what a condition says.

    Args:
        data: the run.
        condition: of an event or of a quantity.
        until: ``(world,)`` the week of the outcome that the condition is to precede, NaN where
            there is none. Events then count if they happen earlier, and windows end with it.
    """
    if isinstance(condition, EventCondition):
        return _of_event(data, condition, until)
    return _of_quantity(data, condition, until)


def _of_event(data: xr.Dataset, condition: EventCondition, until: np.ndarray | None) -> Answer:
    week = event_week(data, condition)
    happens = ~np.isnan(week)
    known = np.ones(week.shape, dtype=bool)
    if condition.within is not None:
        happens &= week <= condition.within
    if condition.before is not None:
        happens &= week < _or_never(event_week(data, condition.before))
    if until is not None:
        happens &= week < until
        known &= ~np.isnan(until)
    yes = happens if condition.happens else ~happens
    return Answer(yes & known, known)


def _or_never(week: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(week), np.inf, week)


def _of_quantity(
    data: xr.Dataset, condition: QuantityCondition, until: np.ndarray | None
) -> Answer:
    if condition.months is None:
        value = reading_of(data, condition, until)
        known = np.isfinite(value)
        return Answer(between(value, condition) & known, known)
    values = windowed(data, condition, until)
    known = np.isfinite(values)
    inside = between(values, condition)
    if condition.months == "throughout":
        yes = np.asarray((inside | ~known).all(axis=1))
    else:
        yes = np.asarray(inside.any(axis=1))
    told = np.asarray(known.any(axis=1))
    return Answer(yes & told, told)


def between(value: np.ndarray, condition: QuantityCondition) -> np.ndarray:
    """Return where a value lies within the bounds of a condition; NaN lies nowhere."""
    low = -np.inf if condition.at_least is None else condition.at_least
    high = np.inf if condition.at_most is None else condition.at_most
    return (value >= low) & (value <= high)


def reading_of(
    data: xr.Dataset, reading: QuantityReading, until: np.ndarray | None = None
) -> np.ndarray:
    """Return ``(world,)`` a quantity summed up over its weeks, NaN where it is not known."""
    quantity = QUANTITIES[reading.quantity]
    if not quantity.over_time:
        return quantity.read(data, place_of(data, reading.side))
    return summed_up(data, reading, windowed(data, reading, until))


def summed_up(data: xr.Dataset, reading: QuantityReading, values: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` the one number that a reading makes of ``(world, month)`` values."""
    if reading.reading != "ratio_to_start":
        return _READINGS[reading.reading](values)
    start = QUANTITIES[reading.quantity].read(data, place_of(data, reading.side))[:, 0]
    return _at_end(values) / np.where(start == 0.0, np.nan, start)


def windowed(
    data: xr.Dataset, reading: QuantityReading, until: np.ndarray | None = None
) -> np.ndarray:
    """Return ``(world, month)`` a quantity over time, NaN outside its window."""
    values = monthly(data, reading.quantity, place_of(data, reading.side))
    return np.where(inside_window(data, reading.during, until), values, np.nan)


def inside_window(
    data: xr.Dataset, window: Window | None, until: np.ndarray | None = None
) -> np.ndarray:
    """Return ``(world or 1, month)`` which months a window holds, both ends included."""
    week = weeks_of(data)[None, :]
    inside = np.ones(week.shape, dtype=bool)
    if window is not None and window.last is None:
        inside &= week >= window.from_week
        inside &= week <= (np.inf if window.to_week is None else window.to_week)
    if until is not None:
        inside = inside & (week <= until[:, None])  # a comparison with NaN holds nowhere
    if window is not None and window.last is not None:
        end = np.full(1, week[0, -1]) if until is None else until
        inside = inside & (week >= end[:, None] - window.last)
    return inside


def _mean(values: np.ndarray) -> np.ndarray:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _at_end(values: np.ndarray) -> np.ndarray:
    return _at_start(values[:, ::-1])


def _at_start(values: np.ndarray) -> np.ndarray:
    """Return the first value that is known in every world."""
    place = np.argmax(np.isfinite(values), axis=1)
    return np.take_along_axis(values, place[:, None], axis=1)[:, 0]


def _change(values: np.ndarray) -> np.ndarray:
    several = np.isfinite(values).sum(axis=1) > 1
    return np.where(several, _at_end(values) - _at_start(values), np.nan)


_READINGS: Final = {"mean": _mean, "last": _at_end, "change": _change}
