"""Bargaining while fighting with a private cost: screening over time (after Powell 2004).

Game: S offers D a share x each round; D accepts, or a part of a round is fought in which S collapses with
chance k p, D with k (1 - p); the other then has everything. Fighting to the finish costs D its private cost
c, S sigma. With the price P = p - x, D's gain over fighting to the finish is c - P from an agreement, S's
is P + sigma; both count beta = 1 - k per refusal, and fighting to the finish is the baseline of both values.
With b the public belief about c, mu its mean, U_D(c, mu) and U_S(mu) the gains after a refusal, o_j(c) the
odds that offer j is accepted, o_j their mean under b, mu_j after a refusal of j, j chosen by the logit rule,

    U_D(c, mu) = beta E_j[o_j(c) (c - P_j) + (1 - o_j(c)) U_D(c, mu_j)],
    U_S(mu)    = beta E_j[o_j (P_j + sigma) + (1 - o_j) U_S(mu_j)],

regressed on mu times piecewise linear functions of ln mu and, for D, of c / mu. Types are many atoms; the
whole belief is carried, only its mean is a feature. Plays start from beliefs whose upper part has left
(histories of refused offers: types are consistent with them) and go on for a few refusals.

Offers are adaptive: each makes some type t just willing, t the quantile of the belief above which a given
share is expected to accept. For a given t the belief after a refusal hardly moves with the price, and
P = t - U_D(t, mu_j) is found in a few rounds; for a given price the answers' fixed point cycles when beta
is near 1.

Sharp for l (1 - beta) c >> 1; a continuum is like many atoms if 1 / (l (1 - beta)) is not below their
spacing. Iterate long: an error shrinks by about r beta a sweep (r: who fights on), and a bias of the
regression is amplified by 1 / (1 - r beta). Equilibrium is a choice where the smallest gain from peace,
sigma plus the least c, is 0: one knot in ln mu makes all values proportional to mu, which is the stationary
equilibrium of the source. The least positive gain makes the talks end in finite time, and the offers jump.

Source: special case in the sense of R. Powell, American Journal of Political Science 48 (2004), 344-361
(``powell_private_cost``: the durable-goods monopoly).
"""

from __future__ import annotations

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ripeness.bargaining.expectations.games import private_cost_rounds as rounds
from ripeness.bargaining.expectations.solver import Played

RELATIVE = (
    *(0.0, 0.5, 1.0, 1.3, 1.5, 1.6, 1.7, 1.75, 1.8, 1.85, 1.9, 1.95),
    *(2.0, 2.05, 2.1, 2.2, 2.4),
)
"""Knots in c / mu: denser about 2, the top of a uniform belief, where offers cut."""

TARGETS = (*(float(((number + 0.5) / 24) ** 1.5) for number in range(24)), 0.999)
"""Odds of acceptance at which S weighs offers: denser near none, for frequent offers concede little;
the last buys off everybody."""

PROBES = (1.0, 0.7, 0.4)
"""Beliefs, cut at these shares of the range of costs, whose offers must stop changing."""


@dataclass(frozen=True)
class Outcome:
    """How the war goes.

    Attributes:
        offers: mean share offered to D in each offer.
        left: share of D's types that have refused it and all before.
        battles: mean rounds of fighting (not of offers).
        collapse: odds that the war ends in a collapse.
    """

    offers: Float[np.ndarray, "offer"]
    left: Float[np.ndarray, "offer"]
    battles: float
    collapse: float


