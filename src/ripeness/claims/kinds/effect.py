"""Effect: moving a lever moves the outcome as claimed, in the same worlds with the same luck.

    d_w       = outcome in world w with the lever moved, less that without
    as claimed: d_w beyond `smallest` in the claimed direction; against: beyond it in the other;
    unchanged otherwise. An event that never comes counts as infinitely late.
    reach     = (as claimed + against) / comparable worlds
    tested    = worlds in which the lever makes a difference, holds = as claimed;
                if reach is surely below 1 of 20, tested = all comparable worlds instead;
                unless it is surely above 5 of 20, the claim depends at best

An event that is to come later, or not at all, is compared only where it comes with the lever moved
or without: what would not have happened cannot be prevented. A lever that moves the outcome hardly
anywhere does not bear the claim out, whatever it does in the few worlds that it reaches. A lever
that changes nothing at all in the whole run is dead, and the claim is untested. Mean change and
its standard error are those of paired differences; for an event, of whether it comes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from pydantic import Field

from ripeness.claims.conditions import all_of, event_clause
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, no_trial, settings_of
from ripeness.claims.kinds.paired import (
    EventOutcome,
    Outcome,
    QuantityOutcome,
    changed,
    dead,
    mean_and_error,
    pair_of,
    reached,
    rounded,
    sign_of,
    the,
)
from ripeness.claims.language import Definition, Move
from ripeness.claims.quantities import QUANTITIES


class EffectTest(Definition):
    """Fields of a claim about an effect; `among` must hold with the lever moved and without."""

    move: tuple[Move, ...] = Field(min_length=1, description="levers moved together")
    outcome: Outcome


class Effect:
    """Paired contrast."""

    model = EffectTest

    def settings(self, test: EffectTest) -> tuple[Settings, ...]:
        """Return the settings before and after the move."""
        return settings_of(test.move)

    def trial(self, test: EffectTest, runs: Runs) -> Trial:
        """Test the claim in every pair of worlds."""
        before, after = pair_of(test.move, runs)
        if why := dead(before, after, test.move):
            return no_trial(runs.data, why)
        found = changed(test.outcome, before, after)
        comparable = all_of(before, test.among).yes & all_of(after, test.among).yes & found.known
        sign = sign_of(test.outcome)
        claimed = comparable & (sign * found.change > test.outcome.smallest)
        against = comparable & (-sign * found.change > test.outcome.smallest)
        details = counted(claimed, against, comparable, found.amount)
        where = reached(claimed, against, comparable, _comparable(test.outcome, runs.data))
        remarks = _told(test.outcome, details) if comparable.any() else ()
        return Trial(
            where.tested, claimed, where.worlds, details=details, remarks=remarks, doubt=where.doubt,
            comparable=comparable,
        )  # fmt: skip


def _comparable(outcome: EventOutcome | QuantityOutcome, data: xr.Dataset) -> str:
    if not isinstance(outcome, EventOutcome) or outcome.direction != "later":
        return "comparable worlds"
    return f"worlds in which {event_clause(data, outcome)}, with the lever moved or without"


def counted(
    claimed: np.ndarray, against: np.ndarray, comparable: np.ndarray, amount: np.ndarray
) -> dict[str, Any]:
    """Return the counts, the mean change and its standard error."""
    worlds = int(comparable.sum())
    better, worse = int(claimed.sum()), int(against.sum())
    counts = {"as_claimed": better, "against": worse, "unchanged": worlds - better - worse}
    if not worlds:
        return counts
    mean, error = mean_and_error(amount[comparable])
    return {**counts, "mean_change": mean, "standard_error": error}


def _told(outcome: EventOutcome | QuantityOutcome, details: dict[str, Any]) -> tuple[str, ...]:
    """Say by how much the lever moves the outcome in the mean."""
    mean, error = details["mean_change"], details["standard_error"]
    if isinstance(outcome, EventOutcome):
        scale, unit, direction = 100, "of 100 comparable worlds", "more" if mean >= 0 else "fewer"
        told = f"With the lever moved it comes in {abs(100 * mean):.2g} {unit} {direction}"
    else:
        scale, unit = 1, outcome.unit
        what = the(QUANTITIES[outcome.quantity].meaning)
        told = f"With the lever moved, {what} changes by {rounded(mean)} {unit} in the mean"
    spread = "" if error is None else f" (standard error {rounded(scale * error).lstrip('+')})"
    return (f"{told}{spread}.",)


KINDS.register("effect")(Effect())
