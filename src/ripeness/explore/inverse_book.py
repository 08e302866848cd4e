"""The book of an inverse search: what has been played so far, and races among many sets.

A race plays all sets in a few worlds, sends the better ones on to more worlds, and so on until few are left
for all worlds (successive halving: Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016). All sets meet
the same worlds with the same luck, so that little chance is left in a comparison; worlds that a set has been
played in are not played again. A set that works can fall out by bad luck in the first few worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ripeness.explore.inverse_moves import Moves
from ripeness.explore.inverse_play import Course, Job

Play = Callable[[Sequence[Job]], Iterator[Course]]
"""What becomes of each set in its worlds, in order."""

Told = Callable[[int], None]
"""Called with the number of worlds played so far."""

Merit = Callable[[Moves, int], float]
"""How good a set is, from its first so many worlds."""


class Rung(NamedTuple):
    """One round of a race: worlds in which each set is played, and how many sets go on."""

    worlds: int
    keep: int


class Book:
    """What has become of each set in the worlds that it was played in.

    Args:
        play: plays sets in worlds.
        worlds: how many worlds there are.
        told: called as worlds are played.
    """

    def __init__(self, play: Play, worlds: int, told: Told | None = None) -> None:
        self.worlds: Final = worlds
        self.played = 0
        self._play, self._told = play, told
        self._courses: dict[Moves, Course] = {}

    def upto(self, sets: Sequence[Moves], worlds: int | None = None) -> list[Course]:
        """Return what becomes of sets in the first so many worlds, or in all."""
        most = self.worlds if worlds is None else min(worlds, self.worlds)
        jobs = [
            Job(moves, known, most)
            for moves in dict.fromkeys(sets)
            if (known := self.known(moves)) < most
        ]
        for job, course in zip(jobs, self._play(jobs) if jobs else (), strict=True):
            before = self._courses.get(job.moves)
            self._courses[job.moves] = before.followed_by(course) if before else course
            self.played += course.count
            if self._told is not None:
                self._told(course.count)
        return [self._courses[moves].part(0, most) for moves in sets]

    def known(self, moves: Moves) -> int:
        """Return in how many worlds a set was played."""
        return self._courses[moves].count if moves in self._courses else 0

    def holds(self, moves: Moves, worlds: int | None = None) -> int:
        """Return in how many of its first worlds peace came and held with a set that was played."""
        return int(self._courses[moves].holds[:worlds].sum())

    def course(self, moves: Moves) -> Course:
        """Return what became of a set in the worlds that it was played in."""
        return self._courses[moves]

    @property
    def sets(self) -> int:
        """How many sets were played, in few worlds or in all."""
        return len(self._courses)

    def complete(self) -> list[Moves]:
        """Return the sets that were played in all worlds."""
        return [moves for moves, course in self._courses.items() if course.count == self.worlds]


def race(book: Book, sets: Sequence[Moves], rungs: Sequence[Rung], merit: Merit) -> list[Moves]:
    """Return the sets that are left after a race, best first.

    Rounds with as many worlds as there are, or no more sets than go on, are left out: nothing is gained.
    """
    left = list(dict.fromkeys(sets))
    for worlds, keep in rungs:
        if worlds >= book.worlds or len(left) <= keep:
            continue
        book.upto(left, worlds)
        left = sorted(left, key=lambda each: -merit(each, worlds))[:keep]
    return left
