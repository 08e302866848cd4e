"""A costly war between sides that know everything: it should be settled at once.

Game: a walk over N forts, A holds n and wins a battle with probability p; each battle costs side i c_i.
Before every L battles one side may make an offer, A with odds w; L is the length for which a decision binds.
An agreement divides the prize for ever. With U_i(n) the value of refusing and V_i of the next round,

    U_i(n) = E[-c_i (battles fought) + V_i(n')],    V_i(n') = won, lost, or the mean over who proposes,
    V = signs (own share) + (1 - signs) U  for the proposer,   V = U + gain  for the responder (``offers``),

regressed on Chebyshev polynomials of the front 2 n / N - 1; the luck of the battles, won - p added up, times
these, is the control variate. A play is L battles from every fort (exploring starts).

Waiting costs the pair only L (c_A + c_B), for the value of refusing already contains the next deal. So the
sides sign at once if l L (c_A + c_B) >> 1 and not otherwise, and errors of the regression must be smaller
than that too. Deals lie between the reservation values, what each side would have from fighting to the
finish (``gamblers_ruin``): nobody can be held to less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.games.offers import Round, offer_round
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.solver import Played


class Numbers(NamedTuple):
    """Parameters as arrays."""

    win: Float[Array, ""]
    costs: Float[Array, "side"]
    proposes: Float[Array, "side"]
    precision: Float[Array, ""]


@dataclass(frozen=True)
class CompleteInformation:
    """The game.

    Attributes:
        win: chance p that A wins a battle.
        forts: number of forts N.
        costs: of a battle to A and B, shares of the prize.
        battles: L, fought between two rounds of offers.
        proposer: odds w that A makes the offer of a round.
        precision: of both sides' logit rules.
        degree: of the polynomial in the front.
        plays: histories a sweep from each fort.
        seed: of the battles' luck.
    """

    win: float
    forts: int
    costs: tuple[float, float]
    battles: int
    proposer: float
    precision: float
    degree: int
    plays: int
    seed: int

    heads = ("A", "B")
    groups = ((0,), (1,))

    @property
    def features(self) -> int:
        """Powers of the front."""
        return self.degree + 1

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Fight on from every fort, ``plays`` times; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        worlds = (self.forts - 1) * self.plays
        won = luck.random((self.battles, worlds), dtype=np.float32) < self.win
        fort = np.repeat(np.arange(1, self.forts), self.plays)
        refused = jnp.asarray(coefficients, jnp.float32)
        size = (self.forts, self.degree)
        moments = _moments(refused, jnp.asarray(fort), jnp.asarray(won), self._numbers(), size)
        agrees = self.rules(coefficients)[0].mean()
        return Played(moments.on_host(), {"agrees": float(agrees)})

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return odds of agreement and the responder's share times them, ``(2, proposer, fort)``."""
        made = [self.round_of(coefficients, proposer) for proposer in (0, 1)]
        return np.stack([[one.signs for one in made], [one.share for one in made]])

    def round_of(self, coefficients: np.ndarray, proposer: int) -> Round:
        """Return the offers of one side with 1 .. N-1 forts; worlds are forts."""
        fort = jnp.arange(1, self.forts)
        refused = jnp.asarray(coefficients, jnp.float32) @ _features(
            fort, (self.forts, self.degree)
        )
        return _rounds(refused, self._numbers().precision)[proposer]

    def _numbers(self) -> Numbers:
        parts = (self.win, self.costs, (self.proposer, 1.0 - self.proposer), self.precision)
        return Numbers(*(jnp.asarray(part, jnp.float32) for part in parts))


def _features(fort: Array, size: tuple[int, int]) -> Float[Array, "F row"]:
    forts, degree = size
    front = 2.0 * fort / forts - 1.0
    row = [jnp.ones_like(front), front]
    for _ in range(degree - 1):
        row.append(2.0 * front * row[-1] - row[-2])
    return jnp.stack(row[: degree + 1])


@jax.jit
def _rounds(refused: Float[Array, "side row"], precision: Float[Array, ""]) -> tuple[Round, Round]:
    """Return the rounds in which A and B propose."""
    rows = refused.shape[1]
    both = offer_round(refused.reshape(-1), refused[::-1].reshape(-1), precision)
    return tuple(Round(*(part[..., at : at + rows] for part in both)) for at in (0, rows))  # type: ignore[return-value]


@jax.jit(static_argnums=4)
def _moments(
    coefficients: Float[Array, "side F"],
    fort: Array,
    won: Array,
    numbers: Numbers,
    size: tuple[int, int],
) -> Moments:
    def battle(carry: tuple, hit: Array) -> tuple[tuple, None]:
        place, fought, noise = carry
        on = ((place > 0) & (place < size[0])).astype(jnp.float32)
        step = on * (2.0 * hit - 1.0)
        return (place + step, fought + on, noise + on * (hit - numbers.win)), None

    none = jnp.zeros(fort.shape, jnp.float32)
    begin = (fort.astype(jnp.float32), none, none)
    then, fought, noise = jax.lax.scan(battle, begin, won.astype(jnp.float32))[0]
    now, after = _features(fort, size), _features(then, size)
    gets, stays = _of_sides(_rounds(coefficients @ after, numbers.precision), numbers.proposes)
    inside = ((then > 0) & (then < size[0])).astype(jnp.float32)
    ends = jnp.stack([then == size[0], then == 0]).astype(jnp.float32)
    reward = inside * gets + ends - numbers.costs[:, None] * fought
    rows = jnp.concatenate([now, now * noise])
    following = after[None] * (inside * stays)[:, None]
    return moments_of(
        jnp.broadcast_to(rows, (2, *rows.shape)),
        jnp.concatenate([following, jnp.zeros_like(following)], axis=1),
        reward,
        jnp.ones_like(reward),
    )


def _of_sides(
    made: tuple[Round, Round], proposes: Float[Array, "side"]
) -> tuple[Float[Array, "side row"], Float[Array, "side row"]]:
    """Return what each side gets and its odds of going on, over who proposes."""
    gets, stays = [], []
    for side in (0, 1):
        own, others = made[side], made[1 - side]
        gets.append(proposes[side] * (own.signs - own.share) + proposes[1 - side] * others.gain)
        stays.append(1.0 - proposes[side] * own.signs)
    return jnp.stack(gets), jnp.stack(stays)
