"""The small game: what a sweep of play leaves for the regression.

    y(t) = v(t) + sum_k l^k surprise(t + k)         until the play is over or the sweep ends
    surprise = value under the rules one round on, less the value expected before the offer

A play cut off by the end of the sweep is closed with what was expected of it. Rows of A carry the weight of
the play (see ``small_game_play``); a row of a type of B counts for that type alone.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.games.certainty import blend, position
from ripeness.bargaining.expectations.games.small_game_play import (
    Board,
    Explore,
    Standing,
    between,
    cell_of,
    fresh,
    lattice,
    play_round,
    where_over,
)
from ripeness.bargaining.expectations.games.small_game_rules import Table
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.worlds.streams import Luck


class Values(eqx.Module):
    """The value functions played under, less the baseline."""

    coefficients: Float[Array, "head feature"]
    shape: Float[Array, "feature cell"]  # each feature's function of time and front
    part_of: Int[Array, "feature"]  # each feature's function of belief


class Row(eqx.Module):
    """What a round leaves."""

    now: Standing
    surprise: Float[Array, "world head"]
    settled: Bool[Array, "world"]
    over: Bool[Array, "world"]


@eqx.filter_jit
def swept(
    board: Board,
    explore: Explore,
    table: Table,
    values: Values,
    trace: Float[Array, ""],
    luck: Luck,
) -> tuple[Moments, dict[str, Float[Array, ""]]]:
    """Return the moments of a sweep, and what became of the plays that it began with."""

    def forward(now: Standing, week: Int[Array, ""]) -> tuple[Standing, Row]:
        later, event = play_round(board, table, now, luck, week)
        low, share = lattice(board, now)
        surprise = between(table.surprise[low], table.surprise[low + 1], share)
        row = Row(now, surprise, event.settled, event.over)
        return where_over(event.over, fresh(board, explore, luck, week), later), row

    start = fresh(board, explore, luck, jnp.int32(board.rounds))
    _, rows = jax.lax.scan(forward, start, jnp.arange(board.rounds))

    def backward(carry: tuple[Array, Moments], row: Row) -> tuple[tuple[Array, Moments], None]:
        ahead, moments = carry
        ahead = row.surprise + trace * jnp.where(row.over[:, None], 0.0, ahead)
        return (ahead, moments + _moments(board, values, row, ahead)), None

    heads = values.coefficients.shape[0]
    empty = (jnp.zeros((luck.world.shape[0], heads)), _no_moments(values))
    (_, moments), _ = jax.lax.scan(backward, empty, rows, reverse=True)
    return moments, _shares(rows, board.rounds)


def _moments(board: Board, values: Values, row: Row, ahead: Float[Array, "world head"]) -> Moments:
    """Return the moments of one round of all slots."""
    parts = blend(position(row.now.belief, board.blunt), board.parts)
    feature = values.shape[:, cell_of(board, row.now)] * parts[values.part_of]
    tough = row.now.tough.astype(feature.dtype)
    weight = jnp.stack([row.now.weight, tough, 1.0 - tough])
    reward = values.coefficients @ feature + ahead.T
    feature = jnp.broadcast_to(feature, (weight.shape[0], *feature.shape))
    return moments_of(feature, jnp.zeros_like(feature), reward, weight)


def _no_moments(values: Values) -> Moments:
    heads, features = values.coefficients.shape
    return Moments(
        gram=jnp.zeros((heads, features, features)),
        target=jnp.zeros((heads, features)),
        square=jnp.zeros((heads, features)),
        rows=jnp.zeros(heads),
    )


def _shares(rows: Row, rounds: int) -> dict[str, Float[Array, ""]]:
    """Return the share settled and the mean length of plays from the game's start, type drawn by b.

    Only the first play of each slot counts: later ones may be cut off by the end of the sweep.
    """
    first = jnp.cumsum(rows.over, axis=0) == rows.over
    counted = rows.now.weight * (first & rows.now.from_start[:1])
    plays = jnp.sum(counted[0])
    settled = jnp.sum(counted * rows.settled) / plays
    battles = jnp.sum(counted * ~rows.settled) / plays
    return {"settled": settled, "battles, share of the rounds": battles / rounds}
