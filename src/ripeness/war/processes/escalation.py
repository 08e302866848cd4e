"""10 Escalation: tension, signals, and the exit beyond the model.

    T' = T + (T_0 - T + aid_effect max(0, aid / aid_0 - 1) + defeat_effect sum_s doctrine_s defeat_s) / calm
    signal: rate T max_s doctrine_s      it frightens patrons (willingness) for that week
    exit:   rate exp(k T)                in war only: spread to a neighbour, or the gravest weapons

A threatening side threatens more when it loses ground, and patrons answer by restraint (Schelling 1966,
"Arms and Influence", ch. 3: the threat that leaves something to chance). The exit is a share of worlds
about which the model says nothing more. All forms are assumed. It would break if an escalation were
survived and changed the war.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment, total, weekly
from ripeness.war.processes.home_front import STEEPEST
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle


class EscalationPart(eqx.Module):
    """How near the edge."""

    tension: Float[Array, "world"]  # 0 calm, 1 the edge
    signal: Float[Array, "world"]  # 1 in a week with a signal
    signals: Float[Array, "world"]  # since the start
    left: Bool[Array, "world"]  # the war has left the model
    exit_risk: Float[Array, "world"]  # of leaving the model, a year


class Escalation:
    """Threats that leave something to chance."""

    name = "escalation"

    def start(self, parameters: Bundle) -> EscalationPart:
        """Return the tension at the start."""
        tension = parameters.escalation.tension
        none = jnp.zeros_like(tension)
        return EscalationPart(tension, none, none, tension < 0, none)

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> EscalationPart:
        """Return the tension one week on."""
        p, old = parameters.escalation, state.escalation
        pledged_at_start = total(parameters.patrons.military) * (12.0 / WEEKS_PER_YEAR)
        pledged = total(state.patrons.military)
        surplus = jnp.maximum(pledged / jnp.maximum(pledged_at_start, SMALL) - 1.0, 0.0)
        surplus = jnp.where(pledged_at_start > SMALL, surplus, 0.0)
        fear = p.aid_effect * surplus + p.defeat_effect * total(p.doctrine * state.front.defeat)
        tension = old.tension + (p.tension - old.tension + fear) / p.calm_weeks
        tension = jnp.clip(tension + state.calendar.tension_change, 0.0, 1.0)
        speaks, leaves = moment.luck.uniform("escalation", moment.week)
        threat = jnp.maximum(p.doctrine[0], p.doctrine[1])
        signal_rate = jnp.where(fighting(state), p.signal_rate * tension * threat, 0.0)
        growth = jnp.exp(jnp.clip(p.exit_effect * tension, -STEEPEST, STEEPEST))
        exit_rate = jnp.where(fighting(state), p.exit_rate * growth, 0.0)
        signal = (speaks < weekly(signal_rate)).astype(jnp.float32)
        left = leaves < weekly(exit_rate)
        return EscalationPart(tension, signal, old.signals + signal, old.left | left, exit_rate)
