"""A round of offers between sides that know each other's type.

The proposer makes no offer, or offers the responder a share x of the flow from now to the next round. If it
is accepted, the sides get

    proposer: flow (1 - x) + later_p,        responder: flow x + later_r,

else what refusing is worth to them. The terms offered are adaptive: those at which the responder accepts
with given odds q under the logit rule of precision l,

    x(q) = [refuse_r - later_r + ln(q / (1 - q)) / l] / flow,    cut to [0, 1],

so that the range is met however narrow it is. Adaptive terms follow the responder's own expectation, so what
it gets tells nothing new: regressed on agreements, its value moves by one round a sweep. Write it instead as
refusing and what the round brings over refusing, ``gain``, which hardly depends on the level:

    V_r = refuse_r + gain,      V_p = signs (proposer's share) + (1 - signs) refuse_p,

the first on histories in which the talks go on failing; the regression then solves the whole horizon at
once. The surplus of one round times the precision must be much larger than one, or noise, not interest,
decides how long it takes; and what noise leaves the responder in each round, about ln(l surplus) / l, adds
up over the rounds that it could go on refusing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations import responses

TARGETS = (0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
"""Odds of acceptance at which terms are offered: from a try-on to what is hardly ever refused."""

HALVINGS = 22
"""Bisections of the terms: the spacing of single precision."""

Value = Float[Array, "world"]


class Round(NamedTuple):
    """What a round of offers comes to, before chance decides."""

    terms: Float[Array, "item world"]  # the responder's share in each offer
    offered: Float[Array, "item world"]  # odds that it is made; the rest: no offer
    accepted: Float[Array, "item world"]  # odds that it is then accepted
    signs: Float[Array, "world"]  # odds that the round ends in agreement
    share: Float[Array, "world"]  # the responder's mean share, times those odds
    gain: Float[Array, "world"]  # what the round brings the responder over refusing

    def mean_terms(self) -> Float[Array, "world"]:
        """Return the responder's mean share in agreements."""
        return self.share / jnp.maximum(self.signs, responses.SMALLEST_ODDS)


def atoms_of_uniform(
    low: float, high: float, atoms: int
) -> tuple[Float[np.ndarray, "atom"], Float[np.ndarray, "atom"]]:
    """Return types that stand for a uniform distribution, at the middles of quantiles, and shares."""
    middle = (np.arange(atoms) + 0.5) / atoms
    return low + (high - low) * middle, np.full(atoms, 1.0 / atoms)


def terms_at(
    targets: Sequence[float] | Float[Array, "item"],
    gap: Float[Array, "*rest"],
    precision: Float[Array, ""],
    flow: float | Float[Array, ""] = 1.0,
    limits: tuple[float, float] = (0.0, 1.0),
) -> Float[Array, "item *rest"]:
    """Return the responder's share at which a known type accepts with given odds.

    Args:
        targets: odds of acceptance, above 0 and below 1.
        gap: by how much refusing is worth more to the responder than accepting nothing.
        precision: of the logit rule.
        flow: what the whole share is worth until the next round.
        limits: least and largest share; beyond 0 and 1 if there are side payments.
    """
    odds = jnp.asarray(targets, dtype=gap.dtype)
    margin = (jnp.log(odds) - jnp.log1p(-odds)) / precision
    return jnp.clip((gap + margin.reshape(-1, *(1,) * gap.ndim)) / flow, *limits)


def terms_with_odds(
    targets: Float[Array, "item"],
    odds_of: Callable[[Float[Array, "item world"]], Float[Array, "item world"]],
    worlds: int,
) -> Float[Array, "item world"]:
    """Return the responder's share at which the predicted odds of acceptance reach each target.

    Args:
        targets: odds of acceptance. One that no share reaches returns 1, one that any share exceeds 0.
        odds_of: odds that offers of these shares are accepted, never falling in the share.
        worlds: number of worlds.
    """

    def halve(_: int | Array, ends: tuple[Array, Array]) -> tuple[Array, Array]:
        low, high = ends
        middle = 0.5 * (low + high)
        enough = odds_of(middle) >= targets[:, None]
        return jnp.where(enough, low, middle), jnp.where(enough, middle, high)

    zero = jnp.zeros((len(targets), worlds), targets.dtype)
    return jax.lax.fori_loop(0, HALVINGS, halve, (zero, zero + 1.0))[1]


def offer_round(
    refuse_proposer: Value,
    refuse_responder: Value,
    precision: Float[Array, ""],
    *,
    later_proposer: Value | None = None,
    later_responder: Value | None = None,
    flow: float | Float[Array, ""] = 1.0,
    limits: tuple[float, float] = (0.0, 1.0),
    targets: Sequence[float] = TARGETS,
) -> Round:
    """Return what is offered and accepted.

    Args:
        refuse_proposer: its value of no agreement in this round.
        refuse_responder: the responder's.
        precision: of both sides' logit rules, per share of the stakes.
        later_proposer: its value of what comes after an agreement; None: it is final.
        later_responder: the responder's.
        flow: what the whole share is worth until the next round; 1 if an agreement is final.
        limits: least and largest share that can be offered.
        targets: odds of acceptance at which terms are offered.
    """
    none = jnp.zeros_like(refuse_responder)
    after_p = none if later_proposer is None else later_proposer
    after_r = none if later_responder is None else later_responder
    terms = terms_at(targets, refuse_responder - after_r, precision, flow, limits)
    replies = responses.answer(
        (flow * terms + after_r)[:, None],
        lambda after: jnp.broadcast_to(refuse_responder, after.shape),
        jnp.ones_like(none)[None],
        precision,
        sweeps=0,
    )
    accepted = replies.expected
    value = accepted * (flow * (1.0 - terms) + after_p) + (1.0 - accepted) * refuse_proposer
    every = jnp.concatenate([refuse_proposer[None], value])
    offered = responses.choice(every, jnp.full_like(every, 1.0 / len(every)), precision)[1:]
    agreed = offered * accepted
    signs, share = agreed.sum(axis=0), (agreed * terms).sum(axis=0)
    gain = flow * share + signs * (after_r - refuse_responder)
    return Round(terms, offered, accepted, signs, share, gain)
