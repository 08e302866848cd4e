"""Trade-off: over some alternatives, what is better in one respect is worse in another.

    alternatives    members of a further axis of both quantities (kinds of guarantee, issues ...),
                    or settings of levers, in the same world
    with bounds     tested = worlds in which some alternative is enough in the first respect and
                    some in the second; holds = none is enough in both
    without bounds  tested = worlds with two alternatives or more that differ in both respects;
                    holds = more pairs of alternatives are ordered the opposite way than the same
                    way (Kendall 1938, Biometrika 30: 81-93: tau < 0)

The alternatives are compared within a world, so that a trade-off is not an accident of which worlds
have which. If the alternatives are settings that all come to the same run, the levers are dead.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import xarray as xr
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, reading_of
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import check_settings, same_runs
from ripeness.claims.language import Definition, Move, QuantityReading
from ripeness.claims.reading import place_of
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.model import Label
from ripeness.scenario.quantity import Number


class Respect(QuantityReading):
    """A quantity that every alternative has, and perhaps what is enough of it."""

    whole_axis = True

    at_least: Number | None = None
    at_most: Number | None = None

    @property
    def bounded(self) -> bool:
        """Whether it is said what is enough."""
        return self.at_least is not None or self.at_most is not None

    def enough(self, values: np.ndarray) -> np.ndarray:
        """Return where values are enough; NaN never is."""
        low = -np.inf if self.at_least is None else self.at_least
        high = np.inf if self.at_most is None else self.at_most
        return (values >= low) & (values <= high)


class TradeOffTest(Definition):
    """Fields of a claim that two things cannot be had together."""

    first: Respect
    second: Respect
    settings: dict[Label, tuple[Move, ...]] = Field(
        default_factory=dict, description="alternatives that are settings of levers, by name"
    )

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        if self.first.bounded != self.second.bounded:
            raise ValueError("give bounds in both respects, or in neither")
        if self.settings:
            if len(self.settings) < 2:
                raise ValueError("a trade-off needs two settings or more")
            check_settings(self.settings.values())
            for respect in (self.first, self.second):
                if respect.about.over and respect.of is None:
                    raise ValueError(
                        f"`{respect.quantity}` differs by {respect.about.over}: add `of`"
                    )
            return self
        axes = {respect.about.over for respect in (self.first, self.second)}
        if len(axes) > 1 or axes == {""}:
            raise ValueError("both quantities must have the same further axis; or give `settings`")
        for respect in (self.first, self.second):
            if respect.of is not None or respect.about.over_time:
                raise ValueError(f"`{respect.quantity}` must be once per world, for all: drop `of`")
        return self


class TradeOff:
    """Not both."""

    model = TradeOffTest

    def settings(self, test: TradeOffTest) -> tuple[Settings, ...]:
        """Return the settings of the alternatives."""
        return tuple(settings_of(moves)[1] for moves in test.settings.values())

    def trial(self, test: TradeOffTest, runs: Runs) -> Trial:
        """Test the claim in every world with alternatives."""
        if test.settings:
            played = [runs.moved(settings) for settings in self.settings(test)]
            if all(same_runs(played[0], run) for run in played[1:]):
                why = (
                    "all settings come to the same in every world: the levers are dead in this run."
                )
                return no_trial(runs.data, why)
            first, second = (
                np.stack([reading_of(run, each) for run in played])
                for each in (test.first, test.second)
            )
        else:
            first, second = (_alternatives(runs.data, each) for each in (test.first, test.second))
        among = all_of(runs.data, test.among).yes
        known = np.isfinite(first) & np.isfinite(second)
        if test.first.bounded:
            return _enough(
                test, among, np.where(known, first, np.nan), np.where(known, second, np.nan)
            )
        return _ordered(
            test, among, np.where(known, first, np.nan), np.where(known, second, np.nan)
        )


def _alternatives(data: xr.Dataset, respect: Respect) -> np.ndarray:
    """Return ``(alternative, world)`` a quantity along its further axis."""
    return respect.about.read(data, place_of(data, respect.side), None)


def _enough(test: TradeOffTest, among: np.ndarray, first: np.ndarray, second: np.ndarray) -> Trial:
    one, other = test.first.enough(first), test.second.enough(second)
    tested = among & one.any(axis=0) & other.any(axis=0)
    both = (one & other).any(axis=0)
    asked = among & np.isfinite(first).any(axis=0)
    remarks: tuple[str, ...] = ()
    if asked.any():
        lacking, of = (
            [int((asked & ~part.any(axis=0)).sum()) for part in (one, other)],
            int(asked.sum()),
        )
        remarks = (
            f"No alternative is enough in the first respect in {of_twenty(lacking[0], of)}, "
            f"in the second in {of_twenty(lacking[1], of)}.",
        )
    name = named(test, "worlds in which some alternative is enough in each respect")
    return Trial(tested, tested & ~both, name, remarks=remarks)


def _ordered(test: TradeOffTest, among: np.ndarray, first: np.ndarray, second: np.ndarray) -> Trial:
    same, opposite = concordance(first, second)
    tested = among & (same + opposite > 0)
    holds = tested & (opposite > same)
    details = {}
    if tested.any():
        tau = (same[tested] - opposite[tested]) / (same[tested] + opposite[tested])
        details = {"mean_tau": float(tau.mean())}
    name = named(test, "worlds in which alternatives differ in both respects")
    return Trial(tested, holds, name, details=details)


def concordance(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(world,)`` how many pairs of alternatives are ordered the same way, and the opposite.

    Args:
        first: ``(alternative, world)``, NaN where not known; such pairs, and ties, do not count.
        second: likewise.
    """
    same = np.zeros(first.shape[1], dtype=int)
    opposite = np.zeros(first.shape[1], dtype=int)
    for place in range(1, len(first)):
        for before in range(place):
            product = np.sign(first[place] - first[before]) * np.sign(
                second[place] - second[before]
            )
            same += product > 0
            opposite += product < 0
    return same, opposite


KINDS.register("trade-off")(TradeOff())
