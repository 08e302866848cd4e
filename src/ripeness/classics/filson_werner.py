"""Screening by battle with collapse after a fixed number of defeats (after Filson and Werner).

Game: A is broken by a lost battles, D by d. D is weak (A wins a battle with probability pw) or
strong (ps < pw); A believes mu = P(weak). Before each battle A offers D a share y; D accepts, or a
battle is fought at cost kA and kD, and both learn from its result and from the refusal. A win is
worth 1, no discounting.

Strong D never gets more than its value of fighting on, F(a, d), and accepts just that; offers are
shares, so that a D that expects less than 0 from fighting accepts 0.
Weak D's value V(a, d; mu) is a falling step function of the belief. If A offers y < F, weak D
accepts with the probability that leaves the belief m after a refusal at which it is indifferent,

    y = R(m) = -kD + pw V(a, d-1; m_won) + (1 - pw) V(a-1, d; m_lost);

A picks the best of: pool (y = F), each step m <= mu of R, or no serious offer. With h = mu/(1-mu)
weak types per strong one every payoff is piecewise linear in h, so that backward induction over
(a, d) is exact. At a step A is indifferent and, after a refusal that leads there, screens.
(1, 1): screen iff mu > (kA + kD)/(pw - ps + kA + kD).

What it shows: refusals and battles both reveal; wars are short when the strong would win fast.
Source: special case, derived here, in the sense of D. Filson and S. Werner, "A bargaining model of
war and peace", American Journal of Political Science 46 (2002), 819-837.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions
from ripeness.errors import bad_input

_TIE = 1e-12
_SURE = 1e9
"""Weak types per strong one that count as certainty."""

_POOL, _SCREEN, _FIGHT = "pool", "screen", "fight"


@dataclass(frozen=True, slots=True)
class FilsonWerner:
    """The first offer and what follows.

    Attributes:
        offer: D's share offered before the first battle; None: no offer that D could accept.
        accept_probability: chance that the first offer is accepted.
        belief_after_refusal: A's belief that D is weak after a refusal; None if A pools.
        value_a: A's expected payoff, in shares of the prize.
        value_weak: weak D's expected payoff.
        value_strong: strong D's expected payoff, its value of fighting on.
        expected_battles: mean number of battles.
        pools_below: for beliefs below this A offers what the strong type accepts.
    """

    offer: float | None
    accept_probability: float
    belief_after_refusal: float | None
    value_a: float
    value_weak: float
    value_strong: float
    expected_battles: float
    pools_below: float


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to go on; ``to``: weak types per strong one that a refusal leaves (screening)."""

    kind: str
    offer: float
    to: float


def filson_werner(
    belief_weak: float | int,
    limit_a: int,
    limit_d: int,
    *,
    win_weak: float | int,
    win_strong: float | int,
    cost_a: float | int,
    cost_d: float | int,
) -> FilsonWerner:
    """A's first offer, and the war that may follow.

    Args:
        belief_weak: A's probability that D is weak, 0 to 1.
        limit_a: battles that A can lose before it is broken, 1 to 6.
        limit_d: battles that D can lose, 1 to 6.
        win_weak: chance that A wins a battle against weak D, above ``win_strong``, below 1.
        win_strong: chance that A wins a battle against strong D, above 0.
        cost_a: A's cost of a battle, in shares of the prize, 0 or more.
        cost_d: D's cost of a battle, likewise; the two together above 0.

    Returns:
        The first offer, its acceptance, everybody's payoff and the mean number of battles.

    Raises:
        InputError: if a number is out of range, the types are reversed or fighting is free, or
            weak D's value of refusing is not falling in the belief (then the method fails).
    """
    assume = Assumptions("filson_werner")
    mu = assume.probability("belief_weak", belief_weak)
    a, d = assume.count("limit_a", limit_a, 1, 6), assume.count("limit_d", limit_d, 1, 6)
    weak = assume.number("win_weak", win_weak, 0, 1, open_low=True, open_high=True)
    strong = assume.number("win_strong", win_strong, 0, 1, open_low=True, open_high=True)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_d", cost_d)
    assume.check()
    assume.that(
        strong < weak,
        "win_strong",
        f"A must win more often against weak D ({weak:g}) than against strong D ({strong:g}).",
        "Exchange the two chances.",
    )
    assume.that(
        own + other > 0,
        "cost_a, cost_d",
        "A battle must cost somebody something.",
        "Give one side a cost above 0.",
    ).check()
    state = _Game(weak, strong, own, other).state(a, d)
    h = min(mu / (1 - mu), _SURE) if mu < 1 else _SURE
    option = state.option(h)
    refused = h if option.kind == _FIGHT else option.to
    accept = 1.0 if option.kind == _POOL else (h - refused) / (1 + h)
    return FilsonWerner(
        offer=None if option.kind == _FIGHT else option.offer,
        accept_probability=accept,
        belief_after_refusal=None if option.kind == _POOL else refused / (1 + refused),
        value_a=state.value(h) / (1 + h),
        value_weak=state.weak_value(h),
        value_strong=state.fight_strong,
        expected_battles=state.battles(h) / (1 + h),
        pools_below=state.pools_below,
    )


class _Game:
    """The parameters, and one solved state per (a, d), solved once."""

    def __init__(self, weak: float, strong: float, own: float, other: float) -> None:
        self.weak, self.strong, self.own, self.other = weak, strong, own, other
        self._states: dict[tuple[int, int], _State] = {}

    def state(self, a: int, d: int) -> _State:
        if (a, d) not in self._states:
            self._states[a, d] = _State(self, a, d)
        return self._states[a, d]


