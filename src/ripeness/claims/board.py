"""The board: who says what, what becomes of it, where it holds, and who is right where against whom.

A board is plain data, made once from a run's evaluations and kept beside the verdicts, so that a
brief can be written without the worlds. What is dear to find (where a claim holds, what decides
between two) is found only if it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ripeness.claims.at_once import AtOnce, at_once
from ripeness.claims.definition import Definition, definition_of
from ripeness.claims.finder import Finder, Where
from ripeness.claims.language import Claim
from ripeness.claims.opponents import Opposition, library_opponents

if TYPE_CHECKING:
    from ripeness.claims.evaluate import Evaluation

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that contradict each other, over the worlds in which both can be tested.

    Attributes:
        first: id of the one.
        second: id of the other.
        both: worlds in which both hold.
        first_only: worlds in which only the first does.
        second_only: worlds in which only the second does.
        neither: worlds in which neither does.
        crux: what decides between them and where it turns, in words; empty if it was not looked for.
        details: the crux as numbers.
        slices: who is right along what decides, for a picture; None if nothing does.
    """

    first: str
    second: str
    both: int
    first_only: int
    second_only: int
    neither: int
    crux: str = ""
    details: Mapping[str, Any] | None = None
    slices: Mapping[str, Any] | None = None

    @property
    def worlds(self) -> int:
        """Worlds in which both claims can be tested."""
        return self.both + self.first_only + self.second_only + self.neither

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {**asdict(self), "worlds": self.worlds}


@dataclass(frozen=True, slots=True)
class Contest:
    """An opposition with its pairs: first from the left camp, second from the right."""

    opposition: Opposition
    pairs: tuple[Pair, ...]

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        pairs = [pair.as_mapping() for pair in self.pairs]
        return {**asdict(self.opposition), "pairs": pairs}


@dataclass(frozen=True, slots=True)
class Board:
    """What the experts' claims come to in a run.

    Attributes:
        speakers: speaker -> ids of the claims, in the order in which they were tried.
        definitions: id -> how the claim is tested.
        where: id -> where it holds and fails; only what was looked for.
        boxes: the same by box, with every claim that it tells something about; None if not looked for.
        contests: opponents side by side.
        together: which claims can be true in one world; None if it was not looked for.
        paired: worlds in which levers were moved, if not in all.
        learnt: id -> what would tell whether the claim is true, and by when; only what was looked for.
        at_once: which verdicts would remain if all claims were judged at once.
    """

    speakers: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, Definition]
    where: Mapping[str, Where]
    contests: tuple[Contest, ...]
    together: Mapping[str, Any] | None = None
    paired: int | None = None
    learnt: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    boxes: Mapping[str, Any] | None = None
    at_once: AtOnce | None = None

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types, as it is kept in a run folder."""
        return {
            "format": FORMAT,
            "speakers": [
                {"speaker": name, "claims": list(ids)} for name, ids in self.speakers.items()
            ],
            "definitions": {name: asdict(each) for name, each in self.definitions.items()},
            "where": {name: asdict(each) for name, each in self.where.items()},
            "oppositions": [contest.as_mapping() for contest in self.contests],
            "together": self.together,
            "paired": self.paired,
            "learnt": dict(self.learnt),
            "boxes": self.boxes,
            "at_once": self.at_once.as_mapping() if self.at_once is not None else None,
        }


def board_of(
    claims: Sequence[Claim],
    evaluations: Sequence[Evaluation],
    finder: Finder | None = None,
    opponents: Iterable[Opposition] | None = None,
) -> Board:
    """Put claims and what became of them on a board.

    Args:
        claims: the claims.
        evaluations: what became of each, in the same order.
        finder: looks for boxes, cruxes and compatibility; None leaves them out.
        opponents: who contradicts whom; by default what comes with the program.
    """
    opponents = library_opponents() if opponents is None else opponents
    tried = {each.verdict.id: each for each in evaluations}
    contests = (_contest(each, tried, finder) for each in opponents)
    where, boxes = finder.where(evaluations) if finder is not None else ({}, None)
    return Board(
        speakers=by_speaker(claims),
        definitions={claim.id: definition_of(claim) for claim in claims},
        where=where,
        contests=tuple(contest for contest in contests if contest.pairs),
        together=finder.together(evaluations) if finder is not None else None,
        learnt=finder.learnt(claims, evaluations) if finder is not None else {},
        boxes=boxes,
        at_once=at_once(each.verdict for each in evaluations),
    )


def by_speaker(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the claims by speaker, each in order of first mention."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        found[claim.speaker] = (*found.get(claim.speaker, ()), claim.id)
    return found


def _contest(
    opposition: Opposition, tried: Mapping[str, Evaluation], finder: Finder | None
) -> Contest:
    """Hold each claim of the left camp against each of the right, as far as both were tried."""
    pairs = [
        _pair(tried[first], tried[second], finder)
        for first in opposition.left.claims
        for second in opposition.right.claims
        if first in tried and second in tried
    ]
    return Contest(opposition, tuple(pairs))


def _pair(first: Evaluation, second: Evaluation, finder: Finder | None) -> Pair:
    counts = meet(first, second)
    names = first.verdict.id, second.verdict.id
    found = finder.crux(first, second) if finder is not None else ("", None, None)
    return Pair(*names, *counts, *found)


def meet(first: Evaluation, second: Evaluation) -> tuple[int, int, int, int]:
    """Return in how many worlds both hold, only the first, only the second, and neither.

    Worlds in which one of them cannot be tested are left out.
    """
    tested = first.tested & second.tested
    one, other = first.holds & tested, second.holds & tested
    cells = (one & other, one & ~other, other & ~one, tested & ~one & ~other)
    both, first_only, second_only, neither = (int(np.count_nonzero(cell)) for cell in cells)
    return both, first_only, second_only, neither
