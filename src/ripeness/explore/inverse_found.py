"""What an inverse search finds: sets of moves that reach the target, what they cost, and what came nearest."""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.explore.inverse_moves import Moves
from ripeness.explore.inverse_need import Need
from ripeness.explore.inverse_price import Change


@dataclass(frozen=True)
class Tried:
    """A set of moves and in how many worlds peace came and held."""

    moves: Moves
    holds: int
    worlds: int
    fresh_holds: int = 0
    fresh_worlds: int = 0

    @property
    def share(self) -> float:
        """Share of the worlds searched in."""
        return self.holds / self.worlds


@dataclass(frozen=True)
class Answer:
    """A set that was played in fresh worlds, with what it costs there.

    Attributes:
        tried: the set.
        price: changes of cost against no moves in the same worlds, fresh ones if it was played there.
        needs: how much of each of its levers is needed; empty if that was not looked for.
    """

    tried: Tried
    price: tuple[Change, ...]
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Inverse:
    """What was found.

    Attributes:
        target: share of worlds asked for.
        most: most moves in a set asked for.
        base: nothing moved.
        answers: smallest sets that reach the target, also in fresh worlds, cheapest first; empty if none.
        best: the best set of at most so many moves, when there are no answers.
        together: when there are no answers, all that helped moved at once; None if nothing did.
        beyond: when there is neither an answer nor a larger one, the best larger set; None if none is better.
        larger: when there are no answers, the smallest larger set that reaches the target; None if none.
        singles: every move by itself in the worlds searched, best first.
        failed: sets that reached the target in the worlds searched, but not in fresh ones.
        tried: sets played, in few worlds or in all.
        stopped: whether the user stopped the search before its end.
    """

    target: float
    most: int
    base: Tried
    answers: tuple[Answer, ...]
    best: Answer | None
    together: Tried | None
    beyond: Tried | None
    larger: Answer | None
    singles: tuple[Answer, ...]
    failed: int
    tried: int
    stopped: bool

    @property
    def leading(self) -> tuple[Answer, ...]:
        """The best single move of each lever and issue, best first."""
        best: dict[tuple[bool, str], Answer] = {}
        for each in self.singles:
            best.setdefault(each.tried.moves[0].moved, each)
        return tuple(best.values())
