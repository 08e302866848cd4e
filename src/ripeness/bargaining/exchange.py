"""What each issue is worth to each side, in ground and in months of war: exchange rates.

    range_i   = w_i (best value of a level - worst value of a level)        shares of the stakes, for ever
    in ground = range_i / (w_line / (aim - worst))                          km2 of the line
    in months = 13 range_i / c                                              c: own cost of war, stakes a year

Months are of four weeks. A value held for ever is worth as much as a single payment of it, and a year of war
costs c of the stakes at once, so that both are in the same unit (``expectations.training``). Keeney and Raiffa
1976, ch. 3, on trading one issue for another. Red lines are not priced.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ripeness.bargaining.packages import level_values, territorial_issue, weights_of
from ripeness.scenario.model import Scenario
from ripeness.types import MONTHS_PER_YEAR
from ripeness.worlds.draw import Worlds

PLACES = (0.1, 0.5, 0.9)
"""Quantiles over worlds."""


@dataclass(frozen=True)
class Rate:
    """What an issue is worth to a side, from its worst level to its best; quantiles over worlds.

    Attributes:
        issue: label.
        side: label.
        worst: label of the level that gives the side least, in most worlds.
        best: label of the level that gives it most.
        stakes: shares of the stakes.
        ground: of the line, km2.
        months: of its war.
    """

    issue: str
    side: str
    worst: str
    best: str
    stakes: tuple[float, float, float]
    ground: tuple[float, float, float]
    months: tuple[float, float, float]

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }


def exchange_rates(scenario: Scenario, worlds: Worlds) -> list[Rate]:
    """Return the rates of all issues but the line, by issue and then side."""
    line = territorial_issue(scenario)
    others = [name for name in scenario.issues if name != line]
    weight = weights_of(scenario, worlds, [line, *others])
    per_km2 = weight[:, 0] / _span(worlds)
    cost = np.asarray(worlds.parameters.diplomacy.war_cost, dtype=np.float64)
    found = []
    for place, name in enumerate(others):
        value = level_values(scenario, worlds, name)
        stakes = weight[:, place + 1] * (value.max(axis=1) - value.min(axis=1))
        labels = [level.label for level in scenario.issues[name].levels.values()]
        for side, who in enumerate(worlds.names.sides):
            mean = value[side].mean(axis=-1)
            found.append(
                Rate(
                    scenario.issues[name].label,
                    scenario.belligerents[who].label,
                    labels[int(mean.argmin())],
                    labels[int(mean.argmax())],
                    _spread(stakes[side]),
                    _spread(stakes[side] / np.maximum(per_km2[side], 1e-12)),
                    _spread(MONTHS_PER_YEAR * stakes[side] / np.maximum(cost[side], 1e-12)),
                )
            )
    return found


def _span(worlds: Worlds) -> np.ndarray:
    """Return ``(side, world)`` the area between a side's worst line and its aims, km2."""
    front = worlds.parameters.front
    aim = np.asarray(front.aim_area, dtype=np.float64)
    theatre = np.asarray(front.area_held, dtype=np.float64).sum(axis=0)
    return np.maximum(aim - (theatre - aim[::-1]), 1.0)


def _spread(values: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = (float(value) for value in np.quantile(values, PLACES))
    return low, middle, high
