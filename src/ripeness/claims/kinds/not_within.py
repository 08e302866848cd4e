"""Not within: something takes longer than a time.

    tested = worlds in which the event happens by the horizon (all worlds, if `never` counts)
    holds  = it happens later than so many weeks after the start

A world in which the event never happens says nothing about how long it takes, so that it is left
out unless the claim counts it. A run that ends before the time is over cannot test the claim.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of, event_clause, event_week
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named, no_trial
from ripeness.claims.language import Definition, EventName, Weeks
from ripeness.claims.reading import horizon_of


class NotWithinTest(Definition):
    """Fields of a claim about time."""

    event: EventName
    weeks: Weeks = Field(description="it takes longer than this, from the start")
    never: Literal["is_left_out", "counts"] = "is_left_out"


class NotWithin(WithoutLevers):
    """Later than."""

    model = NotWithinTest

    def trial(self, test: NotWithinTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the event happens."""
        data = runs.data
        horizon = horizon_of(data)
        if horizon <= test.weeks:
            return no_trial(
                data, f"the run ends in week {horizon:g}, before the {test.weeks:g} weeks are over."
            )
        week = event_week(data, test.event)
        happens, among = ~np.isnan(week), all_of(data, test.among).yes
        later = happens & (week > test.weeks)
        details: dict[str, float] = {"weeks": test.weeks}
        if (happens & among).any():
            details["median_week"] = float(np.median(week[happens & among]))
        if test.never == "counts":
            return Trial(among, among & (later | ~happens), named(test), details=details)
        tested = among & happens
        worlds = named(test, f"worlds in which {event_clause(data, test.event)}")
        return Trial(tested, tested & later, worlds, details=details)


KINDS.register("not within")(NotWithin())
