"""Sufficient: where all the causes are there, the outcome follows.

    c       = week in which the last of the causes is met; w = week of the outcome
    span    = `within`, or as long as the run
    tested  = worlds with c, c + span within the run (c before its end), and not w <= c
    holds   = c < w <= c + span
    consistency = |holds| / |tested|, coverage = |holds| / |worlds in which the outcome comes|

as in set-theoretic comparison (Ragin 2008, "Redesigning Social Inquiry", ch. 3) for crisp sets:
causes are sufficient as far as they are a subset of the outcome. What comes before its cause does
not follow from it. Several causes are jointly sufficient.

With `with` (levers that bring the causes) or `without` (levers that take them away) the same worlds
are run both ways. Tested are then only worlds with the causes in the first run and not in the
second, in which the outcome does not come by c + span in the second: |holds| / |tested| is the
probability of sufficiency (Pearl 1999, Synthese 121: 93-149), known world by world because both
runs have the same luck. If both runs are the same, the lever is dead and the claim untested.

Beside it stands how often the outcome would be expected without the causes: for every tested world,
the share of worlds with neither cause nor outcome by c, and not ended by then, in which it comes by
c + span all the same. Without an experiment the claim depends at best unless it surely follows more
often than that: what comes anyway follows on everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of, event_week, or_never
from ripeness.claims.dating import check_dated, week_met
from ripeness.claims.interval import STANDARD_ERRORS, wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import dead, mean_and_error
from ripeness.claims.language import Condition, Definition, EventName, Move, Weeks
from ripeness.claims.reading import horizon_of, over_week
from ripeness.outcomes.words import of_twenty


class SufficientTest(Definition):
    """Fields of claims that something is, or is not, enough."""

    causes: tuple[Condition, ...] = Field((), description="all of them, each with a date")
    outcome: EventName = Field(description="what follows")
    within: Weeks | None = Field(None, description="weeks after the last cause")
    with_moves: tuple[Move, ...] = Field((), alias="with", description="brings the causes")
    without: tuple[Move, ...] = Field((), description="takes the causes away")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not (self.causes or self.moves):
            raise ValueError("give `causes`, or levers that bring them (`with`) or take them away")
        check_dated(self.causes)
        return self

    @property
    def moves(self) -> tuple[Move, ...]:
        """All levers of the experiment."""
        return (*self.with_moves, *self.without)


class Expected(NamedTuple):
    """How often an outcome comes without the causes, ``(world,)`` each; NaN if unknown.

    Attributes:
        share: of the worlds without causes or outcome at that date.
        error: its standard error.
    """

    share: np.ndarray
    error: np.ndarray


@dataclass(frozen=True)
class Followed:
    """What follows on the causes, ``(world,)`` each.

    Attributes:
        ready: the causes are there in time, and the outcome has not come before them.
        follows: the outcome comes after them, in time.
        anyway: it comes by then without the causes too; None without an experiment.
        expected: how often it comes by then without the causes.
        outcome: the outcome comes at all.
        dead: why there is no experiment; empty if there is none, or a live one.
    """

    ready: np.ndarray
    follows: np.ndarray
    anyway: np.ndarray | None
    expected: Expected
    outcome: np.ndarray
    dead: str = ""


def experiment_settings(test: SufficientTest) -> tuple[Settings, ...]:
    """Return the settings with the causes and without them."""
    with_causes = {**settings_of(test.without)[0], **settings_of(test.with_moves)[1]}
    without = {**settings_of(test.with_moves)[0], **settings_of(test.without)[1]}
    return with_causes, without


def follow(test: SufficientTest, runs: Runs) -> Followed:
    """Return what follows on the causes."""
    settings = experiment_settings(test)
    data = runs.moved(settings[0])
    among = all_of(data, test.among).yes
    cause, outcome = week_met(data, test.causes), event_week(data, test.outcome)
    horizon = horizon_of(data)
    span = np.inf if test.within is None else test.within
    in_time = cause < horizon if test.within is None else cause + span <= horizon
    ready = among & in_time & ~(outcome <= cause)
    end = cause + span
    follows = ready & (outcome > cause) & (outcome <= end)
    alive = np.where(among, over_week(data), -np.inf)
    expected = expected_without(cause, outcome, ready, alive, span)
    comes = among & ~np.isnan(outcome)
    if not test.moves:
        return Followed(ready, follows, None, expected, comes)
    other = runs.moved(settings[1])
    why = dead(other, data, test.moves)
    if test.causes:  # the experiment must have taken them away
        ready = ready & (or_never(week_met(other, test.causes)) > np.minimum(end, horizon))
    anyway = event_week(other, test.outcome) <= end
    return Followed(ready, follows & ready, anyway, expected, comes, why)


def expected_without(
    cause: np.ndarray, outcome: np.ndarray, ready: np.ndarray, alive: np.ndarray, span: float
) -> Expected:
    """Return how often the outcome comes as soon in worlds that do not have the causes yet.

    Worlds that will have them later are not left out: to choose by what comes later would choose
    worlds in which the outcome keeps the causes from coming. Worlds that have ended are: a cause comes
    to none of them, and no outcome either.

    Args:
        cause: ``(world,)`` week in which the causes are met, NaN for never.
        outcome: ``(world,)`` week of the outcome, NaN for never.
        ready: ``(world,)`` for which worlds it is asked.
        alive: ``(world,)`` week up to which a world can stand in for them, -infinity if it cannot.
        span: weeks within which the outcome is to come.
    """
    share, error = np.full(cause.shape, np.nan), np.full(cause.shape, np.nan)
    met, comes = or_never(cause), or_never(outcome)
    for week in np.unique(cause[ready]):
        alike = (alive > week) & (met > week) & (comes > week)
        if alike.any():
            soon = np.mean(np.isfinite(comes[alike]) & (comes[alike] <= week + span))
            here = ready & (cause == week)
            share[here], error[here] = soon, np.sqrt(soon * (1 - soon) / alike.sum())
    return Expected(share, error)


def excess_of(
    follows: np.ndarray, expected: Expected, worlds: np.ndarray
) -> tuple[float, float] | None:
    """Return how much more often the outcome follows than it is expected without, and the error.

    The same worlds stand in at many dates, so that the errors of what is expected are added as if
    they all went the same way.

    Args:
        follows: ``(world,)`` the outcome follows.
        expected: without the causes.
        worlds: ``(world,)`` which worlds count.
    """
    compared = worlds & np.isfinite(expected.share)
    if compared.sum() < 2:
        return None
    excess, error = mean_and_error(follows[compared] - expected.share[compared])
    return excess, float(np.hypot(error or 0.0, expected.error[compared].mean()))


def told_of(found: Followed, tested: np.ndarray) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return consistency, coverage and what is expected without the causes, with sentences."""
    count, of = int((found.follows & tested).sum()), int(tested.sum())
    outcomes = int(found.outcome.sum())
    if not of:
        return {}, ()
    details: dict[str, Any] = {"consistency": count / of, "consistency_interval": wilson(count, of)}
    remarks = [f"Where the causes are there, the outcome follows in {of_twenty(count, of)}."]
    if outcomes:
        details |= {"coverage": count / outcomes, "coverage_interval": wilson(count, outcomes)}
        covered = of_twenty(count, outcomes, "worlds in which it comes at all")
        remarks.append(f"The causes account for {covered}.")
    excess = excess_of(found.follows, found.expected, tested)
    if excess is not None:
        details |= {"excess": excess[0], "excess_standard_error": excess[1]}
        usual = count_of_twenty(found.expected, tested)
        remarks.append(f"Without them it comes as soon in about {usual} worlds.")
    return details, tuple(remarks)


