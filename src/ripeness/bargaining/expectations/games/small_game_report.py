"""The small game: what comes of it under a solution, from fresh plays without exploration."""

from __future__ import annotations

from dataclasses import dataclass

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.games.small_game import SmallGame
from ripeness.bargaining.expectations.games.small_game_play import (
    Board,
    Event,
    Standing,
    from_start,
    luck_of,
    play_round,
)
from ripeness.bargaining.expectations.games.small_game_rules import Table
from ripeness.worlds.streams import Luck

PLAYS = 200_000
"""Plays of a report: standard errors of values about .0005, of durations about .01 (ENGINE.md 4.1)."""


@dataclass(frozen=True)
class Report:
    """Means over plays; per type they are (tough, weak), NaN for a type that was never drawn.

    Attributes:
        value: to A, tough B and weak B, shares of the stakes.
        settled: share of plays settled.
        battles: fought, per type.
        share: B's share where settled, per type.
        at_once: share settled in the first round, per type.
    """

    value: tuple[float, float, float]
    settled: float
    battles: tuple[float, float]
    share: tuple[float, float]
    at_once: tuple[float, float]


def report(
    game: SmallGame,
    coefficients: np.ndarray,
    *,
    belief: float | None = None,
    plays: int = PLAYS,
    seed: int = 0,
) -> Report:
    """Return what comes of the game from its start.

    Args:
        game: the game.
        coefficients: ``(head, feature)`` of a solution.
        belief: that B is tough, from which its type is drawn; None takes the prior.
        plays: how many.
        seed: of the plays; never those that a solution was found on.
    """
    chance = game.war.prior if belief is None else belief
    table = game.table(coefficients)
    luck = luck_of(seed, 0, plays)
    sums = _summed(
        game.board, table, game.terms, jnp.float32(game.war.costs), luck, jnp.float32(chance)
    )
    number, to_a, to_b, settled, battles, share, at_once = np.asarray(sums, dtype=np.float64)
    per = np.where(number > 0, number, np.nan)
    return Report(
        value=(float(to_a.sum() / number.sum()), *_pair(to_b / per)),
        settled=float(settled.sum() / number.sum()),
        battles=_pair(battles / per),
        share=_pair(share / np.where(settled > 0, settled, np.nan)),
        at_once=_pair(at_once / per),
    )


def _pair(values: np.ndarray) -> tuple[float, float]:
    return float(values[0]), float(values[1])


class _Tally(eqx.Module):
    """What each play has come to so far."""

    playing: Bool[Array, "world"]
    to_a: Float[Array, "world"]
    to_b: Float[Array, "world"]
    settled: Float[Array, "world"]
    battles: Float[Array, "world"]
    share: Float[Array, "world"]  # B's, where settled
    at_once: Float[Array, "world"]


@eqx.filter_jit
def _summed(
    board: Board,
    table: Table,
    terms: Float[Array, "item"],
    costs: Float[Array, "head"],
    luck: Luck,
    belief: Float[Array, ""],
) -> Float[Array, "what type"]:
    """Return the number of plays and sums of the fields of the tally, by type."""
    start = from_start(board, luck, belief)
    none = jnp.zeros(luck.world.shape[0])
    tally = _Tally(jnp.ones_like(start.tough), none, none, none, none, none, none)

    def forward(
        carry: tuple[Standing, _Tally], week: Int[Array, ""]
    ) -> tuple[tuple[Standing, _Tally], None]:
        later, event = play_round(board, table, carry[0], luck, week)
        return (later, _counted(board, carry[1], later, event, terms, costs)), None

    (_, tally), _ = jax.lax.scan(forward, (start, tally), jnp.arange(board.rounds))
    stacked = jnp.stack([none + 1.0, *jax.tree.leaves(tally)[1:]])
    return stacked @ jnp.stack([start.tough, ~start.tough], axis=1).astype(stacked.dtype)


def _counted(
    board: Board,
    so_far: _Tally,
    later: Standing,
    event: Event,
    terms: Float[Array, "item"],
    costs: Float[Array, "head"],
) -> _Tally:
    """Return the tally with one more round counted in plays that were not over."""
    settled, battle = so_far.playing & event.settled, so_far.playing & ~event.settled
    ended = battle & event.over
    to_b = jnp.where(settled, terms[event.item], 0.0)
    split = later.front / board.size
    cost = jnp.where(later.tough, costs[1], costs[2])
    return _Tally(
        playing=so_far.playing & ~event.over,
        to_a=so_far.to_a + jnp.where(ended, split, settled - to_b) - costs[0] * battle,
        to_b=so_far.to_b + jnp.where(ended, 1.0 - split, to_b) - cost * battle,
        settled=so_far.settled + settled,
        battles=so_far.battles + battle,
        share=so_far.share + to_b,
        at_once=so_far.at_once + (settled & (later.elapsed == 1)),
    )
