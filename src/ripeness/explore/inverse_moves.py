"""What could be changed to bring peace: levers at a few settings, and levels that any settlement must have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ripeness.errors import InputError, Problem, bad_input
from ripeness.registry import suggestion
from ripeness.scenario.model import Lever, Scenario
from ripeness.scenario.paths import matching, quantities
from ripeness.worlds.quantiles import quantile

THOUSAND: Final = 1000.0


@dataclass(frozen=True)
class Move:
    """One change: a lever and its setting, or an issue and the level that any settlement must have."""

    name: str
    setting: float | str
    term: bool = False

    def told(self, scenario: Scenario) -> str:
        """Return it in words."""
        if self.term:
            issue = scenario.issues[self.name]
            return f"{issue.label}: {issue.levels[str(self.setting)].label}"
        lever = scenario.levers[self.name]
        return f"{lever.label} = {with_unit(float(self.setting), lever)}"

    @property
    def moved(self) -> tuple[bool, str]:
        """Whether it is a term, and its name: what a set can move only once."""
        return self.term, self.name


Moves = tuple[Move, ...]
"""A set of moves, in one order: levers first, by name. No lever or issue is in it twice."""


def set_of(moves: Iterable[Move]) -> Moves:
    """Return moves as a set in its one order."""
    return tuple(sorted(moves, key=lambda each: (each.term, each.name, str(each.setting))))


def moves_of(
    scenario: Scenario,
    *,
    terms: bool = True,
    only: Collection[str] = (),
    without: Collection[str] = (),
    held: Collection[str] = (),
) -> list[Move]:
    """Return all moves of a scenario that change something.

    A lever is set to its lower bound, half way to it, half way up and to its upper bound.

    Args:
        scenario: the war, levers that are already moved included.
        terms: levels of issues too, not levers alone.
        only: levers and issues that may be moved; empty for all.
        without: levers and issues that may not.
        held: levers that stay where they were moved.

    Raises:
        InputError: if a name is unknown, or nothing is left to move.
    """
    _refuse_unknown(scenario, only, without)
    kept = {*without, *held}
    may = lambda name: (not only or name in only) and name not in kept  # noqa: E731
    found: list[Move] = []
    for name, lever in scenario.levers.items():
        if not may(name):
            continue
        start, middle = stated(scenario, name), start_of(scenario, name)
        half = (0.5 * (lever.minimum + middle), 0.5 * (middle + lever.maximum))
        settings = {float(value) for value in (lever.minimum, *half, lever.maximum)}
        found += [Move(name, value) for value in sorted(settings) if value != start]
    for name, issue in scenario.issues.items() if terms else ():
        found += [Move(name, level, term=True) for level in issue.levels if may(name)]
    if not found:
        raise _nothing_to_move(scenario, terms=terms, chosen=bool(only or kept))
    return found


def stated(scenario: Scenario, name: str) -> float | None:
    """Return where a lever stands; None if the numbers that it would set stay as drawn."""
    return scenario.lever_values.get(name, scenario.levers[name].default)


def start_of(scenario: Scenario, name: str) -> float:
    """Return where a lever stands, or the middle of what it would set if that is drawn per world."""
    start = stated(scenario, name)
    if start is not None:
        return float(start)
    lever = scenario.levers[name]
    known = quantities(scenario)
    paths = matching(lever.effects[0].parameter, known)
    middle = float(np.mean([quantile(known[path], np.array([0.5])) for path in paths]))
    return min(max(middle, lever.minimum), lever.maximum)


def way_of(scenario: Scenario, move: Move) -> float:
    """Return how far a lever is moved of the way from its start to the bound on that side, 0 to 1."""
    lever, start = scenario.levers[move.name], start_of(scenario, move.name)
    setting = float(move.setting)
    bound = lever.maximum if setting > start else lever.minimum
    return abs(setting - start) / abs(bound - start) if bound != start else 1.0


def part_way(scenario: Scenario, move: Move, share: float) -> Move:
    """Return the same move made only in part: this share of the way from the start to its setting."""
    start = start_of(scenario, move.name)
    return Move(move.name, start + share * (float(move.setting) - start))


def with_unit(value: float, lever: Lever) -> str:
    """Return a setting with its unit, if that says more than "share" does."""
    told = rounded(value, 4)
    return told if lever.unit in ("share", "ratio") else f"{told} {lever.unit}"


def rounded(value: float, digits: int) -> str:
    """Return a number in so many digits, never as a power of ten."""
    return f"{value:,.0f}" if abs(value) >= THOUSAND else f"{value:.{digits}g}"


def _refuse_unknown(scenario: Scenario, only: Collection[str], without: Collection[str]) -> None:
    known = [*scenario.levers, *scenario.issues]
    problems = [
        Problem(
            "error", f"{option} {name}", f"there is no lever or issue `{name}`.",
            suggestion(name, known),
        )
        for option, names in (("--only", only), ("--without", without))
        for name in names
        if name not in known
    ]  # fmt: skip
    if problems:
        raise InputError(problems)


def _nothing_to_move(scenario: Scenario, *, terms: bool, chosen: bool) -> Exception:
    where = "--only, --without, --lever" if chosen else "--levers-only"
    what = "no lever and no issue is left that could be moved."
    if not terms and not scenario.levers:
        what = f"`{scenario.name}` has no levers."
        remedy = (
            "Leave out --levers-only to search the terms too, or state `levers` in the scenario."
        )
    elif not terms:
        remedy = "Leave out --levers-only to search the terms too, or let more levers be moved."
    else:
        remedy = "Let more of them be moved; one that --lever sets stays where it is."
    return bad_input(where, what, remedy)
