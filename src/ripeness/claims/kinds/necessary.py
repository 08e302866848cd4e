"""Necessary: the outcome comes only after the condition.

    tested  = worlds in which the outcome happens (and the condition can be read)
    holds   = the condition held before it
    verdict on consistency = |holds| / |tested|; coverage = |holds| / |worlds with the condition|

Consistency and coverage are those of set-theoretic comparison (Ragin 2008, "Redesigning Social
Inquiry", ch. 3) for crisp sets: a condition is necessary as far as the outcome is a subset of it,
and trivial as far as it is met in nearly every world anyway, which is why the share of worlds in
which it is met at all is reported beside it.

With `without` (levers that take the condition away) the same worlds are run again, and a world in
which the outcome comes there without the condition speaks against the claim as well:

    holds   = the condition held before it, and in the run without, the outcome does not come, or
              only after the condition has held there too

What is met as often by then in worlds without the outcome is necessary for it only as for anything
else: unless it is surely met more often where the outcome comes, the claim depends at best.

If no condition is named, |holds| / |tested| is the probability of necessity (Pearl 1999, Synthese
121: 93-149), known world by world. A lever that is dead takes nothing away: untested.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import xarray as xr
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, answer_of, event_clause, event_week, or_never
from ripeness.claims.interval import STANDARD_ERRORS, wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import dead
from ripeness.claims.kinds.sufficient import Expected, count_of_twenty, excess_of
from ripeness.claims.language import (
    Combined,
    Condition,
    Definition,
    EventCondition,
    EventName,
    Move,
)
from ripeness.claims.reading import over_week
from ripeness.claims.verdict import word_for
from ripeness.outcomes.words import of_twenty


class NecessaryTest(Definition):
    """Fields of a necessary condition."""

    outcome: EventName = Field(description="what does not come without the condition")
    needs: tuple[Condition, ...] = Field(
        (), description="what must have held before; windows with `last` end with it"
    )
    with_moves: tuple[Move, ...] = Field((), alias="with", description="brings the condition")
    without: tuple[Move, ...] = Field((), description="takes the condition away")

    @model_validator(mode="after")
    def _something_needed(self) -> Self:
        if not (self.needs or self.without):
            raise ValueError("give `needs`, or levers that take them away (`without`)")
        return self


class Necessary:
    """Only after."""

    model = NecessaryTest

    def settings(self, test: NecessaryTest) -> tuple[Settings, ...]:
        """Return the settings with the condition and without it."""
        if not (test.with_moves or test.without):
            return ()
        with_it = {**settings_of(test.without)[0], **settings_of(test.with_moves)[1]}
        without = {**settings_of(test.with_moves)[0], **settings_of(test.without)[1]}
        return with_it, without

    def trial(self, test: NecessaryTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the outcome happens."""
        settings = self.settings(test) or ({}, {})
        data = runs.moved(settings[0])
        week = event_week(data, test.outcome)
        among = all_of(data, test.among)
        met = all_of(data, test.needs, until=week)
        tested = ~np.isnan(week) & among.yes & met.known
        holds = tested & met.yes
        details, remarks = _coverage(data, test, among.yes, holds)
        if test.without:
            other = runs.moved(settings[1])
            if why := dead(data, other, test.without):
                return no_trial(runs.data, why)
            comes = _comes_without(test, other)
            details["comes_without"] = int((tested & comes).sum())
            words = of_twenty(int((tested & comes).sum()), int(tested.sum()))
            remarks = (*remarks, f"With the condition taken away, it still comes in {words}.")
            holds &= ~comes
        doubt = ""
        if not test.without and word_for(int(holds.sum()), int(tested.sum())) == "supported":
            doubt = _trivial(data, test, among.yes, tested, week)
        name = named(test, f"worlds in which {event_clause(data, test.outcome)}")
        return Trial(tested, holds, name, details=details, remarks=remarks, doubt=doubt)


def _comes_without(test: NecessaryTest, other: xr.Dataset) -> np.ndarray:
    """Return ``(world,)`` whether the outcome comes though the condition did not hold before it."""
    week = event_week(other, test.outcome)
    if not test.needs:
        return ~np.isnan(week)
    return ~np.isnan(week) & all_of(other, test.needs, until=week).no


def _trivial(
    data: xr.Dataset,
    test: NecessaryTest,
    among: np.ndarray,
    tested: np.ndarray,
    week: np.ndarray,
) -> str:
    """Say that the condition is met as often by then in worlds that do not have the outcome yet.

    What has one value per world has no date, and is not asked for.
    """
    if not all(_over_time(condition) for condition in test.needs):
        return ""
    comes, over = or_never(week), over_week(data)
    share, error = np.full(week.shape, np.nan), np.full(week.shape, np.nan)
    for at in np.unique(week[tested]):
        met = all_of(data, test.needs, until=np.full(week.shape, at))
        alike = among & (over > at) & (comes > at) & met.known
        if alike.any():
            usual, here = met.yes[alike].mean(), tested & (week == at)
            share[here], error[here] = usual, np.sqrt(usual * (1 - usual) / alike.sum())
    expected = Expected(share, error)
    met = all_of(data, test.needs, until=week).yes
    excess = excess_of(met, expected, tested)
    if excess is None or excess[0] - STANDARD_ERRORS * excess[1] > 0.0:
        return ""
    usual = count_of_twenty(expected, tested)
    return (
        f"the condition is met about as often, in {usual} worlds, where the outcome has not come."
    )


def _over_time(condition: Condition) -> bool:
    if isinstance(condition, Combined):
        return all(_over_time(part) for part in condition.parts)
    return isinstance(condition, EventCondition) or condition.about.over_time


def _coverage(
    data: xr.Dataset, test: NecessaryTest, among: np.ndarray, holds: np.ndarray
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return how often the condition is met at all, and how often the outcome then follows."""
    events = all(isinstance(condition, EventCondition) for condition in test.needs)
    if not test.needs or not events:
        return {}, ()
    ever = among.copy()
    for condition in test.needs:
        ever &= answer_of(data, condition).yes
    met, worlds = int(ever.sum()), int(among.sum())
    if not worlds:
        return {}, ()
    details: dict[str, Any] = {"condition_met_share": met / worlds}
    remark = f"The condition is met at some time in {of_twenty(met, worlds)}"
    if met:
        followed = int(holds.sum())
        details |= {"coverage": followed / met, "coverage_interval": wilson(followed, met)}
        remark += f", and the outcome follows in {of_twenty(followed, met)} of these"
        remark = remark.replace(" worlds of these", " of these worlds")
    return details, (remark + ".",)


KINDS.register("necessary")(Necessary())
