"""5 Economy: output, the share spent on war, strain, production of equipment.

    d ln Y / dt = growth - damage felt - war_damage [war] - drag S + return payments/Y [settlement]
    w' = w + (w_wanted - w) / conversion,   w_wanted = w_0 + need (ceiling - w_0)   [sustainable in peace]
    need = clip(1/2 - r / (2 theta), 0, 1)        r: the side's logarithmic power advantage as it sees it
    S' = S + gain max(0, w - relief aid/Y - sustainable) dt + strain felt dt - release S dt
    production = Y w equipment_share (1 - S) / (1 - S_0)

Conversion to war at a finite speed and its cost to civil life follow Harrison (1998, "The economics
of World War II", ch. 1); the linear forms are assumed. It would break under a run on the currency or
a default, which come suddenly.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import SETTLEMENT, WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle

LEAST_SLACK = 0.05
"""An economy that starts nearer to breakdown than this gains no more than twentyfold by recovery."""


MONTHS_OF_CALENDAR = 12.0
"""Payments are stated per calendar month."""

MOST_INVESTED = 0.3
"""Payments above this share of output buy no more growth: nothing absorbs them (assumed)."""


class EconomyPart(eqx.Module):
    """Each side's economy."""

    output: Float[Array, "2 world"]  # 1 at the start
    war_share: Float[Array, "2 world"]  # of output
    strain: Float[Array, "2 world"]  # 0 none, 1 breakdown
    production: Float[Array, "2 world"]  # equipment and munitions this week, bn EUR


class Economy:
    """What can be paid for."""

    name = "economy"

    def start(self, parameters: Bundle) -> EconomyPart:
        """Return the economies at the start."""
        p = parameters.economy
        weekly = p.output * p.war_share * p.equipment_share / WEEKS_PER_YEAR
        return EconomyPart(jnp.ones_like(p.output), p.war_share, p.strain, weekly)

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> EconomyPart:
        """Return the economies one week on."""
        del moment
        p, old, felt = parameters.economy, state.economy, state.sanctions.felt
        year = 1.0 / WEEKS_PER_YEAR
        growth = p.growth - parameters.sanctions.damage * felt - p.strain_drag * old.strain
        growth = growth - jnp.where(fighting(state), p.war_damage, 0.0)
        paid = (
            state.diplomacy.payments
            * MONTHS_OF_CALENDAR
            / jnp.maximum(p.output * old.output, SMALL)
        )
        growth = growth + p.investment_return * jnp.minimum(paid, MOST_INVESTED)
        output = old.output * (1.0 + growth * year)
        share = (
            old.war_share + (self._wanted(state, parameters) - old.war_share) / p.conversion_weeks
        )
        income = jnp.maximum(p.output * output * year, SMALL)
        burden = share - p.aid_relief * state.patrons.financial / income
        strain = (
            old.strain
            + year * p.strain_gain * jnp.maximum(burden - p.sustainable_share, 0.0)
            + year * parameters.sanctions.strain * felt
            - year * p.strain_relief * old.strain
        )
        strain = jnp.clip(strain, 0.0, 1.0)
        slack = (1.0 - strain) / jnp.maximum(1.0 - p.strain, LEAST_SLACK)
        return EconomyPart(output, share, strain, income * share * p.equipment_share * slack)

    def _wanted(self, state: Bundle, parameters: Bundle) -> Array:
        """Return the share of output that each side wants to spend on the war."""
        p = parameters.economy
        need = 0.5 - state.information.advantage / (2.0 * parameters.front.advantage_needed)
        wanted = p.war_share + jnp.clip(need, 0.0, 1.0) * (p.war_share_ceiling - p.war_share)
        in_peace = state.diplomacy.regime == SETTLEMENT
        return jnp.where(in_peace, jnp.minimum(p.sustainable_share, p.war_share), wanted)
