"""Sets of moves that are tried: pairs, larger ones, and a few that are unlike each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from ripeness.explore.inverse_moves import Move, Moves, set_of

FEW: Final = 24
"""So few moves are paired at all their settings."""


def representatives(moves: Sequence[Move], holds: Callable[[Move], int]) -> list[Move]:
    """Return the moves that are paired: of each lever its outermost settings and its best one, and all terms.

    What a lever does in company is at least hinted at by its bounds; a few moves are all returned.

    Args:
        moves: all of them.
        holds: in how many worlds peace comes and holds with a move alone.
    """
    if len(moves) <= FEW:
        return list(moves)
    levers: dict[str, list[Move]] = {}
    for move in moves:
        if not move.term:
            levers.setdefault(move.name, []).append(move)
    found = []
    for rows in levers.values():
        inside = sorted(rows, key=lambda move: float(move.setting))
        best = max((inside[0], inside[-1], *inside), key=holds)  # a bound where they are equal
        found += list(dict.fromkeys((inside[0], inside[-1], best)))
    return [*found, *(move for move in moves if move.term)]


def all_pairs(moves: Sequence[Move]) -> list[Moves]:
    """Return all pairs of moves, but two of one lever or issue."""
    pairs = combinations(moves, 2)
    return [set_of(pair) for pair in pairs if pair[0].moved != pair[1].moved]


def extended(sets: Sequence[Moves], more: Sequence[Move]) -> Iterator[Moves]:
    """Yield these sets with one move more each, none twice, no lever or issue twice."""
    seen = set()
    for each in sets:
        taken = {move.moved for move in each}
        for move in more:
            larger = set_of((*each, move))
            if move.moved not in taken and larger not in seen:
                seen.add(larger)
                yield larger


def unlike(sets: Sequence[Moves], is_kept: Callable[[Moves], bool]) -> Iterator[Moves]:
    """Yield sets in order, but those that move nothing which the kept ones before them do not.

    Args:
        sets: in order.
        is_kept: asked after a set was yielded, before the next one is.
    """
    seen: set[tuple[bool, str]] = set()
    kept = False
    for each in sets:
        names = {move.moved for move in each}
        if kept and names <= seen:
            continue
        yield each
        if is_kept(each):
            kept = True
            seen |= names
