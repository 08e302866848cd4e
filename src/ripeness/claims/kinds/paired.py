"""The same worlds with the same luck, with levers moved: what the kinds about levers share.

    d_w     = outcome in world w with the levers moved, less that without
    reach   = worlds in which d_w is beyond what counts, in either direction / comparable worlds
    tested  = worlds in which the levers make a difference;
              if reach is surely below 1 of 20, all comparable worlds instead

Where weeks of an event must be added and subtracted, an event that never comes is given the first
month after the horizon (restricted time to event, Royston and Parmar 2013, BMC Med. Res. Methodol.
13: 152); where two weeks are only compared, it is infinitely late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Literal, NamedTuple

import numpy as np
import xarray as xr
from pydantic import Discriminator, Field, Tag

from ripeness.claims.conditions import event_clause, event_week, reading_of, summed_up, windowed
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import Runs, Settings, settings_of
from ripeness.claims.language import FORMS, EventName, Move, QuantityReading, form_of
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.reading import horizon_of
from ripeness.claims.verdict import fewest
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.quantity import Number
from ripeness.types import WEEKS_PER_MONTH

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


class Change(NamedTuple):
    """What moving levers changes, ``(world,)`` each.

    Attributes:
        change: of the outcome; weeks may be infinite.
        amount: what is averaged: the change, or for an event whether it comes.
        known: whether both runs know the outcome.
    """

    change: np.ndarray
    amount: np.ndarray
    known: np.ndarray


class Reached(NamedTuple):
    """In which worlds a claim about levers is tested.

    Attributes:
        tested: ``(world,)``.
        worlds: what they are called.
        doubt: why it only depends even where it is borne out; empty otherwise.
    """

    tested: np.ndarray
    worlds: str
    doubt: str


def sign_of(outcome: EventOutcome | QuantityOutcome) -> int:
    """Return 1 if the claim is that the outcome rises or comes later, else -1."""
    return 1 if outcome.direction in ("later", "higher") else -1


def changed(outcome: EventName | QuantityReading, before: xr.Dataset, after: xr.Dataset) -> Change:
    """Return what differs between two runs; a quantity is read in the months that both have."""
    if isinstance(outcome, EventName):
        return _change_of_event(outcome, before, after)
    first, second = levels_of(outcome, (before, after))
    change = second - first
    known = np.isfinite(change)
    change = np.where(known, change, 0.0)
    return Change(change, change, known)


def _change_of_event(outcome: EventName, before: xr.Dataset, after: xr.Dataset) -> Change:
    weeks = [event_week(data, outcome) for data in (before, after)]
    first, second = (np.where(np.isnan(week), np.inf, week) for week in weeks)
    with np.errstate(invalid="ignore"):
        change = np.where(first == second, 0.0, second - first)
    comes = np.isfinite(second).astype(float) - np.isfinite(first)
    known = np.ones(len(change), dtype=bool)
    if isinstance(outcome, EventOutcome) and outcome.direction == "later":
        known = np.isfinite(first) | np.isfinite(second)
    return Change(change, comes, known)


def levels_of(outcome: EventName | QuantityReading, runs: Sequence[xr.Dataset]) -> list[np.ndarray]:
    """Return ``(world,)`` for every run the outcome as a number that can be added.

    That is a quantity, in the months in which all the runs know it: what differs from month to month
    would else seem to differ between runs that end at different times. Or it is weeks.
    """
    if isinstance(outcome, EventName):
        weeks = [event_week(data, outcome) for data in runs]
        never = horizon_of(runs[0]) + WEEKS_PER_MONTH
        return [np.where(np.isnan(week), never, week) for week in weeks]
    if not QUANTITIES[outcome.quantity].over_time:
        return [reading_of(data, outcome) for data in runs]
    values = [windowed(data, outcome) for data in runs]
    known = np.isfinite(values).all(axis=0)
    pairs = zip(runs, values, strict=True)
    return [summed_up(data, outcome, np.where(known, value, np.nan)) for data, value in pairs]


def cut_short(
    outcome: EventName | QuantityReading, before: xr.Dataset, after: xr.Dataset
) -> np.ndarray:
    """Return ``(world,)`` whether most of what either run knows of an outcome is known in one only."""
    if isinstance(outcome, EventName):
        return np.zeros(int(before.sizes["world"]), dtype=bool)
    over_time = QUANTITIES[outcome.quantity].over_time
    one, other = (
        np.isfinite(windowed(data, outcome) if over_time else reading_of(data, outcome)[:, None])
        for data in (before, after)
    )
    return (one ^ other).sum(axis=1) > (one & other).sum(axis=1)


def unit_of(outcome: EventName | QuantityReading) -> str:
    """Return the unit of ``levels_of``."""
    return "weeks" if isinstance(outcome, EventName) else outcome.unit


def what_changes(outcome: EventName | QuantityReading, data: xr.Dataset) -> str:
    """Say what an outcome is, for the start of a sentence."""
    if isinstance(outcome, EventName):
        return f"the week in which {event_clause(data, outcome)}"
    return the(QUANTITIES[outcome.quantity].meaning)


def pair_of(moves: Sequence[Move], runs: Runs) -> tuple[xr.Dataset, xr.Dataset]:
    """Return the runs before and after a move."""
    before, after = settings_of(moves)
    return runs.moved(before), runs.moved(after)


def changed_settings(base: Settings, moves: Sequence[Move]) -> Settings:
    """Return settings with a move made on top of them; a move without `to` ends as the run has it."""
    moved = {move.lever for move in moves}
    kept = {lever: value for lever, value in base.items() if lever not in moved}
    return {**kept, **settings_of(moves)[1]}


def check_settings(settings: Iterable[Sequence[Move]]) -> None:
    """Raise a ValueError if a setting does not say where its levers are: with `to`, and no `from`."""
    for moves in settings:
        for move in moves:
            if move.to_value is None or move.from_value is not None:
                raise ValueError(f"a setting of `{move.lever}` is given by `to` alone")


def dead(before: xr.Dataset, after: xr.Dataset, moves: Sequence[Move]) -> str:
    """Say that moving these levers changes nothing; empty if it changes something."""
    if not same_runs(before, after):
        return ""
    return f"moving {levers_of(moves)} changes nothing in any world: it is dead in this run."


def levers_of(moves: Sequence[Move]) -> str:
    """Return the names of the levers that are moved."""
    return " and ".join(f"`{move.lever}`" for move in moves)


def same_runs(one: xr.Dataset, other: xr.Dataset) -> bool:
    """Whether two runs are the same in everything that both record, but for their parameters."""
    if one is other:
        return True
    names = [name for name in one.data_vars if name in other and name != "parameters"]
    return all(_same(one[name], other[name]) for name in names)


def _same(one: xr.DataArray, other: xr.DataArray) -> bool:
    if one.dims != other.dims or one.shape != other.shape:
        return False
    numbers = one.dtype.kind == "f" and other.dtype.kind == "f"
    return np.array_equal(one.values, other.values, equal_nan=numbers)


def reached(claimed: np.ndarray, against: np.ndarray, comparable: np.ndarray, name: str) -> Reached:
    """Return in which worlds the claim is tested, by how many the levers reach.

    Args:
        claimed: ``(world,)`` the outcome changes as claimed.
        against: ``(world,)`` it changes the other way.
        comparable: ``(world,)`` it could change.
        name: what comparable worlds are called.
    """
    moved, worlds = claimed | against, int(comparable.sum())
    low, high = wilson(int(moved.sum()), worlds)
    if worlds < fewest(len(comparable)) or high < SMALLEST_REACH:
        return Reached(comparable, name, "")
    words = of_twenty(int(moved.sum()), worlds, name)
    doubt = f"the lever makes a difference only in {words}." if low < WIDE_REACH else ""
    told = f"worlds in which the lever makes a difference, which are {words}"
    return Reached(moved, told, doubt)


def mean_and_error(values: np.ndarray) -> tuple[float, float | None]:
    """Return the mean over worlds and its standard error, None for a single world."""
    several = len(values) > 1
    error = float(values.std(ddof=1) / np.sqrt(len(values))) if several else None
    return float(values.mean()), error


def rounded(value: float) -> str:
    """Say a change with its sign and two digits that count: ``+0.034``, ``-2,400``."""
    return f"{value:+.2g}" if abs(value) < 1e3 else f"{float(f'{value:.2g}'):+,.0f}"


def the(meaning: str) -> str:
    """Put an article before a meaning that can take one."""
    return meaning if meaning.startswith(("what ", "the ", "there ")) else f"the {meaning}"