class _State:
    """A's best option as a function of h, by intervals; all totals are per strong type.

    At a break the option to its right counts: A is indifferent there and takes the tougher one.
    """

    def __init__(self, game: _Game, a: int, d: int) -> None:
        self.game = game
        self.won = game.state(a, d - 1) if d > 1 else None
        self.lost = game.state(a - 1, d) if a > 1 else None
        self.up = game.weak / game.strong
        self.down = (1 - game.weak) / (1 - game.strong)
        won = self.won.fight_strong if self.won else 0.0
        lost = self.lost.fight_strong if self.lost else 1.0
        finish = game.strong * won + (1 - game.strong) * lost - game.other
        self.fight_strong = max(0.0, finish)  # below 0 it would rather accept nothing
        self.breaks: list[float] = []
        self.options: list[_Option] = []
        self._solve()

    def option(self, h: float) -> _Option:
        return self.options[bisect_right(self.breaks, h * (1 + 1e-10)) - 1]

    def value(self, h: float) -> float:
        return self._worth(self.option(h), h)

    def weak_value(self, h: float) -> float:
        option = self.option(h)
        return self._refusal(h) if option.kind == _FIGHT else option.offer

    def battles(self, h: float) -> float:
        option = self.option(h)
        if option.kind == _POOL:
            return 0.0
        s = h if option.kind == _FIGHT else option.to
        won = self.game.strong * self.won.battles(s * self.up) if self.won else 0.0
        lost = (1 - self.game.strong) * self.lost.battles(s * self.down) if self.lost else 0.0
        return 1 + s + won + lost

    @property
    def pools_below(self) -> float:
        for start, option in zip(self.breaks, self.options, strict=True):
            if option.kind != _POOL:
                return start / (1 + start)
        return 1.0

    def _worth(self, option: _Option, h: float) -> float:
        if option.kind == _POOL:
            return (1 + h) * (1 - self.fight_strong)
        if option.kind == _FIGHT:
            return self._after_refusal(h)
        return (h - option.to) * (1 - option.offer) + self._after_refusal(option.to)

    def _after_refusal(self, h: float) -> float:
        g = self.game
        won = g.strong * (self.won.value(h * self.up) if self.won else 1 + h * self.up)
        lost = (1 - g.strong) * self.lost.value(h * self.down) if self.lost else 0.0
        return won + lost - g.own * (1 + h)

    def _refusal(self, h: float) -> float:
        """Weak D's value of refusing when that leaves h (just above it, at a step)."""
        g = self.game
        won = self.won.weak_value(h * self.up) if self.won else 0.0
        lost = self.lost.weak_value(h * self.down) if self.lost else 1.0
        return max(0.0, g.weak * won + (1 - g.weak) * lost - g.other)

    def _solve(self) -> None:
        edges = {0.0}
        edges.update(b / self.up for b in (self.won.breaks if self.won else []))
        edges.update(b / self.down for b in (self.lost.breaks if self.lost else []))
        starts = _distinct(sorted(edges))
        offers = [self._refusal(s) for s in starts]
        if any(later > before + _TIE for before, later in itertools.pairwise(offers)):
            raise bad_input(
                "filson_werner(win_weak, win_strong)",
                "The method assumes that a weak D thought weaker gains less by refusing, which"
                " fails for these parameters.",
                "Bring `win_weak` and `win_strong` closer, or use smaller limits.",
            )
        screens = [_Option(_SCREEN, y, s) for y, s in zip(offers, starts, strict=True)]
        pool, fight = _Option(_POOL, self.fight_strong, 0.0), _Option(_FIGHT, 0.0, 0.0)
        for i, start in enumerate(starts):
            end = starts[i + 1] if i + 1 < len(starts) else _SURE
            self._envelope(start, end, [pool, *screens[: i + 1], fight])

    def _envelope(self, start: float, end: float, options: list[_Option]) -> None:
        """Add the best options on [start, end], where every option's worth is linear."""
        probe = start + min(1.0, (end - start) / 2)
        lines = []
        for rank, option in enumerate(options):
            at, beyond = self._worth(option, start), self._worth(option, probe)
            lines.append((at, (beyond - at) / (probe - start), -rank, option))
        here = start
        while True:
            # The best now and, among equals, the best just to the right.
            top = max(at + slope * (here - start) for at, slope, _, _ in lines)
            equal = [x for x in lines if x[0] + x[1] * (here - start) > top - _TIE * (1 + here)]
            steepest = max(slope for _, slope, _, _ in equal)
            at, slope, _, option = max(
                (x for x in equal if x[1] > steepest - 1e-9), key=lambda x: x[2]
            )
            if not self.options or self.options[-1] != option:
                self.breaks.append(here)
                self.options.append(option)
            crossings = [
                start + (at - other) / (steep - slope)
                for other, steep, _, _ in lines
                if steep > slope + 1e-9
            ]
            ahead = [x for x in crossings if here * (1 + 1e-12) < x < end]
            if not ahead:
                return
            here = min(ahead)


def _distinct(values: list[float]) -> list[float]:
    kept = values[:1]
    for value in values[1:]:
        if value > kept[-1] * (1 + 1e-9):
            kept.append(value)
    return kept
