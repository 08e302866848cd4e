"""Alternative cause: the outcome also comes another way, without the usual cause.

    tested  = worlds in which the outcome happens (and both causes can be read)
    holds   = before it the alternative was there, and the usual cause was not
    verdict on |holds| / |tested|: supported if surely more than 1 of 20, contradicted if surely less;
    unless the outcome surely follows more often on the cause than it comes as soon without it, the
    claim depends at best

It says that something *may* bring the outcome, so that a small share of worlds bears it out. But
what is there nearly always comes before everything, which is why the second line is needed; what
comes without it is read off worlds without cause and outcome at that date (``sufficient.py``).
"""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
import xarray as xr
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, event_clause, event_week
from ripeness.claims.dating import check_dated, week_met
from ripeness.claims.interval import STANDARD_ERRORS, wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.kinds.sufficient import (
    count_of_twenty,
    excess_of,
    expected_without,
)
from ripeness.claims.language import Condition, Definition, EventName
from ripeness.claims.reading import over_week
from ripeness.claims.verdict import Measured
from ripeness.outcomes.words import of_twenty

WORTH_NAMING: Final = 0.05
"""A cause of fewer than 1 of 20 outcomes is not one worth naming (assumed)."""


class AlternativeCauseTest(Definition):
    """Fields of a claim that something else may bring an outcome."""

    outcome: EventName
    cause: tuple[Condition, ...] = Field(min_length=1, description="what may bring it as well")
    instead_of: tuple[Condition, ...] = Field(min_length=1, description="what is held to bring it")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        check_dated(self.cause)
        return self


class AlternativeCause(WithoutLevers):
    """Another way."""

    model = AlternativeCauseTest

    def trial(self, test: AlternativeCauseTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the outcome happens."""
        data = runs.data
        week = event_week(data, test.outcome)
        among = all_of(data, test.among).yes
        cause = all_of(data, test.cause, until=week)
        usual = all_of(data, test.instead_of, until=week)
        tested = ~np.isnan(week) & among & cause.known & usual.known
        holds = tested & cause.yes & usual.no

        def measure(worlds: np.ndarray) -> Measured:
            return share_of(holds & worlds, tested & worlds)

        details, remarks, doubt = _contrast(data, test, among, week)
        name = named(test, f"worlds in which {event_clause(data, test.outcome)}")
        return Trial(
            tested, holds, name, details=details, remarks=remarks, doubt=doubt, measure=measure
        )


def share_of(holds: np.ndarray, tested: np.ndarray) -> Measured:
    """Return the share of outcomes that come by the alternative alone."""
    count, of = int(holds.sum()), int(tested.sum())
    low, high = wilson(count, of)
    words = of_twenty(count, of) if of else "no worlds"
    return Measured(
        "share of outcomes that come so", count / of if of else float("nan"), low, high, "",
        more_than=WORTH_NAMING, words=f"It comes by this cause and not the usual one in {words}.",
    )  # fmt: skip


def _contrast(
    data: xr.Dataset, test: AlternativeCauseTest, among: np.ndarray, outcome: np.ndarray
) -> tuple[dict[str, Any], tuple[str, ...], str]:
    """Say how often the outcome follows on the cause, and how often it is expected without."""
    cause = week_met(data, test.cause)
    ready = among & ~np.isnan(cause) & ~(outcome <= cause)
    alive = np.where(among, over_week(data), -np.inf)
    expected = expected_without(cause, outcome, ready, alive, np.inf)
    follows = ready & ~np.isnan(outcome)
    excess = excess_of(follows, expected, ready)
    if excess is None:
        return {}, (), ""
    words = of_twenty(int(follows.sum()), int(ready.sum()))
    usual = count_of_twenty(expected, ready)
    told = f"Where the cause is there it follows in {words}; without it as soon in about {usual}."
    doubt = ""
    if excess[0] - STANDARD_ERRORS * excess[1] <= 0.0:
        doubt = (
            f"the outcome does not surely follow more often on this cause, in {words}, than it "
            f"comes as soon without it, in about {usual}."
        )
    details = {"excess": excess[0], "excess_standard_error": excess[1]}
    return details, (told,), doubt


KINDS.register("alternative cause")(AlternativeCause())
