"""How much of an answer is needed: each lever taken back towards where it stands, the other moves as they are.

    way 1 is the answer, way 0 the lever where it stands;   half of it first, then halves of what is left:
    least = the smallest way tried with share >= target     (bisection, ``STEPS`` times)

It takes the share to rise on the way. Where it does not, a still smaller setting may do, or one between two
that do may not. The worlds are those that confirmed the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ripeness.explore.inverse_book import Book
from ripeness.explore.inverse_moves import Move, Moves, part_way, set_of
from ripeness.scenario.model import Scenario

STEPS: Final = 3
"""Bisections: the least is found to an eighth of the way."""


@dataclass(frozen=True)
class Need:
    """How much of one lever an answer needs.

    Attributes:
        move: the lever and its setting in the answer.
        least: the least setting found that still reaches the target.
        way: that setting's share of the way from where the lever stands to the answer's, 1 for all of it.
        holds: worlds in which peace comes and holds with it.
        half: half way.
        half_holds: worlds in which peace comes and holds with half of it.
        half_is_enough: whether that reaches the target.
    """

    move: Move
    least: float
    way: float
    holds: int
    half: float
    half_holds: int
    half_is_enough: bool


@dataclass(frozen=True)
class _Bracket:
    moves: Moves
    move: Move
    short: float = 0.0
    enough: float = 1.0

    @property
    def middle(self) -> float:
        return 0.5 * (self.short + self.enough)

    def at(self, scenario: Scenario, way: float) -> Moves:
        if way == 1.0:  # not by a sum, which may round
            return self.moves
        others = (each for each in self.moves if each != self.move)
        return set_of((*others, part_way(scenario, self.move, way)))


def needs(
    scenario: Scenario, book: Book, answers: Sequence[Moves], target: float
) -> list[tuple[Need, ...]]:
    """Return for each answer how much of each of its levers it needs.

    Args:
        scenario: the war.
        book: of the worlds that confirmed the answers.
        answers: sets of moves that reach the target in them.
        target: share of worlds.
    """
    brackets = [_Bracket(each, move) for each in answers for move in each if not move.term]
    started = brackets
    for _ in range(STEPS):
        tried = [each.at(scenario, each.middle) for each in brackets]
        book.upto(tried)
        brackets = [
            replace(each, enough=each.middle)
            if book.holds(moves) >= target * book.worlds
            else replace(each, short=each.middle)
            for each, moves in zip(brackets, tried, strict=True)
        ]
    found = [_need(scenario, book, *pair, target) for pair in zip(started, brackets, strict=True)]
    rows = iter(found)
    return [tuple(next(rows) for move in each if not move.term) for each in answers]


def _need(scenario: Scenario, book: Book, start: _Bracket, end: _Bracket, target: float) -> Need:
    half, least = start.at(scenario, 0.5), end.at(scenario, end.enough)
    holds, half_holds = book.holds(least), book.holds(half)
    return Need(
        move=start.move,
        least=float(
            (
                start.move if end.enough == 1.0 else part_way(scenario, start.move, end.enough)
            ).setting
        ),
        way=end.enough,
        holds=holds,
        half=float(part_way(scenario, start.move, 0.5).setting),
        half_holds=half_holds,
        half_is_enough=half_holds >= target * book.worlds,
    )
