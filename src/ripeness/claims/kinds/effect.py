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

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import numpy as np
import xarray as xr
from pydantic import Discriminator, Field, Tag

from ripeness.claims.conditions import (
    all_of,
    event_clause,
    event_week,
    reading_of,
    summed_up,
    windowed,
)
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, no_trial
from ripeness.claims.language import (
    FORMS,
    Definition,
    EventName,
    Move,
    QuantityReading,
    form_of,
)
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.verdict import fewest
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.quantity import Number

SMALLEST_REACH: Final = 0.05
"""A lever that changes the outcome in fewer worlds than 1 of 20 has no effect worth the name."""

WIDE_REACH: Final = 0.25
"""One that does not change it in 5 of 20 worlds has an effect that depends on the world."""


class EventOutcome(EventName):
    """An event that comes earlier, or later, for the lever."""

    direction: Literal["earlier", "later"] = Field(
        description="as claimed; `earlier` includes that it comes at all, `later` that it does not"
    )
    smallest: Number = Field(0.0, ge=0, description="weeks that do not count as a change")


class QuantityOutcome(QuantityReading):
    """A quantity that is higher, or lower, for the lever."""

    direction: Literal["higher", "lower"] = Field(description="as claimed")
    smallest: Number = Field(ge=0, description="a change up to this does not count, in its unit")


Outcome = Annotated[
    Annotated[EventOutcome, Tag(FORMS[0])] | Annotated[QuantityOutcome, Tag(FORMS[1])],
    Discriminator(form_of),
]


class EffectTest(Definition):
    """Fields of a claim about an effect; `among` must hold with the lever moved and without."""

    move: tuple[Move, ...] = Field(min_length=1, description="levers moved together")
    outcome: Outcome


class Effect:
    """Paired contrast."""

    model = EffectTest

    def moves(self, test: EffectTest) -> tuple[Move, ...]:
        """Return the levers that are moved."""
        return test.move

    def trial(self, test: EffectTest, runs: Runs) -> Trial:
        """Test the claim in every pair of worlds."""
        before, after = (runs.moved(settings) for settings in settings_of(test.move))
        levers = " and ".join(f"`{move.lever}`" for move in test.move)
        if same_runs(before, after):
            what = f"moving {levers} changes nothing in any world: it is dead in this run."
            return no_trial(runs.data, what)
        comparable = all_of(before, test.among).yes & all_of(after, test.among).yes
        change, amount, known = _change(test.outcome, before, after)
        comparable &= known
        sign = 1 if test.outcome.direction in ("later", "higher") else -1
        claimed = comparable & (sign * change > test.outcome.smallest)
        against = comparable & (-sign * change > test.outcome.smallest)
        details = _details(claimed, against, comparable, amount)
        return _trial(test.outcome, runs.data, claimed, against, comparable, details)


def _trial(
    outcome: EventOutcome | QuantityOutcome,
    data: xr.Dataset,
    claimed: np.ndarray,
    against: np.ndarray,
    comparable: np.ndarray,
    details: dict[str, Any],
) -> Trial:
    """Return in which worlds the claim is tested, by how many the lever reaches."""
    moved, worlds = claimed | against, int(comparable.sum())
    low, high = wilson(int(moved.sum()), worlds)
    doubt, tested, name = "", comparable, _comparable_worlds(outcome, data)
    if worlds >= fewest(len(comparable)) and high >= SMALLEST_REACH:
        reach = of_twenty(int(moved.sum()), worlds, name)
        tested, name = moved, f"worlds in which the lever makes a difference, which are {reach}"
        if low < WIDE_REACH:
            doubt = f"the lever makes a difference only in {reach}."
    remarks = _told(outcome, details) if worlds else ()
    return Trial(tested, claimed, name, details=details, remarks=remarks, doubt=doubt)


def _comparable_worlds(outcome: EventOutcome | QuantityOutcome, data: xr.Dataset) -> str:
    if outcome.direction != "later":
        return "comparable worlds"
    return f"worlds in which {event_clause(data, outcome)}, with the lever moved or without"


def settings_of(moves: Sequence[Move]) -> tuple[Settings, Settings]:
    """Return the settings of the levers before and after the move."""
    before = {move.lever: move.from_value for move in moves if move.from_value is not None}
    after = {move.lever: move.to_value for move in moves if move.to_value is not None}
    return before, after


def same_runs(one: xr.Dataset, other: xr.Dataset) -> bool:
    """Whether two runs are the same in everything but their parameters."""
    names = set(one.data_vars) | set(other.data_vars)
    return all(
        name in one and name in other and one[name].equals(other[name])
        for name in names - {"parameters"}
    )


def _change(
    outcome: EventOutcome | QuantityOutcome, before: xr.Dataset, after: xr.Dataset
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ``(world,)`` the change, the amount that is averaged, and whether both are known."""
    if isinstance(outcome, EventOutcome):
        weeks = [event_week(data, outcome) for data in (before, after)]
        first, second = (np.where(np.isnan(week), np.inf, week) for week in weeks)
        with np.errstate(invalid="ignore"):
            change = np.where(first == second, 0.0, second - first)
        comes = np.isfinite(second).astype(float) - np.isfinite(first)
        known = np.ones(len(change), dtype=bool)
        if outcome.direction == "later":
            known = np.isfinite(first) | np.isfinite(second)
        return change, comes, known
    if QUANTITIES[outcome.quantity].over_time:
        values = [windowed(data, outcome) for data in (before, after)]
        both = np.isfinite(values[0]) & np.isfinite(values[1])
        values = [np.where(both, value, np.nan) for value in values]
        pair = zip((before, after), values, strict=True)
        first, second = (summed_up(data, outcome, value) for data, value in pair)
    else:
        first, second = (reading_of(data, outcome) for data in (before, after))
    change = second - first
    known = np.isfinite(change)
    change = np.where(known, change, 0.0)
    return change, change, known


def _details(
    claimed: np.ndarray, against: np.ndarray, comparable: np.ndarray, amount: np.ndarray
) -> dict[str, Any]:
    """Return the counts, the mean change and its standard error."""
    worlds = int(comparable.sum())
    better, worse = int(claimed.sum()), int(against.sum())
    counts = {"as_claimed": better, "against": worse, "unchanged": worlds - better - worse}
    if not worlds:
        return counts
    changes = amount[comparable]
    error = float(changes.std(ddof=1) / np.sqrt(worlds)) if worlds > 1 else None
    return {**counts, "mean_change": float(changes.mean()), "standard_error": error}


def _told(outcome: EventOutcome | QuantityOutcome, details: dict[str, Any]) -> tuple[str, ...]:
    """Say by how much the lever moves the outcome in the mean."""
    mean, error = details["mean_change"], details["standard_error"]
    if isinstance(outcome, EventOutcome):
        scale, unit, direction = 100, "of 100 comparable worlds", "more" if mean >= 0 else "fewer"
        told = f"With the lever moved it comes in {abs(100 * mean):.2g} {unit} {direction}"
    else:
        scale, unit = 1, outcome.unit
        meaning = QUANTITIES[outcome.quantity].meaning
        told = f"With the lever moved, the {meaning} changes by {mean:+.2g} {unit} in the mean"
    spread = "" if error is None else f" (standard error {scale * error:.2g})"
    return (f"{told}{spread}.",)


KINDS.register("effect")(Effect())
