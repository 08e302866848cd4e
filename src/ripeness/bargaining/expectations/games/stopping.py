"""When to stop, learnt from paths: the put that may be exercised early (Longstaff and Schwartz 2001).

Problem: a put pays K - S if exercised at price S, at any of the dates 1 .. T; d discounts from date to date.
With C_t(S) the value of waiting at date t, l the precision of the logit rule, in one over the strike,

    exercises with odds a_t = 1 / (1 + exp(-l (K - S_t - C_t(S_t)) / K))     where that pays, else 0,
    G_t = a_t (K - S_t) + (1 - a_t) d G_{t+1},    G_T = max(K - S_T, 0),
    C_t = regression of d G_{t+1} on 1, u, .., u^degree, u = (S_t - K) / (width K), where exercise pays.

Each date has a head of its own; returns are whole, so there is nothing to bootstrap. The method of the
source goes backward once over the dates; here all dates are regressed at once under the rules of the last
sweep, and that iteration has the same fixed point when the paths are the same in every sweep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.responses import sigmoid
from ripeness.bargaining.expectations.solver import Played


def given(prices: Float[np.ndarray, "date path"]) -> Callable[[int], np.ndarray]:
    """Return the same paths for every sweep."""
    return lambda sweep: prices


@dataclass(frozen=True)
class GeometricPaths:
    """Prices that follow a geometric Brownian motion, each path with its mirror image.

    Attributes:
        spot: price at date 0.
        rate: continuous interest a date.
        volatility: of the log price, per square root of a date.
        dates: number of dates after date 0.
        pairs: number of paths and of mirror images.
        seed: of the prices; stream (seed, sweep).
    """

    spot: float
    rate: float
    volatility: float
    dates: int
    pairs: int
    seed: int

    def __call__(self, sweep: int) -> Float[np.ndarray, "date path"]:
        """Return fresh prices from date 0 on."""
        luck = np.random.default_rng((self.seed, sweep))
        draws = luck.standard_normal((self.dates, self.pairs), dtype=np.float32)
        move = np.cumsum(np.concatenate([draws, -draws], axis=1), axis=0) * self.volatility
        drift = (self.rate - 0.5 * self.volatility**2) * np.arange(1, self.dates + 1)[:, None]
        start = np.full((1, 2 * self.pairs), self.spot)
        return np.concatenate([start, self.spot * np.exp(move + drift)])


@dataclass(frozen=True)
class Stopping:
    """The problem.

    Attributes:
        prices: sweep -> ``(date, path)`` prices, date 0 first.
        dates: number of dates after date 0.
        strike: K, in the unit of the prices.
        discount: from date to date.
        degree: of the polynomial in the price.
        width: scale of the price in the polynomial, share of the strike.
        precision: of the logit rule, per strike.
    """

    prices: Callable[[int], Float[np.ndarray, "date path"]]
    dates: int
    strike: float
    discount: float
    degree: int
    width: float
    precision: float

    @property
    def heads(self) -> tuple[str, ...]:
        """The value of waiting at dates 1 .. T-1."""
        return tuple(f"date {date}" for date in range(1, self.dates))

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """No head shares strength."""
        return tuple((head,) for head in range(self.dates - 1))

    @property
    def features(self) -> int:
        """Powers of the price."""
        return self.degree + 1

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Follow fresh paths; the shares hold their value and that of the last date alone."""
        prices = jnp.asarray(self.prices(sweep)[1:], jnp.float32)
        numbers = (self.strike, self.discount, self.width, self.precision)
        moments, value, last = _played(
            jnp.asarray(coefficients, jnp.float32), prices, jnp.asarray(numbers, jnp.float32)
        )
        shares = {"value": float(value), "last date only": float(last)}
        return Played(moments.on_host(), shares)

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the odds of exercise at each date at three prices below the strike."""
        below = jnp.asarray([0.95, 0.85, 0.75]) * self.strike
        prices = jnp.broadcast_to(below, (self.dates - 1, 3)).astype(jnp.float32)
        numbers = jnp.asarray((self.strike, self.discount, self.width, self.precision))
        return np.asarray(_stops(jnp.asarray(coefficients, jnp.float32), prices, numbers)[0])


def _stops(
    coefficients: Float[Array, "date power"],
    prices: Float[Array, "date path"],
    numbers: Float[Array, "4"],
) -> tuple[Float[Array, "date path"], Float[Array, "date power path"]]:
    """Return the odds of exercise and the features."""
    strike, _, width, precision = numbers
    scaled = (prices - strike) / (width * strike)
    feature = jnp.stack([scaled**power for power in range(coefficients.shape[1])], axis=1)
    waiting = jnp.einsum("dfp,df->dp", feature, coefficients)
    odds = sigmoid(precision * (strike - prices - waiting) / strike)
    return jnp.where(prices < strike, odds, 0.0), feature


@jax.jit
def _played(
    coefficients: Float[Array, "date power"],
    prices: Float[Array, "last path"],
    numbers: Float[Array, "4"],
) -> tuple[Moments, Float[Array, ""], Float[Array, ""]]:
    strike, discount = numbers[:2]
    pays = jnp.maximum(strike - prices, 0.0)
    odds, feature = _stops(coefficients, prices[:-1], numbers)

    def back(later: Array, date: tuple[Array, Array]) -> tuple[Array, Array]:
        stop, payoff = date
        waits = discount * later
        return stop * payoff + (1.0 - stop) * waits, waits

    first, returns = jax.lax.scan(back, pays[-1], (odds, pays[:-1]), reverse=True)
    moments = moments_of(
        feature, jnp.zeros_like(feature), returns, (pays[:-1] > 0).astype(jnp.float32)
    )
    return moments, discount * first.mean(), discount ** len(prices) * pays[-1].mean()
