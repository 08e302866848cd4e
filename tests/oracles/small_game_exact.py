"""The small game solved exactly: backward induction over rounds, fronts and a grid of beliefs.

    R_k = -c_k + E v_k(t+1, m', b'),   p_k = 1 / (1 + exp(-l (x - R_k)))            (refuse, accept)
    b' = b (1-p_tough) / (b (1-p_tough) + (1-b) (1-p_weak)) = B(b')                 (fixed point)

Values between the points of the grid are interpolated linearly. What is exact is the game of ENGINE.md
section 0 on that grid, whose numbers it reproduces; plain NumPy, sharing no code with the solver.

The fixed point is one equation in one unknown, B(b') - b' = 0, with opposite signs at 0 and 1. It is solved
inside that bracket by the Illinois rule (Dowell and Jarratt 1971, "A modified regula falsi method for
computing the root of an equation", BIT 11), to 1e-10. Damped iteration, by which it was first done, agrees to
all printed digits at l = 20 and 60 but goes round in circles where B is steeper than about -3: in one place in
a hundred at l = 60, everywhere of interest at l = 200.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.games.small_game import SmallWar

CLOSE = 1e-10
MOST = 200
A, TOUGH, WEAK = 0, 1, 2
SETTLED, BATTLES, SHARE = 3, 5, 7  # each for tough, then weak
QUANTITIES = 9


@dataclass(frozen=True)
class Exact:
    """What is exact: ``(round, quantity, front, belief)``, and the beliefs.

    Quantities are values to A, tough and weak B; then for tough and weak the chance of settling, battles
    to come, and B's share times settled.
    """

    table: np.ndarray
    belief: np.ndarray

    def at(self, war: SmallWar, belief: float | None = None) -> dict[str, np.ndarray | float]:
        """Return what holds at the start of the game."""
        b = war.prior if belief is None else belief
        here = [np.interp(b, self.belief, row) for row in self.table[0, :, war.start]]
        value, settled, battles, share = np.split(np.array(here), [SETTLED, BATTLES, SHARE])
        return {
            "value": value,
            "settled": float(b * settled[0] + (1 - b) * settled[1]),
            "battles": battles,
            "share": share / settled,
        }


def exact(war: SmallWar, beliefs: int = 201) -> Exact:
    """Solve; ``beliefs=2`` solves the two games in which the type is known, which need no others."""
    belief = np.linspace(0.0, 1.0, beliefs)
    split = np.arange(war.size + 1) / war.size
    now = np.zeros((QUANTITIES, war.size + 1, beliefs))
    now[A], now[TOUGH], now[WEAK] = split[:, None], 1 - split[:, None], 1 - split[:, None]
    table = [now]
    for _ in range(war.rounds):
        now = one_round(war, now, belief)
        table.append(now)
    return Exact(np.stack(table[::-1]), belief)


def one_round(war: SmallWar, later: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """Return quantities before the offer of a round from those before the next."""
    x = np.linspace(0.0, 1.0, war.offers)
    fought = 0.5 * (later[:, 2:] + later[:, :-2])
    fought[[A, TOUGH, WEAK]] -= np.array([war.cost, war.cost_tough, war.cost_weak])[:, None, None]
    after = belief_after_refusal(fought[TOUGH], fought[WEAK], belief, x, war.precision)
    refused = interpolated(fought, after)
    accept = logistic(war.precision * (x - refused[[TOUGH, WEAK]]))
    b = belief[None, :, None]
    either = b * accept[0] + (1 - b) * accept[1]
    to_a = either * (1 - x) + (1 - either) * refused[A]
    offer = np.exp(war.precision * (to_a - to_a.max(axis=-1, keepdims=True)))
    offer /= offer.sum(axis=-1, keepdims=True)
    now = later.copy()
    now[A, 1:-1] = (offer * to_a).sum(axis=-1)
    for k in (0, 1):
        yes, no = accept[k], 1 - accept[k]
        now[TOUGH + k, 1:-1] = (offer * (yes * x + no * refused[TOUGH + k])).sum(axis=-1)
        now[SETTLED + k, 1:-1] = (offer * (yes + no * refused[SETTLED + k])).sum(axis=-1)
        now[BATTLES + k, 1:-1] = (offer * no * (1 + refused[BATTLES + k])).sum(axis=-1)
        now[SHARE + k, 1:-1] = (offer * (yes * x + no * refused[SHARE + k])).sum(axis=-1)
    return now


def belief_after_refusal(
    tough: np.ndarray, weak: np.ndarray, belief: np.ndarray, x: np.ndarray, precision: float
) -> np.ndarray:
    """Return b' for every (front, belief, offer), given values ``(front, belief)`` of refusing."""
    shape = (len(tough), len(belief), len(x))
    where = np.indices(shape).reshape(3, -1)

    def excess(guess: np.ndarray, which: np.ndarray) -> np.ndarray:
        front, b, offer = where[0, which], belief[where[1, which]], x[where[2, which]]
        low, share = below(guess, len(belief))
        refuse = [v[front, low] * (1 - share) + v[front, low + 1] * share for v in (tough, weak)]
        of_tough, of_weak = (-np.logaddexp(0.0, precision * (offer - r)) for r in refuse)
        return b / (b + (1 - b) * np.exp(np.minimum(of_weak - of_tough, 700.0))) - guess

    return illinois(excess, where.shape[1]).reshape(shape)


def illinois(excess, number: int) -> np.ndarray:
    """Return roots in [0, 1] of ``excess(guess, which)``, which falls from >= 0 to <= 0."""
    left = np.arange(number)
    low, high = np.zeros(number), np.ones(number)
    at_low, at_high = excess(low, left), excess(high, left)
    found, last = np.zeros(number), np.zeros(number)
    for _ in range(MOST):
        fall = at_low[left] - at_high[left]
        step = np.divide(at_low[left], fall, out=np.zeros_like(fall), where=fall > 0)
        guess = low[left] + (high[left] - low[left]) * step
        value = excess(guess, left)
        found[left] = guess
        for side, near, at_near, at_far in ((1, low, at_low, at_high), (-1, high, at_high, at_low)):
            mine = (value > 0) if side == 1 else (value <= 0)
            which = left[mine]
            at_far[which] *= np.where(last[which] == side, 0.5, 1.0)
            near[which], at_near[which], last[which] = guess[mine], value[mine], side
        left = left[np.abs(value) > CLOSE]
        if not left.size:
            return found
    raise ArithmeticError(f"{left.size} beliefs after a refusal were not found")


def interpolated(value: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """Return ``(quantity, front, belief, offer)`` of values on the grid at other beliefs."""
    low, share = below(belief, value.shape[2])
    front = np.arange(value.shape[1])[:, None, None]
    return value[:, front, low] * (1 - share) + value[:, front, low + 1] * share


def below(belief: np.ndarray, beliefs: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the point of the grid below, and the share of the one above."""
    place = belief * (beliefs - 1)
    low = np.minimum(place.astype(int), beliefs - 2)
    return low, place - low


def logistic(exponent: np.ndarray) -> np.ndarray:
    """Return the logistic function without overflow."""
    return np.exp(-np.logaddexp(0.0, -exponent))
