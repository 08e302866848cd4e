"""Each side's expected end beside the true one.

Each month a side expects to hold some area at its planning date; in the same world, played on with nothing
signed, it then holds another. Both are told as own gain of ground a year, from the date of the expectation
to the planning date, so that sides that plan for different times can be compared:

    expected_s(t) = (expected area_s(t) - area_s(t)) / T_s,    true_s(t) = (area_s(t + T_s) - area_s(t)) / T_s

Where the war is over before the planning date, or that lies beyond the horizon, there is no true end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from jaxtyping import Float

from ripeness.types import ENDED, WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.worlds.draw import Worlds


@dataclass(frozen=True)
class Foresight:
    """What sides expect of the line and what becomes of it.

    Attributes:
        expected: ``(world, month, side)`` own gain expected, km2 a year; NaN where there is no true one.
        true: own gain that comes.
    """

    expected: Float[np.ndarray, "world month 2"]
    true: Float[np.ndarray, "world month 2"]

    def told(self, side: int, month: int = 0) -> dict[str, Any]:
        """Return in how many worlds a side expects more than comes, and the medians of both."""
        expected, true = self.expected[:, month, side], self.true[:, month, side]
        known = np.isfinite(expected)
        if not known.any():
            return {"of": 0, "expects_too_much": 0, "expected": None, "true": None}
        return {
            "of": int(known.sum()),
            "expects_too_much": int((expected > true)[known].sum()),
            "expected": float(np.median(expected[known])),
            "true": float(np.median(true[known])),
        }


def foresight_of(data: xr.Dataset, worlds: Worlds) -> Foresight:
    """Return expected and true ends.

    Args:
        data: outcomes of these worlds with nothing signed, see ``ensemble.undecided``.
        worlds: the ensemble.
    """
    area = data["area_held"].values.astype(float)
    months = area.shape[1]
    planning = np.asarray(worlds.parameters.diplomacy.planning, dtype=float).T  # (world, side)
    ahead = np.maximum(np.round(planning), 1.0).astype(int)[:, None, :]
    then = np.arange(months)[None, :, None] + ahead
    at = np.minimum(then, months - 1)
    over = np.broadcast_to((data["regime"].values == ENDED)[..., None], area.shape)
    known = (then < months) & ~np.take_along_axis(over, at, axis=1)
    years = ahead * WEEKS_PER_MONTH / WEEKS_PER_YEAR
    own_years = planning[:, None, :] * WEEKS_PER_MONTH / WEEKS_PER_YEAR
    expected = (data["expected_area"].values - area) / own_years
    true = (np.take_along_axis(area, at, axis=1) - area) / years
    return Foresight(np.where(known, expected, np.nan), np.where(known, true, np.nan))
