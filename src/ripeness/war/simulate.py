"""Run the weeks: a scan over months, four weeks in each, all worlds at once.

One compiled program serves every parameter value, lever and seed; only the number of worlds in a
chunk, the horizon and the names are fixed in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool

from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.order import EVERY_MONTH, EVERY_WEEK
from ripeness.war.process import Moment
from ripeness.war.processes.front import theatre_of
from ripeness.war.state import (
    BEYOND,
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    CONQUEST_FIRST,
    CONQUEST_SECOND,
    NOT_YET,
    RUIN,
    SPREAD,
    VICTORY_FIRST,
    VICTORY_SECOND,
    Acts,
    Ending,
    alive,
    fighting,
)
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck

Decide = Callable[[Bundle, Bundle, Moment], Acts]
Record = Callable[[Bundle, Bundle, Acts], Any]


def start_of(parameters: Bundle) -> Bundle:
    """Return the state of all worlds at the start."""
    parts: dict[str, Any] = {
        process.name: process.start(parameters) for process in (*EVERY_WEEK, EVERY_MONTH)
    }
    return Bundle(parts, ending=Ending.start(parameters.front.mobility.shape[-1]))


def one_week(state: Bundle, parameters: Bundle, moment: Moment, on: Bool[Array, ""]) -> Bundle:
    """Return the state a week later. Worlds whose war has ended stay as they were, and all if not on."""
    going = alive(state) & on
    for process in EVERY_WEEK:
        new = process.week(state, parameters, moment)
        state = state.replace(**{process.name: where(going, new, state[process.name])})
    return state.replace(ending=where(on, _ending(state, parameters, moment), state.ending))


def one_month(
    state: Bundle, parameters: Bundle, moment: Moment, acts: Acts, on: Bool[Array, ""]
) -> Bundle:
    """Return the state after the acts of a month and the four weeks that follow them."""
    diplomacy = EVERY_MONTH.month(state, parameters, moment, acts)
    state = state.replace(diplomacy=where(on & alive(state), diplomacy, state.diplomacy))

    def next_week(state: Bundle, week: Array) -> tuple[Bundle, None]:
        return one_week(state, parameters, moment._replace(week=week), on), None

    weeks = moment.week + jnp.arange(WEEKS_PER_MONTH, dtype=jnp.int32)
    return jax.lax.scan(next_week, state, weeks)[0]


def simulate(
    parameters: Bundle, luck: Luck, names: Names, months: int, decide: Decide, record: Record
) -> tuple[Bundle, Any]:
    """Run the war to its horizon.

    Args:
        parameters: arrays with the world axis last.
        luck: the worlds' luck.
        names: identifiers, static.
        months: months to run (static).
        decide: what the sides do, from the state: a strategy bound to its packages.
        record: what to keep of each month: the state at its start, and what the sides then do.

    Returns:
        The state at the horizon, and ``months + 1`` records along a leading axis. The last record is
        of the horizon itself, whose acts have no consequences.
    """

    def next_month(state: Bundle, month: Array) -> tuple[Bundle, Any]:
        moment = Moment(month * WEEKS_PER_MONTH, luck, names)
        acts = decide(state, parameters, moment)
        kept = record(state, parameters, acts)
        return one_month(state, parameters, moment, acts, month < months), kept

    return jax.lax.scan(next_month, start_of(parameters), jnp.arange(months + 1, dtype=jnp.int32))


def where(going: Bool[Array, "..."], new: Any, old: Any) -> Any:
    """Return the new part where the war goes on, else the old."""
    return jax.tree.map(lambda after, before: jnp.where(going, after, before), new, old)


def _ending(state: Bundle, parameters: Bundle, moment: Moment) -> Ending:
    """Return whether this week has ended the war; of two ends in one week the first listed counts."""
    share = state.front.area / theatre_of(parameters)
    conquest = parameters.front.conquest_share
    at_war = fighting(state)
    fallen = state.home_front.collapsed
    code, rule = state.ending.code, state.ending.rule
    for happens, result, reason in (
        (state.escalation.left, BEYOND, SPREAD),
        (fallen[0] & ~fallen[1], VICTORY_SECOND, COLLAPSE_FIRST),
        (fallen[1] & ~fallen[0], VICTORY_FIRST, COLLAPSE_SECOND),
        (fallen[0] & fallen[1], BEYOND, RUIN),
        (at_war & (share >= conquest), VICTORY_FIRST, CONQUEST_FIRST),
        (at_war & (1.0 - share >= conquest), VICTORY_SECOND, CONQUEST_SECOND),
    ):
        ends = happens & (code == NOT_YET)
        code, rule = jnp.where(ends, result, code), jnp.where(ends, reason, rule)
    ended_now = (code != NOT_YET) & (state.ending.code == NOT_YET)
    week = jnp.where(ended_now, moment.week.astype(jnp.float32) + 1.0, state.ending.week)
    return Ending(code.astype(jnp.int32), rule.astype(jnp.int32), week)
