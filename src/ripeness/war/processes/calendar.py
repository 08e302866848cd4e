"""1 Calendar: seasons, dated events, deadlines, surges.

    season_t   = 1 - A cos(2 pi (w_t - w_worst) / year)          tempo of operations, mean 1
    surge_p    = s_p   while  t0_p <= t < t0_p + length_p,  else 1
    shock      = sum of the changes of the events of this week
    ultimatum  : at its deadline, if talks have made no progress, it is carried out with the
                 chance stated; it never lapses afterwards

Source: the seasonal form is the lowest harmonic of the mud seasons (assumed); events and deadlines
are the scenario's. It would break if an event's effect lasted: effects here are steps on quantities
that then move by their own laws. Progress means that a zone of agreement was open at the last talks.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import Moment, total
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle


class CalendarPart(eqx.Module):
    """What the date brings."""

    week: Float[Array, "world"]  # since the start, by the end of this one
    season: Float[Array, "world"]  # tempo of operations relative to the year's mean
    surge: Float[Array, "patron world"]  # aid over what was pledged
    willingness_change: Float[Array, "patron world"]
    support_change: Float[Array, "2 world"]
    tension_change: Float[Array, "world"]
    ultimatum: Bool[Array, "world"]  # has been carried out
    ultimatum_now: Bool[Array, "world"]  # is carried out this week


class Calendar:
    """Dated inputs."""

    name = "calendar"

    def start(self, parameters: Bundle) -> CalendarPart:
        """Return the part before the first week."""
        patrons = parameters.patrons.military
        none = jnp.zeros_like(patrons[0])
        never = none > 0
        return CalendarPart(
            none, none + 1.0, jnp.ones_like(patrons), jnp.zeros_like(patrons),
            jnp.zeros_like(parameters.front.area_held), none, never, never,
        )  # fmt: skip

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> CalendarPart:
        """Return what this week's date brings."""
        dates, front, patrons = parameters.calendar, parameters.front, parameters.patrons
        now = moment.week.astype(jnp.float32)
        phase = (dates.start_week_of_year + now - front.worst_week) / WEEKS_PER_YEAR
        shock = jnp.where(dates.event_week == now, dates.change, 0.0)
        started = now >= patrons.surge_week
        over = now >= patrons.surge_week + patrons.surge_weeks
        carried_out = self._carried_out(state, parameters, moment)
        return CalendarPart(
            week=jnp.zeros_like(front.season) + now + 1.0,
            season=1.0 - front.season * jnp.cos(np.float32(2 * np.pi) * phase),
            surge=jnp.where(started & ~over, patrons.surge, 1.0),
            willingness_change=total(shock[:, None] * dates.on_patron),
            support_change=total(shock[:, None] * dates.on_side),
            tension_change=total(shock * dates.on_tension),
            ultimatum=state.calendar.ultimatum | carried_out,
            ultimatum_now=carried_out,
        )

    def _carried_out(self, state: Bundle, parameters: Bundle, moment: Moment) -> Array:
        """Return where the ultimatum's deadline has come, in vain, and the threat is kept."""
        deadline = jnp.round(parameters.sanctions.deadline_week)
        due = (deadline > 0) & (moment.week.astype(jnp.float32) == deadline)
        in_vain = fighting(state) & ~state.diplomacy.progress
        kept = (
            moment.luck.uniform("ultimatum", jnp.int32(0))[0] < parameters.sanctions.ultimatum_kept
        )
        return due & in_vain & kept
