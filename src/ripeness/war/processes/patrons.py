"""2 Patrons: how willing they are, what they pledge, whom they press.

    w' = w (1 - fatigue dt) + volatility sqrt(dt) z + setback d_client / 8 + shock - restraint w signal
    pledge_p = military_p level_p w surge (1 - attention talks) [1 war and ceasefire, peace_share settlement]
    pressure_s = sum_p impatience_p (client_leverage or enemy_leverage)
    impatience_p = min(1, t / impatience_months) min(1, w_p)

``d_client`` is the client's ground lost within eight weeks over its major-defeat area. Attention that
moves from arms to talks, fatigue, and leverage over the client greater than over the enemy follow
the accounts of practitioners; the mean-reverting form is absent on purpose: fatigue is what
is claimed. The linear forms and their ranges are assumed. It would break if patrons answered each
other's pledges.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.types import MONTHS_PER_YEAR, SETTLEMENT, WEEKS_PER_YEAR
from ripeness.war.process import Moment, to_clients, total
from ripeness.worlds.bundle import Bundle

MOST_WILLING = 3.0
"""Ceiling of willingness over its start: a guard against runaway, rarely met."""

DEFEAT_WEEKS = 8.0
"""Window of a major defeat, in weeks; what it adds to willingness is spread over it."""


class PatronsPart(eqx.Module):
    """The patrons' mood and this week's pledges."""

    willingness: Float[Array, "patron world"]  # 1 at the start
    military: Float[Array, "patron world"]  # pledged this week, bn EUR
    financial: Float[Array, "2 world"]  # paid to each side this week, bn EUR
    pressure: Float[Array, "2 world"]  # cost added to a year of war, shares of the stakes


class Patrons:
    """Willingness and pledges."""

    name = "patrons"

    def start(self, parameters: Bundle) -> PatronsPart:
        """Return the patrons at the start."""
        p = parameters.patrons
        week = MONTHS_PER_YEAR_OF_CALENDAR / WEEKS_PER_YEAR
        return PatronsPart(
            jnp.ones_like(p.military),
            p.military * week,
            to_clients(p.client, p.financial * week),
            jnp.zeros_like(parameters.front.area_held),
        )

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> PatronsPart:
        """Return moods and pledges one week on."""
        p = parameters.patrons
        willing = self._willingness(state, parameters, moment)
        attention = 1.0 - p.attention_shift * state.diplomacy.talks
        peace = jnp.where(state.diplomacy.regime == SETTLEMENT, p.peace_share, 1.0)
        drive = willing * attention * peace * (MONTHS_PER_YEAR_OF_CALENDAR / WEEKS_PER_YEAR)
        vowed = jnp.where(state.calendar.ultimatum, parameters.sanctions.ultimatum_aid, 1.0)
        month = moment.week.astype(jnp.float32) * (MONTHS_PER_YEAR / WEEKS_PER_YEAR)
        impatience = jnp.minimum(month / p.impatience_months, 1.0) * jnp.minimum(willing, 1.0)
        client = to_clients(p.client, impatience * p.client_leverage)
        enemy = to_clients(p.client, impatience * p.enemy_leverage)[::-1]
        # The vow is to arm the victim of a refusal; it binds patrons of the side not threatened.
        arms = jnp.where(self._protects_refused(parameters), vowed, 1.0)
        return PatronsPart(
            willing,
            p.military * p.level * drive * state.calendar.surge * arms,
            to_clients(p.client, p.financial * drive),
            client + enemy,
        )

    def _willingness(self, state: Bundle, parameters: Bundle, moment: Moment) -> Array:
        p, old = parameters.patrons, state.patrons.willingness
        shock = moment.luck.normal_of("patrons", moment.names.patron_slots, moment.week)
        setback = total(p.client * state.front.defeat[:, None])
        restraint = parameters.escalation.restraint * state.escalation.signal
        new = (
            old * (1.0 - p.fatigue / WEEKS_PER_YEAR - restraint)
            + p.volatility * np.float32(WEEKS_PER_YEAR**-0.5) * shock
            + p.setback_effect * setback / DEFEAT_WEEKS
            + state.calendar.willingness_change
        )
        return jnp.clip(new, 0.0, MOST_WILLING)

    def _protects_refused(self, parameters: Bundle) -> Array:
        """Return, per patron, whether its client's enemy is the one under the ultimatum."""
        threatened = parameters.sanctions.secondary > 0
        return total(parameters.patrons.client * threatened[::-1][:, None]) > 0


MONTHS_PER_YEAR_OF_CALENDAR = 12.0
"""Aid is stated per calendar month, as the trackers of aid do."""
