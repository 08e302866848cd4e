"""What can be seen as a war goes on, and when a world decides a claim.

What a side believes, would sign for or is worth at the front is not seen. Ground, losses, the economy, the
public, sanctions, aid, delegations and whether the guns are silent are: as in the data sets of real wars, only
without their errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.claims.conditions import event_week
from ripeness.claims.discovery.grid import YES_OR_NO, Feature
from ripeness.claims.discovery.learnt import Observation
from ripeness.claims.evaluate import needed_settings
from ripeness.claims.language import Claim, EventCondition, EventName, QuantityReading
from ripeness.claims.quantities import QUANTITIES, monthly
from ripeness.claims.reading import NotRecorded, horizon_of, variable, weeks_of, worlds_of
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT

SEEN: Final = (
    "area_held",
    "casualty_rate",
    "output",
    "support",
    "sanctions_felt",
    "aid_absorbed",
    "rank",
)
"""Quantities of a side that others can see as they come."""

REGIMES: Final = {
    "silent": ((CEASEFIRE, SETTLEMENT), "in which the guns are silent", "in which they are not"),
    "over": ((ENDED,), "in which the war is won or out of hand", "in which it is neither"),
}
"""Flags that are read from the regime."""


def observations_of(data: xr.Dataset) -> tuple[Observation, ...]:
    """Return what can be seen in a run, month by month.

    Args:
        data: the outcomes; what they do not record is left out.
    """
    sides = [str(name) for name in data["side"].values]
    labels = [str(name) for name in data["side_label"].values] if "side_label" in data else sides
    found = []
    for name in SEEN:
        quantity = QUANTITIES[name]
        for place, side in enumerate(sides):
            try:
                values = monthly(data, name, place)
            except NotRecorded:
                continue
            label = f"{quantity.meaning} ({labels[place]})"
            found.append(Observation(f"observed.{name}.{side}", label, quantity.unit, values))
    regime = variable(data, "regime", "world", "month")
    for name, (regimes, yes, no) in REGIMES.items():
        flag = np.isin(regime, regimes).astype(float)
        found.append(Observation(f"observed.{name}", name, YES_OR_NO, flag, yes, no))
    return tuple(found)


def observed_features(data: xr.Dataset, week: float = 26.0) -> tuple[Feature, ...]:
    """Return what can be seen of each world by a week: values in the last month up to it.

    Args:
        data: the outcomes of a run.
        week: weeks after the start.
    """
    month = int(np.flatnonzero(weeks_of(data) <= week)[-1])
    return tuple(
        Feature(each.name, f"{each.label} in week {weeks_of(data)[month]:g}", each.unit,
                each.values[:, month], each.yes, each.no)
        for each in observations_of(data)
    )  # fmt: skip


def decided_week(claim: Claim, data: xr.Dataset) -> np.ndarray:
    """Return ``(world,)`` the week in which a world decides a claim; infinite where it never does.

    *Necessary* and *alternative cause*: when the outcome happens. *Not within* and *base rate*: when the event
    happens or the time is over. *Improbable*, *state* and *trend*: when the last of its events has happened or
    its last window has passed. Whatever the kind, nothing is left to decide once the war is won or out of hand.
    A claim that compares plays of the same world is decided nowhere: nobody sees the other play.
    """
    if needed_settings([claim]):
        return np.full(worlds_of(data), np.inf)
    own = _DECIDES.get(claim.kind)
    over = variable(data, "regime", "world", "month") == ENDED
    end = np.where(over.any(axis=1), weeks_of(data)[over.argmax(axis=1)], np.inf)
    return end if own is None else np.minimum(own(data, claim.test), end)


def _outcome(data: xr.Dataset, test: Any) -> np.ndarray:
    return _or_never(event_week(data, test.outcome))


def _not_within(data: xr.Dataset, test: Any) -> np.ndarray:
    return np.minimum(_or_never(event_week(data, test.event)), test.weeks)


def _base_rate(data: xr.Dataset, test: Any) -> np.ndarray:
    begins = 0.0 if test.begins is None else _or_never(event_week(data, test.begins))
    return np.minimum(_or_never(event_week(data, test.event)), begins + test.within)


def _all_of(data: xr.Dataset, conditions: Iterable[EventName | QuantityReading]) -> np.ndarray:
    return np.max([_end(data, each) for each in conditions], axis=0)


_DECIDES: Final[dict[str, Callable[[xr.Dataset, Any], np.ndarray]]] = {
    "necessary": _outcome,
    "alternative cause": _outcome,
    "not within": _not_within,
    "base rate": _base_rate,
    "improbable": lambda data, test: _all_of(data, test.what),
    "state": lambda data, test: _all_of(data, (*test.expects, *test.does)),
    "trend": lambda data, test: _all_of(data, (test.quantity,)),
}
"""When a world decides a claim, by kind; kinds that are missing are decided when the war is over."""


def _end(data: xr.Dataset, condition: EventName | QuantityReading) -> np.ndarray:
    """Return ``(world,)`` when it is known whether a condition holds."""
    horizon = horizon_of(data)
    if isinstance(condition, QuantityReading):
        window = condition.during
        end = horizon if window is None or window.to_week is None else window.to_week
        return np.full(worlds_of(data), end)
    within = condition.within if isinstance(condition, EventCondition) else None
    return np.minimum(_or_never(event_week(data, condition)), horizon if within is None else within)


def _or_never(week: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(week), np.inf, week)
