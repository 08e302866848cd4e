"""Issues, packages and what each side gets from them.

    v_s(package) = w_line u_s(area) + sum over the other issues of w_i value_{s, i}(level)
                   - fear_s (1 - credibility min(1, capacity))
    u_s(area)    = clip((own area - worst_s) / (aim_s - worst_s), 0, 1),   worst_s: the enemy's aims met

``fear`` is what a side would give up to be sure that the enemy keeps its word; a guarantee to that side
takes it away in the measure in which it is credible (the commitment problem: Fearon 1995, Powell 2006).
Weights are normalised to one per side and world, so that values are shares of the stakes. Since values
add up, what is efficient among the packages without the line is efficient whatever the line is: the
frontier is found once per world (``merge``), and the line is joined to it month by month, because "where
the line is" moves. Red lines are drawn once per world and side: one place in (0, 1) per issue, so that a side
that rules out a level also rules out those that it is said to rule out more often. Additive values with
absolute red lines: Raiffa 1982 ("The Art and Science of Negotiation", ch. 11), Keeney and Raiffa 1976.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from ripeness.bargaining.frontier import NOTHING, Frontier
from ripeness.bargaining.merge import Choice, combinations_of, merged_frontier, together
from ripeness.scenario.model import Scenario
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.designs import keyed_generator
from ripeness.worlds.draw import Worlds, first_worlds

POINTS = 24
"""Slots of the frontier; a longer one is thinned evenly and the run says in how many worlds."""

BATCH = 512
"""Worlds enumerated at a time, which bounds memory."""


@dataclass(frozen=True)
class Packages:
    """What could be signed.

    Attributes:
        issues: identifiers; the territorial one first.
        levels: levels of each issue, in the scenario's order.
        table: arrays per world for the simulation, world axis last: values, areas of the line, consequences.
        thinned: number of worlds whose frontier had more than ``POINTS`` points.
    """

    issues: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    table: Bundle
    thinned: int

    def levels_of(self, package: np.ndarray) -> np.ndarray:
        """Return ``(..., issue)`` the level of each issue but the line in packages ``(...)``."""
        return unpacked(np.asarray(package), self.sizes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of levels of each issue but the line."""
        return tuple(len(self.levels[name]) for name in self.issues[1:])

    def first(self, count: int) -> Packages:
        """Return the packages of the first so many worlds; ``thinned`` stays that of all."""
        among = self.table.package.shape[-1]
        return replace(self, table=first_worlds(self.table, among, count))


def enumerate_packages(
    scenario: Scenario, worlds: Worlds, only: Mapping[str, str] | None = None
) -> Packages:
    """Return all packages of a scenario and, per world, the efficient ones.

    Args:
        scenario: the war.
        worlds: the ensemble.
        only: levels that any settlement must have, by issue: others cannot be signed.
    """
    line = territorial_issue(scenario)
    others = [name for name in scenario.issues if name != line]
    levels = {name: tuple(scenario.issues[name].levels) for name in (line, *others)}
    weight = weights_of(scenario, worlds, [line, *others])
    values, allowed = [], []
    for name in (line, *others):
        values.append(level_values(scenario, worlds, name))
        may = ~levels_ruled_out(scenario, worlds, name)
        if only is not None and name in only:
            may &= (np.array(levels[name]) == only[name])[:, None]
        allowed.append(may)
    fear = fears_of(scenario, worlds, others)
    sizes = [len(levels[name]) for name in others]
    groups = together(len(others), _links(scenario, others))
    frontier_value, package, size = _frontiers(
        groups, sizes, exclusions(scenario, others), weight, values[1:], allowed[1:], fear
    )
    chosen_level = np.moveaxis(unpacked(package, sizes), -1, 0)
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
        line_passes=_numbers_of(scenario, worlds, line, "passes", 1.0),
        line_wait=_numbers_of(scenario, worlds, line, "ratification_months", 0.0),
        line_votes=np.repeat(votes_asked(scenario, line)[:, None], worlds.count, axis=1),
        line_weight=weight[:, 0].astype(np.float32),
        status_quo=np.asarray(status_quo, dtype=np.float32),
        **consequences_of(scenario, worlds, others, chosen_level),
    )
    return Packages((line, *others), levels, table, int((size > POINTS).sum()))


def territorial_issue(scenario: Scenario) -> str:
    """Return the name of the issue that is about the line."""
    return next(name for name, issue in scenario.issues.items() if issue.territorial)


