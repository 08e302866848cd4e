"""11 Information: what each side believes about an advantage that nobody can see.

    prior of side i:  e ~ N(mean + s_i optimism_i, spread^2),   s = +1 for the first side, -1 for the second
    observation:      y = this week's change of the line without breakthroughs
                        = drift(r_seen + e) + obscurity sigma z           (war only; obscurity >= 1)
    update:           slope h = d drift / d e at the belief;  gain = v h / (h^2 v + (obscurity sigma)^2)
                      m' = m + gain (y - drift(r_seen + m)),   v' = v (1 - gain h) + change^2 dt
    advantage_i  = s_i (r_seen + m_i)
    trend_i      = s_i (r_seen now - r_seen half a year ago, exponentially weighted)
    mediator:        precision p = credibility talks dt believed I / ((1 - I) s_0^2),   I: information
                     m' += v p / (1 + v p) (truth - m),  v' = v / (1 + v p)
                     believed = 1 - bias  of the side not favoured, told that it is weaker than it thinks

Sides do not know how the line answers to power, so battle tells them less than it could (obscurity).
Force is seen by both, quality by neither; the first-order (extended) Kalman filter is the standard one
(Jazwinski 1970, ch. 8). Both start from their own prior, so that optimism on both sides is unlearned in
battle (Smith and Stam 2004; Wittman 1979). What a mediator tells is shared evidence: it moves a side the
less the surer that side is, and one without credit moves nobody (Smith and Stam 2003). Mediators are taken
to know the truth, but what serves a mediator's favourite the other side does not take from it (Kydd 2003,
"Which side are you on?", American Journal of Political Science 47). It would break if a side could hide its
force.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import SIGN, SMALL, Moment, for_sides, total
from ripeness.war.processes.combat import force_at_start, hidden_advantage, visible_advantage
from ripeness.war.processes.front import response
from ripeness.war.state import alive, fighting
from ripeness.worlds.bundle import Bundle

TREND_WEEKS = 26.0
"""Memory of the trend in force: half a year."""

LOSSES_WEEKS = 13.0
"""Memory of the losses that sides talk about: a quarter."""


ORDINARY_SPREAD = 0.25
"""Spread of belief, log ratio, of the side for which a mediator's information is stated (assumed)."""

MOST_KNOWN = 0.99
"""A mediator that tells all removes this share of an ordinary error in a year."""


class InformationPart(eqx.Module):
    """Beliefs; each row is the belief of one side."""

    mean: Float[Array, "2 world"]  # of the hidden advantage of the first side, log ratio
    variance: Float[Array, "2 world"]
    advantage: Float[Array, "2 world"]  # own advantage as the side sees it, log ratio
    advantage_at_start: Float[Array, "2 world"]
    seen: Float[Array, "world"]  # slow mean of the advantage that both see
    trend: Float[Array, "2 world"]  # change of the seen advantage over half a year, own terms
    losses: Float[Array, "2 world"]  # casualties a week of war, mean of about a quarter of it


class Information:
    """Learning from battle."""

    name = "information"

    def start(self, parameters: Bundle) -> InformationPart:
        """Return the priors."""
        p = parameters.information
        sign = for_sides(jnp.ones_like(p.prior_spread))
        mean = p.prior_mean + sign * p.optimism
        force = jnp.log(force_at_start(parameters))
        seen = force[0] - force[1]
        own = sign * (seen + mean)
        variance = jnp.broadcast_to(p.prior_spread**2, mean.shape)
        return InformationPart(
            mean, variance, own, own, seen, jnp.zeros_like(mean), parameters.combat.casualties
        )

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> InformationPart:
        """Return the beliefs one week on."""
        p, old = parameters.information, state.information
        seen = visible_advantage(state)
        learning = fighting(state) & alive(state)
        noise = jnp.maximum(p.obscurity * parameters.front.noise * state.calendar.season, SMALL)
        drift, slope = self._predicted(state, parameters, seen + old.mean)
        gain = old.variance * slope / (slope**2 * old.variance + noise**2)
        gain = jnp.where(learning, gain, 0.0)
        mean = old.mean + gain * (state.front.push - drift)
        restless = p.drift_of_belief**2 / WEEKS_PER_YEAR
        variance = old.variance * (1.0 - gain * slope) + restless
        news = hidden_advantage(parameters) - mean
        heard = variance * self._evidence(state, parameters, moment, news)
        mean = mean + heard / (1.0 + heard) * news
        variance = variance / (1.0 + heard)
        slow = old.seen + (seen - old.seen) / TREND_WEEKS
        return InformationPart(
            mean,
            jnp.minimum(variance, p.prior_spread**2),
            self._own(seen + mean),
            old.advantage_at_start,
            slow,
            for_sides(seen - slow),
            old.losses
            + jnp.where(learning, state.combat.casualties - old.losses, 0.0) / LOSSES_WEEKS,
        )

    def _own(self, advantage: Array) -> Array:
        """Return what each side believes of the first side's advantage as its own advantage."""
        return advantage * SIGN

    def _predicted(
        self, state: Bundle, parameters: Bundle, advantage: Array
    ) -> tuple[Array, Array]:
        """Return the drift each side expects, and how it would change with its belief."""
        before = state.front.fortification_before
        drift, slope = response(state, parameters, advantage, before)
        return drift, jnp.maximum(slope, SMALL)

    def _evidence(
        self, state: Bundle, parameters: Bundle, moment: Moment, news: Float[Array, "2 world"]
    ) -> Float[Array, "2 world"]:
        """Return the precision of what each side takes from mediators this week, per squared log ratio."""
        if not moment.names.mediators:
            return jnp.zeros_like(news)
        m = parameters.mediators
        present = moment.week.astype(jnp.float32) >= m.entry_week
        known = jnp.minimum(m.information, MOST_KNOWN)
        unwelcome = (self._own(news) < 0).astype(jnp.float32)
        believed = 1.0 - m.bias[:, None] * jnp.moveaxis(m.against, 1, 0) * unwelcome
        # The choice comes last, so that a mediator who says nothing changes no rounding.
        weight = total(
            jnp.where(
                present[:, None] & (m.credibility > 0)[:, None],
                (m.credibility * known / (1.0 - known))[:, None] * believed,
                0.0,
            )
        )
        return weight * state.diplomacy.talks / (WEEKS_PER_YEAR * ORDINARY_SPREAD**2)
