"""A draft treaty judged: who signs, who vetoes and why, whether it holds, what would help, what else there is.

Signing is read off the values by which the sides of each world decide, for the draft, its neighbours and all
packages. Holding is played for the draft, for every package that differs from it in one level, and for the
packages that look best; for all others it is estimated (see ``draft_hold``), and told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Int

from ripeness.bargaining.levels import Sums, added_up, conflict_free
from ripeness.errors import bad_input
from ripeness.explore.draft_hold import Hold, appraisal, fitted
from ripeness.explore.draft_play import (
    BROKEN,
    ENDED,
    FAILED,
    FATES,
    IN_FORCE,
    RESUMED,
    months_home,
    play_pairs,
)
from ripeness.explore.draft_sign import GROUP, HERE, Judged, Package, in_groups, judge, package_of
from ripeness.explore.draft_space import Space, survey
from ripeness.explore.draft_stand import Standpoint, among, stand_at
from ripeness.explore.draft_why import Refusals, refusals
from ripeness.scenario.draft import Draft
from ripeness.worlds.designs import keyed_generator
from ripeness.worlds.draw import Worlds

SAMPLED: Final = 200
"""Packages that are played to fit the estimate of holding."""

SCOUTS: Final = 128
"""Worlds in which all packages are judged to choose those that are played."""

WORLDS_EACH: Final = 48
"""Worlds in which each of them is played, of those in which both sides would sign it, at most."""

CANDIDATES: Final = 16
"""Packages with the highest estimates of signing and holding that are played to find the best."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Change:
    """A package that differs from the draft in one level.

    Attributes:
        issue: place of the issue.
        level: place of its new level.
        both: worlds in which both sides sign.
        kept: of them, worlds in which it is ratified and kept.
    """

    issue: int
    level: int
    both: int
    kept: int


@dataclass(frozen=True)
class Compromise:
    """The package that is signed and kept in most worlds, of those that look best."""

    package: tuple[int, ...]
    both: int
    kept: int


@dataclass(frozen=True)
class DraftJudged:
    """What is to be said of a draft.

    Attributes:
        draft: the treaty.
        standpoint: the worlds on its day.
        package: the draft as a package.
        judged: who would sign it.
        refusals: why each side does not.
        months: from the signature until it can be in force, in each world, votes at home waited for.
        fate: what becomes of it in each world were it signed there, see ``draft_play``.
        changes: every package that differs in one level.
        space: all packages, held against the draft.
        hold: how holding was estimated for them; None where no package is signed in any world.
        best: the best compromise; None likewise.
    """

    draft: Draft
    standpoint: Standpoint
    package: Package
    judged: Judged
    refusals: tuple[Refusals, Refusals]
    months: Int[np.ndarray, "world"]
    fate: Int[np.ndarray, "world"]
    changes: tuple[Change, ...]
    space: Space
    hold: Hold | None
    best: Compromise | None

    @property
    def both(self) -> Bool[np.ndarray, "world"]:
        """Worlds in which both sides would sign."""
        return self.judged.both[0]

    @property
    def kept(self) -> Bool[np.ndarray, "world"]:
        """Worlds in which both would sign, and it is ratified and kept."""
        return self.both & (self.fate == IN_FORCE)

    @property
    def crossed(self) -> Bool[np.ndarray, "world"]:
        """Worlds in which a red line of either side is crossed."""
        return self.judged.crossed[0, 0] | self.judged.crossed[1, 0]

    @property
    def efficient(self) -> Bool[np.ndarray, "world"]:
        """Worlds in which no red line is crossed and no package is better for both."""
        return ~self.crossed & ~self.space.better

    @property
    def votes(self) -> tuple[str, ...]:
        """Labels of the votes on the calendar that it waits for."""
        war, names = self.draft.scenario, self.standpoint.packages.issues
        asked = {
            vote
            for name, place in zip(names, self.package.level, strict=True)
            for vote in list(war.issues[name].levels.values())[place].votes
        }
        return tuple(vote.label for name, vote in war.votes.items() if vote.always or name in asked)

    def fates(self, members: Bool[np.ndarray, "world"]) -> dict[str, Any]:
        """Return what becomes of the draft among some worlds, in counts that add up."""
        count = np.bincount(self.fate[members], minlength=FATES).tolist()
        first, second = self.standpoint.worlds.names.sides
        return {
            "signed": int(members.sum()),
            "failed_at_home": count[FAILED],
            "war_resumed_before_ratification_by": {
                first: count[RESUMED],
                second: count[RESUMED + 1],
            },
            "broken_by": {first: count[BROKEN], second: count[BROKEN + 1]},
            "war_ended_otherwise": count[ENDED],
            "kept": count[IN_FORCE],
        }


def judge_draft(draft: Draft, worlds: Worlds, progress: Progress | None = None) -> DraftJudged:
    """Judge a draft in an ensemble.

    Args:
        draft: the treaty.
        worlds: drawn from its scenario, ready to run.
        progress: called with (steps done, steps, label).

    Raises:
        InputError: if nothing can be signed in any world on the draft's day.
    """
    tell = progress or (lambda done, total, label: None)
    step = lambda done: tell(done, len(STEPS), "steps")  # noqa: E731
    standpoint = stand_at(draft.scenario, worlds, draft.month)
    if not standpoint.count:
        what = f"on {draft.signed} nothing can be signed in any of {standpoint.drawn:,} worlds."
        raise bad_input("signed", what, "Give an earlier date, or draw more worlds with --worlds.")
    after = {term.issue: term.months_after for term in draft.terms}
    package = package_of(draft.scenario, standpoint.packages.issues, draft.levels, after)
    judged = judge(standpoint, [package])
    step(1)
    everywhere = np.arange(standpoint.count)
    fate = play_pairs(standpoint, [package], np.zeros_like(everywhere), everywhere)
    step(2)
    changes = _changes(standpoint, package)
    step(3)
    hold = _hold(standpoint)
    step(4)
    coefficients = None if hold is None else hold.coefficients
    space = survey(standpoint, judged.worth[:, 0], coefficients)
    best = _best(standpoint, space) if hold is not None else None
    step(5)
    why = refusals(standpoint, package, judged, space.ready)
    months = months_home(standpoint, package)
    return DraftJudged(
        draft, standpoint, package, judged, why, months, fate, changes, space, hold, best
    )


