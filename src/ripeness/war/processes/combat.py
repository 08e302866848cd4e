"""7 Combat: force, tempo, losses, equipment.

    men_s   = N (morale / morale_0)^a exp(-b (age - age_0)),   kit_s = E N_0 sufficiency / E_0
    force_s = e^refit (men^-c / 2 + kit^-c / 2)^(-1/c)            men bind where men < kit
    refit_s' = refit_s + (gain_s quiet - refit_s) / (weeks_s if quiet, else weeks of wear)
    attack_s = logistic(logit(attack_0) + k (r_s - r_s0))         r_s: the advantage the side expects
    losses_s = losses_0 tempo (force_o / force_o0)^p (N_s / N_s0)^q
               (1 + premium attack_s) / (1 + premium attack_s0) shelter exp(noise)
    shelter = 1 - cover fort_s (1 - attack_s), over its value at the start
    E_s' = E_s + production + aid used - wear E_s tempo (force_o / force_o0)^p dt

The law of attrition is Lanchester's with free exponents (Bracken 1995: p = 1, q = 0 is the square law,
p = q = 1 the linear law); losses at the start are data. Force has constant elasticity of substitution
between men and equipment (Arrow et al. 1961), so that either can bind. tempo is the season in war, the
share of violations in a ceasefire, zero in a settlement. Units that rest behind a quiet line recover their
cohesion and gain force, each side at its own rate, and lose it again in battle; that fatigue lowers what a
unit can do is Dupuy's (1987, "Understanding War"), the exponential approach is assumed.
It would break in a war of movement, where losses come from encirclement rather than fire.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jax.scipy.special import logit
from jaxtyping import Bool, Float

from ripeness.types import CEASEFIRE, SETTLEMENT, WAR, WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment, for_sides, other, power
from ripeness.worlds.bundle import Bundle

EDGE = 0.01
"""Nobody only attacks or only defends: the share of attack stays this far from 0 and 1."""


FORTIFIED_AT_START = 0.5
"""Fortification of both lines at the start, half of a line long at rest (assumed)."""


class CombatPart(eqx.Module):
    """Force and losses."""

    equipment: Float[Array, "2 world"]  # bn EUR
    force: Float[Array, "2 world"]  # fully equipped soldiers
    men_bind: Bool[Array, "2 world"]
    refit: Float[Array, "2 world"]  # log of the force that rest has added since the start
    attack: Float[Array, "2 world"]  # share of effort
    casualties: Float[Array, "2 world"]  # killed and wounded this week


class Combat:
    """Attrition."""

    name = "combat"

    def start(self, parameters: Bundle) -> CombatPart:
        """Return force and losses at the start."""
        p = parameters.combat
        force, bind = force_of(
            parameters, parameters.manpower.troops, parameters.manpower.morale,
            parameters.manpower.mean_age, p.equipment,
        )  # fmt: skip
        fresh = jnp.zeros_like(p.equipment)
        return CombatPart(p.equipment, force, bind, fresh, p.assault, p.casualties)

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> CombatPart:
        """Return force and losses of the week."""
        p, old, men = parameters.combat, state.combat, state.manpower
        tempo = tempo_of(state, parameters)
        enemy = power(other(old.force / force_at_start(parameters)), p.enemy_exponent)
        own = power(men.troops / parameters.manpower.troops, p.own_exponent)
        attack = self._attack(state, parameters)
        posture = (1.0 + p.assault_premium * attack) / (1.0 + p.assault_premium * p.assault)
        chance = moment.luck.normal_of("combat", moment.names.sides, moment.week)
        noise = jnp.exp(p.loss_noise * chance - 0.5 * p.loss_noise**2)
        fort = state.front.fortification
        shelter = (1.0 - p.cover * fort * (1.0 - attack)) / (
            1.0 - p.cover * FORTIFIED_AT_START * (1.0 - p.assault)
        )
        casualties = jnp.minimum(
            p.casualties * shelter * tempo * enemy * own * posture * noise, men.troops
        )
        worn = jnp.minimum(p.wear / WEEKS_PER_YEAR * tempo * enemy, 1.0) * old.equipment
        equipment = old.equipment + state.economy.production + state.aid.used - worn
        force, bind = force_of(parameters, men.troops, men.morale, men.mean_age, equipment)
        refit = _refit(state, parameters)
        return CombatPart(equipment, force * jnp.exp(refit), bind, refit, attack, casualties)

    def _attack(self, state: Bundle, parameters: Bundle) -> Array:
        p = parameters.combat
        change = state.information.advantage - state.information.advantage_at_start
        stated = logit(jnp.clip(p.assault, EDGE, 1.0 - EDGE))
        return 1.0 / (1.0 + jnp.exp(-stated - p.assault_response * change))


def _refit(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the log of the force that rest has added by the end of the week."""
    p, old, regime = parameters.combat, state.combat.refit, state.diplomacy.regime
    quiet = jnp.where(regime == CEASEFIRE, 1.0 - parameters.diplomacy.violations, 1.0)
    wanted = jnp.where(regime == WAR, 0.0, quiet * p.refit_gain)
    return old + (wanted - old) / jnp.where(regime == WAR, p.refit_wear_weeks, p.refit_weeks)


