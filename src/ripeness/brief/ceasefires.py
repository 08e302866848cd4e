"""How many worlds see a ceasefire, by what is called one, as the brief's table tells it."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from ripeness.charts.reading import worlds_of
from ripeness.outcomes.ceasefires import ceasefires_within
from ripeness.outcomes.words import of_twenty

WEEKS: Final = (26.0, 52.0, 104.0, 260.0)
COLUMNS: Final = ("half a year", "a year", "two years", "five years")
_NEEDED: Final = {"regime", "casualty_rate", "signing"}


def ceasefire_table(data: xr.Dataset) -> dict[str, Any] | None:
    """Return the definitions with the worlds that fit them by date; None if the run cannot tell."""
    if not set(data.variables) >= _NEEDED:
        return None
    horizon = float(data.sizes["month"] - 1) * 4.0
    shown = [(week, name) for week, name in zip(WEEKS, COLUMNS, strict=True) if week <= horizon]
    if not shown:
        return None
    worlds, counts = worlds_of(data), ceasefires_within(data, tuple(week for week, _ in shown))
    rows, last = [], f"{shown[-1][0]:.0f}"
    totals = {}
    for name, found in counts.items():
        by_week: Any = found["worlds_by_week"]
        totals[name] = by_week[last]
        cells = [of_twenty(by_week[f"{week:.0f}"], worlds) for week, _ in shown]
        rows.append({"label": found["label"], "cells": cells})
    least, most = min(totals.values()), max(totals.values())
    told = (
        f"Within {shown[-1][1]} there is a ceasefire in {of_twenty(most, worlds)} or in "
        f"{of_twenty(least, worlds)}, by what is called one."
    )
    return {"columns": [name for _, name in shown], "rows": rows, "told": told}
