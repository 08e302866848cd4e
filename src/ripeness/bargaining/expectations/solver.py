"""The solver: play, regress, respond, until the rules stop changing.

    repeat   play fresh worlds under the rules that follow from c
             M <- forgetting M + moments of what was played
             c <- regression(M)
    until    odds on a fixed set of situations change by less than ``still`` (root mean square) between
             running averages of c, and every reported share by less than ``steady`` over a window

It knows no war: a ``Game`` says how to play and what its value functions are. The rich war and the
published games of the exactness ladder go through the same code.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol, runtime_checkable

import numpy as np

from ripeness.bargaining.expectations.regression import Moments, Ridges, solved


class Status(Enum):
    """How a solve ended; the text is the user's message."""

    CONVERGED = "The rules have stopped changing."
    STILL_MOVING = (
        "The rules were still changing when the sweeps ran out. "
        "Try more sweeps, more worlds a sweep, or a lower precision."
    )
    NOT_FINITE = (
        "A value became infinite or undefined. "
        "Look for a range that goes to zero in the process named above."
    )
    OUT_OF_RANGE = (
        "Expected values left the range of the stakes: the regression has run away. "
        "Try more worlds per sweep or a stronger pull toward the baseline."
    )
    STOPPED = "Stopped by the user; the last finished sweep is kept and `--resume` goes on from it."


@dataclass(frozen=True)
class Settings:
    """How to iterate.

    Attributes:
        sweeps: most sweeps.
        least: fewest sweeps before the stopping rule is asked.
        forgetting: share of the moments kept from sweep to sweep, as (share of the sweeps done, value)
            steps; each holds until the next.
        ridges: pulls of the regression.
        average: the solution is the mean of this many last coefficient sets.
        damping: share of the new coefficients taken each sweep (1: all).
        window: sweeps over which the reported shares must hold still.
        still: largest root mean square change of odds per sweep of the averaged solution.
        steady: largest change of a reported share between the halves of the window.
        largest: coefficients are stopped when a played value exceeds this.
    """

    sweeps: int = 40
    least: int = 16
    forgetting: tuple[tuple[float, float], ...] = ((0.0, 0.5), (0.5, 0.85))
    ridges: Ridges = field(default_factory=Ridges)
    average: int = 8
    damping: float = 1.0
    window: int = 8
    still: float = 0.01
    steady: float = 0.01
    largest: float = 3.0

    def forgetting_at(self, sweep: int) -> float:
        """Return the forgetting factor at a sweep."""
        done = sweep / max(self.sweeps, 1)
        return [value for start, value in self.forgetting if start <= done][-1]


@dataclass(frozen=True)
class Played:
    """What one sweep of play gives back.

    Attributes:
        moments: of all rows played, on the host.
        shares: what the plays came to (say the share settled), for the stopping rule and the report.
        largest: largest absolute value that a side expected in play.
    """

    moments: Moments
    shares: dict[str, float]
    largest: float = 0.0


@runtime_checkable
class Game(Protocol):
    """What the solver needs to know of a game."""

    heads: tuple[str, ...]  # value functions, one row of coefficients each
    groups: tuple[tuple[int, ...], ...]  # heads that share strength
    features: int  # coefficients of a head; `stiffness` per feature may be given too

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Play fresh worlds under the rules that follow from ``(head, feature)`` coefficients."""
        ...

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return odds on a fixed set of situations: what must stop changing."""
        ...


@dataclass(frozen=True)
class Sweep:
    """What happened in a sweep."""

    number: int
    change: float  # of the rules, root mean square; NaN in the first
    shares: dict[str, float]
    seconds: float


@dataclass(frozen=True)
class Solution:
    """Where the iteration ended; enough to go on from.

    Attributes:
        coefficients: ``(head, feature)``, averaged over the last sweeps.
        last: ``(kept, head, feature)`` the sets that were averaged; the start is not one of them.
        moments: of all sweeps, faded.
        status: how it ended.
        sweeps: what happened.
        detail: where, if something went wrong.
    """

    coefficients: np.ndarray
    last: np.ndarray
    moments: Moments | None
    status: Status
    sweeps: tuple[Sweep, ...]
    detail: str = ""

    @property
    def converged(self) -> bool:
        """Whether the stopping rule was met."""
        return self.status is Status.CONVERGED

    @property
    def message(self) -> str:
        """What to tell the user."""
        return f"{self.detail} {self.status.value}".strip()