def number_of_packages(scenario: Scenario) -> int:
    """Return how many packages the issues make."""
    return math.prod(len(issue.levels) for issue in scenario.issues.values())


def unpacked(package: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Return ``(..., issue)`` the levels of packages ``(...)``, numbers in the product of all levels."""
    if not sizes:
        return np.zeros((*package.shape, 0), dtype=np.int32)
    return np.stack(np.unravel_index(package, tuple(sizes)), axis=-1).astype(np.int32)


def exclusions(scenario: Scenario, others: list[str]) -> list[tuple[int, int, int, int]]:
    """Return (issue, level, other issue, other level) for all levels that exclude each other."""
    found = []
    for place, name in enumerate(others):
        for index, level in enumerate(scenario.issues[name].levels.values()):
            for issue, words in level.excludes.items():
                known = list(scenario.issues[issue].levels)
                pairs = ((others.index(issue), known.index(word)) for word in words)
                found += [(place, index, *pair) for pair in pairs]
    return found


def _links(scenario: Scenario, others: list[str]) -> list[tuple[int, int]]:
    """Return pairs of issues whose values do not simply add."""
    promise = [
        place
        for place, name in enumerate(others)
        if any(level.guarantor for level in scenario.issues[name].levels.values())
    ]
    excluded = [(one, two) for one, _, two, _ in exclusions(scenario, others)]
    return [*zip(promise, promise[1:], strict=False), *excluded]


def _frontiers(  # noqa: PLR0913 - what packages are made of
    groups: list[tuple[int, ...]],
    sizes: list[int],
    excluded: list[tuple[int, int, int, int]],
    weight: np.ndarray,
    values: list[np.ndarray],
    allowed: list[np.ndarray],
    fear: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the frontier without the line, a batch of worlds at a time on each core."""
    worlds = weight.shape[-1]

    def batch(start: int) -> Frontier:
        part = slice(start, min(start + BATCH, worlds))
        choices = [
            _choice(group, sizes, excluded, weight, values, allowed, fear, part) for group in groups
        ]
        return merged_frontier(choices, sizes, POINTS)

    if not groups:
        value = -fear[0][:, :1] * np.ones((2, 1, worlds))
        value = np.pad(value, ((0, 0), (0, POINTS - 1), (0, 0)), constant_values=NOTHING)
        package = np.zeros((POINTS, worlds), dtype=np.int32)
        return value.astype(np.float32), package, np.ones(worlds, dtype=np.int64)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(batch, range(0, worlds, BATCH)))
    join = lambda rows: np.concatenate(rows, axis=-1)  # noqa: E731
    return tuple(join(rows) for rows in zip(*found, strict=True))  # type: ignore[return-value]


def _choice(  # noqa: PLR0913 - what packages are made of
    group: tuple[int, ...],
    sizes: list[int],
    excluded: list[tuple[int, int, int, int]],
    weight: np.ndarray,
    values: list[np.ndarray],
    allowed: list[np.ndarray],
    fear: list[np.ndarray],
    part: slice,
) -> Choice:
    """Return issues decided together: values less the fear that their guarantees leave.

    All fear is counted once, in the group that holds the guarantees (the first if there are none).
    """
    levels = combinations_of([sizes[place] for place in group])
    total = np.zeros((2, len(levels), weight[..., part].shape[-1]))
    may = np.ones(total.shape[1:], dtype=bool)
    whole, left = fear[0][..., part], np.zeros(total.shape) + fear[0][..., part]
    for column, place in enumerate(group):
        chosen = levels[:, column]
        total += weight[:, place + 1, None, part] * values[place][:, chosen, part]
        left = np.minimum(left, fear[place + 1][:, chosen, part])
        may &= allowed[place][chosen][:, part]
    for one, level, two, other in excluded:
        if one in group:
            both = levels[:, group.index(one)] == level
            may &= ~(both & (levels[:, group.index(two)] == other))[:, None]
    # What guarantees take away of the fear; the fear itself comes once, with the first group.
    unsure = left if 0 in group else left - whole
    return Choice(group, levels, total - unsure, may)


def fears_of(scenario: Scenario, worlds: Worlds, others: list[str]) -> list[np.ndarray]:
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


def weights_of(scenario: Scenario, worlds: Worlds, issues: list[str]) -> np.ndarray:
    """Return ``(side, issue, world)`` weights that add to one per side."""
    raw = np.array(
        [
            [worlds.values[f"issues.{name}.weight.{side}"] for name in issues]
            for side in worlds.names.sides
        ]
    )
    return raw / np.maximum(raw.sum(axis=1, keepdims=True), 1e-12)


