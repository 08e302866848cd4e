"""War between sides with different priors (after Smith and Stam): optimism burnt away by battle.

Game: a walk over N forts, A holds n at first and wins each battle with probability p, which nobody knows.
A's prior is one Beta, B's another, both known to both. Each round A makes an offer; a refusal costs each
side c_i and brings a battle that both see. Terms are not bounded (side payments); nothing is discounted.

Two priors, one set of worlds: p is drawn from the even mixture q of the two priors, and side i's
expectation is the average over all worlds with weight f_i(p) / q(p), which is at most 2. Weights belong to
worlds and never change; conditional on the battles seen they are i's posterior, so that optimism is
learned away without further code. With U_i(n, k) the value of refusing at n forts after k battles and
s, x_i as in ``offers``,

    U_i(n, k) = E_i[-c_i + x_i(n', k+1) + (1 - s(n', k+1)) U_i(n', k+1)],     U = 1 or 0 at the ends,

regressed on the fort and, for each fort, Chebyshev polynomials in memory / (memory + k). All worlds are
fought to the finish (forced history: off the path of play, but consistent with its p); what would have been
agreed counts by its odds. The luck of a battle less i's mean belief, times the features, is the control
variate. For sharp rules an agreement comes as soon as U_A + U_B <= 1.

Source: special case in the sense of A. Smith and A. Stam, International Studies Review 5(4) (2003) and
J. of Conflict Resolution 48 (2004); the protocol is that of ``ripeness.classics.smith_stam``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float
from scipy import stats

from ripeness.bargaining.expectations.games.offers import Round, offer_round
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.solver import Played

EDGE = 1e-6
"""Draws of p are kept this far from 0 and 1, where a prior's density may be infinite."""


class Numbers(NamedTuple):
    """Parameters as arrays."""

    start: Float[Array, ""]
    cost: Float[Array, "side"]
    prior: Float[Array, "side 2"]
    memory: Float[Array, ""]
    precision: Float[Array, ""]


class Outcome(NamedTuple):
    """What happens under the rules at a true chance."""

    battles: float  # mean number
    collapse: float  # odds that a side loses all its forts


