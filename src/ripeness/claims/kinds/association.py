"""Association: within a world, what happens when a condition lasts, against when it does not.

A window is so many weeks (rounded up to months) that lie in one regime throughout. It is exposed
if the condition holds in every month of it. Its response F is the smallest of the changes of the
quantities, counted in the claimed direction: F > 0 only if *all* of them moved that way.

    F'_wm   = F_wm - mean of F over unexposed windows that end in the same month, same theory
    d_w     = mean F' of the exposed windows of world w - mean F' of its other windows
    tested  = worlds with both sorts of windows, the exposed in a month that can be matched
    holds   = d_w > 0, and the mean F of its exposed windows is > 0

With `compared: level` F is instead the quantity at the end of the window, and the last term is left
out: a flag that is up in all exposed months and in no other is an association without any change.

Matching by month takes out what time alone does; the second term takes out what sets the world
apart throughout. Without an association d_w is as often above as below nothing. It is no proof of
a cause: what brings the condition about may also bring the change.
"""

from __future__ import annotations

import math
from typing import Literal, Self

import numpy as np
import xarray as xr
from pydantic import Field, field_validator, model_validator

from ripeness.claims.conditions import all_of, between, lasting_months, monthly_values
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, QuantityCondition, QuantityName, Weeks
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.reading import theories_of, variable
from ripeness.types import REGIMES, WEEKS_PER_MONTH


class AssociationTest(Definition):
    """Fields of a claim that one thing goes with another over time."""

    when: QuantityCondition = Field(description="what lasts; month by month, so without a window")
    weeks: Weeks = Field(description="how long it lasts")
    then: tuple[QuantityName, ...] = Field(min_length=1, description="what has moved by then")
    direction: Literal["falls", "rises"]
    compared: Literal["change", "level"] = Field(
        "change", description="over the window, or where it stands at its end"
    )
    during: Literal["war", "ceasefire", "settlement"] = "war"

    @field_validator("when")
    @classmethod
    def _monthly(cls, when: QuantityCondition) -> QuantityCondition:
        if not QUANTITIES[when.quantity].over_time:
            raise ValueError(f"`{when.quantity}` has one value per world and cannot last")
        if {"during", "reading", "months"} & when.model_fields_set:
            raise ValueError("it is read month by month: drop `during`, `reading` and `months`")
        return when

    @field_validator("then")
    @classmethod
    def _moving(cls, then: tuple[QuantityName, ...]) -> tuple[QuantityName, ...]:
        for name in then:
            if not QUANTITIES[name.quantity].over_time:
                raise ValueError(f"`{name.quantity}` has one value per world and cannot move")
        return then

    @model_validator(mode="after")
    def _one_level(self) -> Self:
        if self.compared == "level" and len(self.then) > 1:
            raise ValueError("levels of several quantities cannot be compared at once: give one")
        return self


class Association(WithoutLevers):
    """Goes with."""

    model = AssociationTest

    def trial(self, test: AssociationTest, runs: Runs) -> Trial:
        """Test the claim in every world that is sometimes exposed and sometimes not."""
        data = runs.data
        response, exposed, other = windows(data, test)
        among = all_of(data, test.among).yes[:, None]
        exposed, other = exposed & among, other & among
        both = np.asarray(exposed.any(axis=1) & other.any(axis=1))[:, None]
        matched = response - _matches(response, other & both, theories_of(data)[0])
        exposed = exposed & both & np.isfinite(matched)
        tested = np.asarray(exposed.any(axis=1))
        difference = _row_mean(matched, exposed) - _row_mean(matched, other & both)
        moved = _row_mean(response, exposed)
        holds = np.zeros_like(tested)
        holds[tested] = difference[tested] > 0
        if test.compared == "change":
            holds[tested] &= moved[tested] > 0
        return Trial(
            tested, holds, named(test, "worlds that had such months and others"),
            details=_details(difference[tested], test.then[0].unit),
        )  # fmt: skip


def windows(data: xr.Dataset, test: AssociationTest) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, by the month in which windows end, their response and whether they are exposed.

    Returns:
        ``(world, month)`` each: the response, which windows are exposed, which are not.
    """
    length = math.ceil(test.weeks / WEEKS_PER_MONTH)
    when = monthly_values(data, test.when)
    lasts = lasting_months(between(when, test.when), length)
    known = lasting_months(np.isfinite(when), length)
    regime = variable(data, "regime", "world", "month") == REGIMES.index(test.during)
    inside = lasting_months(regime, length + 1)
    sign = -1.0 if test.direction == "falls" else 1.0
    values = [sign * monthly_values(data, name) for name in test.then]
    if test.compared == "change":
        values = [_change_over(value, length) for value in values]
    response = np.minimum.reduce(values)
    usable = inside & known & np.isfinite(response)
    return np.where(usable, response, np.nan), usable & lasts, usable & ~lasts


def _change_over(values: np.ndarray, months: int) -> np.ndarray:
    change = np.full(values.shape, np.nan)
    if months < values.shape[1]:
        change[:, months:] = values[:, months:] - values[:, :-months]
    return change


def _matches(response: np.ndarray, other: np.ndarray, theory: np.ndarray) -> np.ndarray:
    """Return for every window the mean response of unexposed ones of its month and theory."""
    matches = np.full(response.shape, np.nan)
    for code in np.unique(theory):
        rows = theory == code
        matches[rows] = _row_mean(response[rows].T, other[rows].T)[None, :]
    return matches


def _row_mean(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Return the mean of every row over the places that count, NaN where there are none."""
    count = where.sum(axis=1)
    total = np.where(where, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _details(difference: np.ndarray, unit: str) -> dict[str, float | str | None]:
    if not len(difference):
        return {}
    several = len(difference) > 1
    error = float(difference.std(ddof=1) / np.sqrt(len(difference))) if several else None
    return {"mean_difference": float(difference.mean()), "standard_error": error, "unit": unit}


KINDS.register("association")(Association())
