"""Trend: a quantity rises, or falls, over time.

    line    = least squares of the quantity on the week, over the months in which it is known
    change  = slope x (last known week - first known week)
    tested  = worlds in which it is known in four months or more
    holds   = the change, counted in the claimed direction, is above `smallest`

The line uses all months, so that one jump at the end is no trend. A world that ends early has a
short line; the slope per year is told beside the change.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, Self

import numpy as np
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, windowed
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.kinds.paired import mean_and_error
from ripeness.claims.language import Definition, QuantityReading
from ripeness.claims.reading import weeks_of
from ripeness.scenario.quantity import Number
from ripeness.types import WEEKS_PER_YEAR

FEWEST_MONTHS: Final = 4
"""Months without which there is no trend: a quarter of a year and its start (assumed)."""


class TrendTest(Definition):
    """Fields of a claim that something grows or shrinks."""

    quantity: QuantityReading = Field(description="over time; its window, if it has one, counts")
    direction: Literal["rises", "falls"]
    smallest: Number = Field(0.0, ge=0, description="change of the line that does not count")

    @model_validator(mode="after")
    def _over_time(self) -> Self:
        if not self.quantity.about.over_time:
            raise ValueError(f"`{self.quantity.quantity}` has one value per world and no trend")
        if "reading" in self.quantity.model_fields_set:
            raise ValueError("a trend is read month by month: drop `reading`")
        return self


class Line(NamedTuple):
    """Least squares lines, ``(world,)`` each; NaN where there are too few months.

    Attributes:
        change: from the first known week to the last.
        slope: a year.
    """

    change: np.ndarray
    slope: np.ndarray


class Trend(WithoutLevers):
    """Over time."""

    model = TrendTest

    def trial(self, test: TrendTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the quantity is known for long enough."""
        values = windowed(runs.data, test.quantity)
        line = line_of(values, weeks_of(runs.data))
        tested = all_of(runs.data, test.among).yes & np.isfinite(line.change)
        sign = 1.0 if test.direction == "rises" else -1.0
        holds = np.zeros_like(tested)
        holds[tested] = sign * line.change[tested] > test.smallest
        if not tested.any():
            return Trial(tested, holds, named(test))
        change, error = mean_and_error(line.change[tested])
        slope = float(line.slope[tested].mean())
        details = {"mean_change": change, "standard_error": error, "slope_per_year": slope}
        words = f"In the mean it moves by {slope:+.2g} {test.quantity.unit} a year."
        return Trial(tested, holds, named(test), details=details, remarks=(words,))


def line_of(values: np.ndarray, week: np.ndarray) -> Line:
    """Fit a line to every world.

    Args:
        values: ``(world, month)``, NaN where not known.
        week: ``(month,)``.
    """
    known = np.isfinite(values)
    count = known.sum(axis=1)
    enough = count >= FEWEST_MONTHS
    number = np.maximum(count, 1)[:, None]
    at = np.where(known, week, 0.0)
    centred = np.where(known, week - at.sum(axis=1, keepdims=True) / number, 0.0)
    spread = (centred**2).sum(axis=1)
    slope = (centred * np.where(known, values, 0.0)).sum(axis=1) / np.where(spread > 0, spread, 1.0)
    first = np.where(known, week, np.inf).min(axis=1)
    last = np.where(known, week, -np.inf).max(axis=1)
    length = np.where(enough, last - first, np.nan)
    return Line(slope * length, np.where(enough, slope * WEEKS_PER_YEAR, np.nan))


KINDS.register("trend")(Trend())
