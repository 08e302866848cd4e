"""4 Sanctions: intensity, evasion, secondary measures, penalties for delay.

    I' = min(1, I + penalty / month [in war] + secondary [ultimatum carried out this week])
    E' = E I / I' + learning (ceiling - E) dt
    felt = I (1 - E) (1 - relief)

New measures are not evaded at first; evasion is then learned towards a ceiling (Early 2015,
"Busted Sanctions"; that it is learned at a constant rate is assumed). Relief comes with the terms of
a settlement and ends with it. It would break if sanctions were re-imposed with delay.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment
from ripeness.war.state import fighting
from ripeness.worlds.bundle import Bundle


class SanctionsPart(eqx.Module):
    """Sanctions on each side."""

    intensity: Float[Array, "2 world"]  # 0 none, 1 everything that could be done
    evasion: Float[Array, "2 world"]  # share of their effect evaded
    felt: Float[Array, "2 world"]


class Sanctions:
    """Pressure on economies."""

    name = "sanctions"

    def start(self, parameters: Bundle) -> SanctionsPart:
        """Return the sanctions at the start."""
        p = parameters.sanctions
        return SanctionsPart(p.intensity, p.evasion, p.intensity * (1.0 - p.evasion))

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> SanctionsPart:
        """Return the sanctions one week on."""
        del moment
        p, old = parameters.sanctions, state.sanctions
        penalty = jnp.where(fighting(state), p.penalty / WEEKS_PER_MONTH, 0.0)
        secondary = jnp.where(state.calendar.ultimatum_now, p.secondary, 0.0)
        intensity = jnp.minimum(old.intensity + penalty + secondary, 1.0)
        known = old.evasion * old.intensity / jnp.maximum(intensity, SMALL)
        learned = p.evasion_rate / WEEKS_PER_YEAR * jnp.maximum(p.evasion_ceiling - known, 0.0)
        evasion = jnp.clip(known + learned, 0.0, 1.0)
        relief = state.diplomacy.relief
        return SanctionsPart(intensity, evasion, intensity * (1.0 - evasion) * (1.0 - relief))
