"""Who would sign a deal with each guarantee, and on which deal the two sides come together.

In every world, of all deals x with a guarantee,

    nearest   = the one with the largest product of gains where both would sign one (Nash 1950),
                else the one whose smaller gain is largest
    signs_s   = gain_s(nearest) >= 0, and none of its red lines is crossed
    acceptable_s = the deal that side s likes best of those that cross none of its red lines has gain_s >= 0

To tell why fewer or more sign than without a guarantee, the same rests of deals are judged again with nobody
on the guarantee's place, and the sides' judgements are crossed: ``crossed[a][p]`` has the adversary judge the
deal with (a = 1) or without (a = 0) the guarantee, and the protected side likewise (p). What then differs from
deals without a guarantor are the terms that the guarantee rules out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.levels import finished, joined
from ripeness.explore.draft_sign import gains
from ripeness.explore.draft_space import favourite_signed
from ripeness.explore.draft_stand import Standpoint, among
from ripeness.explore.guarantee_arms import Option, Rests, beside, rests_of, row_of, signature

FAR: Final = -1.0e6
"""Score of a deal that is not there: below any gain."""


@dataclass(frozen=True)
class Signed:
    """What becomes of one option at the table.

    Attributes:
        nearest: level of each issue in the deal that the sides come nearest to.
        signs: whether each side would sign it.
        acceptable: whether each side would sign some deal with it.
        score: how good the nearest deal is, to choose between options of one kind.
        crossed: whether some deal is signed by both, judged with and without the guarantee, see above.
    """

    nearest: Int[np.ndarray, "issue world"]
    signs: Bool[np.ndarray, "2 world"]
    acceptable: Bool[np.ndarray, "2 world"]
    score: Float[np.ndarray, "world"]
    crossed: Bool[np.ndarray, "2 2 world"]


def sign_all(standpoint: Standpoint, options: Sequence[Option]) -> list[Signed]:
    """Return who would sign deals with each option; the first must be "none"."""
    tables: dict[Hashable, Table] = {}
    found = []
    for option in options:
        key = signature(standpoint.scenario, option)
        if key not in tables:
            tables[key] = Table(standpoint, option)
        found.append(_signed(tables[key], option, options[0]))
    return found


class Table:
    """The rests that some options stand beside, and what both sides think of them, worked out once.

    Attributes:
        standpoint: the worlds on the day.
        rests: of deals in them.
        lost: worlds in which red lines leave no rest.
        anyway: the same for those worlds, as if there were no red lines; None if there are none.
    """

    def __init__(self, standpoint: Standpoint, option: Option, *, lifted: bool = False) -> None:
        self.standpoint = standpoint
        self.rests = rests_of(standpoint, option, lifted=lifted)
        self.lost = np.flatnonzero(~self.rests.there.any(axis=0))
        self.anyway: Table | None = None
        if len(self.lost) and not lifted:
            self.anyway = Table(among(standpoint, self.lost), option, lifted=True)
        self._known: dict[Hashable, tuple[np.ndarray, np.ndarray]] = {}

    def judged(self, chosen: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
        """Return gains and red lines ``(2, package, world)`` with these levels on the fixed issues."""
        key = tuple(sorted(chosen.items()))
        if key not in self._known:
            self._known[key] = _judged(self.standpoint, self.rests, chosen)
        return self._known[key]


def _signed(table: Table, option: Option, nobody: Option) -> Signed:
    """Return who would sign deals with an option."""
    chosen = option.chosen
    nearest, signs, score = _nearest(table, chosen)
    if table.anyway is not None:
        found = _nearest(table.anyway, chosen)
        nearest[:, table.lost], signs[:, table.lost] = found[0], found[1]
    acceptable = _acceptable(table.standpoint, option) | signs
    return Signed(nearest, signs, acceptable, score, _both_ways(table, option, nobody))


def _judged(
    standpoint: Standpoint, rests: Rests, chosen: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return gains and red lines of rests with these levels on the fixed issues."""
    one = np.zeros((1, standpoint.count), dtype=int)
    rows = [
        row_of(standpoint, name, one + standpoint.packages.levels[name].index(chosen[name]))
        for name in rests.fixed
    ]
    whole = reduce(partial(joined, arrays=np), rows, rests.part)
    sums = finished(whole, np.asarray(standpoint.stand.troops), np)
    return gains(sums, standpoint), np.asarray(sums.crossed)


def _nearest(table: Table, chosen: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return levels of the nearest deal, who signs it, and its score: red lines cost a signature only."""
    standpoint, rests = table.standpoint, table.rests
    gain, crossed = table.judged(chosen)
    smaller = np.minimum(gain[0], gain[1])
    score = np.where(smaller >= 0, gain[0] * gain[1], smaller)
    score = np.where(rests.there, score, FAR)
    place, world = np.argmax(score, axis=0), np.arange(score.shape[1])
    signs = (gain[:, place, world] >= 0) & ~crossed[:, place, world]
    level = rests.level[:, place, world]
    for name in rests.fixed:
        issue = standpoint.packages.issues.index(name)
        level[issue] = standpoint.packages.levels[name].index(chosen[name])
    return level, signs, score[place, world]


def _both_ways(table: Table, option: Option, nobody: Option) -> Bool[np.ndarray, "2 2 world"]:
    """Return whether both sign some deal, the adversary and the protected side each judging it both ways."""
    own = max(option.protects, 0)
    gain, crossed = table.judged(option.chosen)
    willing = (gain >= 0) & ~crossed & table.rests.there
    found = np.zeros((2, 2, willing.shape[-1]), dtype=bool)
    for chosen in _without(option, nobody):
        gain, crossed = table.judged(chosen)
        signs = ((gain >= 0) & ~crossed & table.rests.there, willing)
        for adversary, protected in np.ndindex(2, 2):
            pair = signs[adversary][1 - own] & signs[protected][own]
            found[adversary, protected] |= pair.any(axis=0)
    return found


def _without(option: Option, nobody: Option) -> Iterator[dict[str, str]]:
    """Yield the levels of the fixed issues with nobody in the guarantor's place, each that says so."""
    chosen = option.chosen
    moved = [name for name in chosen if option.levels[name] != nobody.levels[name]]
    if not moved:
        yield chosen
    for name in moved:
        for key in nobody.levels[name]:
            yield {**chosen, name: key}


def _acceptable(standpoint: Standpoint, option: Option) -> Bool[np.ndarray, "2 world"]:
    """Return whether each side would sign the deal with it that it likes best, its own red lines kept.

    Only levels that the guarantee does not exclude; those of other issues that exclude each other are not
    looked at. See ``draft_space.favourite_signed``.
    """
    may = _may(standpoint, option)[..., None] & np.ones(standpoint.count, dtype=bool)
    return np.stack([favourite_signed(standpoint, may, side) for side in range(2)])


def _may(standpoint: Standpoint, option: Option) -> Bool[np.ndarray, "issue level"]:
    """Return which levels can stand beside an option's own."""
    scenario, packages = standpoint.scenario, standpoint.packages
    excluded = beside(scenario, option)
    may = np.zeros((len(packages.issues), standpoint.levels.worth.shape[2]), dtype=bool)
    for place, name in enumerate(packages.issues):
        for index, key in enumerate(packages.levels[name]):
            may[place, index] = key in option.levels.get(name, (key,))
            may[place, index] &= (name, key) not in excluded
    return may
