"""How an inverse search goes through sets of moves, size by size, and what it does where nothing is found.

All single moves are played. Then all pairs of moves race (``inverse_book.race``), by what the two do better
together than the better of them alone, so that two that do nothing alone are found; beside them run the best
singles with every move that helped alone (a beam search: Lowerre 1976). Larger sets are the best of one size
with every move. Where none reaches the target, all that helped alone is moved at once and a third taken back at
a time (backward elimination), and the best set is added to, a move at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from ripeness.explore.inverse_book import Book, Rung, race
from ripeness.explore.inverse_found import Answer, Inverse, Tried
from ripeness.explore.inverse_moves import Move, Moves, set_of
from ripeness.explore.inverse_need import needs
from ripeness.explore.inverse_price import COSTS, price
from ripeness.explore.inverse_sets import all_pairs, extended, representatives, unlike
from ripeness.scenario.model import Scenario

BEAM: Final = 6
"""Best sets of a size that are tried with one move more."""

TRIED: Final = 16
"""Most single moves that are tried with them at once, or moved all together."""

ANSWERS: Final = 5
"""Most answers given."""

CHECKED: Final = 12
"""Most sets of a size that are played in fresh worlds to find them: the cheapest, then the best."""

PAIRS: Final = (Rung(16, 1024), Rung(32, 256))
"""How all pairs race, by what they do better than either alone."""

BEST_PAIRS: Final = (Rung(64, 64),)
"""How those that are left race with the beam's pairs, by their share."""

LARGER: Final = (Rung(16, 256), Rung(64, 48))
"""How sets of three and more race, by their share."""

STEPS: Final = 4
"""Moves that are added at most to the best set of the size asked for, to see whether more changes would do."""

BACK: Final = 3
"""Of what is moved all together, one in so many is taken back at a time."""


