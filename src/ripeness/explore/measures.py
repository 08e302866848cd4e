"""Outcomes that every world has, so that their spread can be told: one line per measure.

Terms are read from the line at the end: a settlement moves it to its terms within a quarter, and a world
without one has a line too. What was signed exists in some worlds only, and the worlds in which it exists
differ between theories, so that its spread could not be told apart by source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import xarray as xr

from ripeness.outcomes.endings import FIRST_WINS, SECOND_WINS, SETTLED
from ripeness.types import WAR


class Measure(NamedTuple):
    """An outcome of a world.

    Attributes:
        label: what it is; ``{first}`` stands for the first side.
        unit: of its standard deviation.
        of: from the outcomes of a run to ``(part, world)``; one part but for endings.
    """

    label: str
    unit: str
    of: Callable[[xr.Dataset], np.ndarray]


def _one(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)[None]


def _endings(data: xr.Dataset) -> np.ndarray:
    """Return one indicator per ending."""
    codes = np.arange(len(data["ending"].attrs["flag_meanings"]))
    return (data["ending"].values == codes[:, None]).astype(np.float64)


MEASURES: Final[dict[str, Measure]] = {
    "ending": Measure("ending", "", _endings),
    "settled": Measure("settled at the end", "", lambda data: _one(data["ending"].values == SETTLED)),
    "broken": Measure("a settlement was broken", "", lambda data: _one(data["broken_by"].values >= 0)),
    "victory": Measure(
        "victory of either side", "",
        lambda data: _one(np.isin(data["ending"].values, (FIRST_WINS, SECOND_WINS))),
    ),
    "war_months": Measure(
        "months of war", "months",
        lambda data: _one((data["regime"].values[:, :-1] == WAR).sum(axis=1)),
    ),
    "line": Measure(
        "area of {first} at the end", "km2", lambda data: _one(data["area_held"].values[:, -1, 0])
    ),
}  # fmt: skip
"""What is decomposed. Without a unit: an indicator, whose spread is a share of worlds."""
