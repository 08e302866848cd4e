"""Men or equipment: for how much of the war shortage of men is what holds each side back."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Chart, Table, table_of
from ripeness.charts.reading import listed, require, sentence_case, side_names, worlds_of
from ripeness.charts.style import SIDES, of_twenty_axis, specification, wrapped
from ripeness.outcomes.words import of_twenty

SHARE: Final = "men bind in"
PARTS: Final = (
    "no week of the war",
    "up to a quarter",
    "a quarter to a half",
    "half to three quarters",
    "more than three quarters",
)
_UPPER = (0.0, 0.25, 0.5, 0.75, 1.0)  # upper end of each part but for rounding
_PANEL = 215


@CHARTS.register("manpower")
def build(data: xr.Dataset) -> Chart:
    """Draw a histogram per side of the share of war weeks in which men bind."""
    require(data, "men_bound_share")
    names, share = side_names(data), data["men_bound_share"].values.astype(float)
    columns: dict[str, list] = {SHARE: list(PARTS)}
    known = np.isfinite(share)
    for side, name in enumerate(names):
        place = np.searchsorted(_UPPER, np.clip(share[known[:, side], side], 0, 1))
        columns[name] = np.bincount(place, minlength=len(PARTS))[: len(PARTS)].tolist()
    table = table_of(columns)
    return Chart(
        name="manpower",
        title=_title(names, share),
        sentence=_sentence(names, share),
        spec=_spec(table, names, worlds_of(data)),
        table=table,
        alt=f"Bars: in how much of the war shortage of men binds {listed(names)}",
        method=f"{worlds_of(data):,} worlds, each counted once per side. In a week men bind if "
        "more soldiers, and not more equipment, would have raised the force in the field.",
    )


def _title(names: list[str], share: np.ndarray) -> str:
    parts = []
    for side, name in enumerate(names):
        known = share[np.isfinite(share[:, side]), side]
        if len(known):
            parts.append(f"{name} in {of_twenty(int((known > 0.5).sum()), len(known))}")
    if not parts:
        return "No world records whether men or equipment hold a side back"
    return f"For most of the war men, not equipment, are what is short for {listed(parts)}"


def _sentence(names: list[str], share: np.ndarray) -> str:
    parts = []
    for side, name in enumerate(names):
        known = share[np.isfinite(share[:, side]), side]
        if len(known):
            parts.append(
                f"shortage of men never binds {name} in "
                f"{of_twenty(int((known <= 0).sum()), len(known))}"
            )
    return sentence_case("; ".join(parts) or "nothing is recorded") + "."


def _spec(table: Table, names: list[str], worlds: int) -> dict[str, Any]:
    panels = []
    for side, name in enumerate(names):
        axis = {"title": "share of war weeks", "labelLimit": 200} if side == 0 else None
        y = {"field": SHARE, "type": "nominal", "sort": list(PARTS), "axis": axis}
        if axis:
            axis |= {"title": None, "labelPadding": 8}
        x = {
            "field": name,
            "type": "quantitative",
            "scale": {"domain": [0, worlds], "nice": False},
            "axis": {**of_twenty_axis(worlds, "worlds"), "grid": True},
        }
        panels.append(
            {
                "title": {"text": wrapped(name, 32), "offset": 8},
                "width": _PANEL,
                "height": {"step": 28},
                "mark": {"type": "bar", "color": SIDES[side], "height": 17},
                "encoding": {"x": x, "y": y},
            }
        )
    return specification(table, {"hconcat": panels, "spacing": 24})
