"""What conditions say in every world of a run: yes, no, or not known.

Joined conditions follow Kleene's logic of three values: all hold if each does, fail if any fails,
and else it is not known; any and none likewise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.claims.events import EVENTS
from ripeness.claims.language import (
    Bounded,
    Combined,
    Condition,
    EventCondition,
    EventName,
    Monthly,
    QuantityCondition,
    QuantityName,
    QuantityReading,
    Window,
)
from ripeness.claims.quantities import QUANTITIES, monthly
from ripeness.claims.reading import label_of, place_of, weeks_of, worlds_of
from ripeness.types import WEEKS_PER_MONTH


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
    if name.first is not None:
        return _first_week(data, name.first, name.lasting)
    return EVENTS[name.event or ""].read(data, place_of(data, name.side))


def event_clause(data: xr.Dataset, name: EventName) -> str:
    """Return an event in words: ``Russia suffered a major defeat``."""
    if name.called:
        return name.called
    if name.first is None:
        return EVENTS[name.event or ""].clause(label_of(data, name.side))
    lasting = "" if name.lasting is None else f" for {name.lasting:g} weeks"
    return f"there was: {bounded_words(data, name.first)}{lasting}"


def bounded_words(data: xr.Dataset, name: Monthly) -> str:
    """Return what a bounded quantity says: ``rank of its delegation of Russia at least 0.5 share``."""
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (("at least", name.at_least), ("at most", name.at_most))
        if bound is not None
    ]
    whose = "".join(f" ({part})" for part in (label_of(data, name.side), name.of) if part)
    return f"{name.about.meaning}{whose} {' and '.join(bounds)} {name.unit}"


def monthly_values(data: xr.Dataset, name: QuantityName) -> np.ndarray:
    """Return ``(world, month)`` a quantity over time, NaN where it means nothing."""
    return monthly(data, name.quantity, place_of(data, name.side), name.of)


def in_months(data: xr.Dataset, conditions: Iterable[Monthly]) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(world, month)`` whether all of some conditions hold, and whether that is known."""
    shape = (worlds_of(data), int(data.sizes["month"]))
    yes, known = np.ones(shape, dtype=bool), np.ones(shape, dtype=bool)
    for condition in conditions:
        values = monthly_values(data, condition)
        yes &= between(values, condition)
        known &= np.isfinite(values)
    return yes & known, known


def lasting_months(flags: np.ndarray, months: int) -> np.ndarray:
    """Return where a flag was up in this month and all the months before it, so many in all.

    Args:
        flags: ``(world, month)``.
        months: how many, this one included.
    """
    count = np.cumsum(flags, axis=1)
    full = np.zeros(flags.shape, dtype=bool)
    if months <= flags.shape[1]:
        before = np.concatenate([np.zeros((len(flags), 1), count.dtype), count], axis=1)
        full[:, months - 1 :] = before[:, months:] - before[:, :-months] == months
    return full


def _first_week(data: xr.Dataset, name: Monthly, lasting: float | None) -> np.ndarray:
    inside = between(monthly_values(data, name), name)
    if lasting is not None:
        inside = lasting_months(inside, math.ceil(lasting / WEEKS_PER_MONTH) + 1)
    week = weeks_of(data)[np.argmax(inside, axis=1)]
    return np.where(inside.any(axis=1), week, np.nan)


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


def any_of(
    data: xr.Dataset, conditions: Iterable[Condition], until: np.ndarray | None = None
) -> Answer:
    """Return whether any of some conditions holds: no where none does."""
    worlds = worlds_of(data)
    yes, no = np.zeros(worlds, dtype=bool), np.ones(worlds, dtype=bool)
    for condition in conditions:
        answer = answer_of(data, condition, until)
        yes |= answer.yes
        no &= answer.no
    return Answer(yes, yes | no)


