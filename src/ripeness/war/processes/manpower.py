"""6 Manpower: who can be sent, who is sent, who leaves; morale and age.

    pool      -> training (two stages) -> front -> killed | disabled | recovering -> front
                                          front -> deserted | discharged
    intake = effort intake_0 (pool / pool_0)^depletion        pool_0: at the reference age
    effort' = effort + (wanted - effort) / effort_weeks
    wanted  = [1 + (ceiling - 1) clip((1 - N / N_0) / 0.2, 0, 1)] clip((largest - N / N_0) / 0.2, 0, 1)
              clip(2 (1 - N / limit), 0, 1)                              in a settlement
    desertion = rate exp(k (morale_0 - morale)),  discharge as stated (and down to a cap in peace)
    morale'   = morale + (m - morale) / weeks
    m = morale_0 - loss_effect log2(loss rate / loss rate_0) - retreat_effect defeat
    age'      = age + dt + (age of recruits - age) arrivals / N

Compartments conserve people: the start's pool and troops plus those who come of age equal all boxes
(see ``ripeness.war.invariants``). The mixing law of age is exact; recruits are as old as keeps the
mean age constant at the start, and half a year younger per year of lower mobilisation age (assumed).
Desertion that grows as morale falls, and morale that falls with losses: McLauchlin (2015) and
Castillo (2014) in words; the exponential and logarithm are assumed. Losses are those of last week's
combat. It would break if whole units surrendered.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import SETTLEMENT, WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment, power
from ripeness.worlds.bundle import Bundle

FULL_ALARM = 0.2
"""Share of the start's troops whose loss brings mobilisation to its ceiling (assumed)."""

LARGEST_DOUBLINGS = 3.0
"""Loss rates beyond eight times or below an eighth of the start's no longer move morale."""

FULLEST_POOL = 4.0
"""A pool beyond four times the start's brings in recruits no faster (assumed)."""

RELEASE = 1.0 / 26.0
"""Share of soldiers above a treaty's cap released per week: half a year (assumed)."""

AGE_PER_YEAR_OF_CALL_UP = 0.5
"""Fall of recruits' mean age per year of lower mobilisation age (assumed)."""


class ManpowerPart(eqx.Module):
    """People, by where they are."""

    pool: Float[Array, "2 world"]
    training: Float[Array, "2 2 world"]  # (stage, side, world)
    troops: Float[Array, "2 world"]
    recovering: Float[Array, "2 world"]
    casualties: Float[Array, "2 world"]  # killed and wounded since the start
    killed: Float[Array, "2 world"]  # since the start
    disabled: Float[Array, "2 world"]
    deserted: Float[Array, "2 world"]
    discharged: Float[Array, "2 world"]
    came_of_age: Float[Array, "2 world"]
    effort: Float[Array, "2 world"]  # intake over what the pool would give at the start's effort
    intake: Float[Array, "2 world"]  # soldiers this week
    morale: Float[Array, "2 world"]
    mean_age: Float[Array, "2 world"]  # years


