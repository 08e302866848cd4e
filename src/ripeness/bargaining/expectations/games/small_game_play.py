"""The small game: playing it under tabulated rules.

A round: A offers, B answers, both learn from the answer (Bayes with the rules in force), a battle moves the
front by one. Every slot plays without a break: a slot whose play has ended takes up a fresh one, so that no
row of the regression is wasted.

Fresh plays start at the game's start, or exploring: at a random time and front, with belief exactly 0,
exactly 1, or spread half evenly in the belief and half evenly in the basis' position of it. The hidden type
is then drawn tough with chance q = 1/4 + b/2 rather than b, and A's rows carry the weight b/q or
(1-b)/(1-q): for A that is the same as drawing from b, and each type of B, who knows what it is, is seen also
where nobody believes in it.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.games.certainty import belief_at, position
from ripeness.bargaining.expectations.games.small_game_rules import Table
from ripeness.bargaining.expectations.responses import updated
from ripeness.worlds.streams import Luck, seed_words

STREAMS = ("lotteries", "battle and type", "start", "belief")
"""Uniform draws of a round, two of each."""


class Board(eqx.Module):
    """Sizes and start of a game."""

    rounds: int = eqx.field(static=True)
    size: int = eqx.field(static=True)  # front at which A has won
    start: int = eqx.field(static=True)
    nodes: int = eqx.field(static=True)
    parts: int = eqx.field(static=True)  # of the basis
    blunt: float = eqx.field(static=True)
    prior: Float[Array, ""]  # belief at the start


class Explore(eqx.Module):
    """How fresh plays start."""

    share: Float[Array, ""]  # of plays that start anywhere
    certain: Float[Array, ""]  # of these, with belief exactly 0 or 1


class Standing(eqx.Module):
    """Where the slots stand before the offer of a round."""

    elapsed: Int[Array, "world"]
    front: Int[Array, "world"]
    belief: Float[Array, "world"]  # that B is tough
    tough: Bool[Array, "world"]  # hidden from A
    weight: Float[Array, "world"]  # of this play for A
    from_start: Bool[Array, "world"]  # whether it started at the game's start


class Event(eqx.Module):
    """What a round brought."""

    settled: Bool[Array, "world"]
    item: Int[Array, "world"]  # offered
    over: Bool[Array, "world"]  # settled, won or out of time


def fresh(board: Board, explore: Explore, luck: Luck, week: Int[Array, ""]) -> Standing:
    """Return fresh plays; streams "start", "belief" and "battle and type"."""
    drawn = luck.uniform_of("small game", STREAMS, week)
    anywhere = drawn[0, 2] < explore.share
    where = (drawn[1, 2] * (board.rounds * (board.size - 1))).astype(jnp.int32)
    kind, spread = drawn[:, 3]
    loose = jnp.where(kind > 0.5 + 0.5 * explore.certain, spread, belief_at(spread, board.blunt))
    loose = jnp.where(kind < explore.certain, jnp.round(spread), loose)
    belief = jnp.where(anywhere, loose, board.prior)
    tilted = 0.25 + 0.5 * belief
    tough = drawn[1, 1] < tilted
    return Standing(
        elapsed=jnp.where(anywhere, where // (board.size - 1), 0),
        front=jnp.where(anywhere, where % (board.size - 1) + 1, board.start),
        belief=belief,
        tough=tough,
        weight=jnp.where(tough, belief / tilted, (1.0 - belief) / (1.0 - tilted)),
        from_start=~anywhere,
    )


def from_start(board: Board, luck: Luck, belief: Float[Array, ""]) -> Standing:
    """Return plays from the game's start with a given belief, the type drawn from it."""
    shape = luck.world.shape
    drawn = luck.uniform_of("small game", STREAMS[1:2], jnp.int32(board.rounds))
    return Standing(
        elapsed=jnp.zeros(shape, jnp.int32),
        front=jnp.full(shape, board.start, jnp.int32),
        belief=jnp.broadcast_to(belief, shape),
        tough=drawn[1, 0] < belief,
        weight=jnp.ones(shape),
        from_start=jnp.ones(shape, bool),
    )


def luck_of(seed: int, play: int, worlds: int) -> Luck:
    """Return the luck of so many slots; play 0 is for reports, sweep n draws from play n + 1."""
    return Luck(jnp.asarray(seed_words(seed, play)), jnp.arange(worlds, dtype=jnp.uint32))


def play_round(
    board: Board, table: Table, now: Standing, luck: Luck, week: Int[Array, ""]
) -> tuple[Standing, Event]:
    """Return where the plays stand after a round, and what it brought."""
    drawn = luck.uniform_of("small game", STREAMS[:2], week)
    low, share = lattice(board, now)
    item = _drawn_item(table.offered, low, share, drawn[0, 0])
    odds = between(table.odds[low, item], table.odds[low + 1, item], share)  # (world, atom)
    settled = drawn[1, 0] < jnp.where(now.tough, odds[:, 0], odds[:, 1])
    belief = updated(jnp.stack([now.belief, 1.0 - now.belief]), 1.0 - odds.T)[0]
    front = now.front + jnp.where(drawn[0, 1] < 0.5, 1, -1)
    elapsed = now.elapsed + 1
    over = settled | (front == 0) | (front == board.size) | (elapsed == board.rounds)
    later = Standing(elapsed, front, belief, now.tough, now.weight, now.from_start)
    return later, Event(settled, item, over)


def lattice(board: Board, now: Standing) -> tuple[Int[Array, "world"], Float[Array, "world"]]:
    """Return the place below each play, and the share of the place above."""
    at = position(now.belief, board.blunt) * (board.nodes - 1)
    node = jnp.clip(at.astype(jnp.int32), 0, board.nodes - 2)
    return cell_of(board, now) * board.nodes + node, jnp.clip(at - node, 0.0, 1.0)


def cell_of(board: Board, now: Standing) -> Int[Array, "world"]:
    """Return the cell of each play; fronts fastest."""
    return now.elapsed * (board.size - 1) + now.front - 1


def between(
    low: Float[Array, "world any"], high: Float[Array, "world any"], share: Float[Array, "world"]
) -> Float[Array, "world any"]:
    """Interpolate."""
    return low + share[:, None] * (high - low)


def _drawn_item(
    offered: Float[Array, "place item"],
    low: Int[Array, "world"],
    share: Float[Array, "world"],
    unit: Float[Array, "world"],
) -> Int[Array, "world"]:
    """Draw from the interpolated odds of offers by inversion, halving the range at each step."""
    items = offered.shape[1]
    first, last = jnp.zeros_like(low), jnp.full_like(low, items - 1)
    for _ in range((items - 1).bit_length()):
        middle = (first + last) // 2
        chance = (1.0 - share) * offered[low, middle] + share * offered[low + 1, middle]
        beyond = unit > chance
        first, last = jnp.where(beyond, middle + 1, first), jnp.where(beyond, last, middle)
    return jnp.minimum(first, items - 1)


def where_over(over: Bool[Array, "world"], new: Standing, old: Standing) -> Standing:
    """Return fresh plays where plays are over."""
    return jax.tree.map(lambda one, two: jnp.where(over, one, two), new, old)
