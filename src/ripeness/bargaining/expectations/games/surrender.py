"""When to surrender: a costly walk that may be given up before every battle.

Game: a side holds n of N forts, wins a battle with probability p at cost c, has won the prize of 1 at N and
has s with none left. Before each battle it may give up for s. With U(n) the value of one battle more,

    gives up with odds a(n) = 1 / (1 + exp(-l (s - U(n)))),
    U(n) = E[-c + prize if n' = N, s if n' = 0, else a(n') s + (1 - a(n')) U(n')].

A play is one battle from every fort (exploring starts), its rows are regressed on the fort; the luck of the
battle, won - p, is known to have mean zero and enters as a control variate of each fort.

Source: textbook optimal stopping (``ripeness.classics.surrender_time``).
"""

from __future__ import annotations

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.responses import sigmoid
from ripeness.bargaining.expectations.solver import Played


@dataclass(frozen=True)
class Surrender:
    """The game.

    Attributes:
        win: chance to win a battle, 0 to 1.
        forts: number of forts N, 2 or more.
        cost: of a battle, share of the prize.
        surrender_value: s, what is left after giving up, share of the prize.
        precision: of the logit rule.
        plays: battles a sweep from each fort.
        seed: of the battles' luck.
    """

    win: float
    forts: int
    cost: float
    surrender_value: float
    precision: float
    plays: int
    seed: int

    heads = ("fight on",)
    groups = ((0,),)

    @property
    def features(self) -> int:
        """One per fort between the ends."""
        return self.forts - 1

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Fight one battle from each fort, ``plays`` times; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        won = luck.random((self.features, self.plays)) < self.win
        fort = np.repeat(np.arange(1, self.forts)[:, None], self.plays, axis=1)
        numbers = (self.win, self.cost, self.surrender_value, self.precision)
        moments = _moments(
            jnp.asarray(coefficients[0], jnp.float32),
            jnp.asarray(fort.reshape(-1)),
            jnp.asarray(won.reshape(-1)),
            jnp.asarray(numbers, jnp.float32),
        )
        return Played(moments.on_host(), {}, float(np.abs(coefficients).max()))

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the odds of giving up with 1 .. N-1 forts."""
        gain = self.surrender_value - jnp.asarray(coefficients[0], jnp.float32)
        return np.asarray(sigmoid(self.precision * gain))

    def values(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the value with 0 .. N forts, before the choice."""
        quits = self.rules(coefficients)
        inner = quits * self.surrender_value + (1.0 - quits) * coefficients[0]
        return np.concatenate([[self.surrender_value], inner, [1.0]])


@jax.jit
def _moments(
    fight_on: Float[Array, "fort"],
    fort: Int[Array, "row"],
    won: Bool[Array, "row"],
    numbers: Float[Array, "4"],
) -> Moments:
    win, cost, surrender_value, precision = numbers
    inner = len(fight_on)
    then = fort + 2 * won - 1
    inside = ((then > 0) & (then <= inner)).astype(jnp.float32)
    stays = (
        inside
        * (1.0 - sigmoid(precision * (surrender_value - fight_on)))[
            jnp.clip(then - 1, 0, inner - 1)
        ]
    )
    gets = jnp.where(then > inner, 1.0, (1.0 - stays) * surrender_value)
    now = jax.nn.one_hot(fort - 1, inner).T
    noise = now * (won.astype(jnp.float32) - win)
    following = jnp.concatenate([jax.nn.one_hot(then - 1, inner).T * stays, jnp.zeros_like(noise)])
    return moments_of(
        jnp.concatenate([now, noise])[None],
        following[None],
        (gets - cost)[None],
        jnp.ones_like(gets)[None],
    )
