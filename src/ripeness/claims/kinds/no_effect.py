"""No effect: moving a lever changes the outcome by no more than what would matter.

    d_w     = outcome in world w with the lever moved, less that without
    tested  = worlds in which it is known in both runs; holds = |d_w| <= `within`
    the mean is equivalent to nothing if both one-sided tests at 5 % say so (Schuirmann 1987,
    J. Pharmacokin. Biopharm. 15: 657-680): mean d -+ 1.645 standard errors lies inside (-b, b),
    with b = `within` for a quantity; for an event d is whether it comes, and b = `share`

Both are needed: few worlds with a large change could hide behind many without, and small changes
all one way behind a bound per world. An effect that is merely not significant is not *no effect*,
and a dead lever shows nothing: the claim is then untested. In a world in which the event never
comes, with the lever or without, the lever has done nothing to it, and the claim holds. If a
quantity is known mostly in one of the runs only, surely in more than 1 of 20 worlds, the claim depends
at best: what ends the war leaves nothing to compare, and that is no sign of no effect.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import numpy as np
from pydantic import Discriminator, Field, Tag

from ripeness.claims.conditions import all_of
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial, settings_of
from ripeness.claims.kinds.paired import (
    SMALLEST_REACH,
    changed,
    cut_short,
    dead,
    mean_and_error,
    pair_of,
    rounded,
)
from ripeness.claims.language import (
    FORMS,
    Definition,
    EventName,
    Move,
    QuantityReading,
    Weeks,
    form_of,
)
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.quantity import Number

ONE_SIDED: Final = 1.6448536269514722
"""Standard errors of a one-sided test at 5 % under the normal distribution."""


class EventUnmoved(EventName):
    """An event that comes when it would have come."""

    within: Weeks = Field(description="weeks that do not matter")


class QuantityUnmoved(QuantityReading):
    """A quantity that stays what it would have been."""

    within: Number = Field(gt=0, description="a change up to this does not matter, in its unit")


Unmoved = Annotated[
    Annotated[EventUnmoved, Tag(FORMS[0])] | Annotated[QuantityUnmoved, Tag(FORMS[1])],
    Discriminator(form_of),
]


class NoEffectTest(Definition):
    """Fields of a claim that a lever does not matter."""

    move: tuple[Move, ...] = Field(min_length=1, description="levers moved together")
    outcome: Unmoved
    share: Number = Field(
        0.05, gt=0, lt=1, description="events: share of worlds in which it may come more or less"
    )


class NoEffect:
    """Equivalence."""

    model = NoEffectTest

    def settings(self, test: NoEffectTest) -> tuple[Settings, ...]:
        """Return the settings before and after the move."""
        return settings_of(test.move)

    def trial(self, test: NoEffectTest, runs: Runs) -> Trial:
        """Test the claim in every pair of worlds."""
        before, after = pair_of(test.move, runs)
        if why := dead(before, after, test.move):
            return no_trial(runs.data, why)
        found = changed(test.outcome, before, after)
        asked = all_of(before, test.among).yes & all_of(after, test.among).yes
        tested = asked & found.known
        holds = tested & (np.abs(found.change) <= test.outcome.within)
        bound = test.share if isinstance(test.outcome, EventName) else test.outcome.within
        details = equivalence(found.amount[tested], bound)
        doubt = "" if details.get("equivalent", True) else (
            f"the mean change is not surely smaller than {bound:g}: "
            f"it may lie anywhere from {details['low']:.2g} to {details['high']:.2g}."
        )  # fmt: skip
        doubt = doubt or _overlooked(asked & cut_short(test.outcome, before, after), asked)
        name = named(test, "comparable worlds")
        remarks = _told(details, bound)
        return Trial(tested, holds, name, details=details, remarks=remarks, doubt=doubt)


def _overlooked(lost: np.ndarray, asked: np.ndarray) -> str:
    """Say that the lever decides in many worlds whether there is anything to compare."""
    count, of = int(lost.sum()), int(asked.sum())
    if wilson(count, of)[0] <= SMALLEST_REACH:
        return ""
    words = of_twenty(count, of)
    return f"in {words} what would be compared is there only with the lever moved, or only without."


def _told(details: dict[str, Any], bound: float) -> tuple[str, ...]:
    if not details:
        return ()
    low, high = rounded(details["low"]), rounded(details["high"])
    return (f"The mean change is surely between {low} and {high}; {bound:g} would matter.",)


def equivalence(amount: np.ndarray, bound: float) -> dict[str, Any]:
    """Return whether two one-sided tests find the mean inside (-bound, bound), and what they saw.

    Args:
        amount: ``(world,)`` paired differences.
        bound: what would matter, above nothing.
    """
    if len(amount) < 2:
        return {}
    mean, error = mean_and_error(amount)
    half = ONE_SIDED * (error or 0.0)
    return {
        "mean_change": mean, "standard_error": error, "low": mean - half, "high": mean + half,
        "bound": bound, "equivalent": bool(-bound < mean - half and mean + half < bound),
    }  # fmt: skip


KINDS.register("no effect")(NoEffect())