def count_of_twenty(expected: Expected, worlds: np.ndarray) -> str:
    """Say what is expected in the mean, out of twenty."""
    share = expected.share[worlds & np.isfinite(expected.share)]
    return f"{20 * float(share.mean()):.0f} of 20"


class Sufficient:
    """Enough."""

    model = SufficientTest

    def settings(self, test: SufficientTest) -> tuple[Settings, ...]:
        """Return the settings with the causes and without them."""
        return experiment_settings(test) if test.moves else ()

    def trial(self, test: SufficientTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the causes are there."""
        found = follow(test, runs)
        if found.dead:
            return no_trial(runs.data, found.dead)
        tested = found.ready if found.anyway is None else found.ready & ~found.anyway
        details, remarks = told_of(found, tested)
        worlds, doubt = "worlds with the causes", ""
        if found.anyway is not None:
            worlds += " in which the outcome would not come without them"
        elif "excess" in details:
            surely = details["excess"] - STANDARD_ERRORS * details["excess_standard_error"]
            doubt = "" if surely > 0.0 else "the outcome comes about as soon without the causes."
        return Trial(
            tested,
            found.follows,
            named(test, worlds),
            details=details,
            remarks=remarks,
            doubt=doubt,
        )


KINDS.register("sufficient")(Sufficient())
