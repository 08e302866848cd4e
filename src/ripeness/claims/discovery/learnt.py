"""What would tell whether a claim is true, and by when: the earliest sight that tells it well.

In each month some worlds have decided a claim already (a settlement that was to take half a year is signed in
week 12): there any sight "tells" it by definition. So a month is judged only by worlds in which the claim is
still open, and the month by which half of the worlds have decided it is told beside.

For each month the observation and the threshold with the highest

    balanced accuracy = (share of worlds with the claim true that are told so
                         + share of worlds with the claim false that are told so) / 2

are chosen in one half of the open worlds and measured in the other. It tells *well* if that is, by
``STANDS`` standard errors, above ``LEVEL``; no skill is a half, whatever the share of worlds in which the claim
holds (Youden 1950, Cancer 3: 32-35). The earliest such month is the answer, or that nothing tells by the last.
One threshold of one observation is what a reader can watch; several together might tell earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ripeness.claims.discovery.bits import STANDS
from ripeness.claims.discovery.cruxes import Truth
from ripeness.claims.discovery.describe import FEWEST_OF_EACH, halves
from ripeness.claims.discovery.grid import Feature, Grid, grid_of
from ripeness.claims.discovery.told import condition_of_side
from ripeness.outcomes.words import of_twenty

LEVEL: Final = 0.75
"""Balanced accuracy above which an observation tells well: right in 15 of 20 worlds of either kind."""


@dataclass(frozen=True)
class Observation:
    """Something that can be seen as it comes.

    Attributes:
        name: unique, without spaces.
        label: what people call it.
        unit: of the values.
        values: ``(world, month)``; NaN where there is nothing to see.
        yes: of flags: said of worlds in which it holds, behind "worlds".
        no: said of worlds in which it does not.
    """

    name: str
    label: str
    unit: str
    values: np.ndarray
    yes: str = ""
    no: str = ""


@dataclass(frozen=True)
class Watch:
    """What can be seen, month by month.

    Attributes:
        weeks: ``(month,)`` of the months that are looked at.
        grids: what can be seen in each.
    """

    weeks: np.ndarray
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Sight:
    """One side of a threshold of one observation in one month.

    Attributes:
        week: of the month.
        feature: what is seen.
        value: the threshold.
        above: whether the claim is told true at or above it; otherwise below.
        told_true: of the judging worlds in which it is true, those told so, and how many there are.
        told_false: of those in which it is false, those told so, and how many there are.
    """

    week: float
    feature: Feature
    value: float
    above: bool
    told_true: tuple[int, int]
    told_false: tuple[int, int]

    @property
    def accuracy(self) -> float:
        """Balanced accuracy."""
        (true, of_true), (false, of_false) = self.told_true, self.told_false
        return (true / of_true + false / of_false) / 2.0

    @property
    def error(self) -> float:
        """Standard error of the balanced accuracy, each share with half a world added to either side."""
        shares = [((told + 0.5) / (of + 1.0), of) for told, of in (self.told_true, self.told_false)]
        return float(np.sqrt(sum(share * (1.0 - share) / of for share, of in shares)) / 2.0)

    @property
    def well(self) -> bool:
        """Whether it tells well."""
        return self.accuracy - STANDS * self.error > LEVEL


@dataclass(frozen=True)
class Learnt:
    """What tells whether a claim is true.

    Attributes:
        name: of the claim.
        earliest: first sight that tells well; None if there is none.
        best: the sight with the highest balanced accuracy of all months; None if none could be judged.
        sights: the best of every month that could be judged.
        by_definition: week by which half of the tested worlds have decided the claim; NaN if never.
        last: last week that was looked at.
        words: all of it in a sentence or two.
    """

    name: str
    earliest: Sight | None
    best: Sight | None
    sights: tuple[Sight, ...]
    by_definition: float
    last: float
    words: str

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {
            "claim": self.name,
            "words": self.words,
            "earliest": _plain(self.earliest),
            "best": _plain(self.best),
            "weeks": [sight.week for sight in self.sights],
            "balanced_accuracy": [sight.accuracy for sight in self.sights],
            "by_definition_week": None if np.isnan(self.by_definition) else self.by_definition,
            "last_week": self.last,
        }


def watch_of(
    observations: Sequence[Observation], weeks: np.ndarray, *, last: float = 104.0
) -> Watch:
    """Prepare what can be seen, once for all claims.

    Args:
        observations: with as many worlds and months each.
        weeks: ``(month,)`` since the start.
        last: week after which nothing is looked at.

    Raises:
        ValueError: if an observation has not as many months as there are weeks.
    """
    for each in observations:
        if each.values.ndim != 2 or each.values.shape[1] != len(weeks):
            message = (
                f"`{each.name}` must have {len(weeks)} months, but has shape {each.values.shape}"
            )
            raise ValueError(message)
    months = np.flatnonzero(weeks <= last)
    grids = tuple(
        grid_of(
            Feature(each.name, each.label, each.unit, each.values[:, month], each.yes, each.no)
            for each in observations
        )
        for month in months
    )
    return Watch(np.asarray(weeks, dtype=float)[months], grids)


def learnt(
    watch: Watch,
    truth: Truth,
    decided: np.ndarray,
    *,
    name: str = "the claim",
    identity: np.ndarray | None = None,
) -> Learnt:
    """Return what tells whether a claim is true, and by when.

    Args:
        watch: what can be seen.
        truth: where the claim can be tested and holds.
        decided: ``(world,)`` week in which the world decides the claim; NaN or infinite for never.
        name: of the claim.
        identity: ``(world,)`` numbers of the worlds, see ``describe``.
    """
    number = np.arange(len(truth.tested)) if identity is None else np.asarray(identity)
    choosing = halves(truth.tested, truth.holds, number)
    when = np.where(np.isnan(decided), np.inf, decided)
    sights = []
    for week, grid in zip(watch.weeks.tolist(), watch.grids, strict=True):
        sight = _sight(grid, week, truth, truth.tested & (when > week), choosing)
        if sight is not None:
            sights.append(sight)
    earliest = next((sight for sight in sights if sight.well), None)
    best = max(sights, key=lambda sight: sight.accuracy, default=None)
    middle = float(np.median(when[truth.tested])) if truth.tested.any() else np.inf
    last = float(watch.weeks[-1]) if len(watch.weeks) else 0.0
    found = Learnt(
        name, earliest, best, tuple(sights), middle if np.isfinite(middle) else np.nan, last, ""
    )
    return replace(found, words=_words(found))


def _sight(
    grid: Grid, week: float, truth: Truth, open_: np.ndarray, choosing: np.ndarray
) -> Sight | None:
    """Return the best sight of a month, measured in the worlds that did not choose it."""
    chose, judge = open_ & choosing, open_ & ~choosing
    kinds = (truth.holds, ~truth.holds)
    if (
        min(np.count_nonzero(half & kind) for half in (chose, judge) for kind in kinds)
        < FEWEST_OF_EACH
    ):
        return None
    true, false = (grid.counts(chose & kind) for kind in kinds)
    shares = [
        counts[:, :-1].cumsum(axis=1) / counts.sum(axis=1)[:, None] for counts in (true, false)
    ]
    # Below a threshold minus above it; what cannot be seen counts as told false on either side.
    known = [each[:, -1:] for each in shares]
    below = shares[0] - shares[1]
    above = (known[0] - shares[0]) - (known[1] - shares[1])
    inner = np.arange(grid.width) < grid.bins[:, None] - 1
    skill = np.where(inner, np.stack([below, above]), -np.inf)
    end, place, last = np.unravel_index(int(np.argmax(skill)), skill.shape)
    if not np.isfinite(skill[end, place, last]):
        return None
    value = grid.threshold(int(place), int(last) + 1)
    values = grid.features[place].values
    told = values >= value if end == 1 else values < value
    counted = [
        (int(np.count_nonzero(judge & kind & (told == says))), int(np.count_nonzero(judge & kind)))
        for kind, says in zip(kinds, (True, False), strict=True)
    ]
    return Sight(week, grid.features[place], value, bool(end == 1), counted[0], counted[1])


def _words(found: Learnt) -> str:
    """Say what tells, and by when."""
    definition = ""
    if not np.isnan(found.by_definition) and found.by_definition <= found.last:
        definition = (
            f" By definition it is decided in half of the worlds by week {found.by_definition:g}."
        )
    if found.best is None:
        return (
            "There are too few worlds in which it is open, of one kind or the other, to learn what tells."
            + definition
        )
    if found.earliest is None:
        return (
            f"Nothing seen by week {found.last:g} tells it well. What comes nearest is seen in "
            f"{_told(found.best)}.{definition}"
        )
    return f"Told first in {_told(found.earliest)}.{definition}"


def _told(sight: Sight) -> str:
    there = condition_of_side(sight.feature, sight.value, above=sight.above)
    told, of = sight.told_false
    true = of_twenty(*sight.told_true, "worlds in which it holds")
    false = of_twenty(of - told, of, "worlds in which it fails")
    return f"week {sight.week:g}: {true}, and {false}, are worlds {there}"


def _plain(sight: Sight | None) -> dict[str, Any] | None:
    if sight is None:
        return None
    return {
        "week": sight.week,
        "name": sight.feature.name,
        "label": sight.feature.label,
        "unit": sight.feature.unit,
        "value": sight.value,
        "told_true": "at_or_above" if sight.above else "below",
        "seen": condition_of_side(sight.feature, sight.value, above=sight.above),
        "true_told_so": {"worlds": sight.told_true[0], "of": sight.told_true[1]},
        "false_told_so": {"worlds": sight.told_false[0], "of": sight.told_false[1]},
        "balanced_accuracy": sight.accuracy,
        "error": sight.error,
    }
