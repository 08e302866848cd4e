"""What the endings cost: the dead, the disabled, months of war, land and money, by how the war ends.

Every world is in exactly one group, a refinement of its ending, and every cost is summed over the world's whole
course: what a pause saves and what a later war takes are both in it. A world that one side wins, or that
leaves the model, is counted until then; what comes after is not in the figures, so that these are least costs.
People under occupation live in land that a side holds and that was the other's before the war.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.outcomes.endings import (
    BEYOND_MODEL,
    FIRST_WINS,
    FROZEN,
    HOLDING,
    SECOND_WINS,
    SETTLED,
)
from ripeness.types import ENDED, WAR, WEEKS_PER_YEAR

QUANTILES: Final = (0.1, 0.5, 0.9)
"""Ends of the range that holds 16 of 20 worlds, and its middle."""

THOUSAND: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of cost in every world.

    Attributes:
        name: its id.
        side: place of the side that bears it, or -1: the whole war.
        label: what it is, without the side.
        unit: of the values.
        values: ``(world,)``; NaN where the world has no figure.
    """

    name: str
    side: int
    label: str
    unit: str
    values: np.ndarray


@dataclass(frozen=True, slots=True)
class Spread:
    """A cost over the worlds of a group: 16 of 20 lie between low and high.

    Attributes:
        low: a tenth of the worlds have less.
        median: half of them have less.
        high: nine tenths have less.
        mean: so that groups add to the total over all worlds.
        worlds: that have a figure.
    """

    low: float
    median: float
    high: float
    mean: float
    worlds: int


@dataclass(frozen=True, slots=True)
class EndingCost:
    """What one kind of ending costs.

    Attributes:
        ending: the group of worlds.
        worlds: how many it has.
        costs: by measure and side, see ``Measure``; empty if the group has no world.
    """

    ending: str
    worlds: int
    costs: dict[tuple[str, int], Spread]


@dataclass(frozen=True, slots=True)
class Costs:
    """What the endings of a run cost.

    Attributes:
        worlds: of the run.
        measures: what was counted.
        endings: every group in order, then all worlds.
    """

    worlds: int
    measures: tuple[Measure, ...]
    endings: tuple[EndingCost, ...]

    def of(self, ending: str) -> EndingCost:
        """Return the costs of one group."""
        return next(row for row in self.endings if row.ending == ending)


ALL: Final = "all worlds"
KEPT, AGAIN, PAUSED = "settled, never broken", "settled again after a breach", "ceasefire holding"
FOUGHT, RESUMED = "at war without a pause", "at war again after a pause"
LEFT: Final = "beyond the model"


def groups(data: xr.Dataset) -> dict[str, np.ndarray]:
    """Return which worlds ended how: a partition, in order.

    Endings are told apart further by whether a settlement was broken, and whether there was a pause before.
    """
    ending, regime = data["ending"].values, data["regime"].values
    broken = data["broken_by"].values >= 0
    paused = ((regime != WAR) & (regime != ENDED)).any(axis=1)
    first, second = (f"victory of {name}" for name in sides_of(data))
    return {
        KEPT: (ending == SETTLED) & ~broken,
        AGAIN: (ending == SETTLED) & broken,
        PAUSED: ending == HOLDING,
        FOUGHT: (ending == FROZEN) & ~paused,
        RESUMED: (ending == FROZEN) & paused,
        first: ending == FIRST_WINS,
        second: ending == SECOND_WINS,
        LEFT: ending == BEYOND_MODEL,
    }


def ending_costs(data: xr.Dataset) -> Costs:
    """Return what each ending cost, over the whole course of its worlds.

    Args:
        data: outcomes of a run.
    """
    found = tuple(measures(data))
    members = groups(data) | {ALL: np.ones(data.sizes["world"], dtype=bool)}
    rows = (
        EndingCost(
            name,
            int(member.sum()),
            {
                (each.name, each.side): spread
                for each in found
                if (spread := spread_of(each.values[member])) is not None
            },
        )
        for name, member in members.items()
    )
    return Costs(int(data.sizes["world"]), found, tuple(rows))


def measures(data: xr.Dataset) -> Iterator[Measure]:
    """Yield every cost that the run records."""
    regime, weeks = data["regime"].values, data["week"].values.astype(float)
    step = np.diff(weeks)
    for name, label in (("killed", "killed"), ("disabled", "disabled for good")):
        men = data[name].values.astype(float) / THOUSAND
        for side in range(2):
            yield Measure(name, side, label, "thousand soldiers", men[:, side])
        yield Measure(name, -1, label, "thousand soldiers", men.sum(axis=1))
    fought = (regime[:, 1:] == WAR) @ step / WEEKS_PER_YEAR * 12.0
    yield Measure("months_of_war", -1, "war", "months", fought)
    going = regime[:, 1:] != ENDED
    years = going * step / WEEKS_PER_YEAR
    area = data["area_held"].values.astype(float) / THOUSAND
    for side in range(2):
        held = (area[:, 1:, side] + area[:, :-1, side]) / 2.0
        taken = np.maximum(held - area[:, :1, side], 0.0)
        for name, label, land in (
            ("land_held", "land held", held),
            ("land_taken", "land held beyond the start's", taken),
        ):
            yield Measure(name, side, label, "thousand km2 x years", np.sum(land * years, axis=1))
    if "occupied_people" in data.variables:
        for side in range(2):
            people = data["occupied_people"].values[:, side]
            label = "people under its occupation"
            yield Measure("occupied_people", side, label, "million people x years", people)
    if "war_spending" in data.variables:
        for side in range(2):
            spent = data["war_spending"].values[:, side]
            yield Measure("war_spending", side, "own spending on the war", "bn EUR", spent)
    yield from _output_lost(data, years)


def sides_of(data: xr.Dataset) -> list[str]:
    """Return what the sides are called."""
    names = data["side_label"].values if "side_label" in data.variables else data["side"].values
    return [str(name) for name in names]


def _output_lost(data: xr.Dataset, years: np.ndarray) -> Iterator[Measure]:
    """Yield the output lost to war damage, strain and sanctions, where the run's numbers tell.

    It is lost against growth as the scenario states it, which holds before these three.
    """
    if "output" not in data.variables:
        return
    known = {str(path): place for place, path in enumerate(data["parameter"].values)}
    since = data["week"].values.astype(float)[:-1] / WEEKS_PER_YEAR
    for side, name in enumerate(str(each) for each in data["side"].values):
        paths = [f"belligerents.{name}.economy.{each}" for each in ("output", "growth")]
        if not set(paths) <= set(known):
            continue
        yearly, growth = (data["parameters"].values[:, known[path]].astype(float) for path in paths)
        path = np.exp(growth[:, None] * since) - data["output"].values[:, :-1, side]
        yield Measure(
            "output_lost", side, "output lost", "bn EUR", yearly * np.sum(path * years, axis=1)
        )


def spread_of(values: np.ndarray) -> Spread | None:
    """Return how a figure is spread over some worlds; None where none has it."""
    known = values[np.isfinite(values)]
    if not known.size:
        return None
    low, middle, high = (float(value) for value in np.quantile(known, QUANTILES))
    return Spread(low, middle, high, float(known.mean()), int(known.size))
