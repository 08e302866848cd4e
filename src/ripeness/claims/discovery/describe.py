"""In which worlds does it hold: boxes or a tree, whichever describes it better, or nothing.

The worlds are split into halves by lot, those in which it happens and the others alike. One half chooses
the boxes and the tree; all counts that are told are of the other half, so that they are not too good, and
thresholds are rounded before they are counted. Parts are told up to the first that does not stand there: that
gains less than ``STANDS`` standard errors, or matters too little (``SMALLEST``). What is left of boxes or of
the tree is told if it saves more bits there, net of what it costs to state; if the difference is within a
standard error, the one with fewer restrictions. If neither stands, no condition tells the worlds apart: an
answer, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ripeness.claims.discovery.bits import STANDS, feature_cost, gain, limit_cost
from ripeness.claims.discovery.box import Box
from ripeness.claims.discovery.boxes import best_box, quasi_p
from ripeness.claims.discovery.description import Description, Descriptions, Part, Restriction
from ripeness.claims.discovery.grid import Grid
from ripeness.claims.discovery.tree import grow
from ripeness.outcomes.words import OUT_OF

FEWEST: Final = 20
"""Worlds of the half that chooses which a part must hold."""

FEWEST_OF_EACH: Final = 10
"""Worlds of either half in which it happens, and in which it does not, to say anything at all."""

MOST_BOXES: Final = 3
"""Boxes in a row: a list of more is no short description."""

SMALLEST: Final = 1.0 / OUT_OF
"""A part must raise the share by a world of twenty (or double it), and hold one of twenty of the hits."""

BOXES, TREE = "boxes", "tree"


@dataclass(frozen=True)
class _Task:
    """What is to be described."""

    grid: Grid
    happens: np.ndarray
    tested: np.ndarray
    choosing: np.ndarray

    @property
    def judging(self) -> np.ndarray:
        """Tested worlds that did not choose."""
        return self.tested & ~self.choosing


NOTHING: Final = "no single condition tells these worlds apart"
ALWAYS: Final = "it does so in all worlds"
NEVER: Final = "it does so in no world"
NOWHERE: Final = "there is no world in which it can be tested"
TOO_FEW: Final = "these are too few to tell what sets them apart"
TOO_MANY: Final = "the others are too few to tell what sets them apart"


def describe(
    grid: Grid, tested: np.ndarray, holds: np.ndarray, *, identity: np.ndarray | None = None
) -> Descriptions:
    """Describe in which worlds a claim holds and in which it fails.

    Args:
        grid: the features of the worlds.
        tested: ``(world,)`` where the claim can be tested.
        holds: ``(world,)`` where it holds.
        identity: ``(world,)`` numbers of the worlds, which decide by lot on the halves; by default 0, 1, ...

    Raises:
        ValueError: if the arrays have another number of worlds than the grid.
    """
    for name, flags in (("tested", tested), ("holds", holds)):
        if flags.shape != (grid.worlds,):
            message = f"`{name}` must have {grid.worlds:,} worlds, but has shape {flags.shape}"
            raise ValueError(message)
    number = np.arange(grid.worlds) if identity is None else np.asarray(identity)
    tested, holds = tested.astype(bool), holds.astype(bool) & tested.astype(bool)
    choosing = halves(tested, holds, number)
    return Descriptions(
        _described(_Task(grid, holds, tested, choosing)),
        _described(_Task(grid, tested & ~holds, tested, choosing)),
    )


def halves(tested: np.ndarray, holds: np.ndarray, identity: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` the tested worlds that choose: every second one in an order by lot, of either kind.

    The lot depends on the worlds' numbers alone (a mixing of bits: Steele, Lea and Flood 2014), so that
    worlds in another order are split alike.
    """
    lot = identity.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        lot = (lot ^ (lot >> np.uint64(shift))) * np.uint64(factor)
    choosing = np.zeros(len(lot), dtype=bool)
    for first, kind in ((0, tested & holds), (1, tested & ~holds)):
        members = np.flatnonzero(kind)
        choosing[members[np.argsort(lot[members], kind="stable")][first::2]] = True
    return choosing


def _described(task: _Task) -> Description:
    judging = task.judging
    worlds, hits = int(judging.sum()), int((judging & task.happens).sum())
    total, happening = int(task.tested.sum()), int(task.happens.sum())
    nothing = Description("", (), total, happening)
    if not total:
        return _because(nothing, NOWHERE)
    if happening in (0, total):
        return _because(nothing, ALWAYS if happening else NEVER)
    if min(happening, total - happening) < 2 * FEWEST_OF_EACH:
        return _because(nothing, TOO_FEW if happening < total - happening else TOO_MANY)
    found = [(BOXES, _standing(task, _boxes(task))), (TREE, _standing(task, _leaves(task)))]
    weighed = [_Weighed(method, parts, *_worth(task, parts)) for method, parts in found if parts]
    if not weighed:
        return _because(nothing, NOTHING)
    best = _better(weighed)
    gained, error = _gain(task, best.parts)
    return Description(
        best.method, best.parts, worlds, hits, gained, error, compared=_compared(best, weighed)
    )


class _Weighed(NamedTuple):
    """What boxes or a tree say, the bits that it saves net of its length, and their standard error."""

    method: str
    parts: tuple[Part, ...]
    net: float
    error: float

    @property
    def restrictions(self) -> int:
        """How many ranges are told."""
        return sum(len(part.restrictions) for part in self.parts)


