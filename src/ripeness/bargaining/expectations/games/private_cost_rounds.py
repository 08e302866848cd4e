"""The arrays of bargaining with a private cost: offers, answers, beliefs and regression rows.

Used by ``private_cost``, where the model is stated. Axes: ``item`` the offers weighed, ``atom`` D's types,
``world`` the histories. Prices are P = p - x; a value is a gain over fighting to the finish.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations import responses
from ripeness.bargaining.expectations.regression import Moments, moments_of

ROUNDS = 4
"""Rounds in which prices and the beliefs after a refusal find each other."""

Belief = Float[Array, "atom world"]


class Numbers(NamedTuple):
    """Parameters as arrays."""

    cost: Float[Array, "atom"]
    knots: Float[Array, "knot"]  # in ln mu
    relative: Float[Array, "relative"]  # knots in c / mu
    targets: Float[Array, "item"]  # odds of acceptance of the offers
    beta: Float[Array, ""]
    own_cost: Float[Array, ""]
    precision: Float[Array, ""]


class Offers(NamedTuple):
    """What S offers and what comes of it."""

    price: Float[Array, "item world"]
    answers: Float[Array, "item atom world"]  # odds of acceptance by type
    accepted: Float[Array, "item world"]  # as S predicts them
    after: Float[Array, "item atom world"]  # belief after a refusal
    offered: Float[Array, "item world"]  # odds that S makes the offer


def hats(value: Float[Array, "*rest"], knot: Float[Array, "knot"]) -> Float[Array, "knot *rest"]:
    """Return piecewise linear functions that are 1 at their knot, 0 at others; one knot: 1."""
    if len(knot) == 1:
        return jnp.ones_like(value)[None]
    inside = jnp.clip(value, knot[0], knot[-1])
    place = jnp.clip(
        jnp.searchsorted(knot, inside, side="right", method="compare_all") - 1, 0, len(knot) - 2
    )
    part = (inside - knot[place]) / (knot[place + 1] - knot[place])
    number = jnp.arange(len(knot)).reshape(-1, *(1,) * value.ndim)
    return jnp.where(number == place, 1.0 - part, 0.0) + jnp.where(number == place + 1, part, 0.0)


def of_mean(mean: Float[Array, "*rest"], numbers: Numbers) -> Float[Array, "knot *rest"]:
    """Return mu times the functions of ln mu."""
    return mean * hats(jnp.log(mean), numbers.knots)


def of_cost(
    cost: Float[Array, "..."], mean: Float[Array, "..."], numbers: Numbers
) -> Float[Array, "function *rest"]:
    """Return the functions of c / mu: hats, and a straight line beyond the last knot."""
    relative = cost / mean
    beyond = jnp.maximum(relative - numbers.relative[-1], 0.0)
    return jnp.concatenate([hats(relative, numbers.relative), beyond[None]])


def offers(coefficients: Float[Array, "head F"], belief: Belief, numbers: Numbers) -> Offers:
    """Return the offers, the answers to them and how S chooses, by the public belief."""
    cost = numbers.cost[None, :, None]
    own, other = coefficients.reshape(2, len(numbers.knots), -1)

    def gain(of: Array, mean: Array) -> Array:
        """Value of refusing to types ``(item, type, world)``, by the mean ``(item, world)``."""
        along = jnp.einsum("kjw,kf->fjw", of_mean(mean, numbers), own)
        return jnp.einsum("fjw,fjaw->jaw", along, of_cost(of, mean[:, None], numbers))

    def refuse(after: Array) -> Array:
        return gain(cost, jnp.sum(after * cost, axis=1))

    def settle(_: int | Array, found: tuple[Array, Array]) -> tuple[Array, Array]:
        after = responses.updated(belief[None], 1.0 - found[1])
        price = (just - gain(just, jnp.sum(after * cost, axis=1)))[:, 0]
        accept = cost - price[:, None]
        return price, responses.sigmoid(numbers.precision * (accept - refuse(after)))

    just = _quantile(belief, numbers)[:, None]
    start = (just[:, 0], (cost >= just).astype(belief.dtype))
    price, odds = jax.lax.fori_loop(0, ROUNDS, settle, start)
    accept = cost - price[:, None]
    found = responses.answer(accept, refuse, belief, numbers.precision, sweeps=0, start=odds)
    later = jnp.einsum(
        "kjw,k->jw", of_mean(_means(found.after_refusal, cost), numbers), other[:, 0]
    )
    value = found.expected * (price + numbers.own_cost) + (1.0 - found.expected) * later
    weight = jnp.full_like(value, 1.0 / len(value))
    offered = responses.choice(value, weight, numbers.precision)
    return Offers(price, found.odds, found.expected, found.after_refusal, offered)


def _means(belief: Float[Array, "item atom world"], cost: Array) -> Float[Array, "item world"]:
    return jnp.sum(belief * cost, axis=1)


def _quantile(belief: Belief, numbers: Numbers) -> Float[Array, "item world"]:
    """Return the types above which the target shares of the belief lie."""
    middle = jnp.cumsum(belief, axis=0) - 0.5 * belief
    level = 1.0 - numbers.targets[:, None]
    last = len(numbers.cost) - 2
    place = jnp.clip(jnp.sum(middle[None] <= level[:, None], axis=1) - 1, 0, last)
    low, high = (jnp.take_along_axis(middle, at, axis=0) for at in (place, place + 1))
    part = jnp.clip((level - low) / jnp.maximum(high - low, responses.SMALLEST_ODDS), 0.0, 1.0)
    return numbers.cost[place] + part * (numbers.cost[place + 1] - numbers.cost[place])


def _rows_of_d(belief: Belief, made: Offers, numbers: Numbers) -> Moments:
    """Return the moments of every type in every world, one refusal on."""
    cost = numbers.cost[None, :, None]
    mean, means = belief.T @ numbers.cost, _means(made.after, cost)
    now = jnp.einsum("kw,faw->kfaw", of_mean(mean, numbers), of_cost(cost[0], mean, numbers))
    refuses = made.offered[:, None] * (1.0 - made.answers)
    relative = of_cost(cost, means[:, None], numbers)
    then = jnp.einsum("jaw,kjw,fjaw->kfaw", refuses, of_mean(means, numbers), relative)
    gets = jnp.sum(made.offered[:, None] * made.answers * (cost - made.price[:, None]), axis=0)
    count = now.shape[0] * now.shape[1]
    flat = lambda part: part.reshape(1, count, -1)  # noqa: E731
    reward = numbers.beta * gets.reshape(1, -1)
    return moments_of(flat(now), numbers.beta * flat(then), reward, jnp.ones_like(reward))


def _rows_of_s(belief: Belief, made: Offers, numbers: Numbers) -> Moments:
    """Return the moments of S, one refusal on; of the functions of c / mu it uses only the first."""
    cost = numbers.cost[None, :, None]
    functions = len(numbers.relative) + 1
    only = jnp.zeros(functions).at[0].set(1.0)
    pad = lambda part: jnp.einsum("kw,f->kfw", part, only).reshape(1, -1, part.shape[1])  # noqa: E731
    refuses = made.offered * (1.0 - made.accepted)
    then = jnp.einsum("jw,kjw->kw", refuses, of_mean(_means(made.after, cost), numbers))
    gets = jnp.sum(made.offered * made.accepted * (made.price + numbers.own_cost), axis=0)
    now = of_mean(belief.T @ numbers.cost, numbers)
    reward = numbers.beta * gets[None]
    return moments_of(pad(now), numbers.beta * pad(then), reward, jnp.ones_like(reward))


def _picked(made: Offers, dice: Float[Array, "world"]) -> tuple[Array, Array, Array]:
    """Return the price, the odds of acceptance and the belief after a refusal of the offer made."""
    reached = jnp.cumsum(made.offered, axis=0)
    item = jnp.argmax(reached >= dice * reached[-1], axis=0)
    take = lambda part: jnp.take_along_axis(part, item[None], axis=0)[0]  # noqa: E731
    belief = jnp.take_along_axis(made.after, item[None, None], axis=0)[0]
    return take(made.price), take(made.accepted), belief


@jax.jit
def play(
    coefficients: Float[Array, "head F"],
    belief: Belief,
    dice: Float[Array, "offer world"],
    numbers: Numbers,
) -> tuple[Moments, Float[Array, ""]]:
    """Return the moments of some refusals, and the mean odds of acceptance."""

    def refusal(belief: Array, luck: Array) -> tuple[Array, tuple[Moments, Array]]:
        made = offers(coefficients, belief, numbers)
        _, accepted, after = _picked(made, luck)
        rows = _rows_of_d(belief, made, numbers), _rows_of_s(belief, made, numbers)
        moments = jax.tree.map(lambda one, two: jnp.concatenate([one, two]), *rows)
        return after, (moments, accepted.mean())

    moments, signs = jax.lax.scan(refusal, belief, dice)[1]
    return jax.tree.map(lambda part: part.sum(axis=0), moments), signs.mean()


@jax.jit
def follow(
    coefficients: Float[Array, "head F"],
    belief: Belief,
    dice: Float[Array, "offer world"],
    numbers: Numbers,
) -> tuple[Float[Array, "offer world"], Float[Array, "offer world"]]:
    """Return the prices of the offers made, and the shares of types left after each."""

    def refusal(carry: tuple[Array, Array], luck: Array) -> tuple[tuple, tuple[Array, Array]]:
        belief, left = carry
        price, accepted, after = _picked(offers(coefficients, belief, numbers), luck)
        left = left * (1.0 - accepted)
        return (after, left), (price, left)

    start = (belief, jnp.ones(belief.shape[1]))
    return jax.lax.scan(refusal, start, dice)[1]


@jax.jit
def summary(
    coefficients: Float[Array, "head F"], belief: Belief, numbers: Numbers
) -> tuple[Float[Array, "world"], Float[Array, "world"]]:
    """Return the odds of acceptance and the mean price."""
    made = offers(coefficients, belief, numbers)
    return jnp.sum(made.offered * made.accepted, axis=0), jnp.sum(made.offered * made.price, axis=0)
