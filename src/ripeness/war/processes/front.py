"""8 Front: drift, breakthroughs, fortification, the events "major defeat" and "front stable".

    dA / week = mobility g(r) season (1 - phi fort_defender) + sigma season z  (war only)
    g(r) = r^3 / (r^2 + theta^2)             attack is absorbed until the advantage nears theta
    breakthrough of s: rate exp(k r_s) (thin / density_o)^m season (1 - phi fort_o), size exponential
    fort' = fort + (1 / (1 + (pace / stable)^2) - fort) / weeks,  lost by who is broken through

A is the area held by the first side, r its true logarithmic advantage. Small losses of ground around a
line of defence and sudden rupture once it is thin follow Biddle (2004, "Military Power", ch. 3-4); the
drift with jumps is a jump diffusion (Merton 1976). The cubic g is assumed; "advantage needed" stands for
the old rule that attack needs superiority. Major defeat: a net loss within eight weeks of at least the
area stated. Stable: mean pace over eight weeks below the pace stated for the weeks stated. A settlement
moves the line to its terms within a quarter. It would break with landings or a second front.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.types import SETTLEMENT
from ripeness.war.process import SECOND, SIGN, SMALL, Moment, for_sides, other, power, total, weekly
from ripeness.war.processes.combat import FORTIFIED_AT_START, true_advantage
from ripeness.war.state import alive, fighting
from ripeness.worlds.bundle import Bundle

DEFEAT_WEEKS = 8
"""Window of a major defeat, weeks: the scenario states areas for this window."""

WITHDRAWAL_WEEKS = 13.0
"""Time constant of withdrawals agreed in a settlement: a quarter (assumed)."""


class FrontPart(eqx.Module):
    """The line and what has happened to it."""

    area: Float[Array, "world"]  # held by the first side, km2
    change: Float[Array, "week world"]  # of the last eight weeks, in a ring, km2 to the first side
    push: Float[
        Array, "world"
    ]  # this week's change without breakthroughs: what battle teaches from
    fortification: Float[Array, "2 world"]
    fortification_before: Float[Array, "2 world"]  # a week ago, with which this week's line moved
    weeks: Float[Array, "world"]  # of war without a pause, up to now
    calm_weeks: Float[Array, "world"]  # weeks with a mean pace below the stable pace
    defeat: Float[Array, "2 world"]  # ground lost in eight weeks over the major-defeat area, 0 to 1
    defeat_week: Float[Array, "2 world"]  # first major defeat; NaN if none
    stable_week: Float[Array, "world"]  # first week in which the front is stable; NaN if none
    breakthroughs: Float[Array, "2 world"]  # made by each side since the start


class Front:
    """The line."""

    name = "front"

    def start(self, parameters: Bundle) -> FrontPart:
        """Return the line at the start; fortified as long as it has been slow."""
        p = parameters.front
        none = jnp.zeros_like(p.mobility)
        return FrontPart(
            area=p.area_held[0],
            change=jnp.stack([none] * DEFEAT_WEEKS),
            push=none,
            fortification=jnp.full_like(p.area_held, FORTIFIED_AT_START),
            fortification_before=jnp.full_like(p.area_held, FORTIFIED_AT_START),
            weeks=none,
            calm_weeks=none,
            defeat=jnp.zeros_like(p.area_held),
            defeat_week=jnp.full_like(p.area_held, jnp.nan),
            stable_week=jnp.full_like(none, jnp.nan),
            breakthroughs=jnp.zeros_like(p.area_held),
        )

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> FrontPart:
        """Return the line one week on."""
        p, old = parameters.front, state.front
        theatre = theatre_of(parameters)
        at_war = fighting(state) & alive(state)
        jumps, count = self._breakthroughs(state, parameters, moment)
        push = jnp.where(at_war, self._push(state, parameters, moment), 0.0)
        withdrawal = (state.diplomacy.agreed_area - old.area) / WITHDRAWAL_WEEKS
        withdrawal = jnp.where(state.diplomacy.regime == SETTLEMENT, withdrawal, 0.0)
        moved = jnp.where(at_war, jumps[0] - jumps[1], 0.0) + push + withdrawal
        area = jnp.clip(old.area + moved, 0.0, theatre)
        this_week = jnp.where(at_war, area - old.area, 0.0)
        change = old.change.at[moment.week % DEFEAT_WEEKS].set(this_week)
        net = total(change)
        lost = jnp.maximum(-for_sides(net), 0.0) / jnp.maximum(p.defeat_area, SMALL)
        pace = net / DEFEAT_WEEKS
        weeks = jnp.where(at_war, old.weeks + 1.0, 0.0)
        known = weeks >= DEFEAT_WEEKS
        calm = jnp.where(
            at_war & known & (jnp.abs(pace) < p.stable_pace), old.calm_weeks + 1.0, 0.0
        )
        now = moment.week.astype(jnp.float32)
        broken = jnp.where(at_war, other(count), 0.0)
        resting = 1.0 / (1.0 + (pace / jnp.maximum(p.stable_pace, SMALL)) ** 2)
        fort = old.fortification + (resting - old.fortification) / p.fortification_weeks
        return FrontPart(
            area=area,
            change=change,
            push=push,
            fortification=jnp.where(broken > 0, 0.0, fort),
            fortification_before=old.fortification,
            weeks=weeks,
            calm_weeks=calm,
            defeat=jnp.minimum(lost, 1.0),
            defeat_week=first(old.defeat_week, lost >= 1.0, now),
            stable_week=first(old.stable_week, calm >= p.stable_weeks, now),
            breakthroughs=old.breakthroughs + jnp.where(at_war, count, 0.0),
        )

    def _push(self, state: Bundle, parameters: Bundle, moment: Moment) -> Array:
        """Return the week's change without breakthroughs, km2 to the first side."""
        p = parameters.front
        advantage = true_advantage(state, parameters)[0]
        pushes = moment.luck.normal_of("front", moment.names.sides, moment.week)
        noise = p.noise * (pushes[0] - pushes[1]) * np.float32(2.0**-0.5)
        return (
            response(state, parameters, advantage, state.front.fortification)[0]
            + noise * state.calendar.season
        )

    def _breakthroughs(
        self, state: Bundle, parameters: Bundle, moment: Moment
    ) -> tuple[Array, Array]:
        """Return the area taken by each side's breakthroughs this week, and whether one happened."""
        p = parameters.front
        chance, size = moment.luck.uniform_of("breakthrough", moment.names.sides, moment.week)
        density = jnp.maximum(state.manpower.troops / p.length, SMALL)
        rate = (
            p.breakthrough_rate
            * jnp.exp(
                jnp.clip(p.breakthrough_advantage * true_advantage(state, parameters), -8.0, 8.0)
            )
            * other(power(p.thin_density / density, p.breakthrough_thinness))
            * other(1.0 - p.fortification_effect * state.front.fortification)
            * state.calendar.season
        )
        happens = chance < weekly(rate)
        area = -jnp.log(size) * p.breakthrough_area
        return jnp.where(happens, area, 0.0), happens.astype(jnp.float32)