def _better(weighed: Sequence[_Weighed]) -> _Weighed:
    """Return which saves more; if that is within a standard error, which says less; if equal, boxes."""
    best = max(weighed, key=lambda each: each.net)
    close = [each for each in weighed if best.net - each.net <= best.error]
    return min(close, key=lambda each: (each.restrictions, -each.net))


def _because(nothing: Description, why: str) -> Description:
    return Description("", (), nothing.worlds, nothing.hits, why=why)


def _boxes(task: _Task) -> list[Box]:
    """Return the boxes that the choosing half finds, each in what the ones before leave."""
    found: list[Box] = []
    members = np.flatnonzero(task.choosing)
    for _ in range(MOST_BOXES):
        hits = int(task.happens[members].sum())
        if len(members) < 2 * FEWEST or not 0 < hits < len(members):
            break
        box, net = best_box(task.grid, task.happens, members, FEWEST)
        if net <= 0.0:
            break
        found.append(box)
        members = members[~box.inside(task.grid.codes[members])]
    return found


def _leaves(task: _Task) -> list[Box]:
    """Return the branches of the tree in which it happens more often than overall."""
    members = np.flatnonzero(task.choosing)
    tree = grow(task.grid, task.happens, members, FEWEST)
    return [branch.box for branch in tree.above(tree.hits / tree.worlds) if branch.box.restricted]


def _standing(task: _Task, boxes: Sequence[Box]) -> tuple[Part, ...]:
    """Return the parts that stand in the judging half, up to the first that does not."""
    parts: list[Part] = []
    for box in boxes:
        part = _part(task, box, parts)
        rest = (
            task.tested & ~np.any([each.inside for each in parts], axis=0) if parts else task.tested
        )
        gained, error = gain(task.happens[rest], part.inside[rest].astype(int), task.choosing[rest])
        others = rest & task.judging
        density = float((task.happens & others).sum() / max(others.sum(), 1))
        hits = int((task.happens & task.judging).sum())
        if gained <= STANDS * error or not _matters(part, density, hits):
            break
        parts.append(part)
    return tuple(parts)


def _matters(part: Part, density: float, hits: int) -> bool:
    """Return whether a part is worth a sentence, among worlds with this density and so many hits in all.

    Of thousands of worlds differences stand that nobody would act on.
    """
    clear = part.density - density >= SMALLEST or part.density >= 2.0 * density
    return clear and part.density > density and part.hits >= SMALLEST * hits


def _part(task: _Task, box: Box, before: Sequence[Part]) -> Part:
    """Return a box with round limits, and what the judging half says of it."""
    restrictions = tuple(
        restriction_of(task.grid, place, low, high)
        for place, low, high in zip(box.restricted, box.low, box.high, strict=True)
    )
    inside = task.tested.copy()
    for restriction in restrictions:
        inside &= restriction.inside()
    for part in before:
        inside &= ~part.inside
    judged = inside & task.judging
    left = (
        np.flatnonzero(task.judging & ~np.any([p.inside for p in before], axis=0))
        if before
        else (np.flatnonzero(task.judging))
    )
    values = quasi_p(box, task.grid.codes[left], task.happens[left])
    return Part(
        restrictions,
        inside,
        int(judged.sum()),
        int((judged & task.happens).sum()),
        tuple(values.tolist()),
    )


def restriction_of(grid: Grid, place: int, low: int, high: int) -> Restriction:
    """Return a range of bins as a range of the feature's values, with round ends."""
    at_least = grid.threshold(place, low) if low > 0 else -np.inf
    below = grid.threshold(place, high + 1) if high < grid.bins[place] - 1 else np.inf
    return Restriction(grid.features[place], at_least, below)


def _numbers(task: _Task, parts: Sequence[Part]) -> np.ndarray:
    """Return the part of each tested world, 0 for none."""
    number = np.zeros(len(task.tested), dtype=int)
    for place, part in enumerate(parts, start=1):
        number[part.inside] = place
    return number[task.tested]


def _gain(task: _Task, parts: Sequence[Part]) -> tuple[float, float]:
    tested = task.tested
    return gain(task.happens[tested], _numbers(task, parts), task.choosing[tested])


def _worth(task: _Task, parts: Sequence[Part]) -> tuple[float, float]:
    """Return the bits that parts gain in the judging half, net of their cost, and the standard error."""
    judging = int(task.judging.sum())
    cost = 0.0
    for restriction in (each for part in parts for each in part.restrictions):
        ends = int(np.isfinite(restriction.at_least)) + int(np.isfinite(restriction.below))
        place = task.grid.features.index(restriction.feature)
        cost += feature_cost(len(task.grid.features))
        cost += ends * float(limit_cost(task.grid.bins[place], judging))
    gained, error = _gain(task, parts)
    return gained * judging - cost, error * judging


def _compared(best: _Weighed, weighed: Sequence[_Weighed]) -> str:
    """Say which of boxes and tree described it better."""
    told = _CALLED[best.method]
    other = next((each for each in weighed if each is not best), None)
    if other is None:
        missing = next(words for method, words in _CALLED.items() if method != best.method)
        return f"Told by {told}; {missing} did not stand in the other half of the worlds."
    rival = _CALLED[other.method]
    if abs(best.net - other.net) > best.error:
        return (
            f"Told by {told}, which describes it better than {rival} in the other half of the worlds: "
            f"{best.net:.0f} bits saved against {other.net:.0f}, net of the length of what is told."
        )
    shorter = ", and is the shorter" if best.restrictions < other.restrictions else ""
    return f"Told by {told}, which describes it about as well as {rival}{shorter}."


_CALLED: Final = {BOXES: "a list of boxes", TREE: "a tree"}