@dataclass
class Hunt:
    """A search under way: what it knows is kept when it is stopped."""

    scenario: Scenario
    target: float
    most: int
    least: str
    moves: list[Move]
    book: Book
    fresh: Book
    laddered: bool = True
    answers: list[Answer] = field(default_factory=list)
    best: Answer | None = None
    larger: Answer | None = None
    together: Moves = ()
    beyond: Moves = ()
    failed: set[Moves] = field(default_factory=set)
    stopped: bool = False

    def run(self) -> None:
        """Search size by size until something reaches the target."""
        level: list[Moves] = [()]
        for size in range(self.most + 1):
            if size:
                level = self._next(level)
            if not level:  # no lever and no issue is left that a set of this size could move
                break
            if self._confirm(level):
                return
        path = self._backwards()
        if not self._confirm([each for each in path if len(each) <= self.most]):
            self._nearest()
            self._beyond([*self._forwards(), *path])

    def found(self) -> Inverse:
        """Return what is known by now."""
        known = sorted(self.book.complete(), key=self._merit)
        tried = {each: self._tried(each) for each in known}
        best = self.best
        if best is None and not self.answers:
            nearest = next(each for each in known if len(each) <= self.most)
            best = self._searched(tried[nearest])
        return Inverse(
            self.target, self.most, tried[()], tuple(self.answers), best,
            tried.get(self.together) if self.together else None,
            tried[self.beyond] if self.beyond else None, self.larger,
            tuple(self._searched(tried[each]) for each in known if len(each) == 1),
            len(self.failed), self.book.sets, self.stopped,
        )  # fmt: skip

    # -------------------------------------------------------------------------- sets of one size more

    def _next(self, level: list[Moves]) -> list[Moves]:
        """Return sets one larger than these, played in all worlds, best first."""
        if level == [()]:
            found = [(move,) for move in self.moves]
        elif len(level[0]) == 1:
            found = self._pairs(level)
        else:
            sets = list(extended(level[:BEAM], self._candidates()))
            found = race(self.book, sets, LARGER, self.book.holds)
        self.book.upto(found)
        return sorted(found, key=self._merit)

    def _pairs(self, singles: list[Moves]) -> list[Moves]:
        beam = list(extended(singles[:BEAM], [each[0] for each in self._helpful()[:TRIED]]))
        raced = race(self.book, all_pairs(self._candidates()), PAIRS, self._synergy)
        return race(self.book, [*beam, *raced], BEST_PAIRS, self.book.holds)

    def _candidates(self) -> list[Move]:
        return representatives(self.moves, lambda move: self.book.holds((move,)))

    def _synergy(self, moves: Moves, worlds: int) -> float:
        """Return worlds in which the two do better than the better of them alone, the share breaking ties."""
        holds = self.book.holds(moves, worlds)
        alone = max(self.book.holds((each,), worlds) for each in moves)
        return holds - alone + holds / (worlds + 1)

    def _helpful(self) -> list[Moves]:
        """Return single moves with which peace holds in more worlds, best first."""
        base = self.book.holds(())
        singles = [(move,) for move in self.moves]
        return sorted((each for each in singles if self.book.holds(each) > base), key=self._merit)

    def _merit(self, moves: Moves) -> tuple[int, int, str]:
        return -self.book.holds(moves), len(moves), str(moves)

    # ---------------------------------------------------------------------------- answers, confirmed

    def _confirm(self, level: list[Moves]) -> bool:
        """Play the sets that reach the target in fresh worlds, cheapest first; say whether some hold."""
        reached = [each for each in level if self._reaches(each)]
        cost = COSTS[self.least]
        by_cost = lambda each: (cost(self.scenario, each, self.book.course(each)), str(each))  # noqa: E731
        self._check_some(sorted(reached, key=by_cost))
        if not self.answers:  # the cheapest were lucky: those with a margin are the surer ones
            self._check_some(sorted(reached, key=self._merit))
            self.answers.sort(key=lambda each: by_cost(each.tried.moves))
        if self.answers and self.laddered:
            sets = [each.tried.moves for each in self.answers]
            rows = zip(
                self.answers, needs(self.scenario, self.fresh, sets, self.target), strict=True
            )
            self.answers = [replace(each, needs=need) for each, need in rows]
        return bool(self.answers)

    def _check_some(self, sets: list[Moves]) -> None:
        """Play some sets in fresh worlds, in order, until there are enough unlike answers."""
        left = [each for each in sets if each not in self.failed]
        for checked, each in enumerate(unlike(left, self._is_answer)):
            if len(self.answers) == ANSWERS or checked == CHECKED:
                return
            self._check(each)

    def _check(self, moves: Moves) -> None:
        answer = self._answer(moves)
        if self._confirms(answer):
            self.answers.append(answer)
        else:
            self.failed.add(moves)

    def _reaches(self, moves: Moves) -> bool:
        return self.book.holds(moves) >= self.target * self.book.worlds

    def _confirms(self, answer: Answer) -> bool:
        return answer.tried.fresh_holds >= self.target * self.fresh.worlds

    def _is_answer(self, moves: Moves) -> bool:
        return any(each.tried.moves == moves for each in self.answers)

    def _answer(self, moves: Moves) -> Answer:
        self.fresh.upto([(), moves])
        costs = price(self.scenario, self.fresh.course(moves), self.fresh.course(()))
        return Answer(self._tried(moves), costs)

    def _searched(self, tried: Tried) -> Answer:
        course, base = self.book.course(tried.moves), self.book.course(())
        return Answer(tried, price(self.scenario, course, base))

    def _tried(self, moves: Moves) -> Tried:
        fresh = self.fresh.known(moves)
        fresh_holds = self.fresh.holds(moves) if fresh else 0
        return Tried(moves, self.book.holds(moves), self.book.worlds, fresh_holds, fresh)

    # ---------------------------------------------------------------------------- when there is none

    def _backwards(self) -> list[Moves]:
        """Move all that helped at once and take back what is missed least; return the sets on the way."""
        chosen: dict[tuple[bool, str], Move] = {}
        for each in self._helpful():
            chosen.setdefault(each[0].moved, each[0])
        left = set_of(list(chosen.values())[:TRIED])
        if len(left) <= self.most:
            return []
        self.book.upto([left])
        self.together, path = left, [left]
        while len(left) > self.most:
            fewer = {move: set_of(each for each in left if each != move) for move in left}
            self.book.upto(list(fewer.values()))
            missed_least = sorted(left, key=lambda move: self._merit(fewer[move]))
            back = min(ceil(len(left) / BACK), len(left) - self.most)
            left = set_of(missed_least[back:])
            self.book.upto([left])
            path.append(left)
        return path

    def _nearest(self) -> None:
        """Play the best set of the size asked for in fresh worlds; keep the best of all played there."""
        known = sorted(self.book.complete(), key=self._merit)
        first = next(each for each in known if len(each) <= self.most)
        self.fresh.upto([first])
        by_all = lambda each: (self.book.holds(each) + self.fresh.holds(each), str(each))  # noqa: E731
        self.best = self._answer(max([first, *self.failed], key=by_all))

    def _forwards(self) -> list[Moves]:
        """Add to the best set, a move at a time, what helps it most of what helped alone; return the sets."""
        best = self.best.tried.moves if self.best else ()
        helpful, path = [each[0] for each in self._helpful()[:TRIED]], []
        for _ in range(STEPS):
            more = list(extended([best], helpful))
            self.book.upto(more)
            better = min(more, key=self._merit, default=())
            if self._reaches(best) or self.book.holds(better) <= self.book.holds(best):
                break
            best = better
            path.append(best)
        return path

    def _beyond(self, path: list[Moves]) -> None:
        """Confirm the smallest of these larger sets that reaches the target, or keep the best of them."""
        larger = sorted((each for each in path if len(each) > self.most), key=len)
        for each in filter(self._reaches, larger):
            answer = self._answer(each)
            if self._confirms(answer):
                self.larger = answer
                return
        best = min(larger, key=self._merit, default=())
        self.beyond = (
            best
            if self.book.holds(best) > self.book.holds(self.best.tried.moves if self.best else ())
            else ()
        )
