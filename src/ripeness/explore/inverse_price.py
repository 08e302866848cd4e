"""What an answer costs: the dead, months of war and what patrons pay, against no moves in the same worlds.

    change of a cost = mean over worlds of (cost with the moves - cost without), error: its standard error

The worlds are the same and so is their luck. A world that one side wins, or that leaves the model, counts
until then, so that these are least costs; see ``outcomes.ending_costs``. Nothing is added up: the dead and
money have no common unit here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ripeness.explore.inverse_moves import Moves, way_of
from ripeness.explore.inverse_play import Course
from ripeness.scenario.model import Scenario


@dataclass(frozen=True)
class Change:
    """How a cost changes.

    Attributes:
        name: of the cost: ``killed``, ``fought``, or ``bill.PATRON``.
        unit: of all its figures.
        without: mean without the moves.
        change: mean of the difference that the moves make.
        error: its standard error.
    """

    name: str
    unit: str
    without: float
    change: float
    error: float

    @property
    def told_from_chance(self) -> bool:
        """Whether it is more than two standard errors: in 19 of 20 ensembles chance alone is less."""
        return abs(self.change) > 2.0 * self.error


def price(scenario: Scenario, course: Course, base: Course) -> tuple[Change, ...]:
    """Return what a set of moves costs.

    Args:
        scenario: the war.
        course: of the worlds with the moves.
        base: of the same worlds without any.
    """
    rows = [
        ("killed", "thousand soldiers", course.killed, base.killed),
        ("fought", "months", course.fought, base.fought),
    ]
    for place, patron in enumerate(scenario.patrons):
        rows.append((f"bill.{patron}", "bn EUR", course.bill[place], base.bill[place]))
    return tuple(_change(*row) for row in rows)


def _change(name: str, unit: str, moved: np.ndarray, unmoved: np.ndarray) -> Change:
    by_world = np.asarray(moved, dtype=float) - np.asarray(unmoved, dtype=float)
    spread = float(by_world.std(ddof=1)) if by_world.size > 1 else float("inf")
    return Change(
        name, unit, float(np.mean(unmoved)), float(by_world.mean()), spread / by_world.size**0.5
    )


Cost = Callable[[Scenario, Moves, Course], float]

COSTS: Final[dict[str, Cost]] = {
    "deaths": lambda scenario, moves, course: float(course.killed.mean()),
    "months": lambda scenario, moves, course: float(course.fought.mean()),
    "bill": lambda scenario, moves, course: float(course.bill.sum(axis=0).mean()),
    "moved": lambda scenario, moves, course: moved_in_all(scenario, moves),
}
"""By which sets of one size are put in order, the least first."""


def moved_in_all(scenario: Scenario, moves: Moves) -> float:
    """Return how far levers are moved in all, each in shares of its way to the bound; a term counts as one."""
    return sum(1.0 if move.term else way_of(scenario, move) for move in moves)
