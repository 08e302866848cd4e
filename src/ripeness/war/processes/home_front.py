"""9 Home front: opinion, the leader, collapse.

    b   = support_0 - c log10(losses / losses_0) - e (strain - strain_0) + rally defeat
    support' = support + (b - support) / weeks + shock
    security = 1 - (1 - repression) (1 - support)
    leader leaves: rate exp(k (security_0 - security))
    side collapses (war): rate exp(a r_enemy + s (support_0 - support))

Support falls with the logarithm of cumulative losses (Mueller 1973, "War, Presidents and Public
Opinion", ch. 3). Leaders answer for lost wars with their office or more (Goemans 2000), the more so the
less they can repress. Collapse is a smooth hazard, not a threshold, so that expectations about it vary
smoothly (assumed). It would break if support could rally for years.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float

from ripeness.war.process import Moment, weekly
from ripeness.war.processes.combat import true_advantage
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle

STEEPEST = 8.0
"""Largest exponent of a hazard, so that rates stay finite; exp(8) is three thousand times the rate."""


class HomeFrontPart(eqx.Module):
    """Behind the lines."""

    support: Float[Array, "2 world"]  # share of the public for going on
    security: Float[Array, "2 world"]  # of the leader, 0 to 1
    new_leader: Bool[Array, "2 world"]  # the leader of the start has left
    collapsed: Bool[Array, "2 world"]
    exit_risk: Float[Array, "2 world"]  # of the leader, a year
    collapse_risk: Float[Array, "2 world"]  # a year


class HomeFront:
    """Opinion and leaders."""

    name = "home_front"

    def start(self, parameters: Bundle) -> HomeFrontPart:
        """Return the home fronts at the start."""
        p = parameters.home_front
        nobody = p.support < 0
        return HomeFrontPart(
            p.support, security_at_start(parameters), nobody, nobody, p.leader_exit, p.support * 0.0
        )

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> HomeFrontPart:
        """Return the home fronts one week on."""
        p, old, men = parameters.home_front, state.home_front, state.manpower
        lost = men.casualties
        wanted = (
            p.support
            - p.casualty_effect * jnp.log10(1.0 + lost / p.losses)
            - p.strain_effect * (state.economy.strain - parameters.economy.strain)
            + p.rally_effect * state.front.defeat
        )
        change = (jnp.clip(wanted, 0.0, 1.0) - old.support) / p.opinion_weeks
        support = jnp.clip(old.support + change + state.calendar.support_change, 0.0, 1.0)
        security = 1.0 - (1.0 - p.repression) * (1.0 - support)
        exits, falls = moment.luck.uniform_of("home front", moment.names.sides, moment.week)
        lost_security = security_at_start(parameters) - security
        exit_rate = p.leader_exit * _growth(p.insecurity_effect * lost_security)
        against = -p.collapse_advantage * true_advantage(state, parameters)
        fall_rate = p.collapse_rate * _growth(against + p.collapse_support * (p.support - support))
        fall_rate = jnp.where(fighting(state), fall_rate, 0.0)
        return HomeFrontPart(
            support,
            security,
            old.new_leader | (exits < weekly(exit_rate)),
            old.collapsed | (falls < weekly(fall_rate)),
            exit_rate,
            fall_rate,
        )


def security_at_start(parameters: Bundle) -> Float[Array, "2 world"]:
    """Return how secure each leader is at the start."""
    p = parameters.home_front
    return 1.0 - (1.0 - p.repression) * (1.0 - p.support)


def _growth(exponent: Array) -> Array:
    return jnp.exp(jnp.clip(exponent, -STEEPEST, STEEPEST))
