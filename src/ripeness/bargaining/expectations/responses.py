"""How a side responds to what it expects: answers, choices and unilateral acts, and what they reveal.

    answer      P(accept) = 1 / (1 + exp(-l (value of accepting - value of refusing)))
    choice      P(j) = w_j exp(l Q_j) / sum_k w_k exp(l Q_k)        w: prior weights, adding to one
    hazard      P(act within m years) = 1 - exp(-rho m exp(l gain))
    belief      b'(k) proportional to b(k) P(what was seen | type k)

All are logit rules with a prior (Matejka and McKay 2015, "Rational inattention to discrete choices",
American Economic Review 105): splitting an item into copies that share its weight changes nothing, and the
hazard of an act does not depend on the length of the month. l, the precision, is in one over shares of
the stakes.

Refusing an offer reveals something, and what it reveals is worth something: the value of refusing depends
on the belief after the refusal, which depends on the odds of accepting. ``answer`` solves that fixed point
by damped iteration. A side's private type is one of a few atoms; the public belief about it is one weight
per atom. Arrays carry the world axis last; ``item`` counts offers, ``atom`` the types of one side.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

LARGEST_EXPONENT = 30.0
"""Exponents are cut here, far beyond any odds that matter."""

SMALLEST_ODDS = 1e-9
"""Odds are kept this far from 0 and 1, so that no belief divides by nothing."""

DAMPING = 0.5
"""Share of the new odds in each sweep of the fixed point of ``answer``, unless told otherwise."""


class Answer(NamedTuple):
    """What the responder does with each offer, and what its refusal would reveal."""

    odds: Float[Array, "item atom world"]  # of accepting, by the responder's type
    expected: Float[Array, "item world"]  # of accepting, as the belief has it
    after_refusal: Float[Array, "item atom world"]  # belief about the responder


def answer(
    accept: Float[Array, "item atom world"],
    refuse: Callable[[Float[Array, "item atom world"]], Float[Array, "item atom world"]],
    belief: Float[Array, "atom world"],
    precision: Float[Array, "..."],
    sweeps: int = 2,
    start: Float[Array, "item atom world"] | None = None,
    damping: float = DAMPING,
) -> Answer:
    """Return the answers to all offers.

    Args:
        accept: value to each type of accepting each offer, shares of the stakes.
        refuse: value to each type of refusing each offer, given the belief after the refusal.
        belief: public belief about the responder's type, adding to one over atoms.
        precision: of the logit rule, per share of the stakes.
        sweeps: damped sweeps of the fixed point; 0 takes the belief as unmoved by a refusal.
        start: odds to start from; None starts from those of an unmoved belief.
        damping: share of the new odds taken in each sweep; smaller where the precision is so high that
            the belief answers steeply to the odds.
    """
    prior = belief[None]

    def odds_given(after: Array) -> Array:
        return sigmoid(precision * (accept - refuse(after)))

    def sweep(_: int | Array, odds: Array) -> Array:
        new = odds_given(updated(prior, 1.0 - odds))
        return odds + damping * (new - odds)

    odds = odds_given(jnp.broadcast_to(prior, accept.shape)) if start is None else start
    odds = jax.lax.fori_loop(0, sweeps, sweep, odds) if sweeps > 2 else _few(sweep, odds, sweeps)
    after = updated(prior, 1.0 - odds)
    return Answer(odds, added(prior * odds, -2), after)


def _few(sweep: Callable[[int, Array], Array], odds: Array, sweeps: int) -> Array:
    for number in range(sweeps):
        odds = sweep(number, odds)
    return odds


def choice(
    value: Float[Array, "item *#rest"],
    weight: Float[Array, "item *#rest"],
    precision: Float[Array, "..."],
) -> Float[Array, "item ..."]:
    """Return the odds of choosing each item; an item with weight zero is never chosen."""
    exponent = precision * value
    best = jnp.max(jnp.where(weight > 0, exponent, -jnp.inf), axis=0, keepdims=True)
    # An item that cannot be chosen may be worth more than all that can.
    odds = weight * jnp.exp(jnp.clip(exponent - best, -2.0 * LARGEST_EXPONENT, 0.0))
    return odds / added(odds, 0)[None]


def hazard(
    gain: Float[Array, "..."],
    precision: Float[Array, "..."],
    rate: Float[Array, "..."],
    years: float,
) -> Float[Array, "..."]:
    """Return the chance of a unilateral act within so many years, from its gain.

    Args:
        gain: what the act would bring over not acting, shares of the stakes.
        precision: per share of the stakes.
        rate: times a year the act is considered at indifference.
        years: length of the period.
    """
    odds = jnp.exp(jnp.clip(precision * gain, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    return -jnp.expm1(-rate * years * odds)


def updated(
    belief: Float[Array, "... atom world"], likelihood: Float[Array, "... atom world"]
) -> Float[Array, "... atom world"]:
    """Return the belief after something was seen that each type does with this chance (Bayes)."""
    joint = belief * jnp.maximum(likelihood, SMALLEST_ODDS)
    return joint / jnp.expand_dims(added(joint, -2), -2)


def sigmoid(exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """Return the logistic function, cut far out so that no gradient of odds is lost to rounding."""
    return 1.0 / (1.0 + jnp.exp(jnp.clip(-exponent, -LARGEST_EXPONENT, LARGEST_EXPONENT)))


def added(rows: Float[Array, "..."], axis: int) -> Float[Array, "..."]:
    """Return the sum over a short axis, written out.

    A reduction may round otherwise in ensembles of another size, and in some versions of the compiler is
    wrong for wide arrays of three axes; written out it is fused with what makes the rows.
    """
    parts = (jax.lax.index_in_dim(rows, k, axis, keepdims=False) for k in range(rows.shape[axis]))
    return functools.reduce(operator.add, parts)
