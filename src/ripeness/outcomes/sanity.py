"""Is the first half year sane? Hold it against what was recorded just before the start."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from ripeness.scenario.model import Recent, Scenario
from ripeness.types import WAR

HALF_YEAR_WEEKS = 24
"""Six months of four weeks: the month nearest to half a year."""

BAND = (0.05, 0.5, 0.95)
"""Quantiles printed: the band that holds 18 of 20 worlds, and its middle."""


def first_half_year(scenario: Scenario, data: xr.Dataset) -> list[dict[str, Any]]:
    """Return each recorded measure beside the model's first half year.

    Only worlds that are at war throughout the half year are compared. ``inside`` says whether the
    recorded likely value lies in the band that holds 18 of 20 of those worlds.
    """
    return [_compared(recent, scenario, data) for recent in scenario.recent.values()]


def _compared(recent: Recent, scenario: Scenario, data: xr.Dataset) -> dict[str, Any]:
    name = "casualties" if recent.measure == "casualties_per_week" else "area_held"
    window = data[["regime", name]].isel(month=data["week"].values <= HALF_YEAR_WEEKS)
    at_war = (window["regime"] == WAR).all("month").values
    series = window[name].sel(side=recent.side).values[at_war]
    weeks = float(window["week"].values[-1]) or 1.0
    change = (series[:, -1] - series[:, 0]) / weeks if len(series) else np.array([np.nan])
    low, middle, high = (float(value) for value in np.quantile(change, BAND))
    recorded = recent.value
    return {
        "what": recent.label,
        "unit": recorded.unit,
        "modelled_low": low,
        "modelled_median": middle,
        "modelled_high": high,
        "recorded_low": recorded.low,
        "recorded": recorded.likely,
        "recorded_high": recorded.high,
        "source": recorded.source.reference,
        "inside": bool(low <= recorded.likely <= high),
        "worlds": int(at_war.sum()),
    }
