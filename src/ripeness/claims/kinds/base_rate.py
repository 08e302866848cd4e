"""Base rate: how often something happens, against a bound, in the worlds and in the record.

    tested  = worlds in which it begins (`begins`; week 0 if left out) early enough that `within`
              weeks are seen; holds = the event comes after that and within so many weeks
    verdict on share = |holds| / |tested| against `more_than`, or `less_than`: supported if its
              interval (Wilson) lies wholly on the side that is claimed, contradicted if wholly on the
              other

Worlds in which it begins too late to be watched so long are left out whether the event comes or not:
to keep those with the event would count too many. What past wars say is judged by itself, on its own
interval (`record`), and stands beside the verdict, with whether worlds and record can be told apart.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, event_clause, event_week
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, EventName, Weeks
from ripeness.claims.reading import horizon_of
from ripeness.claims.record import RecordFinding, heard
from ripeness.claims.verdict import Measured
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.quantity import Number


class BaseRateTest(Definition):
    """Fields of a claim about how often something happens."""

    begins: EventName | None = Field(None, description="from when it is watched; left out: week 0")
    event: EventName
    within: Weeks = Field(description="weeks for which it is watched")
    more_than: Number | None = Field(None, ge=0, le=1, description="share of worlds")
    less_than: Number | None = Field(None, ge=0, le=1, description="share of worlds")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.more_than is None) == (self.less_than is None):
            raise ValueError("give either `more_than` or `less_than`")
        return self


class BaseRate(WithoutLevers):
    """How often."""

    model = BaseRateTest

    def trial(self, test: BaseRateTest, runs: Runs) -> Trial:
        """Test the claim in every world that is watched for long enough."""
        data = runs.data
        among = all_of(data, test.among).yes
        start = np.zeros(among.shape) if test.begins is None else event_week(data, test.begins)
        week = event_week(data, test.event)
        tested = among & (start + test.within <= horizon_of(data)) & ~(week < start)
        holds = tested & (week >= start) & (week <= start + test.within)

        def measure(worlds: np.ndarray) -> Measured:
            return _share(int((holds & worlds).sum()), int((tested & worlds).sum()), test)

        name = "worlds watched for so long"
        if test.begins is not None:
            name = f"worlds in which {event_clause(data, test.begins)} and that are watched for so long"
        found = measure(np.ones_like(tested))
        remarks = tuple(_beside(each, found) for each in map(heard, test.record) if tested.any())
        remarks = tuple(remark for remark in remarks if remark)
        return Trial(tested, holds, named(test, name), remarks=remarks, measure=measure)


def _share(count: int, of: int, test: BaseRateTest) -> Measured:
    low, high = wilson(count, of)
    words = f"It happens in {of_twenty(count, of)}." if of else ""
    return Measured(
        "share of worlds", count / of if of else float("nan"), low, high, "",
        more_than=test.more_than, less_than=test.less_than, words=words,
    )  # fmt: skip


def _beside(record: RecordFinding, found: Measured) -> str:
    """Say whether the share of worlds and a figure of the record can be told apart."""
    if record.word == "untested":
        return ""
    if found.low > record.high:
        return f"That is more often than in the record: {record.what}."
    if found.high < record.low:
        return f"That is less often than in the record: {record.what}."
    return f"That cannot be told apart from the record: {record.what}."


KINDS.register("base rate")(BaseRate())
