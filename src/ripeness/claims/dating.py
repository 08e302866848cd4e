"""When a condition is first met: what a claim needs that says that one thing follows another.

event                        its week
quantity, months: ever       the first month within bounds
quantity over a window       the end of the window, if it holds over it
does not happen, none of     the end of `within` (of the window), if it has not by then
all of                       the latest of its parts; any of: the earliest
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import xarray as xr

from ripeness.claims.conditions import (
    answer_of,
    between,
    dated,
    event_week,
    or_never,
    windowed,
)
from ripeness.claims.language import Combined, Condition, EventCondition, QuantityCondition
from ripeness.claims.reading import horizon_of, weeks_of, worlds_of


def week_met(data: xr.Dataset, conditions: Iterable[Condition]) -> np.ndarray:
    """Return ``(world,)`` the week in which all of some conditions are met first, NaN for never."""
    week = np.zeros(worlds_of(data))
    for condition in conditions:
        week = np.maximum(week, _week(data, condition))  # NaN wins: one is never met
    return week


def check_dated(conditions: Iterable[Condition]) -> None:
    """Raise a ValueError if it cannot be said when some condition is met."""
    for condition in conditions:
        if _absent(condition):
            if not np.isfinite(_decided(condition)):
                raise ValueError(
                    "that something does not happen is known at the end only, and comes before "
                    "nothing: give it `within` (a quantity: a window with `to`)"
                )
        elif isinstance(condition, Combined):
            check_dated(condition.parts)
        elif isinstance(condition, QuantityCondition) and not condition.about.over_time:
            raise ValueError(
                f"`{condition.quantity}` sums up the whole run and has no date: it can narrow the "
                "claim under `among`, and not come before anything"
            )
        elif isinstance(condition, QuantityCondition) and not _has_end(condition):
            raise ValueError(
                f"it must have a date: give `{condition.quantity}` the key `months: ever`, or a "
                "window that ends (`to`, `last`, or `since` and `lasting`)"
            )


def _has_end(condition: QuantityCondition) -> bool:
    if condition.months == "ever":
        return True
    window = condition.during
    ends = () if window is None else (window.to_week, window.lasting, window.last)
    return any(end is not None for end in ends)


def _week(data: xr.Dataset, condition: Condition) -> np.ndarray:
    if isinstance(condition, EventCondition):
        week = dated(data, condition)
        if condition.happens:
            return week
        return np.where(np.isnan(week), min(_decided(condition), horizon_of(data)), np.nan)
    if isinstance(condition, QuantityCondition):
        return _week_of_quantity(data, condition)
    if condition.none_of is not None:
        end = min(_decided(condition), horizon_of(data))
        return np.where(answer_of(data, condition).yes, end, np.nan)
    if condition.all_of is not None:
        return week_met(data, condition.all_of)
    weeks = np.stack([or_never(_week(data, part)) for part in condition.parts])
    first = weeks.min(axis=0)
    return np.where(np.isfinite(first), first, np.nan)


def _absent(condition: Condition) -> bool:
    """Return whether a condition is that something does not happen."""
    if isinstance(condition, EventCondition):
        return not condition.happens
    return isinstance(condition, Combined) and condition.none_of is not None


def _decided(condition: Condition) -> float:
    """Return the week by which it is known whether a condition is met, infinity for the end."""
    if isinstance(condition, Combined):
        return max(_decided(part) for part in condition.parts)
    if isinstance(condition, EventCondition):
        return np.inf if condition.within is None else condition.within
    if not condition.about.over_time:
        return np.inf
    window = condition.during
    return np.inf if window is None or window.to_week is None else window.to_week


def _week_of_quantity(data: xr.Dataset, condition: QuantityCondition) -> np.ndarray:
    if condition.months == "ever":
        inside = between(windowed(data, condition), condition)
        week = weeks_of(data)[np.argmax(inside, axis=1)]
        return np.where(inside.any(axis=1), week, np.nan)
    window = condition.during
    if window is not None and window.last is not None:
        return _first_end(data, condition, window.last)
    end: np.ndarray | float = horizon_of(data)
    if window is not None and window.since is not None and window.lasting is not None:
        end = event_week(data, window.since) + window.lasting
    if window is not None and window.to_week is not None:
        end = np.minimum(end, window.to_week)
    return np.where(answer_of(data, condition).yes, end, np.nan)


def _first_end(data: xr.Dataset, condition: QuantityCondition, length: float) -> np.ndarray:
    """Return ``(world,)`` the first week at which a condition held over so many weeks before it."""
    found = np.full(worlds_of(data), np.nan)
    for week in weeks_of(data):
        if week >= length:
            yes = answer_of(data, condition, np.full(len(found), week)).yes
            found[yes & np.isnan(found)] = week
    return found
