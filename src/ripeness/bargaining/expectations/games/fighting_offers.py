"""Alternating offers while a walk over forts is fought, both sides known (Slantchev 2003).

Game: a prize that yields a flow of 1; side 1 holds k of N forts. The sides alternate in proposing; an
agreement divides the flow for ever; a refusal brings one battle, in which they receive b_1 and b_2 instead,
and k moves to k + 1 with probability p, to k - 1 otherwise; 1 has won at N, 2 at 0. With values multiplied
by 1 - d, U_i(k, m) what refusing m's offer at k is worth to i, and s(k, m), x_i(k, m) the odds of agreement
and i's share times those odds in a round of offers (``offers``):

    U_i(k, m) = E[(1-d) b_i + d V_i(k', m')],   V_i = x_i + (1 - s) U_i,   m' the other side,

the end values at k' = 0, N. A play is one battle after a refusal from every (k, m): exploring starts, the
row's only feature being where it starts; the luck of the battle is a control variate of each start. For
l (1-d) (1 - b_1 - b_2) >> 1 the terms are those of the subgame-perfect equilibrium.

Source: B. Slantchev, American Political Science Review 97 (2003), 621-632 (``slantchev_complete``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from ripeness.bargaining.expectations.games.offers import offer_round
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.solver import Played


class Rounds(NamedTuple):
    """What the rounds of offers come to; the last axis is the fort, 1 .. N-1."""

    agrees: Float[Array, "proposer fort"]  # odds
    own: Float[Array, "proposer fort"]  # the proposer's share, times those odds
    gain: Float[Array, "proposer fort"]  # what the round brings the responder over refusing


@dataclass(frozen=True)
class FightingOffers:
    """The game.

    Attributes:
        win: chance p that side 1 wins a battle.
        forts: number of forts N, 2 or more.
        discount: discount factor per battle, below 1.
        flows: what sides 1 and 2 receive in a period of war; together below 1.
        precision: of both sides' logit rules.
        plays: battles a sweep from each start.
        seed: of the battles' luck.
    """

    win: float
    forts: int
    discount: float
    flows: tuple[float, float]
    precision: float
    plays: int
    seed: int

    heads = ("side 1", "side 2")
    groups = ((0,), (1,))

    @property
    def features(self) -> int:
        """One per proposer and fort between the ends."""
        return 2 * (self.forts - 1)

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Fight one battle from each start, ``plays`` times; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        won = luck.random((2, self.forts - 1, self.plays)) < self.win
        refused = self._values(coefficients)
        moments = _moments(refused, jnp.asarray(won), self._numbers())
        agrees = _rounds(refused, self._numbers()[-1]).agrees
        return Played(moments.on_host(), {"agrees": float(agrees.mean())}, float(refused.max()))

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return odds of agreement and proposers' shares times them, ``(2, proposer, fort)``."""
        made = _rounds(self._values(coefficients), self._numbers()[-1])
        return np.stack([made.agrees, made.own])

    def accepted(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the proposer's mean share in agreements, ``(proposer, fort)``."""
        agrees, own = self.rules(coefficients)
        return own / agrees

    def _values(self, coefficients: np.ndarray) -> Float[Array, "side proposer fort"]:
        return jnp.asarray(coefficients, jnp.float32).reshape(2, 2, self.forts - 1)

    def _numbers(self) -> Float[Array, "5"]:
        numbers = (self.win, self.discount, *self.flows, self.precision)
        return jnp.asarray(numbers, jnp.float32)


@jax.jit
def _rounds(refused: Float[Array, "side proposer fort"], precision: Float[Array, ""]) -> Rounds:
    own, shape = jnp.stack([refused[0, 0], refused[1, 1]]), refused.shape[1:]
    others = jnp.stack([refused[1, 0], refused[0, 1]])
    made = offer_round(own.reshape(-1), others.reshape(-1), precision)
    parts = (made.signs, made.signs - made.share, made.gain)
    return Rounds(*(part.reshape(shape) for part in parts))


@jax.jit
def _moments(
    refused: Float[Array, "side proposer fort"],
    won: Bool[Array, "proposer fort play"],
    numbers: Float[Array, "5"],
) -> Moments:
    win, discount, flow_1, flow_2, precision = numbers
    inner = won.shape[1]
    gets, stays = _of_sides(_rounds(refused, precision))
    proposer, fort, _ = jnp.indices(won.shape).reshape(3, -1)
    hit = won.reshape(-1)
    then, other = (
        fort + 2 * hit,
        1 - proposer,
    )  # ``then`` in 0 .. N, while ``fort`` counts from fort 1
    start, count = proposer * inner + fort, 2 * inner
    after = other * inner + jnp.clip(then - 1, 0, inner - 1)
    now = jax.nn.one_hot(start, count).T
    noise = now * (hit.astype(jnp.float32) - win)
    following = jax.nn.one_hot(after, count).T * (discount * stays[:, other, then])[:, None]
    flow = jnp.stack([flow_1, flow_2])[:, None]
    reward = (1.0 - discount) * flow + discount * gets[:, other, then]
    rows = jnp.concatenate([now, noise])
    return moments_of(
        jnp.broadcast_to(rows, (2, *rows.shape)),
        jnp.concatenate([following, jnp.zeros_like(following)], axis=1),
        reward,
        jnp.ones_like(reward),
    )


def _of_sides(made: Rounds) -> tuple[Array, Array]:
    """Return what each side gets and its odds of going on, ``(side, proposer, 0 .. N)``."""
    proposes = jnp.eye(2)[:, :, None]  # (side, proposer, 1)
    gets = proposes * made.own + (1.0 - proposes) * made.gain
    stays = proposes * (1.0 - made.agrees) + (1.0 - proposes)
    ends = jnp.broadcast_to(jnp.eye(2)[:, None], (2, 2, 2))  # (side, proposer, won by side 2 or 1)
    gets = jnp.concatenate([ends[::-1, :, :1], gets, ends[::-1, :, 1:]], axis=2)
    return gets, jnp.pad(stays, ((0, 0), (0, 0), (1, 1)))
