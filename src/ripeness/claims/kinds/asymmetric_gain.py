"""Asymmetric gain: an interval of the war helps one side, and only that side ends it.

    interval = the first run of months in the regime, from its first day to its last
    gain     = the quantity of the gainer at its end, less that at its start
    tested   = worlds in which the regime occurs and both ends are known
    holds    = gain > smallest, and if such an interval is ever broken, the gainer is the first

A record stands for the start of its month, before what is decided in it. The regime therefore
begins with the last record before it, and the last record in it is its end.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import xarray as xr
from pydantic import Field

from ripeness.claims.conditions import all_of, event_week
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, EventName, QuantityName
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.reading import label_of, place_of, variable
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.quantity import Number
from ripeness.types import REGIMES

BROKEN_BY: Final = {"ceasefire": "resumption", "settlement": "breach"}
"""The event that breaks a regime."""


class AsymmetricGainTest(Definition):
    """Fields of a claim that an interval helps one side."""

    during: Literal["ceasefire", "settlement"]
    gains: QuantityName = Field(description="what the side gains, in its own terms")
    smallest: Number = Field(0.0, ge=0, description="a gain must be larger than this")
    only_gainer_breaks: bool = Field(False, strict=True)


class AsymmetricGain(WithoutLevers):
    """Who gains, and who breaks."""

    model = AsymmetricGainTest

    def trial(self, test: AsymmetricGainTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the regime occurs."""
        data = runs.data
        gain = gain_during(data, test.gains, REGIMES.index(test.during))
        tested = all_of(data, test.among).yes & np.isfinite(gain)
        gains = np.zeros_like(tested)
        gains[tested] = gain[tested] > test.smallest
        holds, remarks = gains, _told(data, test, gains, tested)
        if test.only_gainer_breaks:
            broken, by_gainer = _broken(data, test)
            holds = gains & (~broken | by_gainer)
            remarks += _told_of_breaks(data, test, tested & broken, tested & by_gainer)
        details = {"mean_gain": float(gain[tested].mean())} if tested.any() else {}
        return Trial(
            tested, holds, named(test, f"worlds with a {test.during} of a month or longer"),
            details=details, remarks=remarks,
        )  # fmt: skip


def gain_during(data: xr.Dataset, name: QuantityName, regime: int) -> np.ndarray:
    """Return ``(world,)`` the change of a quantity during the first interval of a regime."""
    inside = variable(data, "regime", "world", "month") == regime
    read = QUANTITIES[name.quantity].read
    values = read(data, place_of(data, name.side), name.of).astype(float)
    first = np.argmax(inside, axis=1)
    month = np.arange(inside.shape[1])
    over = (month > first[:, None]) & ~inside
    last = np.where(over.any(axis=1), np.argmax(over, axis=1), inside.shape[1]) - 1
    found = inside.any(axis=1) & (first > 0)
    start, end = np.maximum(first - 1, 0), np.maximum(last, 0)
    worlds = np.arange(len(first))
    return np.where(found, values[worlds, end] - values[worlds, start], np.nan)


def _broken(data: xr.Dataset, test: AsymmetricGainTest) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(world,)`` whether the regime was broken, and whether by the side that gains."""
    event = BROKEN_BY[test.during]
    anyone = EventName.model_validate({"event": event})
    gainer = EventName.model_validate({"event": event, "side": test.gains.side})
    return ~np.isnan(event_week(data, anyone)), ~np.isnan(event_week(data, gainer))


def _told(
    data: xr.Dataset, test: AsymmetricGainTest, gains: np.ndarray, tested: np.ndarray
) -> tuple[str, ...]:
    if not tested.any():
        return ()
    words = of_twenty(int(gains.sum()), int(tested.sum()))
    return (f"{label_of(data, test.gains.side)} gains in {words}.",)


def _told_of_breaks(
    data: xr.Dataset, test: AsymmetricGainTest, broken: np.ndarray, by_gainer: np.ndarray
) -> tuple[str, ...]:
    if not broken.any():
        return ("Nobody breaks it in any world.",)
    words = of_twenty(int(by_gainer.sum()), int(broken.sum()), "worlds in which it is broken")
    return (f"{label_of(data, test.gains.side)} is the one to break it in {words}.",)


KINDS.register("asymmetric gain")(AsymmetricGain())