@dataclass(frozen=True)
class UnequalPriors:
    """The game.

    Attributes:
        priors: A's and B's Beta parameters (wins, losses) of A's chance in a battle.
        start: forts that A holds.
        forts: number of forts N.
        costs: of a battle to A and B, shares of the prize.
        precision: of both sides' logit rules.
        degree: of the polynomials in the number of battles.
        memory: battles after which the polynomials' variable is half way.
        longest: battles after which a world is no longer followed.
        plays: worlds a sweep, even.
        seed: of chances and battles.
    """

    priors: tuple[tuple[float, float], tuple[float, float]]
    start: int
    forts: int
    costs: tuple[float, float]
    precision: float
    degree: int
    memory: float
    longest: int
    plays: int
    seed: int

    heads = ("A", "B")
    groups = ((0,), (1,))

    @property
    def features(self) -> int:
        """Polynomials for each fort between the ends."""
        return (self.forts - 1) * (self.degree + 1)

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Fight all worlds to the finish; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        chance, weight = self.worlds(luck)
        won = luck.random((self.longest, self.plays), dtype=np.float32) < chance
        refused = jnp.asarray(coefficients, jnp.float32)
        moments = _moments(
            refused,
            jnp.asarray(won),
            jnp.asarray(weight, jnp.float32),
            self._numbers(),
            (self.forts, self.degree),
        )
        value = self.values(coefficients)
        return Played(moments.on_host(), {"A": value[0], "B": value[1]}, float(np.abs(value).max()))

    def worlds(
        self, luck: np.random.Generator
    ) -> tuple[Float[np.ndarray, "world"], Float[np.ndarray, "side world"]]:
        """Return chances drawn from the mixture of the priors, and each side's weights."""
        half = self.plays // 2
        rank = (np.arange(half) + luck.random((2, half))) / half
        drawn = [stats.beta.ppf(at, *prior) for at, prior in zip(rank, self.priors, strict=True)]
        chance = luck.permutation(np.clip(np.concatenate(drawn), EDGE, 1.0 - EDGE))
        log = np.stack([stats.beta.logpdf(chance, *prior) for prior in self.priors])
        return chance, 2.0 / (1.0 + np.exp(np.minimum(log[::-1] - log, 700.0)))

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the odds of agreement by battles fought and fort, ``(longest + 1, fort)``."""
        return self._rounds(coefficients)[0]

    def values(self, coefficients: np.ndarray) -> tuple[float, float]:
        """Return both sides' own expectations before the first offer."""
        agrees, share, refused = (
            part[..., 0, self.start - 1] for part in self._rounds(coefficients)
        )
        value = np.array([agrees - share, share]) + (1.0 - agrees) * refused
        return float(value[0]), float(value[1])

    def outcome(self, coefficients: np.ndarray, chance: float) -> Outcome:
        """Return what happens when A's chance in a battle is ``chance``; chances are summed."""
        at = np.zeros(self.forts + 1)
        at[self.start] = 1.0
        battles = collapse = 0.0
        for agrees in self.rules(coefficients):
            going = np.zeros(self.forts + 1)
            going[1:-1] = at[1:-1] * (1.0 - agrees)
            battles += going.sum()
            at = chance * np.roll(going, 1) + (1.0 - chance) * np.roll(going, -1)
            collapse += at[0] + at[-1]
        return Outcome(float(battles), float(collapse))

    def _rounds(self, coefficients: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        inner = self.forts - 1
        fought, fort = np.indices((self.longest + 1, inner)).reshape(2, -1)
        made, refused, _ = _agreement(
            jnp.asarray(coefficients, jnp.float32),
            jnp.asarray(fort + 1),
            jnp.asarray(fought, jnp.float32),
            self._numbers(),
            (self.forts, self.degree),
        )
        grid = (self.longest + 1, inner)
        agrees, share = (np.asarray(part).reshape(grid) for part in (made.signs, made.share))
        return agrees, share, np.asarray(refused).reshape(2, *grid)

    def _numbers(self) -> Numbers:
        parts = (float(self.start), self.costs, self.priors, self.memory, self.precision)
        return Numbers(*(jnp.asarray(part, jnp.float32) for part in parts))


def _features(
    fort: Array, fought: Array, memory: Array, size: tuple[int, int]
) -> Float[Array, "F row"]:
    """Return Chebyshev polynomials in the battles fought, in the block of the fort (1 .. N-1)."""
    forts, degree = size
    along = 2.0 * memory / (memory + fought) - 1.0
    row = [jnp.ones_like(along), along]
    for _ in range(degree - 1):
        row.append(2.0 * along * row[-1] - row[-2])
    place = jax.nn.one_hot(fort - 1, forts - 1)
    return (place.T[:, None] * jnp.stack(row[: degree + 1])[None]).reshape(-1, len(fort))


@jax.jit(static_argnums=4)
def _agreement(
    coefficients: Array, fort: Array, fought: Array, numbers: Numbers, size: tuple[int, int]
) -> tuple[Round, Float[Array, "side row"], Float[Array, "F row"]]:
    """Return the round of offers, the values of refusing, and the features."""
    feature = _features(fort, fought, numbers.memory, size)
    refused = coefficients @ feature
    made = offer_round(refused[0], refused[1], numbers.precision, limits=(-jnp.inf, jnp.inf))
    return made, refused, feature


@jax.jit(static_argnums=4)
def _moments(
    coefficients: Float[Array, "side F"],
    won: Array,
    weight: Float[Array, "side world"],
    numbers: Numbers,
    size: tuple[int, int],
) -> Moments:
    forts = size[0]
    heads = len(coefficients)

    def battle(carry: tuple, hit: Array) -> tuple[tuple, None]:
        fort, fought, feature, total = carry
        alive = ((fort > 0) & (fort < forts)).astype(jnp.float32)
        then = jnp.where(alive > 0, fort + 2 * hit - 1, fort)
        made, _, after = _agreement(coefficients, then, fought + 1, numbers, size)
        inside = ((then > 0) & (then < forts)).astype(jnp.float32)
        ends = jnp.stack([then == forts, then == 0]).astype(jnp.float32)
        gets = jnp.stack([made.signs - made.share, made.gain])
        gets = inside * gets + ends - numbers.cost[:, None]
        stays = inside * jnp.stack([1.0 - made.signs, jnp.ones_like(made.signs)])
        noise = feature[None] * (hit - _belief(fort, fought, numbers))[:, None]
        both = jnp.broadcast_to(feature, (heads, *feature.shape))
        following = jnp.concatenate([after[None] * stays[:, None], 0.0 * noise], axis=1)
        rows = jnp.concatenate([both, noise], axis=1)
        total = total + moments_of(rows, following, gets, weight * alive)
        return (then, fought + 1, after, total), None

    worlds = won.shape[1]
    fort = jnp.full(worlds, numbers.start, jnp.float32).astype(jnp.int32)
    fought = jnp.zeros(worlds, jnp.float32)
    first = _features(fort, fought, numbers.memory, size)
    none = _none(heads, 2 * len(first))
    return jax.lax.scan(battle, (fort, fought, first, none), won.astype(jnp.int32))[0][3]


def _belief(fort: Array, fought: Array, numbers: Numbers) -> Float[Array, "side row"]:
    """Return each side's mean chance that A wins the next battle."""
    wins = 0.5 * (fought + fort - numbers.start)
    return (numbers.prior[:, :1] + wins) / (numbers.prior.sum(axis=1)[:, None] + fought)


def _none(heads: int, width: int) -> Moments:
    flat = jnp.zeros((heads, width))
    return Moments(jnp.zeros((heads, width, width)), flat, flat, jnp.zeros(heads))
