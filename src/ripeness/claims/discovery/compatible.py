"""Which claims can be true together, and which never are.

In a world a claim is *true* (tested, and holds), *false* (tested, and does not) or *silent* (the world cannot
test it: a claim about settlements says nothing where there is none). Silence is neither: it refutes nothing
and bears nothing out, and is counted apart.

    together     a set of claims all true in one and the same world; its worlds are those in which all are.
    largest      the sets with most claims that are together in at least ``least`` worlds
    unrefuted    worlds in which no claim of the set is false; silent ones included
    excluded     pairs, each true somewhere, both testable in ``least`` worlds or more, and never together.
                 In independent claims with shares p and q of n such worlds, that would happen by chance with
                 (1 - p q)^n; pairs for which this is above ``BY_CHANCE`` are left out, since a few more worlds
                 might show them together.

The largest sets are found by branch and bound over worlds: a claim true in all worlds that are left joins at
once; a branch is left if, of its worlds, fewer than ``least`` have as many claims true as the best set
has. That is exact; if it takes more than ``MOST_STEPS`` steps it stops and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, Final

import numpy as np

from ripeness.claims.discovery.cruxes import Truth
from ripeness.claims.discovery.told import listed
from ripeness.outcomes.words import OUT_OF, of_twenty

BY_CHANCE: Final = 0.01
"""Chance up to which "never together" is taken to mean more than that there were few worlds."""

MOST_STEPS: Final = 40_000
"""Steps of the search, one or two seconds."""

MOST_SETS: Final = 5
"""Largest sets that are kept, those with most worlds."""

SMALLEST_SHARE: Final = 0.01
"""Share of all worlds in which a set must be true by default: less is about freak worlds."""


@dataclass(frozen=True, slots=True)
class TrueSet:
    """Claims that are all true in the same worlds.

    Attributes:
        ids: of the claims.
        worlds: worlds in which all are true.
        unrefuted: worlds in which none is false.
        tested: worlds in which all can be tested.
    """

    ids: tuple[str, ...]
    worlds: int
    unrefuted: int
    tested: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """Two claims that are never true together though each is true somewhere.

    Attributes:
        first: id of one claim.
        second: id of the other.
        tested: worlds in which both can be tested.
        first_true: of these, worlds in which the first is true.
        second_true: of these, worlds in which the second is.
    """

    first: str
    second: str
    tested: int
    first_true: int
    second_true: int


@dataclass(frozen=True)
class Compatibility:
    """What can be true together.

    Attributes:
        worlds: number of worlds.
        counts: per claim, worlds in which it is true, false and silent.
        largest: sets with most claims, those in most worlds first.
        least: worlds in which a set must be true.
        exact: whether the search was finished.
        most: largest set true in any one world at all.
        excluded: pairs never true together.
        never_met: pairs that no world can test both of.
        words: all of it in sentences.
    """

    worlds: int
    counts: Mapping[str, tuple[int, int, int]]
    largest: tuple[TrueSet, ...]
    least: int
    exact: bool
    most: TrueSet | None
    excluded: tuple[Excluded, ...]
    never_met: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {
            "worlds": self.worlds,
            "claims": {
                name: dict(zip(("true", "false", "silent"), counts, strict=True))
                for name, counts in self.counts.items()
            },
            "largest": [_plain(each) for each in self.largest],
            "true_in_at_least": self.least,
            "exact": self.exact,
            "most_in_one_world": _plain(self.most) if self.most else None,
            "excluded": [_plain(each) for each in self.excluded],
            "never_tested_together": [list(pair) for pair in self.never_met],
        }


def compatibility(truths: Mapping[str, Truth], *, fewest: int | None = None) -> Compatibility:
    """Return which claims can be true together.

    Args:
        truths: by id of the claim, in the order in which they are told.
        fewest: worlds in which a set must be true; by default a hundredth of all, one at least.

    Raises:
        ValueError: if the claims have different numbers of worlds.
    """
    sizes = {len(truth.tested) for truth in truths.values()}
    if len(sizes) > 1:
        message = f"`truths` must have the same worlds, but have {sorted(sizes)}"
        raise ValueError(message)
    worlds = sizes.pop() if sizes else 0
    least = max(1, round(SMALLEST_SHARE * worlds)) if fewest is None else max(1, fewest)
    search = _Search(np.array([truth.true for truth in truths.values()]), least)
    if truths and worlds:
        search.look((), np.arange(worlds), np.arange(len(truths)))
    counts = {
        name: (
            int(np.count_nonzero(truth.true)),
            int(np.count_nonzero(truth.false)),
            int(np.count_nonzero(~truth.tested)),
        )
        for name, truth in truths.items()
    }
    excluded, never_met = _pairs(truths, least)
    names = tuple(truths)
    found = Compatibility(
        worlds=worlds,
        counts=counts,
        largest=tuple(_set_of(truths, [names[place] for place in each]) for each in search.best()),
        least=least,
        exact=search.steps <= MOST_STEPS,
        most=_most(truths) if worlds else None,
        excluded=tuple(excluded),
        never_met=tuple(never_met),
    )
    return replace(found, words=tuple(_words(found)))


class _Search:
    """Search for the sets with most claims that are all true in at least ``least`` worlds.

    Args:
        true: ``(claim, world)``.
        least: worlds.
    """

    def __init__(self, true: np.ndarray, least: int) -> None:
        self._true = true
        self._least = least
        self._found: dict[tuple[int, ...], int] = {}
        self._size = 1
        self.steps = 0

    def best(self) -> list[tuple[int, ...]]:
        """Return the largest sets, those in most worlds first."""
        return sorted(self._found, key=lambda each: (-self._found[each], each))[:MOST_SETS]

    def look(self, chosen: tuple[int, ...], worlds: np.ndarray, open_: np.ndarray) -> None:
        """Look among sets that hold the chosen claims and some of the open ones.

        Args:
            chosen: places of claims.
            worlds: numbers of the worlds in which all of these are true.
            open_: places of claims that may join.
        """
        self.steps += 1
        true = self._true[np.ix_(open_, worlds)]
        support = true.sum(axis=1)
        everywhere = support == len(worlds)
        chosen = (*chosen, *open_[everywhere].tolist())
        left = ~everywhere & (support >= self._least)
        open_, true, support = open_[left], true[left], support[left]
        if len(worlds) >= self._least:
            self._keep(chosen, len(worlds))
        if not len(open_) or self.steps > MOST_STEPS or self._hopeless(chosen, true):
            return
        order = np.argsort(-support, kind="stable")
        for turn, place in enumerate(order):
            later = open_[order[turn + 1 :]]  # sets with an earlier claim have been looked at
            if len(chosen) + 1 + len(later) < self._size:
                return
            self.look((*chosen, int(open_[place])), worlds[true[place]], later)

    def _hopeless(self, chosen: tuple[int, ...], true: np.ndarray) -> bool:
        """Return whether too few worlds have as many claims true as the best set has."""
        most = len(chosen) + true.sum(axis=0)
        return int(np.count_nonzero(most >= self._size)) < self._least

    def _keep(self, chosen: tuple[int, ...], worlds: int) -> None:
        if len(chosen) > self._size:
            self._size, self._found = len(chosen), {}
        if len(chosen) == self._size:
            self._found[tuple(sorted(chosen))] = worlds


def _set_of(truths: Mapping[str, Truth], names: Sequence[str]) -> TrueSet:
    """Return claims as a set with its counts."""
    members = [truths[name] for name in names]
    true = np.all([truth.true for truth in members], axis=0)
    false = np.any([truth.false for truth in members], axis=0)
    tested = np.all([truth.tested for truth in members], axis=0)
    counts = (int(np.count_nonzero(each)) for each in (true, ~false, tested))
    return TrueSet(tuple(names), *counts)


def _most(truths: Mapping[str, Truth]) -> TrueSet | None:
    """Return the largest set that is true in any one world; of several, the one in most worlds."""
    true = np.array([truth.true for truth in truths.values()])
    count = true.sum(axis=0)
    if not count.max():
        return None
    rows, times = np.unique(true[:, count == count.max()].T, axis=0, return_counts=True)
    names = np.array(list(truths))[rows[int(np.argmax(times))]]
    return _set_of(truths, names.tolist())


def _pairs(truths: Mapping[str, Truth], least: int) -> tuple[list[Excluded], list[tuple[str, str]]]:
    """Return pairs that are never true together, and pairs that no world can test both of."""
    excluded, never_met = [], []
    for first, second in combinations(truths, 2):
        one, other = truths[first], truths[second]
        tested = one.tested & other.tested
        count = int(np.count_nonzero(tested))
        if not count and one.tested.any() and other.tested.any():
            never_met.append((first, second))
        shares = [np.count_nonzero(each.true & tested) / max(count, 1) for each in (one, other)]
        together = bool((one.true & other.true).any())
        by_chance = (1.0 - shares[0] * shares[1]) ** count
        if together or count < least or by_chance > BY_CHANCE:
            continue
        trues = (int(np.count_nonzero(each.true & tested)) for each in (one, other))
        excluded.append(Excluded(first, second, count, *trues))
    return excluded, never_met


def _words(found: Compatibility) -> Iterator[str]:
    """Yield what can be true together, in sentences."""
    total, worlds = len(found.counts), found.worlds
    if found.most is None:
        yield "No claim is true in any world."
        return
    most = found.most
    yield (
        f"At most {len(most.ids)} of {total} claims are true in one world: {listed(most.ids)}, "
        f"in {_told(most.worlds, worlds)}."
    )
    if found.largest and len(found.largest[0].ids) < len(most.ids):
        best = found.largest[0]
        yield (
            f"The largest set that is true in {found.least:,} worlds or more has {len(best.ids)}: "
            f"{listed(best.ids)}, in {_told(best.worlds, worlds)}."
        )
    if not found.exact:
        yield "The search was cut short: there may be a larger set."
    for pair in found.excluded:
        yield (
            f"{pair.first} and {pair.second} are never true together: of {pair.tested:,} worlds in which both "
            f"can be tested {pair.first} is true in {pair.first_true:,}, {pair.second} in {pair.second_true:,}."
        )
    if found.never_met:
        pairs = listed([f"{first} with {second}" for first, second in found.never_met])
        yield f"No world can test both: {pairs}."


def _told(count: int, worlds: int) -> str:
    """Say in how many worlds something is true; of few worlds, how many exactly."""
    if count * OUT_OF < worlds:
        return f"{count:,} of {worlds:,} worlds"
    return of_twenty(count, worlds)


def _plain(each: TrueSet | Excluded) -> dict[str, Any]:
    found = asdict(each)
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }
