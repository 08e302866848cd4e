"""Issues, packages and what each side gets from them.

    v_s(package) = w_line u_s(area) + sum over the other issues of w_i value_{s, i}(level)
                   - fear_s (1 - credibility min(1, capacity))
    u_s(area)    = clip((own area - worst_s) / (aim_s - worst_s), 0, 1),   worst_s: the enemy's aims met

``fear`` is what a side would give up to be sure that the enemy keeps its word; a guarantee to that side
takes it away in the measure in which it is credible (the commitment problem: Fearon 1995, Powell 2006).
Weights are normalised to one per side and world, so that values are shares of the stakes. Since values
add up, what is efficient among the packages without the line is efficient whatever the line is: the
frontier is found once per world, and the line is joined to it month by month, because "where the line
is" moves. Red lines are drawn once per world and side: one place in (0, 1) per issue, so that a side
that rules out a level also rules out those that it is said to rule out more often. Additive values with
absolute red lines: Raiffa 1982 ("The Art and Science of Negotiation", ch. 11), Keeney and Raiffa 1976.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np

from ripeness.bargaining.frontier import NOTHING, efficient_frontier
from ripeness.scenario.model import Scenario
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.designs import keyed_generator
from ripeness.worlds.draw import Worlds, first_worlds

POINTS = 24
"""Slots of the frontier; a longer one is thinned evenly and the run says in how many worlds."""

BATCH = 2048
"""Worlds enumerated at a time, which bounds memory."""


@dataclass(frozen=True)
class Packages:
    """What could be signed.

    Attributes:
        issues: identifiers; the territorial one first.
        levels: levels of each issue, in the scenario's order.
        combinations: ``(package, issue - 1)`` level index of the issues without the line.
        table: arrays per world for the simulation, world axis last: values, areas of the line, consequences.
        thinned: number of worlds whose frontier had more than ``POINTS`` points.
    """

    issues: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    combinations: np.ndarray
    table: Bundle
    thinned: int

    def first(self, count: int) -> Packages:
        """Return the packages of the first so many worlds; ``thinned`` stays that of all."""
        among = self.table.package.shape[-1]
        return replace(self, table=first_worlds(self.table, among, count))


def enumerate_packages(scenario: Scenario, worlds: Worlds) -> Packages:
    """Return all packages of a scenario and, per world, the efficient ones."""
    line = territorial_issue(scenario)
    others = [name for name in scenario.issues if name != line]
    levels = {name: tuple(scenario.issues[name].levels) for name in (line, *others)}
    combinations = np.array(
        list(itertools.product(*(range(len(levels[name])) for name in others))), dtype=np.int32
    ).reshape(math.prod(len(levels[name]) for name in others), len(others))
    weight = _weights(scenario, worlds, [line, *others])
    values, allowed = [], []
    for name in (line, *others):
        values.append(_level_values(scenario, worlds, name))
        allowed.append(~_ruled_out(scenario, worlds, name))
    fear = _fear(scenario, worlds, others)
    frontier_value, package, size = _frontiers(combinations, weight, values[1:], allowed[1:], fear)
    chosen_level = np.moveaxis(combinations[package], -1, 0)
    without = [levels[name].index(scenario.issues[name].without_deal) for name in others]
    status_quo = sum(
        (weight[:, place + 1] * values[place + 1][:, level] for place, level in enumerate(without)),
        start=np.zeros((2, worlds.count)),
    )
    table = Bundle(
        value=frontier_value,
        package=package,
        fear=_fear_left(fear, chosen_level),
        line_area=_line_areas(scenario, worlds, line).astype(np.float32),
        line_allowed=allowed[0],
        line_weight=weight[:, 0].astype(np.float32),
        status_quo=np.asarray(status_quo, dtype=np.float32),
        **_consequences(scenario, worlds, others, chosen_level),
    )
    return Packages((line, *others), levels, combinations, table, int((size > POINTS).sum()))


def territorial_issue(scenario: Scenario) -> str:
    """Return the name of the issue that is about the line."""
    return next(name for name, issue in scenario.issues.items() if issue.territorial)


def number_of_packages(scenario: Scenario) -> int:
    """Return how many packages the issues make."""
    return math.prod(len(issue.levels) for issue in scenario.issues.values())


def _frontiers(
    combinations: np.ndarray,
    weight: np.ndarray,
    values: list[np.ndarray],
    allowed: list[np.ndarray],
    fear: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the frontier without the line, a batch of worlds at a time."""
    worlds = weight.shape[-1]
    value = np.full((2, POINTS, worlds), NOTHING, dtype=np.float32)
    package = np.zeros((POINTS, worlds), dtype=np.int32)
    size = np.zeros(worlds, dtype=np.int64)
    for start in range(0, worlds, BATCH):
        part = slice(start, min(start + BATCH, worlds))
        count = part.stop - part.start
        total = np.zeros((2, len(combinations), count))
        open_ = np.ones((len(combinations), count), dtype=bool)
        unsure = np.zeros_like(total) + fear[0][..., part]
        for place, (worth, may) in enumerate(zip(values, allowed, strict=True)):
            chosen = combinations[:, place]
            total += weight[:, place + 1, None, part] * worth[:, chosen, part]
            unsure = np.minimum(unsure, fear[place + 1][:, chosen, part])
            open_ &= may[chosen][:, part]
        found = efficient_frontier(total - unsure, open_, POINTS)
        value[..., part], package[:, part], size[part] = found
    return value, package, size