def level_values(scenario: Scenario, worlds: Worlds, name: str) -> np.ndarray:
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


def levels_ruled_out(scenario: Scenario, worlds: Worlds, name: str) -> np.ndarray:
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


def _numbers_of(
    scenario: Scenario, worlds: Worlds, name: str, what: str, without: float
) -> np.ndarray:
    """Return ``(level, world)`` a number of each level of an issue, ``without`` where it has none."""
    missing = np.full(worlds.count, without)
    paths = (f"issues.{name}.levels.{level}.{what}" for level in scenario.issues[name].levels)
    return np.array([worlds.values.get(path, missing) for path in paths], dtype=np.float32)


def votes_asked(scenario: Scenario, name: str) -> np.ndarray:
    """Return the votes that each level of an issue asks for, bit by bit in the scenario's order."""
    order = list(scenario.votes)
    rows = [
        sum(1 << order.index(vote) for vote in set(level.votes))
        for level in scenario.issues[name].levels.values()
    ]
    return np.array(rows, dtype=np.int32)


def consequences_of(
    scenario: Scenario, worlds: Worlds, others: list[str], chosen_level: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what each package on the frontier means after it is signed, from all its levels.

    Relief, caps and guarantees of several levels add, bind and replace: the sum of relief up to one,
    the lowest cap, the strongest guarantee, the best observers. Odds to pass at home multiply, times
    that it takes add, and so do payments; all votes that any level asks for are needed.
    ``chosen_level`` is ``(issue, point, world)``.
    """
    shape = chosen_level.shape[1:]
    found = {
        "relief": np.zeros(shape), "delay": np.zeros(shape), "force_cap": np.full((2, *shape), np.inf),
        "passes": np.ones(shape), "wait": np.zeros(shape), "monitoring": np.zeros(shape),
        "credibility": np.zeros((2, *shape)), "capacity": np.zeros((2, *shape)),
        "cost": np.zeros((2, *shape)), "payments": np.zeros((2, *shape)),
    }  # fmt: skip
    votes = np.zeros(shape, dtype=np.int32)
    for place, name in enumerate(others):
        votes |= votes_asked(scenario, name)[chosen_level[place]]
        for index, (level_name, level) in enumerate(scenario.issues[name].levels.items()):
            chosen = chosen_level[place] == index
            path = f"issues.{name}.levels.{level_name}."
            if level.sanctions_relief is not None:
                found["relief"] += chosen * worlds.values[path + "sanctions_relief"]
            if level.passes is not None:
                found["passes"] *= np.where(chosen, worlds.values[path + "passes"], 1.0)
            if level.ratification_months is not None:
                found["wait"] += chosen * worlds.values[path + "ratification_months"]
            for side, who in enumerate(worlds.names.sides):
                if who in level.force_cap:
                    cap = np.where(chosen, worlds.values[path + f"force_cap.{who}"], np.inf)
                    found["force_cap"][side] = np.minimum(found["force_cap"][side], cap)
                if who in level.payments:
                    found["payments"][side] += chosen * worlds.values[path + f"payments.{who}"]
            if level.guarantor is not None:
                _enter_guarantee(scenario, worlds, level.guarantor, chosen, found)
    found["relief"] = np.minimum(found["relief"], 1.0)
    return {"votes": votes} | {key: value.astype(np.float32) for key, value in found.items()}


def _enter_guarantee(
    scenario: Scenario, worlds: Worlds, name: str, chosen: np.ndarray, found: dict[str, np.ndarray]
) -> None:
    """Enter a guarantor's numbers where its level is chosen, unless a stronger one is there."""
    side = worlds.names.sides.index(scenario.guarantors[name].protects)
    credibility, capacity, delay, cost, watched = (
        worlds.values[f"guarantors.{name}.{key}"]
        for key in ("credibility", "capacity", "delay_months", "cost", "monitoring")
    )
    strength = found["credibility"][side] * found["capacity"][side]
    takes = chosen & (credibility * capacity >= strength)
    found["credibility"][side] = np.where(takes, credibility, found["credibility"][side])
    found["capacity"][side] = np.where(takes, capacity, found["capacity"][side])
    found["cost"][side] = np.where(takes, cost, found["cost"][side])
    found["delay"][...] = np.where(takes, delay, found["delay"])
    found["monitoring"] = np.maximum(found["monitoring"], chosen * watched)