@dataclass(frozen=True)
class PrivateCost:
    """The game.

    Attributes:
        collapse_s: chance that S collapses in a round of fighting.
        collapse_d: chance that D does; together below 1.
        offers_per_round: m, offers per round of fighting.
        cost: ``(atom,)`` D's possible costs of a fight to the finish, rising, shares of the prize.
        share: ``(atom,)`` how often each occurs; they add to 1.
        own_cost: sigma, S's cost of a fight to the finish.
        precision: of both sides' logit rules.
        knots: number of knots in ln mu; 1: values are proportional to mu.
        plays: histories a sweep.
        length: refusals in each.
        seed: of histories and offers made.
        targets: odds of acceptance at which S weighs offers.
        relative: knots in c / mu.
    """

    collapse_s: float
    collapse_d: float
    offers_per_round: float
    cost: Float[np.ndarray, "atom"]
    share: Float[np.ndarray, "atom"]
    own_cost: float
    precision: float
    knots: int
    plays: int
    length: int
    seed: int
    targets: tuple[float, ...] = TARGETS
    relative: tuple[float, ...] = RELATIVE

    heads = ("D", "S")
    groups = ((0,), (1,))

    @property
    def features(self) -> int:
        """Knots in the mean cost, times functions of the relative cost."""
        return self.knots * (len(self.relative) + 1)

    @property
    def power(self) -> float:
        """D's chance p to win a fight to the finish."""
        return self.collapse_s / (self.collapse_s + self.collapse_d)

    @property
    def beta(self) -> float:
        """Chance that what is fought after a refusal does not end in a collapse."""
        return (1.0 - self.collapse_s - self.collapse_d) ** (1.0 / self.offers_per_round)

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Play on from histories of refused offers; stream: (seed, sweep)."""
        luck = np.random.default_rng((self.seed, sweep))
        rank = (np.arange(self.plays) + luck.random(self.plays)) / self.plays
        top = self.cost[0] * (self.cost[-1] / self.cost[0]) ** rank
        dice = luck.random((self.length, self.plays), dtype=np.float32)
        moments, signs = rounds.play(
            jnp.asarray(coefficients, jnp.float32),
            jnp.asarray(self.below(top), jnp.float32),
            jnp.asarray(dice),
            self.numbers(),
        )
        return Played(moments.on_host(), {"signs": float(signs)})

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return odds of acceptance, and mean price as a share of the top, ``(2, belief)``."""
        low, high, probes = self.cost[0], self.cost[-1], np.asarray(PROBES)
        top = low + (high - low) * probes
        belief = jnp.asarray(self.below(top), jnp.float32)
        found = rounds.summary(jnp.asarray(coefficients, jnp.float32), belief, self.numbers())
        return np.stack([found[0], found[1] / top])

    def outcome(self, coefficients: np.ndarray, *, plays: int, length: int) -> Outcome:
        """Return what happens in so many offers, as means over the offers S makes.

        Stream: (seed, 0, 1), stratified over plays. The chances of answers and collapses are summed.
        """
        luck = np.random.default_rng((self.seed, 0, 1))
        strata = luck.permuted(np.tile(np.arange(plays), (length, 1)), axis=1)
        dice = ((strata + luck.random((length, plays))) / plays).astype(np.float32)
        prior = np.repeat(self.share[:, None], plays, axis=1)
        price, left = rounds.follow(
            jnp.asarray(coefficients, jnp.float32),
            jnp.asarray(prior, jnp.float32),
            jnp.asarray(dice),
            self.numbers(),
        )
        share = np.asarray(left, dtype=np.float64).mean(axis=1)
        fought = float(share @ self.beta ** np.arange(length))
        return Outcome(
            offers=self.power - np.asarray(price, dtype=np.float64).mean(axis=1),
            left=share,
            battles=fought / self.offers_per_round,
            collapse=(1.0 - self.beta) * fought,
        )

    def below(self, top: Float[np.ndarray, "world"]) -> Float[np.ndarray, "atom world"]:
        """Return the beliefs when the types above ``top`` have left; the lowest never does."""
        belief = self.share[:, None] * (self.cost[:, None] <= top)
        belief[0] = self.share[0]
        return belief / belief.sum(axis=0)

    def numbers(self) -> rounds.Numbers:
        """Return the parameters as arrays."""
        mean = float(self.cost @ self.share)
        parts = (
            self.cost,
            np.linspace(np.log(self.cost[0]), np.log(mean), self.knots),
            self.relative,
            self.targets,
            self.beta,
            self.own_cost,
            self.precision,
        )
        return rounds.Numbers(*(jnp.asarray(part, jnp.float32) for part in parts))
