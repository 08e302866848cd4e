"""What is kept of each month: the analyst's view of the state, including the truth that no side sees."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from ripeness.types import SETTLEMENT
from ripeness.war.guarantors import in_place
from ripeness.war.process import to_clients
from ripeness.war.processes.combat import true_advantage
from ripeness.war.processes.front import held_by_each
from ripeness.war.state import Acts, regime
from ripeness.worlds.bundle import Bundle

Records = dict[str, Array]


def record_month(state: Bundle, parameters: Bundle, acts: Acts) -> Records:
    """Return the records of a month: the state at its start, and the acts then.

    Totals run since the start of the war. What is no variable of a run (``variables.BY_MONTH``) feeds one.

    Each entry is ``(..., world)``; the simulation stacks them along a leading month axis.
    """
    men, info, terms = state.manpower, state.information, state.diplomacy.terms
    held = held_by_each(state.front.area, parameters)
    in_force = (regime(state) == SETTLEMENT).astype(held.dtype)
    sign = jnp.array([1.0, -1.0])[:, None]
    return {
        "regime": regime(state).astype(jnp.int8),
        "area_held": held,
        "casualties": men.casualties,
        "troops": men.troops,
        "equipment": state.combat.equipment,
        "men_bind": state.combat.men_bind,
        "force_ratio": true_advantage(state, parameters)[0],
        "expected_advantage": info.advantage * sign,
        "expected_area": acts.expected_area,
        "reservation": acts.reservation,
        "zone_open": acts.zone_open,
        "zone_width": acts.zone_width,
        "attending": acts.attend,
        "real": acts.real,
        "rank": acts.rank,
        "resume_chance": acts.resume,
        "breach_chance": acts.breach,
        "breach_chance_alone": acts.breach_alone,
        "help_in_place": in_place(state, parameters) * terms.capacity * in_force,
        "output": state.economy.output,
        "war_share": state.economy.war_share,
        "strain": state.economy.strain,
        "support": state.home_front.support,
        "security": state.home_front.security,
        "leader_exit_risk": state.home_front.exit_risk,
        "collapse_risk": state.home_front.collapse_risk,
        "aid_absorbed": state.aid.used_by_side,
        "sanctions_felt": state.sanctions.felt,
        "morale": men.morale,
        "mean_age": men.mean_age,
        "intake": men.intake,
        "exit_risk": state.escalation.exit_risk,
        "tension": state.escalation.tension,
        "willingness": state.patrons.willingness,
        "aid_pledged": to_clients(parameters.patrons.client, state.aid.pledged_total),
        "pending": state.diplomacy.pending > 0,
        "signatures": state.diplomacy.signatures.astype(jnp.int8),
        "signed_line": terms.line.astype(jnp.int8),
        "signed_point": terms.point.astype(jnp.int8),
        "agreed_area": state.diplomacy.agreed_area,
        "help_promised": jnp.max(terms.credibility * terms.capacity, axis=0),
    }
