"""Names beside marks in a plane, none on another: tried around each mark, nearest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ripeness.charts.style import LINE_HEIGHT

LETTER: Final = 6.6
"""Pixels of a letter of the labels' size, in the mean."""

ROOM: Final = 7.0
"""Half of a mark with some room around it, in pixels."""

REACHES: Final = (12, 26, 44, 64, 88, 116)
"""How far from its mark a name may stand, in pixels."""

Box = tuple[float, float, float, float]


class Mark(NamedTuple):
    """A mark in pixels from the upper left corner."""

    name: str
    x: float
    y: float


class Placed(NamedTuple):
    """A mark and where its name begins or ends."""

    name: str
    x: float
    y: float
    to_x: float
    to_y: float
    align: str


def placed(
    marks: Sequence[Mark],
    words: Mapping[str, str],
    lines: Sequence[Box],
    size: tuple[float, float],
) -> list[Placed]:
    """Return where the names of marks stand.

    Args:
        marks: what is named.
        words: what is written beside each.
        lines: other things drawn, better not written over: left, top, right, bottom.
        size: width and height of the plot; names stay within it.
    """
    taken: list[Box] = [
        (mark.x - ROOM, mark.y - ROOM, mark.x + ROOM, mark.y + ROOM) for mark in marks
    ]
    found = []
    width, height = size
    # Crowded marks choose first: they have the fewest places.
    for mark in sorted(marks, key=lambda mark: -_crowd(mark, marks)):
        best, least = None, float("inf")
        for place in _places(mark):
            box = _box(place, words[mark.name])
            outside = max(0.0, -box[0], box[2] - width) + max(0.0, -box[1], box[3] - height)
            cost = 1e3 * sum(_overlap(box, other) for other in taken) + 1e3 * outside
            cost += 3.0 * sum(_overlap(box, line) for line in lines)
            cost += abs(place.to_x - mark.x) + abs(place.to_y - mark.y)
            if cost < least:
                best, least = place, cost
        assert best is not None
        taken.append(_box(best, words[mark.name]))
        found.append(best)
    return sorted(found, key=lambda each: each.name)


def _crowd(mark: Mark, marks: Sequence[Mark]) -> int:
    """Return how many marks are near."""
    return sum(abs(mark.x - each.x) < 90 and abs(mark.y - each.y) < 40 for each in marks)  # noqa: PLR2004


def _places(mark: Mark) -> list[Placed]:
    """Return where a name can stand: to the right or left, level with its mark or above or below."""
    found = []
    for reach in REACHES:
        for align, sign in (("left", 1), ("right", -1)):
            for rise in (0.0, -0.6, 0.6, -1.0, 1.0, -1.6, 1.6):
                across = reach if abs(rise) <= 1.0 else 0.4 * reach  # noqa: PLR2004 - steep or not
                to = (mark.x + sign * across, mark.y + rise * reach)
                found.append(Placed(mark.name, mark.x, mark.y, to[0], to[1], align))
    return found


def _box(place: Placed, words: str) -> Box:
    """Return the room that a name takes."""
    long = LETTER * len(words)
    left = place.to_x if place.align == "left" else place.to_x - long
    return left, place.to_y - LINE_HEIGHT / 2, left + long, place.to_y + LINE_HEIGHT / 2


def _overlap(one: Box, two: Box) -> float:
    """Return the area that two boxes share, in pixels."""
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    return max(wide, 0.0) * max(high, 0.0)
