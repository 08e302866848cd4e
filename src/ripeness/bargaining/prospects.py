"""What a side expects from fighting on, and from a pause.

With believed advantage a (the trend in force added in the share that sides expect to go on, and what an
ultimatum ahead would change, see ``threats``, unless the guns rest), planning time T in years, weight of a
year from now d, and cost c a year:

    area_T   = area + T [52 drift(a) + rate size (e^(k a) thin_enemy - e^(-k a) thin_own)]
    v_T      = v_line(area_T) + (1 - w_line) / (1 + exp(-m a))      m: decisiveness
    win, lose: competing hazards collapse_rate exp(+-k_c a + k_s lost support of the loser) over T
    fight    = (1 - d^T) v_now + d^T [win 1 + lose 0 + (1 - win - lose) v_T] - (c + dread) (1 - d^T)/(-ln d)
    pause    = max(v_now - phi c (1 - d^T)/(-ln d),  fight(a + rest) - attack cost + saved)
               - [fight(a) - fight(a - enemy's refit)]
    rest     = half a year of (own loss rate - enemy's), which a pause spares, and of own refit
    saved    = half a year (1 - phi) c

Values are shares of the stakes. This is Wittman's (1979, "How a War Ends", Journal of Conflict
Resolution 23) expected utility of continuing, with three outcomes instead of two; the hazards are those
that the war itself uses, at the believed instead of the true advantage. Without a collapse the issues
other than the line are settled at the end as relative power has it: the logistic contest success function
(Hirshleifer 1989).
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.view import REST_WEEKS, View
from ripeness.types import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from ripeness.war.process import SMALL
from ripeness.war.processes.front import theatre_of
from ripeness.war.processes.home_front import STEEPEST
from ripeness.worlds.bundle import Bundle


class Prospect(eqx.Module):
    """What a side expects, per row."""

    now: Float[Array, "2 world"]  # value of things as they are, without a deal
    fight: Float[Array, "2 world"]  # value of fighting on
    pause: Float[Array, "2 world"]  # value of a ceasefire
    rearming: Float[Array, "2 world"]  # value that the enemy's rest in a pause takes away
    outside: Float[Array, "2 world"]  # value of going on without a deal, in the regime there is
    area: Float[Array, "2 world"]  # own area at the planning date, km2
    years_of_cost: Float[Array, "2 world"]  # discounted years in the planning time


def prospect(view: View, parameters: Bundle, table: Bundle) -> Prospect:
    """Return what each side expects from fighting on and from a pause."""
    _, _, discounted = _planning(parameters)
    now = line_value(view.own_area, parameters, table) + table.status_quo
    advantage = view.advantage + parameters.information.trend * view.trend
    fight, area = fighting_value(view, parameters, table, advantage + view.threat)
    cost = parameters.diplomacy.ceasefire_cost * view.war_cost
    rest = REST_WEEKS * (view.own_loss_rate - view.enemy_loss_rate) + view.own_refit
    later, _ = fighting_value(view, parameters, table, advantage + rest)
    rearmed, _ = fighting_value(view, parameters, table, advantage + view.threat - view.enemy_refit)
    spared = (REST_WEEKS / WEEKS_PER_YEAR) * (view.war_cost - cost)
    stay = now - cost * discounted
    pause = jnp.maximum(stay, later - parameters.diplomacy.attack_cost + spared)
    pause = pause - (fight - rearmed)
    outside = _without_deal(view, parameters, stay, fight)
    return Prospect(now, fight, pause, fight - rearmed, outside, area, discounted)


def rethought(
    expected: Prospect,
    view: View,
    parameters: Bundle,
    fight: Float[Array, "2 world"],
    area: Float[Array, "2 world"],
) -> Prospect:
    """Return a prospect with another theory's value of fighting on, and of where the line will be.

    A pause is then worth what it leaves each side, at the cost of a ceasefire for the planning time, less what
    the enemy's rest takes away.
    """
    cost = parameters.diplomacy.ceasefire_cost * view.war_cost
    stay = expected.now - cost * expected.years_of_cost
    outside = _without_deal(view, parameters, stay, fight)
    feared = expected.rearming
    return Prospect(
        expected.now, fight, stay - feared, feared, outside, area, expected.years_of_cost
    )


def _without_deal(
    view: View, parameters: Bundle, stay: Float[Array, "2 world"], fight: Float[Array, "2 world"]
) -> Float[Array, "2 world"]:
    """Return the value of going on without a deal: fighting on, or in a ceasefire the better choice."""
    resume = fight - parameters.diplomacy.attack_cost
    return jnp.where(view.in_ceasefire, jnp.maximum(stay, resume), fight)


def fighting_value(
    view: View, parameters: Bundle, table: Bundle, advantage: Float[Array, "2 world"]
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return the value of fighting on at this own advantage, and the area expected."""
    years, weight_then, discounted = _planning(parameters)
    area = jnp.clip(
        view.own_area + years * _gain_per_year(view, parameters, advantage),
        0.0, theatre_of(parameters),
    )  # fmt: skip
    home = parameters.home_front
    tilt = jnp.clip(home.collapse_advantage * advantage, -STEEPEST, STEEPEST)
    win_rate = home.collapse_rate * jnp.exp(tilt + home.collapse_support * view.enemy_weariness)
    lose_rate = home.collapse_rate * jnp.exp(home.collapse_support * view.own_weariness - tilt)
    ends = -jnp.expm1(-(win_rate + lose_rate) * years)
    win = ends * win_rate / jnp.maximum(win_rate + lose_rate, SMALL**2)
    now = line_value(view.own_area, parameters, table) + table.status_quo
    # What is not the line is settled at the end as power has it (contest success function).
    decisive = jax.nn.sigmoid(parameters.diplomacy.decisiveness * advantage)
    then = line_value(area, parameters, table) + (1.0 - table.line_weight) * decisive
    outcome = win + (1.0 - ends) * then
    flows = (1.0 - weight_then) * now + weight_then * outcome
    return flows - (view.war_cost + view.dread) * discounted, area


