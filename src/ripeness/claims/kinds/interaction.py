"""Interaction: two moves together do more, or less, than each by itself adds up to.

    I_w     = Y(both) - Y(one) - Y(other) + Y(neither), in the claimed direction of the outcome
    works with: I_w > smallest;  works against: I_w < -smallest
    tested  = worlds in which |I_w| > smallest; if these are surely fewer than 1 of 20, all
              comparable worlds instead

An event that never comes is given the month after the horizon, so that weeks can be added. If
either move by itself is dead, the claim is untested.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of
from ripeness.claims.kinds.effect import counted
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, no_trial, settings_of
from ripeness.claims.kinds.paired import (
    Outcome,
    changed_settings,
    dead,
    levels_of,
    reached,
    rounded,
    sign_of,
    unit_of,
    what_changes,
)
from ripeness.claims.language import Definition, Move


class InteractionTest(Definition):
    """Fields of a claim that two things work with, or against, each other."""

    move: tuple[Move, ...] = Field(min_length=1, description="levers of the one")
    and_move: tuple[Move, ...] = Field(min_length=1, description="levers of the other")
    outcome: Outcome = Field(description="its direction says what both are for")
    together: Literal["work with each other", "work against each other"]


class Interaction:
    """More than the sum."""

    model = InteractionTest

    def settings(self, test: InteractionTest) -> tuple[Settings, ...]:
        """Return the settings of neither, one, the other and both."""
        base = {**settings_of(test.move)[0], **settings_of(test.and_move)[0]}
        one, other = changed_settings(base, test.move), changed_settings(base, test.and_move)
        return base, one, other, changed_settings(one, test.and_move)

    def trial(self, test: InteractionTest, runs: Runs) -> Trial:
        """Test the claim in every four worlds."""
        played = [runs.moved(settings) for settings in self.settings(test)]
        for run, moves in ((played[1], test.move), (played[2], test.and_move)):
            if why := dead(played[0], run, moves):
                return no_trial(runs.data, why)
        neither, one, other, both = levels_of(test.outcome, played)
        interaction = sign_of(test.outcome) * (both - one - other + neither)
        comparable = np.isfinite(interaction)
        for run in played:
            comparable &= all_of(run, test.among).yes
        claim = 1 if test.together == "work with each other" else -1
        size = np.where(comparable, claim * interaction, 0.0)
        claimed, against = size > test.outcome.smallest, size < -test.outcome.smallest
        details = counted(claimed, against, comparable, interaction)
        where = reached(claimed, against, comparable, "comparable worlds")
        remarks = ()
        if comparable.any():
            mean, what = details["mean_change"], what_changes(test.outcome, runs.data)
            remarks = (
                f"Together they move {what} by {rounded(mean)} {unit_of(test.outcome)} beyond the sum "
                "of both, counted in the direction that is wanted, in the mean.",
            )
        return Trial(
            where.tested, claimed, where.worlds, details=details, remarks=remarks, doubt=where.doubt,
            comparable=comparable,
        )  # fmt: skip


KINDS.register("interaction")(Interaction())