class Manpower:
    """The pool and the front."""

    name = "manpower"

    def start(self, parameters: Bundle) -> ManpowerPart:
        """Return the people at the start; training is full at the start's intake."""
        p, combat = parameters.manpower, parameters.combat
        nobody = jnp.zeros_like(p.troops)
        stage = p.intake * p.training_weeks / 2.0
        returning = combat.casualties * (1.0 - combat.killed_share - combat.disabled_share)
        return ManpowerPart(
            pool=pool_at_start(parameters),
            training=jnp.stack([stage, stage]),
            troops=p.troops,
            recovering=returning * combat.recovery_weeks,
            casualties=nobody, killed=nobody, disabled=nobody, deserted=nobody,
            discharged=nobody, came_of_age=nobody,
            effort=nobody + 1.0, intake=p.intake, morale=p.morale, mean_age=p.mean_age,
        )  # fmt: skip

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> ManpowerPart:
        """Return the people one week on."""
        del moment
        p, combat, old = parameters.manpower, parameters.combat, state.manpower
        effort = old.effort + (self._wanted(state, parameters) - old.effort) / p.effort_weeks
        left = power(jnp.minimum(old.pool / jnp.maximum(p.pool, 1.0), FULLEST_POOL), p.depletion)
        intake = jnp.minimum(effort * p.intake * left, old.pool)
        moving = old.training * jnp.minimum(2.0 / p.training_weeks, 1.0)
        arrivals = moving[1]
        casualties = jnp.minimum(state.combat.casualties, old.troops)
        killed, disabled = casualties * combat.killed_share, casualties * combat.disabled_share
        recovered = old.recovering / combat.recovery_weeks
        deserted, discharged = self._leavers(state, parameters, old.troops - casualties)
        coming_of_age = p.newly_eligible / WEEKS_PER_YEAR
        troops = old.troops - casualties - deserted - discharged + arrivals + recovered
        return ManpowerPart(
            pool=old.pool + coming_of_age - intake,
            training=old.training + jnp.stack([intake, moving[0]]) - moving,
            troops=troops,
            recovering=old.recovering + casualties - killed - disabled - recovered,
            casualties=old.casualties + casualties,
            killed=old.killed + killed,
            disabled=old.disabled + disabled,
            deserted=old.deserted + deserted,
            discharged=old.discharged + discharged,
            came_of_age=old.came_of_age + coming_of_age,
            effort=effort,
            intake=intake,
            morale=self._morale(state, parameters, casualties),
            mean_age=self._age(old, parameters, arrivals, troops),
        )

    def _wanted(self, state: Bundle, parameters: Bundle) -> Array:
        """Return the effort of recruitment that each side wants."""
        p, troops = parameters.manpower, state.manpower.troops
        alarm = jnp.clip((1.0 - troops / p.troops) / FULL_ALARM, 0.0, 1.0)
        limit = jnp.maximum(jnp.minimum(state.diplomacy.force_cap, p.troops), 1.0)
        in_peace = jnp.clip(2.0 * (1.0 - troops / limit), 0.0, 1.0)
        room = jnp.clip((p.largest_force - troops / p.troops) / FULL_ALARM, 0.0, 1.0)
        in_war = (1.0 + (p.intake_ceiling - 1.0) * alarm) * room
        return jnp.where(state.diplomacy.regime == SETTLEMENT, in_peace, in_war)

    def _leavers(self, state: Bundle, parameters: Bundle, troops: Array) -> tuple[Array, Array]:
        """Return deserters and discharged soldiers of the week."""
        p = parameters.manpower
        lost_morale = p.morale - state.manpower.morale
        hazard = p.desertion / WEEKS_PER_YEAR * jnp.exp(p.desertion_effect * lost_morale)
        deserted = troops * jnp.minimum(hazard, 1.0)
        above_cap = jnp.maximum(troops - deserted - state.diplomacy.force_cap, 0.0) * RELEASE
        return deserted, (troops - deserted) * p.discharge / WEEKS_PER_YEAR + above_cap

    def _morale(self, state: Bundle, parameters: Bundle, casualties: Array) -> Array:
        p = parameters.manpower
        at_start = parameters.combat.casualties / p.troops
        rate = casualties / jnp.maximum(state.manpower.troops, 1.0)
        doublings = jnp.log2(jnp.maximum(rate, SMALL) / jnp.maximum(at_start, SMALL))
        doublings = jnp.clip(doublings, -LARGEST_DOUBLINGS, LARGEST_DOUBLINGS)
        wanted = p.morale - p.loss_effect * doublings - p.retreat_effect * state.front.defeat
        old = state.manpower.morale
        return old + (jnp.clip(wanted, 0.0, 1.0) - old) / p.morale_weeks

    def _age(self, old: ManpowerPart, parameters: Bundle, arrivals: Array, troops: Array) -> Array:
        p = parameters.manpower
        renewal = jnp.maximum(p.intake * WEEKS_PER_YEAR / p.troops, SMALL)
        younger = AGE_PER_YEAR_OF_CALL_UP * (p.reference_age - p.mobilisation_age)
        recruits = jnp.maximum(p.mean_age - 1.0 / renewal - younger, p.mobilisation_age)
        mixing = jnp.clip(arrivals / jnp.maximum(troops, 1.0), 0.0, 1.0)
        ageing = jnp.where(old.troops > 0, 1.0 / WEEKS_PER_YEAR, 0.0)
        return old.mean_age + ageing + (recruits - old.mean_age) * mixing


def pool_at_start(parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the people who can be recruited or mobilised, given the mobilisation age."""
    p = parameters.manpower
    return jnp.maximum(p.pool + (p.reference_age - p.mobilisation_age) * p.cohort, 0.0)
