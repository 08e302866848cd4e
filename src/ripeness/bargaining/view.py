"""What a side may see. Strategies get this and nothing else of the war.

Every field is ``(side, world)``: row ``i`` holds only what side ``i`` knows, in its own terms ("own",
"enemy"). The hidden qualities of both forces and the true advantage are not in it. What the sides want
is common knowledge between them; how strong they are is not.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float

from ripeness.bargaining.ledger import endurance, prior_advantage, weeks_fought
from ripeness.bargaining.threats import threat_ahead
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR, WEEKS_PER_MONTH
from ripeness.war.guarantors import in_place
from ripeness.war.process import other, power
from ripeness.war.processes.combat import refit_left
from ripeness.war.processes.front import held_by_each
from ripeness.worlds.bundle import Bundle

REST_WEEKS = 26.0
"""How long a pause a side has in mind when it weighs rest: half a year, the memory of trends."""


class View(eqx.Module):
    """One side's knowledge per row."""

    advantage: Float[Array, "2 world"]  # own, as believed, log ratio
    trend: Float[Array, "2 world"]  # of the advantage that both see, per half year
    threat: Float[Array, "2 world"]  # change of it by an ultimatum ahead, by its chance, log ratio
    own_area: Float[Array, "2 world"]  # km2
    own_fortification: Float[Array, "2 world"]
    enemy_fortification: Float[Array, "2 world"]
    own_thinness: Float[Array, "2 world"]  # factor on the rate of enemy breakthroughs
    enemy_thinness: Float[Array, "2 world"]
    own_loss_rate: Float[Array, "2 world"]  # lost for good per soldier and week
    enemy_loss_rate: Float[Array, "2 world"]
    war_cost: Float[Array, "2 world"]  # felt, a year, shares of the stakes
    burden: Float[
        Array, "2 world"
    ]  # years of the cost at the start that a year of war now feels like
    pressure: Float[Array, "2 world"]  # of impatient patrons, in the felt cost, a year
    own_weariness: Float[Array, "2 world"]  # support lost since the start
    enemy_weariness: Float[Array, "2 world"]
    dread: Float[Array, "2 world"]  # expected loss a year from the war leaving the model
    leader_cost: Float[Array, "2 world"]  # leader's own, of signing less than victory
    calm_months: Float[Array, "2 world"]  # months without movement of the front
    own_refit: Float[Array, "2 world"]  # log of the force that half a year of quiet would add
    enemy_refit: Float[Array, "2 world"]
    paused_months: Float[Array, "2 world"]  # months in this ceasefire; 0 outside one
    in_war: Bool[Array, "2 world"]
    in_ceasefire: Bool[Array, "2 world"]
    in_settlement: Bool[Array, "2 world"]
    enemy_protection: Float[Array, "2 world"]  # log of the force guarantors would add to the enemy
    enemy_credibility: Float[Array, "2 world"]  # chance that they would, as things are now
    incidents: Float[Array, "2 world"]  # suffered along the line this month
    prior_advantage: Float[Array, "2 world"]  # own, had battle taught nothing, log ratio
    weeks_fought: Float[Array, "2 world"]  # since the start, weeks at the start's losses
    own_endurance: Float[
        Array, "2 world"
    ]  # left of what the war consumes, over the start's, 0 to 1
    enemy_endurance: Float[Array, "2 world"]


def view_of(state: Bundle, parameters: Bundle) -> View:
    """Return what each side sees of the state."""
    front, info, men = state.front, state.information, state.manpower
    regime = state.diplomacy.regime
    own_area = held_by_each(front.area, parameters)
    density = jnp.maximum(men.troops / parameters.front.length, 1e-3)
    thinness = power(
        parameters.front.thin_density / density, parameters.front.breakthrough_thinness
    )
    gone = parameters.combat.killed_share + parameters.combat.disabled_share
    rate = info.losses * gone / jnp.maximum(men.troops, 1.0)
    terms = state.diplomacy.terms
    added = jnp.log1p(terms.capacity)
    weariness = parameters.home_front.support - state.home_front.support
    both = jnp.ones((2, 1), dtype=bool)
    left, refit = endurance(state, parameters), refit_left(state, parameters, REST_WEEKS)
    return View(
        advantage=info.advantage,
        trend=info.trend,
        threat=threat_ahead(state, parameters),
        own_area=own_area,
        own_fortification=front.fortification,
        enemy_fortification=other(front.fortification),
        own_thinness=thinness,
        enemy_thinness=other(thinness),
        own_loss_rate=rate,
        enemy_loss_rate=other(rate),
        war_cost=felt_cost(state, parameters),
        burden=burden_of(state, parameters),
        pressure=jnp.broadcast_to(state.patrons.pressure, own_area.shape),
        own_weariness=weariness,
        enemy_weariness=other(weariness),
        dread=parameters.escalation.dread * state.escalation.exit_risk,
        leader_cost=_leader_cost(state, parameters),
        calm_months=jnp.broadcast_to(front.calm_weeks, own_area.shape) / WEEKS_PER_MONTH,
        own_refit=refit,
        enemy_refit=other(refit),
        paused_months=jnp.where(both & (regime == CEASEFIRE), state.diplomacy.months, 0.0),
        in_war=both & (regime == WAR),
        in_ceasefire=both & (regime == CEASEFIRE),
        in_settlement=both & (regime == SETTLEMENT),
        enemy_protection=other(added),
        enemy_credibility=other(in_place(state, parameters)),
        incidents=state.diplomacy.incidents,
        prior_advantage=prior_advantage(state, parameters),
        weeks_fought=jnp.broadcast_to(weeks_fought(state, parameters), own_area.shape),
        own_endurance=left,
        enemy_endurance=other(left),
    )


def felt_cost(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return what a year of war costs each side as its leader feels it, in shares of the stakes."""
    return parameters.diplomacy.war_cost * burden_of(state, parameters) + state.patrons.pressure


def burden_of(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return how much a year of war costs each side now, over what it cost at the start; all see it.

    cost / c = [k losses/losses_0 + (1 - k) (1 + strain) / (1 + strain_0) / output]
                 [1 + (1 - repression) (support_0 - support)]

    The forms are assumed; the cost at the start c and its share of casualties k are the scenario's.
    """
    p, home = parameters.diplomacy, parameters.home_front
    economy = (1.0 + state.economy.strain) / (1.0 + parameters.economy.strain)
    economy = economy / jnp.maximum(state.economy.output, 0.1)
    losses = state.information.losses / jnp.maximum(parameters.combat.casualties, 1.0)
    felt = p.casualty_weight * losses + (1.0 - p.casualty_weight) * economy
    lost_support = (1.0 - home.repression) * (home.support - state.home_front.support)
    return felt * (1.0 + jnp.maximum(lost_support, -0.5))


def _leader_cost(state: Bundle, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the leader's own cost of less than victory; a new leader did not start the war."""
    home = parameters.home_front
    return jnp.where(state.home_front.new_leader, 0.0, home.leader_cost * home.leader_costs)