def refit_left(
    state: Bundle, parameters: Bundle, weeks: float | Float[Array, "..."]
) -> Float[Array, "2 world"]:
    """Return the log of the force that so many weeks of quiet from now would add to each side."""
    p = parameters.combat
    quiet = (1.0 - parameters.diplomacy.violations) * p.refit_gain
    return jnp.maximum(quiet - state.combat.refit, 0.0) * -jnp.expm1(-weeks / p.refit_weeks)


def tempo_of(state: Bundle, parameters: Bundle) -> Float[Array, "world"]:
    """Return the tempo of operations: 1 is the mean of the year at war."""
    where = state.diplomacy.regime
    held = jnp.where(where == CEASEFIRE, parameters.diplomacy.violations, 1.0)
    return state.calendar.season * jnp.where(where == SETTLEMENT, 0.0, held)


def force_of(
    parameters: Bundle, troops: Array, morale: Array, age: Array, equipment: Array
) -> tuple[Array, Array]:
    """Return each side's force in fully equipped soldiers, and whether men bind."""
    p, people = parameters.combat, parameters.manpower
    spirit = power(morale / jnp.maximum(people.morale, SMALL), people.morale_effect)
    men = troops * spirit * jnp.exp(-people.age_effect * (age - people.mean_age))
    kit = equipment * people.troops * p.sufficiency / jnp.maximum(p.equipment, SMALL)
    men, kit = jnp.maximum(men, 1.0), jnp.maximum(kit, 1.0)
    ratio = jnp.log(kit / men)
    # force = men ((1 + (men / kit)^c) / 2)^(-1/c), in logarithms to stay in range.
    log_mean = _log_one_plus_exp(-p.substitution * ratio) - LOG_TWO
    return men * jnp.exp(-log_mean / p.substitution), men < kit


LOG_TWO = 0.6931471805599453

FAR = 60.0
"""Beyond this exponent log(1 + exp(x)) is x to the last bit of float32."""


def _log_one_plus_exp(exponent: Array) -> Array:
    return jnp.maximum(exponent, jnp.log1p(jnp.exp(jnp.minimum(exponent, FAR))))


def force_at_start(parameters: Bundle) -> Float[Array, "2 world"]:
    """Return each side's force at the start."""
    p, people = parameters.combat, parameters.manpower
    c = p.substitution
    log_mean = _log_one_plus_exp(-c * jnp.log(jnp.maximum(p.sufficiency, SMALL))) - LOG_TWO
    return people.troops * jnp.exp(-log_mean / c)


def visible_advantage(state: Bundle) -> Float[Array, "world"]:
    """Return the log of the first side's force over the second's, guarantors in place included."""
    force = jnp.log(jnp.maximum(state.combat.force, 1.0)) + state.diplomacy.guarantee
    return force[0] - force[1]


def hidden_advantage(parameters: Bundle) -> Float[Array, "world"]:
    """Return the first side's advantage in quality, which nobody sees."""
    return parameters.combat.quality[0] - parameters.combat.quality[1]


def true_advantage(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return each side's true logarithmic advantage in power."""
    return for_sides(visible_advantage(state) + hidden_advantage(parameters))
