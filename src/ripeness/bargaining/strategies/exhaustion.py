"""Exhaustion: a war of attrition (Maynard Smith 1974, Journal of Theoretical Biology 47: 209-221).

What a war is fought with - support, people, an economy - runs down. A side at its breaking point gives way
(Mueller 1980, International Studies Quarterly 24: 497-519); until then it holds out for what it may get by
lasting longer than its enemy, who gives way first or not at all. With left_s what it has left of what it has
least of, over the start's (``ripeness.bargaining.ledger``), and b_s its breaking point:

    stamina_s     = clip((left_s - b_s) / (1 - b_s), 0, 1)           1 at the start, 0 at the breaking point
    seen_o        = the same of the enemy's left_o, its breaking point taken for one's own
    demand_s      = (1 - k) stamina_s + k stamina_s / (stamina_s + seen_o)           k: assessment, 0 to 1
    reservation_s = demand_s + leader's own cost

A demand is the chance to outlast. A side that knows its own reserves only, and whose enemy's stamina might as
well be anything between none and all, outlasts it with chance stamina_s (contests without assessment:
Mesterton-Gibbons, Marden and Dugatkin 1996, J. Theor. Biol. 181: 65-83). One that knows both reckons with what
either has left, as in the asymmetric war of attrition, where who has less gives way (Hammerstein and Parker
1982, J. Theor. Biol. 96: 647-682). So over one divisible stake, with k = 0, the war ends when what both have
left adds to one, at terms in that proportion: what the weaker can still resist buys it terms (Kecskemeti
1958, "Strategic Surrender"). With k = 1 and equal breaking points demands always add to one, and there is
nothing to fight for: complete information ends wars at once.

Why a threshold that is drawn, and not a constant hazard of giving in, as in the mixed equilibrium with known
stakes (``ripeness.classics``)? There the side that wants the prize more gives in sooner, and nothing that the
war consumes matters; this theory is about what it consumes. That nobody knows the breaking points spreads the
dates over worlds. Costs are not subtracted: they are what uses stamina up. Battle teaches nothing here, and
ground is of no account until terms are drawn. The linear forms are assumed. It would break if a war made
resolve (rage, martyrs) faster than it uses it up.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import prospect, rethought
from ripeness.bargaining.strategy import STRATEGIES, Situation, Stance
from ripeness.bargaining.view import View
from ripeness.war.process import SMALL, Moment
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle


class Exhaustion:
    """Settle when the two together have too little left to hold out for more."""

    name = "exhaustion"
    label = "Exhaustion"
    source = "Maynard Smith 1974; Mueller 1980; Kecskemeti 1958"
    rules: tuple[str, ...] = (
        "exhaustion: with what both had left to endure, neither could hold out for more",
        "exhaustion without terms: what both held was worth more than what they could hold out for",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides."""
        return act_on(situation, parameters, moment, self.stance(situation, parameters))

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand, each row from what that side sees."""
        view = situation.view
        demand = demands(view, parameters)
        expected = prospect(view, parameters, situation.table)
        expected = rethought(expected, view, parameters, demand, view.own_area)
        reservation = expected.outside + view.leader_cost
        wish = expected.pause - parameters.diplomacy.fear - view.leader_cost > demand
        return Stance(expected, reservation, wish)


def demands(view: View, parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the share of the stakes for which each side can hold out."""
    known = parameters.exhaustion.assessment
    own = stamina(view.own_endurance, parameters)
    seen = stamina(view.enemy_endurance, parameters)
    # Two sides at their ends are even.
    lead = (own + SMALL) / (own + seen + 2.0 * SMALL)
    return (1.0 - known) * own + known * lead


def stamina(left: Float[Array, "2 world"], parameters: Bundle) -> Float[Array, "2 world"]:
    """Return how far this much left to endure is above each side's breaking point, 0 to 1."""
    point = parameters.exhaustion.breaking_point
    return jnp.clip((left - point) / jnp.maximum(1.0 - point, SMALL), 0.0, 1.0)


STRATEGIES.register(Exhaustion.name)(Exhaustion())
