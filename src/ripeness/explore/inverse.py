"""The inverse question: what is the least that would have to change for both to sign and the peace to hold?

    moves     a lever at its lower bound, half way to it, half way up or at its upper bound; or one level of an
              issue that any settlement must have
    share(S)  of the worlds, with the moves S made: settled at the horizon, and no settlement ever broken
    wanted    the smallest S with share(S) >= target, several unlike each other

All single moves are tried; then the best sets of each size are tried with every move that did not harm alone
(a beam search: Lowerre 1976), up to ``most`` moves. Trying many sets on the same worlds favours those that
were lucky in them, so that what is found is played again in fresh worlds and must hold there too. Sides that
expect keep what they learnt without the moves, a preliminary answer, unless asked to learn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from ripeness.bargaining.packages import enumerate_packages
from ripeness.errors import bad_input
from ripeness.outcomes.engine import run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.scenario.model import Scenario
from ripeness.types import SETTLEMENT, WEEKS_PER_MONTH
from ripeness.worlds.draw import draw_worlds

BEAM: Final = 6
"""Best sets of a size that are tried with one move more."""

TRIED: Final = 16
"""Most single moves that are tried with them."""

ANSWERS: Final = 5
"""Most answers given."""

FRESH_SEED: Final = 7_000_003
"""Added to the seed for the worlds in which answers are confirmed."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, order=True)
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
        unit = "" if lever.unit in ("share", "ratio") else f" {lever.unit}"
        return f"{lever.label} = {self.setting:g}{unit}"


@dataclass(frozen=True)
class Tried:
    """A set of moves and in how many worlds peace came and held."""

    moves: tuple[Move, ...]
    holds: int
    worlds: int
    fresh_holds: int = 0
    fresh_worlds: int = 0

    @property
    def share(self) -> float:
        """Share of the worlds searched in."""
        return self.holds / self.worlds


@dataclass(frozen=True)
class Inverse:
    """What was found.

    Attributes:
        target: share of worlds asked for.
        base: nothing moved.
        answers: smallest sets that reach the target, also in fresh worlds; empty if there are none.
        best: the best set tried, confirmed, when there are no answers.
        singles: every move by itself, best first.
        tried: sets played.
    """

    target: float
    base: Tried
    answers: tuple[Tried, ...]
    best: Tried
    singles: tuple[Tried, ...]
    tried: int


def moves_of(scenario: Scenario, *, terms: bool = True) -> list[Move]:
    """Return all moves of a scenario that change something."""
    found = []
    for name, lever in scenario.levers.items():
        start = scenario.lever_values.get(name, lever.default)
        middle = 0.5 * (lever.minimum + lever.maximum) if start is None else start
        half = (0.5 * (lever.minimum + middle), 0.5 * (middle + lever.maximum))
        settings = {float(value) for value in (lever.minimum, *half, lever.maximum)}
        found += [Move(name, value) for value in sorted(settings) if value != start]
    for name, issue in scenario.issues.items() if terms else ():
        found += [Move(name, level, term=True) for level in issue.levels]
    return found


def search(  # noqa: PLR0913 - what is searched, and how far
    scenario: Scenario,
    *,
    target: float,
    worlds: int = 256,
    seed: int = 1,
    most: int = 3,
    terms: bool = True,
    anew: bool = False,
    theory: str | None = None,
    progress: Progress | None = None,
) -> Inverse:
    """Search for the smallest sets of moves with which peace comes and holds in a share of worlds.

    Args:
        scenario: the war, levers that are already moved included.
        target: share of worlds, above 0 up to 1.
        worlds: played for each set; answers are confirmed in twice as many fresh ones.
        seed: of the worlds.
        most: most moves in a set.
        terms: try levels of issues too, not levers alone.
        anew: let sides that expect learn anew for each set (slow).
        theory: decide by this theory only.
        progress: called with (sets done, sets to do at most).

    Raises:
        InputError: if the target or the size is out of range.
    """
    _refuse(target, most)
    moves = moves_of(scenario, terms=terms)
    bound = 1 + len(moves) + (most - 1) * BEAM * TRIED
    count = 0

    @cache
    def play(chosen: tuple[Move, ...], fresh: bool = False) -> int:
        nonlocal count
        count += 1
        if progress is not None and not fresh:
            progress(min(count, bound), bound)
        number, start = (2 * worlds, seed + FRESH_SEED) if fresh else (worlds, seed)
        return held_in(scenario, chosen, number, start, theory, anew)

    def tried(chosen: tuple[Move, ...]) -> Tried:
        return Tried(chosen, play(chosen), worlds)

    def confirmed(found: Tried) -> Tried:
        return Tried(found.moves, found.holds, worlds, play(found.moves, True), 2 * worlds)

    base = tried(())
    singles = sorted((tried((move,)) for move in moves), key=_by_share)
    useful = [each.moves[0] for each in singles if each.holds > base.holds][:TRIED]
    level, best = singles, max([base, *singles], key=lambda each: each.share)
    for size in range(1, most + 1):
        reached = [each for each in level if each.share >= target]
        answers = [confirmed(each) for each in unlike(reached)]
        answers = [each for each in answers if each.fresh_holds / each.fresh_worlds >= target]
        if answers or size == most:
            return Inverse(
                target, base, tuple(answers), confirmed(best), tuple(singles), count
            )  # fmt: skip
        level = sorted((tried(more) for more in _larger(level[:BEAM], useful)), key=_by_share)
        best = max([best, *level], key=lambda each: each.share)
    raise AssertionError("the loop returns at its last size")


