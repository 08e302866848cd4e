"""Which terms are worth offering: points along the frontier, chosen by how likely they are to be accepted.

For each target chance p the proposer considers the package that is worth most to it among those which the
responder is expected to accept with at least that chance:

    max V_proposer(x)   subject to   advantage_responder(x) >= z_p sqrt((1 / (k l))^2 + (B sd(c))^2)

at the publicly expected types, so that the menu itself gives nothing away; z_p is the normal quantile, k l the
precision on the normal scale. One pass over the points of the frontier finds all targets and, at the true
types, how wide the zone of agreement is.
"""

from __future__ import annotations

from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int
from scipy.stats import norm

from ripeness.bargaining.agreement import line_values
from ripeness.bargaining.expectations.features import Standing
from ripeness.bargaining.expectations.values import (
    Deal,
    Linear,
    SettledForm,
    settled_value,
)
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.strategy import Situation
from ripeness.war.guarantors import honour_chance
from ripeness.war.process import other
from ripeness.war.ratification import chance_to_pass, foreseen_wait
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.once import once

TARGETS = (0.1, 0.35, 0.65, 0.9)
"""Chances of acceptance that a proposer aims at; the first is a demand, the last close to a gift."""

NORMAL_SCALE = 0.6
"""A logistic with precision l is close to a normal with precision .6 l."""

DEEPEST_CUT = 1.5
"""A cap on forces changes the advantage by at most this, log ratio."""


class Menu(eqx.Module):
    """The offers a proposer considers, by target."""

    line: Int[Array, "target world"]
    point: Int[Array, "target world"]
    available: Bool[Array, "target world"]


class Zone(eqx.Module):
    """What could be signed at the true types, both sides' expectations taken as they are."""

    width: Float[Array, "world"]  # best package's smaller advantage over going on
    serious: Float[
        Array, "2 world"
    ]  # best own advantage among terms that the enemy would rather take


class _Best(eqx.Module):
    value: Float[Array, "target world"]
    line: Int[Array, "target world"]
    point: Int[Array, "target world"]
    zone: Zone


def packages_seen(situation: Situation, parameters: Bundle) -> tuple[Array, Array, Array, Array]:
    """Return line values ``(2, line, world)`` and per point worth, help and shift ``(2, point, world)``."""
    table = situation.table
    lines = line_values(situation.area, parameters, table)
    worth = table.value + table.fear
    harder = situation.hardship[:, :, None]
    help_ = honour_chance(table.credibility, table.cost, harder) * jnp.log1p(table.capacity)
    over = jnp.log(jnp.maximum(situation.troops, 1.0))[:, None] - jnp.log(table.force_cap)
    cut = jnp.clip(over, 0.0, DEEPEST_CUT)
    return lines, worth, help_, other(cut) - cut


def find_offers(
    s: Standing,
    form: SettledForm,
    war: Linear,
    stay: tuple[Array, Array],
    situation: Situation,
    parameters: Bundle,
    proposer: Bool[Array, "world"],
) -> tuple[Menu, Zone]:
    """Return the menu of the proposer and the zone of agreement.

    Args:
        s: where both sides stand.
        form: value of a settlement by its terms.
        war: value of war, to which terms lead that fail at home.
        stay: value ``(2, world)`` of going on without a deal at the publicly expected and at the true types.
        situation: the talks.
        parameters: the worlds' parameters.
        proposer: whether the first side has the move.
    """
    leader, cost = situation.view.leader_cost, parameters.diplomacy.war_cost
    table = situation.table
    lines, worth, help_, shift = packages_seen(situation, parameters)
    blur = 1.0 / (NORMAL_SCALE * parameters.diplomacy.precision)
    spread = jnp.sqrt(blur**2 + (s.endure * s.cost_doubt) ** 2)
    spread = jnp.where(proposer, spread[1], spread[0])
    needed = [np.float32(norm.ppf(target)) * spread for target in TARGETS]
    count = len(TARGETS)
    nothing = jnp.full((count, spread.shape[0]), NOTHING, dtype=spread.dtype)
    none = jnp.zeros(nothing.shape, dtype=jnp.int32)
    start = _Best(nothing, none, none, Zone(nothing[0], nothing[:2]))

    def advantages(
        total: Array,
        given: Array,
        moved: Array,
        passes: Array,
        wait: Array,
        watched: Array,
        votes: Array,
    ) -> tuple[Array, Array]:
        allowed = (total[0] > 0.5 * NOTHING) & (total[1] > 0.5 * NOTHING)
        allowed &= chance_to_pass(passes, parameters) > 0
        longer = foreseen_wait(wait, votes, situation.week, parameters)
        deal = Deal(jnp.where(allowed, total, 0.0), given, moved, passes, longer, watched)
        value = settled_value(s, form, deal, jnp.ones_like(spread), war, parameters)
        seen = jnp.where(allowed, value.at(s.cost_seen) - leader - stay[0], NOTHING)
        true = jnp.where(allowed, value.at(cost) - leader - stay[1], NOTHING)
        return seen, true

    def one_point(best: _Best, point: Array) -> tuple[_Best, None]:
        at = lambda rows: jax.lax.dynamic_index_in_dim(rows, point, axis=1, keepdims=False)  # noqa: E731
        rest, given, moved = at(worth), at(help_), at(shift)
        passes, wait, watched, votes = (
            jax.lax.dynamic_index_in_dim(rows, point, keepdims=False)
            for rows in (table.passes, table.wait, table.monitoring, table.votes)
        )
        for level in range(lines.shape[1]):
            home = (table.line_passes[level] * passes, table.line_wait[level] + wait, watched)
            package = (lines[:, level] + rest, given, moved, *home, table.line_votes[level] | votes)
            seen, true = once(point, partial(advantages, *package))
            best = _compared(best, seen, true, needed, proposer, level, point)
        return best, None

    points = jnp.arange(worth.shape[1], dtype=jnp.int32)
    best, _ = jax.lax.scan(one_point, start, points)
    return Menu(best.line, best.point, best.value > 0.5 * NOTHING), best.zone