def _fear(scenario: Scenario, worlds: Worlds, others: list[str]) -> list[np.ndarray]:
    """Return ``(side, level, world)`` fears: all of it, then what is left at each issue's levels."""
    sides = worlds.names.sides
    left = [np.array([[worlds.values[f"belligerents.{side}.diplomacy.fear"]] for side in sides])]
    for name in others:
        rows = []
        for side in worlds.names.sides:
            fear = worlds.values[f"belligerents.{side}.diplomacy.fear"]
            rows.append(
                [
                    fear * (1.0 - _protection(scenario, worlds, level.guarantor, side))
                    for level in scenario.issues[name].levels.values()
                ]
            )
        left.append(np.array(rows))
    return left


def _fear_left(fear: list[np.ndarray], chosen_level: np.ndarray) -> np.ndarray:
    """Return ``(side, point, world)`` fear that the packages on the frontier leave each side."""
    left = np.broadcast_to(fear[0], (2, *chosen_level.shape[1:])).copy()
    for place, level in enumerate(chosen_level):
        rows = np.broadcast_to(fear[place + 1], (2, fear[place + 1].shape[1], level.shape[-1]))
        left = np.minimum(left, np.take_along_axis(rows, level[None], axis=1))
    return left.astype(np.float32)


def _protection(scenario: Scenario, worlds: Worlds, guarantor: str | None, side: str) -> np.ndarray:
    """Return how far a guarantor takes a side's fear away, 0 to 1."""
    if guarantor is None or scenario.guarantors[guarantor].protects != side:
        return np.zeros(worlds.count)
    numbers = worlds.values
    capacity = numbers[f"guarantors.{guarantor}.capacity"]
    return numbers[f"guarantors.{guarantor}.credibility"] * np.minimum(capacity, 1.0)


def _weights(scenario: Scenario, worlds: Worlds, issues: list[str]) -> np.ndarray:
    """Return ``(side, issue, world)`` weights that add to one per side."""
    raw = np.array(
        [
            [worlds.values[f"issues.{name}.weight.{side}"] for name in issues]
            for side in worlds.names.sides
        ]
    )
    return raw / np.maximum(raw.sum(axis=1, keepdims=True), 1e-12)


def _level_values(scenario: Scenario, worlds: Worlds, name: str) -> np.ndarray:
    """Return ``(side, level, world)`` values of an issue's levels; zeros for the line."""
    issue = scenario.issues[name]
    nothing = np.zeros(worlds.count)
    return np.array(
        [
            [
                worlds.values.get(f"issues.{name}.levels.{level}.value.{side}", nothing)
                for level in issue.levels
            ]
            for side in worlds.names.sides
        ]
    )


