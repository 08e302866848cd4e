"""Instrument: an act is chosen for an effect, and would not be done without it.

    months of the act = those in which all of `act` hold; a month is instrumental if
    while        all of these hold in it (it would sign nothing, nobody would see it refuse ...)
    gain         the side's own expected gain from the act is above nothing, and without the named
                 channels it is not: sum_c g_c > 0 and sum over the others <= 0
    holds        more than `more_than` of the months of the act are instrumental
    takes away   (levers that switch the effect off, in the same worlds with the same luck)
                 the act becomes rarer: its share of the months falls by more than `more_than` of it
    tested  = worlds with a month of the act in which this is known; if several are given, all must
              hold

It is the but-for test of a reason: a gain that comes along with an act done anyway is not what the
act is for. A motive is an instrument whose effect is on the side itself. Rules that do not look
ahead do not answer to `takes_away`: it then fails where the rule, not the side, is why.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import xarray as xr
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, in_months
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import dead
from ripeness.claims.language import Definition, Monthly, Move, QuantityName
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.reading import place_of, place_on, variable
from ripeness.scenario.model import Label
from ripeness.scenario.quantity import Number


class Gain(QuantityName):
    """What an act gains through each channel, and the channels that it is said to be for."""

    whole_axis = True

    through: tuple[Label, ...] = Field(min_length=1, description="channels of the effect")

    @model_validator(mode="after")
    def _by_channel(self) -> Self:
        if not (self.about.over and self.about.over_time):
            raise ValueError(f"`{self.quantity}` is not told month by month and channel by channel")
        return self


class InstrumentTest(Definition):
    """Fields of a claim about what an act is for."""

    act: tuple[Monthly, ...] = Field(min_length=1, description="what the side does in a month")
    while_: tuple[Monthly, ...] = Field((), alias="while", description="what gives it away")
    gain: Gain | None = Field(None, description="what it gains by the act, as it sees it")
    takes_away: tuple[Move, ...] = Field((), description="levers that switch the effect off")
    more_than: Number = Field(0.5, ge=0, lt=1, description="share of the months of the act")

    @model_validator(mode="after")
    def _some_way(self) -> Self:
        if not (self.while_ or self.gain or self.takes_away):
            raise ValueError(
                "give `while`, `gain` or `takes_away`: how to tell what the act is for"
            )
        return self


class Instrument:
    """For the sake of."""

    model = InstrumentTest

    def settings(self, test: InstrumentTest) -> tuple[Settings, ...]:
        """Return the settings with the effect and without it."""
        return settings_of(test.takes_away)

    def trial(self, test: InstrumentTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the act is done."""
        before, after = (runs.moved(settings) for settings in settings_of(test.takes_away))
        if test.takes_away and (why := dead(before, after, test.takes_away)):
            return no_trial(runs.data, why)
        act, known = in_months(before, test.act)
        tested = all_of(before, test.among).yes & act.any(axis=1)
        holds = tested.copy()
        details: dict[str, float] = {}
        if test.while_ or test.gain is not None:
            instrumental, told = _instrumental(before, test)
            act_told = act & told
            tested &= act_told.any(axis=1)
            share = _share(instrumental & act_told, act_told)
            holds &= np.nan_to_num(share) > test.more_than
            if tested.any():
                details["instrumental_share"] = float(share[tested].mean())
        if test.takes_away:
            usual, without = _share(act, known), _share(*in_months(after, test.act))
            tested &= np.isfinite(without)
            holds &= np.nan_to_num(without) < (1.0 - test.more_than) * np.nan_to_num(usual)
            if tested.any():
                details["act_share"] = float(usual[tested].mean())
                details["act_share_without"] = float(without[tested].mean())
        name = named(test, "worlds with the act")
        return Trial(tested, holds & tested, name, details=details, remarks=_told(details))


def _instrumental(data: xr.Dataset, test: InstrumentTest) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(world, month)`` whether the act, if done, is done for the effect; and if known."""
    yes, known = in_months(data, test.while_)
    if test.gain is None:
        return yes, known
    quantity = QUANTITIES[test.gain.quantity]
    gains = quantity.read(data, place_of(data, test.gain.side), None)
    named_ones = [place_on(data, quantity.over, channel) for channel in test.gain.through]
    others = np.delete(gains, named_ones, axis=0).sum(axis=0)
    every = gains.sum(axis=0)
    meant = np.isin(variable(data, "regime", "world", "month"), quantity.regimes)
    known = known & meant & np.isfinite(every)
    return yes & (np.nan_to_num(every) > 0) & (np.nan_to_num(others) <= 0), known


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` the share of some months that are in a part of them, NaN without any."""
    count = whole.sum(axis=1)
    return np.where(count > 0, (part & whole).sum(axis=1) / np.maximum(count, 1), np.nan)


def _told(details: dict[str, float]) -> tuple[str, ...]:
    remarks = []
    if "instrumental_share" in details:
        words = f"about {20 * details['instrumental_share']:.0f} of 20 months"
        remarks.append(
            f"In the mean over worlds the act is for the effect in {words} in which it is done."
        )
    if "act_share" in details:
        usual, without = (20 * details[name] for name in ("act_share", "act_share_without"))
        remarks.append(
            f"With the effect it is done in {usual:.0f} of 20 months, without it in {without:.0f}."
        )
    return tuple(remarks)


KINDS.register("instrument")(Instrument())