def _compared(
    best: _Best,
    seen: Array,
    true: Array,
    needed: list[Array],
    proposer: Array,
    level: int,
    point: Array,
) -> _Best:
    mine = jnp.where(proposer, seen[0], seen[1])
    theirs = jnp.where(proposer, seen[1], seen[0])
    value, line, place = [], [], []
    for target, least in enumerate(needed):
        better = (theirs >= least) & (mine > best.value[target])
        value.append(jnp.where(better, mine, best.value[target]))
        line.append(jnp.where(better, level, best.line[target]).astype(jnp.int32))
        place.append(jnp.where(better, point, best.point[target]))
    zone = Zone(
        width=jnp.maximum(best.zone.width, jnp.minimum(true[0], true[1])),
        serious=jnp.maximum(best.zone.serious, jnp.minimum(true, other(seen))),
    )
    return _Best(jnp.stack(value), jnp.stack(line), jnp.stack(place), zone)


def deals_at(
    line: Int[Array, "item world"],
    point: Int[Array, "item world"],
    situation: Situation,
    parameters: Bundle,
) -> Deal:
    """Return the terms of these packages as values see them."""
    lines, worth, help_, shift = packages_seen(situation, parameters)

    def pick(rows: Array, place: Array) -> Array:
        index = jnp.broadcast_to(place[None], (2, *place.shape))
        return jnp.take_along_axis(rows, index, axis=1)

    total, table = pick(lines, line) + pick(worth, point), situation.table
    at = lambda rows, place: jnp.take_along_axis(rows, place, axis=0)  # noqa: E731
    wait = at(table.line_wait, line) + at(table.wait, point)
    votes = at(table.line_votes, line) | at(table.votes, point)
    return Deal(
        jnp.where(total > 0.5 * NOTHING, total, 0.0), pick(help_, point), pick(shift, point),
        at(table.line_passes, line) * at(table.passes, point),
        foreseen_wait(wait, votes, situation.week, parameters),
        at(table.monitoring, point),
    )  # fmt: skip


def deal_in_force(situation: Situation, parameters: Bundle) -> Deal:
    """Return what was last signed as values see it; nonsense but finite where nothing is signed."""
    terms, table = situation.terms, situation.table
    place = jnp.broadcast_to(jnp.maximum(terms.point, 0)[None, None], (2, 1, terms.point.shape[0]))
    fear = jnp.take_along_axis(table.fear, place, axis=1)[:, 0]
    over = jnp.log(jnp.maximum(situation.troops, 1.0)) - jnp.log(terms.force_cap)
    cut = jnp.clip(over, 0.0, DEEPEST_CUT)
    honoured = honour_chance(terms.credibility, terms.cost, situation.hardship)
    help_ = honoured * jnp.log1p(terms.capacity)
    worth = jnp.where(terms.point >= 0, situation.peace + fear, 0.0)
    # Once signed, what is left to wait is known; dates of votes are in it.
    usual = jnp.round(parameters.diplomacy.ratification_months)
    wait = jnp.where(situation.pending, situation.months_left - usual, terms.wait)
    return Deal(worth, help_, other(cut) - cut, terms.passes, wait, terms.monitoring)