def _ruled_out(scenario: Scenario, worlds: Worlds, name: str) -> np.ndarray:
    """Return ``(level, world)``: whether a red line of either side rules the level out."""
    issue = scenario.issues[name]
    ruled_out = np.zeros((len(issue.levels), worlds.count), dtype=bool)
    for side in worlds.names.sides:
        lot = keyed_generator(f"red lines of {side} on {name}", worlds.seed)
        firmness = lot.random(int(worlds.identity.max(initial=0)) + 1)[worlds.identity]
        for place, level in enumerate(issue.levels):
            chance = worlds.values.get(f"issues.{name}.levels.{level}.red_lines.{side}")
            if chance is not None:
                ruled_out[place] |= firmness < chance
    return ruled_out


def _line_areas(scenario: Scenario, worlds: Worlds, line: str) -> np.ndarray:
    """Return ``(line, world)`` area of the first side at each level; NaN for "where it is"."""
    first, second = worlds.names.sides
    theatre = sum(worlds.values[f"belligerents.{side}.front.area_held"] for side in (first, second))
    rows = []
    for name, level in scenario.issues[line].levels.items():
        path = f"issues.{line}.levels.{name}.area_held."
        if level.area_held == "current" or level.area_held is None:
            rows.append(np.full(worlds.count, np.nan))
        elif path + first in worlds.values:
            rows.append(worlds.values[path + first])
        else:
            rows.append(theatre - worlds.values[path + second])
    return np.array(rows)


def _consequences(
    scenario: Scenario, worlds: Worlds, others: list[str], chosen_level: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what each package on the frontier means after it is signed, from all its levels.

    Relief, caps and guarantees of several levels add, bind and replace: the sum of relief up to one,
    the lowest cap, the strongest guarantee. ``chosen_level`` is ``(issue, point, world)``.
    """
    shape = chosen_level.shape[1:]
    found = {
        "relief": np.zeros(shape), "delay": np.zeros(shape), "force_cap": np.full((2, *shape), np.inf),
        "credibility": np.zeros((2, *shape)), "capacity": np.zeros((2, *shape)),
    }  # fmt: skip
    for place, name in enumerate(others):
        for index, (level_name, level) in enumerate(scenario.issues[name].levels.items()):
            chosen = chosen_level[place] == index
            path = f"issues.{name}.levels.{level_name}."
            if level.sanctions_relief is not None:
                found["relief"] += chosen * worlds.values[path + "sanctions_relief"]
            for side, who in enumerate(worlds.names.sides):
                if who in level.force_cap:
                    cap = np.where(chosen, worlds.values[path + f"force_cap.{who}"], np.inf)
                    found["force_cap"][side] = np.minimum(found["force_cap"][side], cap)
            if level.guarantor is not None:
                _enter_guarantee(scenario, worlds, level.guarantor, chosen, found)
    found["relief"] = np.minimum(found["relief"], 1.0)
    return {key: value.astype(np.float32) for key, value in found.items()}


def _enter_guarantee(
    scenario: Scenario, worlds: Worlds, name: str, chosen: np.ndarray, found: dict[str, np.ndarray]
) -> None:
    """Enter a guarantor's numbers where its level is chosen, unless a stronger one is there."""
    side = worlds.names.sides.index(scenario.guarantors[name].protects)
    credibility, capacity, delay = (
        worlds.values[f"guarantors.{name}.{key}"]
        for key in ("credibility", "capacity", "delay_months")
    )
    strength = found["credibility"][side] * found["capacity"][side]
    takes = chosen & (credibility * capacity >= strength)
    found["credibility"][side] = np.where(takes, credibility, found["credibility"][side])
    found["capacity"][side] = np.where(takes, capacity, found["capacity"][side])
    found["delay"][...] = np.where(takes, delay, found["delay"])
