"""Comparison: one thing is more than another.

    quantities  d_w = A_w - B_w; tested where both are known; holds = d_w > `by`
    moves       d_w = effect of one move on the outcome, less that of the other, both counted in the
                claimed direction; holds = d_w > smallest, tested as for an effect: worlds in which
                |d_w| > smallest, or all comparable ones if these are surely fewer than 1 of 20

An event that never comes is given the month after the horizon, so that weeks can be subtracted. A
move that is dead cannot be compared: untested.
"""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
import xarray as xr
from pydantic import Discriminator, Field, Tag, model_validator

from ripeness.claims.conditions import all_of, reading_of
from ripeness.claims.kinds.effect import counted
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import (
    Outcome,
    dead,
    levels_of,
    mean_and_error,
    pair_of,
    reached,
    sign_of,
)
from ripeness.claims.language import FORMS, Definition, Move, QuantityReading, form_of
from ripeness.scenario.quantity import Number, Strict


class Moved(Strict):
    """Levers moved together, to see what they do."""

    move: tuple[Move, ...] = Field(min_length=1)


Compared = Annotated[
    Annotated[QuantityReading, Tag(FORMS[1])] | Annotated[Moved, Tag(FORMS[3])],
    Discriminator(form_of),
]


class ComparisonTest(Definition):
    """Fields of a claim that one thing is more than another."""

    more: Compared
    than: Compared
    by: Number = Field(0.0, ge=0, description="quantities: by more than this")
    outcome: Outcome | None = Field(None, description="moves: what both are to change")

    @model_validator(mode="after")
    def _alike(self) -> Self:
        moves = [isinstance(each, Moved) for each in (self.more, self.than)]
        if moves[0] != moves[1]:
            raise ValueError("`more` and `than` must both be quantities, or both be moves")
        if moves[0] != (self.outcome is not None):
            raise ValueError("`outcome` goes with moves, and only with moves")
        more, than = self.more, self.than
        if isinstance(more, QuantityReading) and isinstance(than, QuantityReading):
            if more.unit != than.unit:
                raise ValueError(f"`{more.unit}` cannot be compared with `{than.unit}`")
        elif "by" in self.model_fields_set:
            raise ValueError("for moves, write `smallest` in the outcome instead of `by`")
        return self


class Comparison:
    """More than."""

    model = ComparisonTest

    def settings(self, test: ComparisonTest) -> tuple[Settings, ...]:
        """Return the settings before and after both moves."""
        moves = [each.move for each in (test.more, test.than) if isinstance(each, Moved)]
        return tuple(settings for move in moves for settings in settings_of(move))

    def trial(self, test: ComparisonTest, runs: Runs) -> Trial:
        """Test the claim in every world."""
        more, than = test.more, test.than
        if isinstance(more, QuantityReading) and isinstance(than, QuantityReading):
            return _quantities(test, more, than, runs)
        if isinstance(more, Moved) and isinstance(than, Moved) and test.outcome is not None:
            return _moves(test, test.outcome, (more, than), runs)
        raise TypeError("the model lets no other pair through")


def _quantities(
    test: ComparisonTest, more: QuantityReading, than: QuantityReading, runs: Runs
) -> Trial:
    difference = reading_of(runs.data, more) - reading_of(runs.data, than)
    tested = all_of(runs.data, test.among).yes & np.isfinite(difference)
    holds = np.zeros_like(tested)
    holds[tested] = difference[tested] > test.by
    if not tested.any():
        return Trial(tested, holds, named(test))
    mean, error = mean_and_error(difference[tested])
    details = {"mean_difference": mean, "standard_error": error, "unit": more.unit}
    return Trial(tested, holds, named(test), details=details)


def _moves(
    test: ComparisonTest, outcome: Outcome, compared: tuple[Moved, Moved], runs: Runs
) -> Trial:
    sign, smallest = sign_of(outcome), outcome.smallest
    played: list[xr.Dataset] = []
    for each in compared:
        before, after = pair_of(each.move, runs)
        if why := dead(before, after, each.move):
            return no_trial(runs.data, why)
        played += [before, after]
    levels = levels_of(outcome, played)
    difference = sign * ((levels[1] - levels[0]) - (levels[3] - levels[2]))
    comparable = np.isfinite(difference)
    for run in played:
        comparable &= all_of(run, test.among).yes
    size = np.where(comparable, difference, 0.0)
    claimed, against = size > smallest, size < -smallest
    details = counted(claimed, against, comparable, size)
    where = reached(claimed, against, comparable, "comparable worlds")
    name = where.worlds.replace("the lever makes a difference", "one does more than the other")
    doubt = where.doubt.replace("the lever makes a difference", "one does more than the other")
    return Trial(where.tested, claimed, name, details=details, doubt=doubt, comparable=comparable)


KINDS.register("comparison")(Comparison())
