"""Only way: this brings the outcome, and nothing else on offer does.

    base    = the run without any of the ways
    tested  = worlds in which the outcome is not there as it is, and some way brings it;
              if the claimed way surely does in fewer than 1 of 20 worlds without the outcome, all
              worlds without it
    holds   = the claimed way brings it, and none of the others does

Worlds in which nothing helps do not say which way is the only one; how many these are is told. Every
way is tried by itself and in the same worlds with the same luck. If the claimed way is dead, or all
others are, the claim is untested: one that was never tried is not one that failed.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of, answer_of
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import SMALLEST_REACH, WIDE_REACH, changed_settings, dead
from ripeness.claims.language import Condition, Definition, Move
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.model import Label

Moves = Annotated[tuple[Move, ...], Field(min_length=1)]


class OnlyWayTest(Definition):
    """Fields of a claim that there is one way only."""

    outcome: Condition = Field(description="what the way is to bring")
    way: Moves
    others: dict[Label, Moves] = Field(min_length=1, description="what else could be tried")


class OnlyWay:
    """This and nothing else."""

    model = OnlyWayTest

    def settings(self, test: OnlyWayTest) -> tuple[Settings, ...]:
        """Return the settings of no way, of the way, and of every other."""
        ways = (test.way, *test.others.values())
        base: Settings = {}
        for moves in ways:
            base = {**base, **settings_of(moves)[0]}
        return base, *(changed_settings(base, moves) for moves in ways)

    def trial(self, test: OnlyWayTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the outcome is not there yet."""
        base, way, *others = (runs.moved(settings) for settings in self.settings(test))
        if why := dead(base, way, test.way):
            return no_trial(runs.data, why)
        alive = [
            (name, run)
            for (name, moves), run in zip(test.others.items(), others, strict=True)
            if not dead(base, run, moves)
        ]
        if not alive:
            return no_trial(runs.data, "all other ways are dead in this run.")
        answers = [answer_of(run, test.outcome) for run in (base, way, *(run for _, run in alive))]
        lacking = all_of(base, test.among).yes & answers[0].no
        for answer in answers[1:]:
            lacking &= answer.known
        brings = lacking & answers[1].yes
        other = lacking & np.any([answer.yes for answer in answers[2:]], axis=0)
        return _trial(test, lacking, brings, other, [name for name, _ in alive])


def _trial(
    test: OnlyWayTest, lacking: np.ndarray, brings: np.ndarray, other: np.ndarray, tried: list[str]
) -> Trial:
    found, worlds = int(brings.sum()), int(lacking.sum())
    low, high = wilson(found, worlds)
    name = "worlds without the outcome"
    tested, told = brings | other, f"{name} in which some way brings it"
    doubt = ""
    if high < SMALLEST_REACH:
        tested, told = lacking, name
    elif low < WIDE_REACH and worlds:
        doubt = f"it is a way only in {of_twenty(found, worlds, name)}."
    details = {"way": found, "others": int(other.sum()), "without_outcome": worlds}
    remarks: tuple[str, ...] = ()
    if worlds:
        nothing = of_twenty(int((lacking & ~brings & ~other).sum()), worlds, name)
        missing = [each for each in test.others if each not in tried]
        remarks = (f"Nothing that was tried brings it in {nothing}.",)
        if missing:
            remarks += (f"Dead in this run and so not tried: {', '.join(missing)}.",)
    return Trial(
        tested, brings & ~other, named(test, told), details=details, remarks=remarks, doubt=doubt
    )


KINDS.register("only way")(OnlyWay())
