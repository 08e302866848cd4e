"""Necessary: the outcome comes only after the condition.

    tested  = worlds in which the outcome happens (and the condition can be read)
    holds   = the condition held before it
    verdict on consistency = |holds| / |tested|; coverage = |holds| / |worlds with the condition|

Consistency and coverage are those of set-theoretic comparison (Ragin 2008, "Redesigning Social
Inquiry", ch. 3) for crisp sets: a condition is necessary as far as the outcome is a subset of it,
and trivial as far as it is met in nearly every world anyway, which is why the share of worlds in
which it is met at all is reported beside it.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from pydantic import Field

from ripeness.claims.conditions import all_of, answer_of, event_clause, event_week
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Condition, Definition, EventCondition, EventName
from ripeness.outcomes.words import of_twenty


class NecessaryTest(Definition):
    """Fields of a necessary condition."""

    outcome: EventName = Field(description="what does not come without the condition")
    needs: tuple[Condition, ...] = Field(
        min_length=1, description="what must have held before; windows with `last` end with it"
    )


class Necessary(WithoutLevers):
    """Only after."""

    model = NecessaryTest

    def trial(self, test: NecessaryTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the outcome happens."""
        data = runs.data
        week = event_week(data, test.outcome)
        among = all_of(data, test.among)
        met = all_of(data, test.needs, until=week)
        tested = ~np.isnan(week) & among.yes & met.known
        holds = tested & met.yes
        details, remarks = {}, ()
        if all(isinstance(condition, EventCondition) for condition in test.needs):
            details, remarks = _coverage(data, test, among.yes, holds)
        return Trial(
            tested, holds, named(test, f"worlds in which {event_clause(data, test.outcome)}"),
            details=details, remarks=remarks,
        )  # fmt: skip


def _coverage(
    data: xr.Dataset, test: NecessaryTest, among: np.ndarray, holds: np.ndarray
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return how often the condition is met at all, and how often the outcome then follows."""
    ever = among.copy()
    for condition in test.needs:
        ever &= answer_of(data, condition).yes
    met, worlds = int(ever.sum()), int(among.sum())
    if not worlds:
        return {}, ()
    details = {"condition_met_share": met / worlds}
    remark = f"The condition is met at some time in {of_twenty(met, worlds)}"
    if met:
        details["coverage"] = int(holds.sum()) / met
        remark += f", and the outcome follows in {of_twenty(int(holds.sum()), met)} of these"
        remark = remark.replace(" worlds of these", " of these worlds")
    return details, (remark + ".",)


KINDS.register("necessary")(Necessary())