def solve(
    game: Game,
    settings: Settings,
    *,
    start: Solution | np.ndarray | None = None,
    progress: Callable[[Sweep], None] | None = None,
    keep: Callable[[Solution], None] | None = None,
) -> Solution:
    """Iterate to the rules that fit what they bring about.

    Args:
        game: the game.
        settings: how to iterate.
        start: a solution to go on from (its moments count on), or coefficients alone; None starts from
            the baselines.
        progress: called after each sweep.
        keep: called with the solution so far after each sweep, to be stored.

    Returns:
        The solution, converged or not: look at its status. A keyboard interrupt returns the last
        finished sweep with status ``STOPPED``.
    """
    state = _begin(game, start)
    rules, first = None, len(state.sweeps)
    for number in range(first, first + settings.sweeps):
        clock = time.perf_counter()
        try:
            state, rules, problem = _sweep(game, settings, state, rules, number, number - first)
            latest = replace(state.sweeps[-1], seconds=time.perf_counter() - clock)
            state = replace(state, sweeps=(*state.sweeps[:-1], latest))
            if progress is not None:
                progress(latest)
            if keep is not None:
                keep(state)
        except KeyboardInterrupt:
            return replace(state, status=Status.STOPPED)
        except FloatingPointError as error:
            return replace(state, status=Status.NOT_FINITE, detail=f"{error} (sweep {number}).")
        if problem:
            return replace(state, status=Status.OUT_OF_RANGE, detail=problem)
        if number - first + 1 >= settings.least and settled_down(state.sweeps, settings):
            return replace(state, status=Status.CONVERGED)
    return replace(state, status=Status.STILL_MOVING)


def settled_down(sweeps: tuple[Sweep, ...], settings: Settings) -> bool:
    """Return whether the rules and all reported shares have held still over the window."""
    recent = sweeps[-settings.window :]
    if len(recent) < settings.window or not recent[-1].change <= settings.still:
        return False
    half = settings.window // 2
    for name in recent[0].shares:
        early = np.mean([sweep.shares[name] for sweep in recent[:half]])
        late = np.mean([sweep.shares[name] for sweep in recent[half:]])
        if not abs(late - early) <= settings.steady:
            return False
    return True


def _begin(game: Game, start: Solution | np.ndarray | None) -> Solution:
    if isinstance(start, Solution):
        return start
    shape = (len(game.heads), game.features)
    coefficients = np.zeros(shape) if start is None else np.asarray(start, dtype=np.float64)
    if coefficients.shape != shape:
        raise ValueError(f"coefficients are {coefficients.shape}, the game has {shape}")
    return Solution(coefficients, coefficients[None][:0], None, Status.STILL_MOVING, ())


def _sweep(
    game: Game,
    settings: Settings,
    state: Solution,
    rules: np.ndarray | None,
    number: int,
    since: int,
) -> tuple[Solution, np.ndarray, str]:
    """Return the state after one sweep, its rules, and what went wrong, if anything."""
    latest = state.last[-1] if len(state.last) else state.coefficients
    if rules is None:
        rules = game.rules(state.coefficients)
    played = game.play(latest, number)
    moments = played.moments
    if state.moments is not None:
        moments = state.moments.faded(settings.forgetting_at(since)) + moments
    new = solved(moments, latest, settings.ridges, game.groups, getattr(game, "stiffness", 1.0))
    new = latest + settings.damping * (new - latest)
    last = np.concatenate([state.last, new[None]])[-settings.average :]
    mean = last.mean(axis=0)
    after = game.rules(mean)
    change = float(np.sqrt(np.mean((after - rules) ** 2)))
    sweep = Sweep(number, change, played.shares, 0.0)
    problem = ""
    if not played.largest <= settings.largest:
        problem = f"A side expected {played.largest:.3g} times the stakes (sweep {number})."
    found = Solution(mean, last, moments, Status.STILL_MOVING, (*state.sweeps, sweep))
    return found, after, problem