def held_in(  # noqa: PLR0913 - what is played
    scenario: Scenario,
    moves: Sequence[Move],
    worlds: int,
    seed: int,
    theory: str | None,
    anew: bool,
) -> int:
    """Return in how many worlds a settlement is in force at the horizon and none was ever broken."""
    levers = {move.name: float(move.setting) for move in moves if not move.term}
    only = {move.name: str(move.setting) for move in moves if move.term}
    war = scenario.with_levers(**levers)
    ensemble = prepared(war, draw_worlds(war, worlds, seed, theory=theory), anew=anew)[0]
    table = enumerate_packages(war, ensemble, only or None).table
    months = war.horizon_weeks // WEEKS_PER_MONTH
    held = 0
    for part in run_chunks(ensemble, table, months):
        talks = part.final.diplomacy
        held += int(np.sum((talks.regime == SETTLEMENT) & np.isnan(talks.broken_week)))
    return held


def unlike(found: Sequence[Tried]) -> list[Tried]:
    """Return a few of these, best first, each with a move that none before it has."""
    kept: list[Tried] = []
    for each in found:
        seen = {move.name for other in kept for move in other.moves}
        if len(kept) < ANSWERS and any(move.name not in seen for move in each.moves):
            kept.append(each)
    return kept


def _larger(level: Sequence[Tried], useful: Sequence[Move]) -> Iterator[tuple[Move, ...]]:
    """Yield these sets with one move more each, none twice, no lever or issue twice."""
    seen = set()
    for each in level:
        names = {(move.term, move.name) for move in each.moves}
        for move in useful:
            more = tuple(
                sorted((*each.moves, move), key=lambda m: (m.term, m.name, str(m.setting)))
            )
            if (move.term, move.name) not in names and more not in seen:
                seen.add(more)
                yield more


def _by_share(each: Tried) -> tuple[float, str]:
    return -each.share, str(each.moves)


def _refuse(target: float, most: int) -> None:
    if not 0.0 < target <= 1.0:
        what = f"{target:g} is no share of worlds."
        raise bad_input(
            "--target", what, "Give a number above 0 and up to 1: 0.5 is 10 of 20 worlds."
        )
    if not 1 <= most <= 6:  # noqa: PLR2004 - named in the message
        what = f"{most} moves cannot be searched."
        raise bad_input("--most", what, "Give 1 to 6; 3 is usual.")


def as_mapping(found: Inverse, scenario: Scenario) -> dict[str, Any]:
    """Return it as JSON has it."""

    def told(each: Tried) -> Mapping[str, Any]:
        moves = [
            {
                "kind": "term" if move.term else "lever", "name": move.name,
                "setting": move.setting, "words": move.told(scenario),
            }
            for move in each.moves
        ]  # fmt: skip
        fresh = {"fresh_holds": each.fresh_holds, "fresh_worlds": each.fresh_worlds}
        return {"moves": moves, "holds": each.holds, "worlds": each.worlds} | (
            fresh if each.fresh_worlds else {}
        )

    return {
        "target": found.target, "base": told(found.base), "sets_tried": found.tried,
        "answers": [told(each) for each in found.answers], "best": told(found.best),
        "singles": [told(each) for each in found.singles],
    }  # fmt: skip
