"""What the rival theories share: attendance, breach, and the chances of talks.

A unilateral act happens with a Poisson-logit hazard: with reconsideration rate rho, precision l and
expected gain a, the chance within a month of length m is 1 - exp(-rho m exp(l a)). It is the logit rule
with the status quo as prior (Matejka and McKay 2015) in continuous time, so that the length of the month
does not matter. Incidents along the line add to the gain of whoever suffers them: leaving them unanswered
is a cost, which observers spare both sides by telling accident from intent (Fortna 2003).
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.agreement import terms_of, zone_of_agreement
from ripeness.bargaining.prospects import fighting_value
from ripeness.bargaining.strategy import Situation, Stance
from ripeness.types import MONTHS_PER_YEAR
from ripeness.war.process import Moment, total
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle

LARGEST_EXPONENT = 30.0
LOW_RANK, HIGH_RANK = 0.3, 0.9
"""Rank of a delegation sent to be seen, and of one sent to sign (0 nobody, 1 the leader)."""


def breach_chance(gain: Float[Array, "2 world"], parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the monthly chance of a unilateral act that would gain this, in shares of the stakes."""
    p = parameters.diplomacy
    odds = jnp.exp(jnp.clip(p.precision * gain, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    return -jnp.expm1(-p.reconsider / MONTHS_PER_YEAR * odds)


def signing_chance(parameters: Bundle, moment: Moment) -> Float[Array, "world"]:
    """Return the monthly chance that an open zone becomes a signature, mediators included."""
    chance = parameters.diplomacy.signing_chance
    if not moment.names.mediators:
        return chance
    m = parameters.mediators
    present = moment.week.astype(jnp.float32) >= m.entry_week
    return jnp.minimum(
        chance * (1.0 + total(jnp.where(present, m.credibility * m.leverage, 0.0))), 1.0
    )


def gain_from_breach(
    situation: Situation,
    parameters: Bundle,
    fight: Float[Array, "2 world"],
    peace: Float[Array, "2 world"],
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return what each side expects to gain by breaking a settlement; then, what if nobody guaranteed it.

    Args:
        situation: the talks.
        parameters: the worlds' parameters.
        fight: what each side expects from fighting, by its own theory.
        peace: what the settlement is worth to it.
    """
    view = situation.view
    alone, _ = fighting_value(view, parameters, situation.table, view.advantage)
    opposed, _ = fighting_value(
        view, parameters, situation.table, view.advantage - view.enemy_protection
    )
    plain = fight - parameters.diplomacy.breach_cost - peace + provoked(situation, parameters)
    return plain + view.enemy_credibility * (opposed - alone), plain


def provoked(situation: Situation, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return what answering this month's incidents is worth to each side, in shares of the stakes."""
    return parameters.diplomacy.provocation * situation.view.incidents


def act_on(situation: Situation, parameters: Bundle, moment: Moment, stance: Stance) -> Acts:
    """Return the acts that follow from where the sides stand.

    Attendance: a side that would sign something the other might sign attends, with rank; any other
    side attends to be seen, with the chance of its concern for its image, at low rank. A zone becomes
    a signature, and a common wish for a pause a ceasefire, with the monthly chances of the scenario.
    """
    expected, would_pause = stance.expected, stance.would_pause
    zone = zone_of_agreement(
        situation.area,
        stance.reservation,
        expected.now,
        parameters,
        situation.table,
        situation.week,
    )
    view, p = situation.view, parameters.diplomacy
    seen = moment.luck.uniform_of("attendance", moment.names.sides, moment.week)[0] < p.image
    real = zone.serious | zone.open
    interested = real | would_pause
    dice = moment.luck.uniform("talks", moment.week)
    resting = expected.now - p.ceasefire_cost * view.war_cost * expected.years_of_cost
    quiet = expected.fight - p.attack_cost - resting
    signed = expected.fight - p.breach_cost - situation.peace
    gain = jnp.where(situation.pending, signed, quiet) + provoked(situation, parameters)
    breach, unguarded = gain_from_breach(situation, parameters, expected.fight, situation.peace)
    zero = jnp.zeros(zone.line.shape, dtype=jnp.int32)
    return Acts(
        attend=interested | seen,
        rank=jnp.where(real, HIGH_RANK, jnp.where(interested | seen, LOW_RANK, 0.0)),
        real=real,
        reservation=stance.reservation,
        expected_area=expected.area,
        zone_open=zone.open,
        zone_width=zone.width,
        sign=zone.open & (dice[0] < signing_chance(parameters, moment)),
        terms=terms_of(zone.line, zone.point, situation.table),
        ceasefire=would_pause[0] & would_pause[1] & ~zone.open & (dice[1] < p.ceasefire_chance),
        resume=jnp.where(view.in_ceasefire, breach_chance(gain, parameters), 0.0),
        breach=jnp.where(view.in_settlement, breach_chance(breach, parameters), 0.0),
        breach_alone=jnp.where(view.in_settlement, breach_chance(unguarded, parameters), 0.0),
        sign_rule=zero,
        ceasefire_rule=zero + 1,
        belief=situation.belief,
    )
