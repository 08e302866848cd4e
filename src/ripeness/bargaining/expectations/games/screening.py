"""One offer to an opponent whose strength or cost is private (Fearon 1995).

Game: A offers B the share y of a prize of 1; B accepts, or fights a war that A wins with probability p_k
and that costs B c_k, A c_A. B knows its type k; A knows how often each occurs. What a war is worth is not
given to the sides, it is regressed on the type from wars that were fought:

    W_A, W_B = regression of (won - c_A, 1 - won - c_k) on 1, p_k, c_k,    control variate: won - p_k,
    B accepts y with odds 1 / (1 + exp(-l (y - W_B(k)))),
    A gets (1 - y) P(accept) + E[W_A(k) | refused] P(refuse),              by Bayes on the types.

Offers are adaptive: those that A expects to be accepted with given odds. A continuum of types is many atoms
of equal share, at the middles of as many quantiles.

Source: J. D. Fearon, International Organization 49 (1995), pp. 410-411 (``fearon_screening``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations import responses
from ripeness.bargaining.expectations.games.offers import terms_with_odds
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.solver import Played


class Offers(NamedTuple):
    """What A offers, and what B does with it."""

    terms: Float[Array, "item"]  # B's share
    offered: Float[Array, "item"]  # odds
    answers: Float[Array, "item atom"]  # odds of acceptance by type
    accepted: Float[Array, "item"]  # odds of acceptance, as A predicts them


@dataclass(frozen=True)
class Screening:
    """The game.

    Attributes:
        win: ``(atom,)`` chance that A wins the war against each type.
        cost: ``(atom,)`` B's cost of war by type, share of the prize.
        share: ``(atom,)`` how often each type occurs; they add to 1.
        own_cost: A's cost of war.
        offers: number of offers A weighs, at evenly spaced odds of acceptance.
        precision: of both sides' logit rules.
        plays: wars a sweep.
        seed: of types and of the fortunes of war.
    """

    win: Float[np.ndarray, "atom"]
    cost: Float[np.ndarray, "atom"]
    share: Float[np.ndarray, "atom"]
    own_cost: float
    offers: int
    precision: float
    plays: int
    seed: int

    heads = ("war A", "war B")
    groups = ((0,), (1,))
    features = 3

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Fight wars against drawn types; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        atom = luck.choice(len(self.share), size=self.plays, p=self.share)
        won = luck.random(self.plays) < self.win[atom]
        moments = _moments(
            jnp.asarray(self._types()),
            jnp.asarray(atom),
            jnp.asarray(won),
            jnp.asarray(self.own_cost, jnp.float32),
        )
        return Played(moments.on_host(), {"war": self.war(coefficients)})

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the odds that each type refuses, given what A offers."""
        made = self.offers_of(coefficients)
        return np.asarray(1.0 - jnp.sum(made.offered[:, None] * made.answers, axis=0))

    def war(self, coefficients: np.ndarray) -> float:
        """Return the odds of war."""
        return float(self.rules(coefficients) @ self.share)

    def demand(self, coefficients: np.ndarray) -> float:
        """Return A's mean demand, 1 - y."""
        made = self.offers_of(coefficients)
        return float(1.0 - made.offered @ made.terms)

    def offers_of(self, coefficients: np.ndarray) -> Offers:
        """Return the offers and the answers to them."""
        numbers = jnp.asarray(self.precision, jnp.float32)
        types, share = jnp.asarray(self._types()), jnp.asarray(self.share, jnp.float32)
        return _offers(jnp.asarray(coefficients, jnp.float32), types, share, numbers, self.offers)

    def _types(self) -> Float[np.ndarray, "3 atom"]:
        return np.stack([np.ones_like(self.win), self.win, self.cost]).astype(np.float32)


@jax.jit
def _moments(
    types: Float[Array, "3 atom"],
    atom: Int[Array, "row"],
    won: Bool[Array, "row"],
    own_cost: Float[Array, ""],
) -> Moments:
    seen = types[:, atom]
    noise = won.astype(jnp.float32) - seen[1]
    feature = jnp.concatenate([seen, noise[None]])
    reward = jnp.stack([won - own_cost, 1.0 - won - seen[2]])
    both = jnp.broadcast_to(feature, (2, *feature.shape))
    return moments_of(both, jnp.zeros_like(both), reward, jnp.ones_like(reward))


@jax.jit(static_argnums=4)
def _offers(
    coefficients: Float[Array, "2 3"],
    types: Float[Array, "3 atom"],
    share: Float[Array, "atom"],
    precision: Float[Array, ""],
    offers: int,
) -> Offers:
    war_a, war_b = coefficients @ types

    def answers(terms: Array) -> responses.Answer:
        accept = jnp.broadcast_to(terms[:, None], (len(terms), len(share), 1))
        refuse = lambda after: jnp.broadcast_to(war_b[:, None], after.shape)  # noqa: E731
        return responses.answer(accept, refuse, share[:, None], precision, sweeps=0)

    targets = (jnp.arange(offers) + 0.5) / offers
    terms = terms_with_odds(targets, lambda y: answers(y).expected, 1)
    replies = answers(terms)
    accepted = replies.expected[:, 0]
    after_war = jnp.sum(replies.after_refusal[:, :, 0] * war_a, axis=1)
    value = accepted * (1.0 - terms[:, 0]) + (1.0 - accepted) * after_war
    offered = responses.choice(value, jnp.full_like(value, 1.0 / offers), precision)
    return Offers(terms[:, 0], offered, replies.odds[:, :, 0], accepted)