def answer_of(data: xr.Dataset, condition: Condition, until: np.ndarray | None = None) -> Answer:
    """Return what a condition says.

    Args:
        data: the run.
        condition: of an event, of a quantity, or of several conditions.
        until: ``(world,)`` the week of the outcome that the condition is to precede, NaN where
            there is none. Events then count if they happen earlier, and windows end with it.
    """
    if isinstance(condition, Combined):
        if condition.all_of is not None:
            return all_of(data, condition.parts, until)
        answer = any_of(data, condition.parts, until)
        return answer if condition.any_of is not None else Answer(answer.no, answer.known)
    if isinstance(condition, EventCondition):
        return _of_event(data, condition, until)
    return _of_quantity(data, condition, until)


def _of_event(data: xr.Dataset, condition: EventCondition, until: np.ndarray | None) -> Answer:
    week = dated(data, condition)
    happens = ~np.isnan(week)
    known = np.ones(week.shape, dtype=bool)
    if until is not None:
        happens &= week < until
        known &= ~np.isnan(until)
    yes = happens if condition.happens else ~happens
    return Answer(yes & known, known)


def dated(data: xr.Dataset, condition: EventCondition) -> np.ndarray:
    """Return ``(world,)`` the week of an event that comes in time, NaN where it does not."""
    week = event_week(data, condition)
    in_time = ~np.isnan(week)
    if condition.within is not None:
        in_time &= week <= condition.within
    if condition.before is not None:
        in_time &= week < or_never(event_week(data, condition.before))
    if condition.after is not None:
        in_time &= week > or_never(event_week(data, condition.after))
    return np.where(in_time, week, np.nan)


def or_never(week: np.ndarray) -> np.ndarray:
    """Return the weeks of an event, infinitely late where it never happens."""
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


def between(value: np.ndarray, bounds: Bounded) -> np.ndarray:
    """Return where a value lies within bounds; NaN lies nowhere."""
    low = -np.inf if bounds.at_least is None else bounds.at_least
    high = np.inf if bounds.at_most is None else bounds.at_most
    return (value >= low) & (value <= high)


def reading_of(
    data: xr.Dataset, reading: QuantityReading, until: np.ndarray | None = None
) -> np.ndarray:
    """Return ``(world,)`` a quantity summed up over its weeks, NaN where it is not known."""
    quantity = QUANTITIES[reading.quantity]
    if not quantity.over_time:
        return quantity.read(data, place_of(data, reading.side), reading.of)
    return summed_up(data, reading, windowed(data, reading, until))


def summed_up(data: xr.Dataset, reading: QuantityReading, values: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` the one number that a reading makes of ``(world, month)`` values."""
    if reading.reading != "ratio_to_start":
        return _READINGS[reading.reading](values)
    read = QUANTITIES[reading.quantity].read
    start = read(data, place_of(data, reading.side), reading.of)[:, 0]
    return _at_end(values) / np.where(start == 0.0, np.nan, start)


def windowed(
    data: xr.Dataset, reading: QuantityReading, until: np.ndarray | None = None
) -> np.ndarray:
    """Return ``(world, month)`` a quantity over time, NaN outside its window."""
    values = monthly_values(data, reading)
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
        inside = inside & _around_events(data, window, week)
    if until is not None:
        inside = inside & (week <= until[:, None])  # a comparison with NaN holds nowhere
    if window is not None and window.last is not None:
        end = np.full(1, week[0, -1]) if until is None else until
        inside = inside & (week >= end[:, None] - window.last)
        inside = inside & (end[:, None] >= window.last)  # half of the weeks are not the weeks
    return inside


def _around_events(data: xr.Dataset, window: Window, week: np.ndarray) -> np.ndarray:
    """Return ``(world or 1, month)`` which months lie since one event and until another."""
    inside = np.ones((1, 1), dtype=bool)
    if window.since is not None:
        start = event_week(data, window.since)[:, None]
        length = np.inf if window.lasting is None else window.lasting
        inside = (week >= start) & (week <= start + length)  # NaN: it never happens, no month
    if window.until is not None:
        inside = inside & (week <= or_never(event_week(data, window.until))[:, None])
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