def response(
    state: Bundle,
    parameters: Bundle,
    advantage: Float[Array, "... world"],
    fortification: Float[Array, "2 world"],
) -> tuple[Float[Array, "... world"], Float[Array, "... world"]]:
    """Return the drift at this advantage of the first side, km2 a week, and its slope."""
    p = parameters.front
    fort = jnp.where(advantage > 0, fortification[1], fortification[0])
    speed = p.mobility * state.calendar.season * (1.0 - p.fortification_effect * fort)
    square, needed = advantage**2, jnp.maximum(p.advantage_needed, SMALL) ** 2
    drift = advantage * square / (square + needed)
    slope = square * (square + 3.0 * needed) / (square + needed) ** 2
    return speed * drift, speed * slope


def theatre_of(parameters: Bundle) -> Float[Array, "world"]:
    """Return the area of the theatre: all that both sides hold at the start, km2."""
    return parameters.front.area_held[0] + parameters.front.area_held[1]


def held_by_each(
    area: Float[Array, "*rows world"], parameters: Bundle
) -> Float[Array, "2 *rows world"]:
    """Return the area that each side holds where the first holds this, km2."""
    lift = (slice(None), *(None,) * (area.ndim - 1))
    return theatre_of(parameters) * SECOND[lift] + area * SIGN[lift]


def first(week: Array, happens: Array, now: Array) -> Array:
    """Return the first week in which something happened, NaN while it has not."""
    return jnp.where(jnp.isnan(week) & happens, now, week)