STEPS: Final = (
    "signing",
    "the draft played",
    "its neighbours played",
    "all packages",
    "the best played",
)


def _changes(standpoint: Standpoint, package: Package) -> tuple[Change, ...]:
    """Return every package that differs in one level, with the worlds that sign and keep it."""
    places = [
        (issue, level)
        for issue, name in enumerate(standpoint.packages.issues)
        for level in range(len(standpoint.packages.levels[name]))
        if level != package.level[issue]
    ]
    others = [package.changed(issue, level) for issue, level in places]
    free = conflict_free(
        standpoint.scenario, standpoint.packages, np.array([each.level for each in others])
    )
    places = [place for place, ok in zip(places, free, strict=True) if ok]
    others = [each for each, ok in zip(others, free, strict=True) if ok]
    both, kept = played_where_signed(standpoint, others)
    return tuple(
        Change(issue, level, int(signed), int(keeps))
        for (issue, level), signed, keeps in zip(places, both, kept, strict=True)
    )


def played_where_signed(
    standpoint: Standpoint, packages: Sequence[Package]
) -> tuple[Int[np.ndarray, "package"], Int[np.ndarray, "package"]]:
    """Return in how many worlds both sides sign each package, and in how many of these it is kept."""
    signed = np.concatenate(
        [judge(standpoint, packages[k : k + GROUP]).both for k in range(0, len(packages), GROUP)]
    )
    package, world = np.nonzero(signed)
    kept = play_pairs(standpoint, packages, package, world) == IN_FORCE
    return signed.sum(axis=-1), np.bincount(package[kept], minlength=len(packages))


def at_once(standpoint: Standpoint, level: Sequence[int] | np.ndarray) -> Package:
    """Return a package that comes into force at once."""
    names = standpoint.packages.issues
    issues = standpoint.scenario.issues
    without = [list(issues[name].levels).index(issues[name].without_deal) for name in names[1:]]
    return Package(tuple(int(k) for k in level), (0,) * len(names), (HERE, *without))


def _best(standpoint: Standpoint, space: Space) -> Compromise:
    """Return the best of the packages that look best, played; told as played again with other luck.

    The luck by which it was chosen among many would flatter it.
    """
    order = np.argsort(-space.kept, kind="stable")[:CANDIDATES]
    found = [at_once(standpoint, space.package[place]) for place in order]
    _, kept = played_where_signed(standpoint, found)
    best = int(np.argmax(kept))
    anew = replace(standpoint, worlds=standpoint.worlds.played_again(standpoint.worlds.play + 1))
    signed, holds = played_where_signed(anew, [found[best]])
    return Compromise(found[best].level, int(signed[0]), int(holds[0]))


def _hold(standpoint: Standpoint) -> Hold | None:
    """Play a sample of packages where both sides would sign them, and fit the estimate of holding."""
    draw = keyed_generator("packages to play", standpoint.worlds.seed)
    space = survey(among(standpoint, np.arange(min(SCOUTS, standpoint.count))))
    if not space.both.any() and standpoint.count > SCOUTS:
        space = survey(standpoint)
    places = _sample(space, draw)
    if not len(places):
        return None
    packages = [at_once(standpoint, space.package[place]) for place in places]
    pairs: list[tuple[int, int]] = []
    features: list[np.ndarray] = []
    for start in range(0, len(packages), GROUP):
        part = packages[start : start + GROUP]
        judged, feature = _with_features(standpoint, part)
        for number in range(len(part)):
            world = np.flatnonzero(judged.both[number])
            world = draw.permutation(world)[:WORLDS_EACH]
            pairs += [(start + number, int(each)) for each in world]
            features.append(feature[:, number, world].T)
    package, world = np.array(pairs).T
    fate = play_pairs(standpoint, packages, package, world)
    theory = standpoint.worlds.theory[world]
    theories = len(standpoint.worlds.names.theories)
    return fitted(np.concatenate(features), fate == IN_FORCE, theory, package, theories)


def _sample(space: Space, draw: np.random.Generator) -> Int[np.ndarray, "place"]:
    """Return packages to play: of those signed somewhere, the more likely the more often they are."""
    signed = np.flatnonzero(space.both)
    if len(signed) <= SAMPLED:
        return signed
    weight = space.both[signed] ** 2.0
    return draw.choice(signed, SAMPLED, replace=False, p=weight / weight.sum())


def _with_features(
    standpoint: Standpoint, packages: Sequence[Package]
) -> tuple[Judged, np.ndarray]:
    """Return what both sides think of packages, and the features of the estimate ``(feature, ...)``."""
    levels = np.array([package.level for package in packages])
    sums: Sums = added_up(standpoint.levels, levels, standpoint.stand.troops)
    judged = judge(standpoint, packages)
    return judged, in_groups(appraisal(), sums, standpoint)
