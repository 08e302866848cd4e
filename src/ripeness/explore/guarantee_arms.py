"""The guarantees that a deal may bring in, one at a time, and the frontier of the deals with each.

An *option* is one level of one issue that brings in a guarantor; every other issue that could bring one in then
stays at a level that brings in nobody. "None" is nobody on any of them. Everything else is free: with option g
the sides bargain over

    E(g) = efficient packages among those whose only guarantor is g's

which is the frontier of all packages (``ripeness.bargaining.packages``) with the other levels forbidden. A
level is forbidden as a red line that is always drawn. Where a single level is left in an issue, the red lines
on it are left out when the frontier is made and held against both sides when they are asked to sign: the deal
that comes nearest is then known in worlds that rule the guarantee out, too. Where the other red lines leave no
deal either, they are left out as well, and again they count when it comes to signing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Final

import numpy as np
from jaxtyping import Bool, Int

from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.levels import Part, joined
from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.explore.draft_stand import Standpoint
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds

NONE: Final = "none"
"""Name of deals without a guarantor."""

NOBODY: Final = -1
"""Side that "none" protects."""


@dataclass(frozen=True)
class Option:
    """One way of bringing in a guarantor, or of bringing in nobody.

    Attributes:
        kind: of guarantor, as the scenario has it; with whom it protects where it can be either side.
        protects: place of the protected side; ``NOBODY`` without a guarantor.
        levels: level of every issue that could bring in a guarantor, by issue; all that bring in nobody.
        label: what the deciding level is called.
    """

    kind: str
    protects: int
    levels: Mapping[str, tuple[str, ...]]
    label: str

    @property
    def chosen(self) -> dict[str, str]:
        """Levels of the issues on which it decides by itself."""
        return {name: keys[0] for name, keys in self.levels.items() if len(keys) == 1}


@dataclass(frozen=True)
class Rests:
    """Rests of deals on a frontier, the line joined: what several options can stand beside.

    Attributes:
        fixed: issues on which the option alone decides; the levels given for them are to be replaced.
        level: level of each issue, the line first.
        there: whether the slot holds a rest that no red line rules out.
        part: the issues that are not fixed, added up.
    """

    fixed: tuple[str, ...]
    level: Int[np.ndarray, "issue package world"]
    there: Bool[np.ndarray, "package world"]
    part: Part


def options_of(scenario: Scenario) -> tuple[Option, ...]:
    """Return "none" and every level that brings in a guarantor; nothing if no level does.

    An issue all of whose levels bring in guarantors admits no "none": it then stands as without a deal.
    """
    bringing = {
        name: issue for name, issue in scenario.issues.items()
        if any(level.guarantor for level in issue.levels.values())
    }  # fmt: skip
    if not bringing:
        return ()
    free = {
        name: tuple(key for key, level in issue.levels.items() if level.guarantor is None)
        or (issue.without_deal,)
        for name, issue in bringing.items()
    }
    sides = list(scenario.sides)
    kinds = _kinds(scenario)
    found = [Option(NONE, NOBODY, free, "No guarantor")]
    for name, issue in bringing.items():
        for key, level in issue.levels.items():
            if level.guarantor is None:
                continue
            guarantor = scenario.guarantors[level.guarantor]
            levels = {**free, name: (key,)}
            protects = sides.index(guarantor.protects)
            found.append(Option(kinds[level.guarantor], protects, levels, level.label))
    return tuple(found)


def kinds_of(options: tuple[Option, ...]) -> tuple[str, ...]:
    """Return the kinds, each once, "none" first."""
    return tuple(dict.fromkeys(option.kind for option in options))


def _kinds(scenario: Scenario) -> dict[str, str]:
    """Return the kind of each guarantor, told apart by whom it protects where a kind can be either."""
    both: dict[str, set[str]] = {}
    for guarantor in scenario.guarantors.values():
        both.setdefault(guarantor.kind, set()).add(guarantor.protects)
    label = {side: scenario.belligerents[side].label for side in scenario.sides}
    if len(set(label.values())) < len(label):
        label = {side: side for side in label}
    return {
        name: each.kind if len(both[each.kind]) == 1 else f"{each.kind} for {label[each.protects]}"
        for name, each in scenario.guarantors.items()
    }


def beside(scenario: Scenario, option: Option) -> tuple[tuple[str, str], ...]:
    """Return the levels of other issues that cannot stand beside an option, as (issue, level)."""
    chosen = option.chosen
    return tuple(
        (name, key)
        for name, issue in scenario.issues.items()
        if name not in chosen
        for key, level in issue.levels.items()
        if any(
            key in scenario.issues[one].levels[word].excludes.get(name, ())
            or word in level.excludes.get(one, ())
            for one, word in chosen.items()
        )
    )


def signature(scenario: Scenario, option: Option) -> tuple[object, ...]:
    """Return what the rests depend on: options with the same signature stand beside the same rests."""
    free = tuple((name, keys) for name, keys in option.levels.items() if len(keys) > 1)
    return free, beside(scenario, option)


def rests_of(standpoint: Standpoint, option: Option, *, lifted: bool = False) -> Rests:
    """Return the rests of deals with an option.

    Values add up, so that what is efficient beside one level of an issue is so beside any other.

    Args:
        standpoint: the worlds on the day.
        option: the guarantee.
        lifted: whether to leave out all red lines, not only those on levels without an alternative.
    """
    scenario, worlds = standpoint.scenario, standpoint.worlds
    values = _values(scenario, worlds, option, lifted)
    packages = enumerate_packages(scenario, replace(worlds, values=values))
    level, there = _every_line(packages)
    fixed = tuple(option.chosen)
    rows = [
        row_of(standpoint, name, level[place])
        for place, name in enumerate(packages.issues)
        if name not in fixed
    ]
    return Rests(fixed, level, there, reduce(partial(joined, arrays=np), rows))


def row_of(standpoint: Standpoint, name: str, level: Int[np.ndarray, "package world"]) -> Part:
    """Return what levels of one issue mean, one for each package and world."""
    place, levels = standpoint.packages.issues.index(name), standpoint.levels
    world = np.arange(level.shape[1])
    return Part(*(np.asarray(getattr(levels, key))[place][:, level, world] for key in Part._fields))


def _values(
    scenario: Scenario, worlds: Worlds, option: Option, lifted: bool
) -> dict[str, np.ndarray]:
    """Return the worlds' numbers with all levels of other options forbidden, and some red lines left out."""
    single = tuple(f"issues.{name}.levels.{key}.red_lines." for name, key in option.chosen.items())
    values = {
        path: value for path, value in worlds.values.items()
        if not (".red_lines." in path if lifted else path.startswith(single))
    }  # fmt: skip
    always, side = np.ones(worlds.count), worlds.names.sides[0]
    for name, keys in option.levels.items():
        for key in scenario.issues[name].levels:
            if key not in keys:
                values[f"issues.{name}.levels.{key}.red_lines.{side}"] = always
    return values


def _every_line(packages: Packages) -> tuple[np.ndarray, np.ndarray]:
    """Return every line joined to every point of the frontier, and which of them are there."""
    table = packages.table
    rest = np.moveaxis(packages.levels_of(table.package), -1, 0)  # (issue, point, world)
    lines, points, worlds = table.line_area.shape[0], rest.shape[1], rest.shape[2]
    line = np.broadcast_to(np.arange(lines)[:, None, None], (lines, points, worlds))
    wide = np.broadcast_to(rest[:, None], (len(rest), lines, points, worlds))
    level = np.concatenate([line[None], wide]).reshape(1 + len(rest), lines * points, worlds)
    rest_there = np.asarray(table.value[0]) > 0.5 * NOTHING
    there = rest_there[None] & np.asarray(table.line_allowed)[:, None]
    return level, there.reshape(lines * points, worlds)
