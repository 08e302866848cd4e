"""Information: finding something out is worth something, because one would then choose otherwise.

    v_w(a)    = outcome in world w under choice a, counted in the wanted direction
    without   : the choice that is best in the mean over all other worlds
    with      : the choice that is best in the mean over the other worlds with the same finding
    gain_w    = v_w(choice with) - v_w(choice without)
    value     = mean gain over comparable worlds; supported if surely above `smallest`, contradicted
                if surely not (Raiffa and Schlaifer 1961, "Applied Statistical Decision Theory", ch. 4)
    tested    = worlds in which the finding changes the choice (all comparable ones if these are
                surely fewer than 1 of 20, or too few to test); holds = gain_w > 0

Each world is judged by choices made without it (leave one out, Stone 1974, J. R. Stat. Soc. B 36:
111-147): chosen and judged in the same worlds, any finding at all would seem to be worth something.
Choices are settings of levers in the same worlds with the same luck. A finding that is the same in
all worlds is no finding; if all choices come to the same, the levers are dead: untested.
"""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of
from ripeness.claims.interval import STANDARD_ERRORS, wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import (
    SMALLEST_REACH,
    Outcome,
    check_settings,
    levels_of,
    mean_and_error,
    same_runs,
    sign_of,
    unit_of,
)
from ripeness.claims.language import Condition, Definition, Move
from ripeness.claims.verdict import Measured, fewest
from ripeness.scenario.model import Label


class InformationTest(Definition):
    """Fields of a claim that it is worth finding something out."""

    finding: tuple[Condition, ...] = Field(
        min_length=1, description="what is found out: yes or no, seen before the choice"
    )
    choices: dict[Label, tuple[Move, ...]] = Field(
        min_length=2, description="what could be done, by name; an empty list is the run as it is"
    )
    outcome: Outcome = Field(description="what is wanted; `smallest` is what finding out costs")

    @model_validator(mode="after")
    def _settings(self) -> Self:
        check_settings(self.choices.values())
        return self


class Information:
    """Worth knowing."""

    model = InformationTest

    def settings(self, test: InformationTest) -> tuple[Settings, ...]:
        """Return the settings of the choices."""
        return tuple(settings_of(moves)[1] for moves in test.choices.values())

    def trial(self, test: InformationTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the finding and all outcomes are known."""
        played = [runs.moved(settings) for settings in self.settings(test)]
        if all(same_runs(played[0], run) for run in played[1:]):
            why = "all choices come to the same in every world: the levers are dead in this run."
            return no_trial(runs.data, why)
        values = sign_of(test.outcome) * np.stack(levels_of(test.outcome, played))
        finding = all_of(runs.data, test.finding)
        comparable = all_of(runs.data, test.among).yes & finding.known
        comparable &= np.isfinite(values).all(axis=0)
        if not (finding.yes & comparable).any() or not (finding.no & comparable).any():
            return no_trial(
                runs.data, "the finding is the same in all worlds that can be compared."
            )
        gain, changes = _gains(values, finding.yes, comparable)

        def measure(worlds: np.ndarray) -> Measured:
            return _value(gain[worlds & comparable], test)

        where, name = changes, "worlds in which the finding changes the choice"
        _, high = wilson(int(changes.sum()), int(comparable.sum()))
        if high < SMALLEST_REACH or changes.sum() < fewest(len(changes)):
            where, name = comparable, "worlds"
        return Trial(
            where, where & (gain > 0.0), named(test, name), measure=measure,
            details={"changes_choice": int(changes.sum()), "comparable": int(comparable.sum())},
        )  # fmt: skip


def _gains(
    values: np.ndarray, finding: np.ndarray, comparable: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(world,)`` what the finding gains, and whether it changes the choice.

    Args:
        values: ``(choice, world)`` in the wanted direction.
        finding: ``(world,)`` whether it is yes.
        comparable: ``(world,)`` worlds that count.
    """
    without = _choice(values, comparable)
    guided = np.where(
        finding, _choice(values, comparable & finding), _choice(values, comparable & ~finding)
    )
    worlds = np.arange(values.shape[1])
    gain = np.where(comparable, values[guided, worlds] - values[without, worlds], 0.0)
    return gain, comparable & (guided != without)


def _choice(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` the choice that is best in the mean over the other worlds of a group."""
    counted = np.where(group, values, 0.0)
    others = np.maximum(int(group.sum()) - 1, 1)
    return np.argmax((counted.sum(axis=1, keepdims=True) - counted) / others, axis=0)


def _value(gain: np.ndarray, test: InformationTest) -> Measured:
    name, unit, smallest = "value of finding out", unit_of(test.outcome), test.outcome.smallest
    if len(gain) < 2:
        return Measured(name, math.nan, math.nan, math.nan, unit, more_than=smallest)
    mean, error = mean_and_error(gain)
    half = STANDARD_ERRORS * (error or 0.0)
    words = (
        f"Finding out is worth {mean:.2g} {unit} in the mean (standard error {error or 0.0:.2g})."
    )
    return Measured(name, mean, mean - half, mean + half, unit, more_than=smallest, words=words)


KINDS.register("information")(Information())