def line_value(
    own_area: Float[Array, "2 ... world"], parameters: Bundle, table: Bundle
) -> Float[Array, "2 ... world"]:
    """Return what holding this area is worth to each side: its weight times how near its aims it is."""
    aim = parameters.front.aim_area
    worst = theatre_of(parameters) - aim[::-1]
    span = jnp.maximum(aim - worst, 1.0)
    lift = (slice(None),) + (None,) * (own_area.ndim - 2)
    share = (own_area - worst[lift]) / span[lift]
    return table.line_weight[lift] * jnp.clip(share, 0.0, 1.0)


def _planning(parameters: Bundle) -> tuple[Array, Array, Array]:
    """Return planning time in years, the weight of its end, and its discounted length in years."""
    p = parameters.diplomacy
    years = p.planning / MONTHS_PER_YEAR
    impatience = -jnp.log(jnp.clip(p.patience, 0.01, 0.9999))
    then = jnp.exp(-impatience * years)
    return years, then, (1.0 - then) / impatience


def _gain_per_year(
    view: View, parameters: Bundle, advantage: Float[Array, "2 world"]
) -> Float[Array, "2 world"]:
    """Return the own area that a side expects to gain in a year at this advantage, km2."""
    p = parameters.front
    defence = jnp.where(advantage > 0, view.enemy_fortification, view.own_fortification)
    square, needed = advantage**2, jnp.maximum(p.advantage_needed, SMALL) ** 2
    drift = (
        p.mobility
        * (1.0 - p.fortification_effect * defence)
        * advantage
        * square
        / (square + needed)
    )
    tilt = jnp.clip(p.breakthrough_advantage * advantage, -STEEPEST, STEEPEST)
    jumps = p.breakthrough_rate * p.breakthrough_area * (
        jnp.exp(tilt) * view.enemy_thinness * (1.0 - p.fortification_effect * view.enemy_fortification)
        - jnp.exp(-tilt) * view.own_thinness * (1.0 - p.fortification_effect * view.own_fortification)
    )  # fmt: skip
    return drift * WEEKS_PER_YEAR + jumps
