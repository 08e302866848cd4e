"""Mutually hurting stalemate (Zartman 1989, "Ripe for Resolution"; 2000, "Ripeness").

A side is ripe when the front has not moved for some months, the war hurts, and it sees no way to win:

    ripe_s = calm months >= M  and  felt cost >= pain  and  believed advantage <= hope

When both are ripe and see a way out, that is a package that each prefers to the stalemate going on as it
is (no movement, the same cost), they can sign:

    reservation_s = now_s - c (1 - d^T)/(-ln d) + leader's own cost        if ripe
                    out of reach                                           if not

A ripe moment without a way out can still bring a ceasefire.
"""

from __future__ import annotations

import jax.numpy as jnp

from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.strategy import STRATEGIES, Situation, Stance
from ripeness.war.process import Moment
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle

OUT_OF_REACH = 2.0
"""More than all the stakes: a side that is not ripe signs nothing."""


class HurtingStalemate:
    """Settle when both hurt and neither can win."""

    name = "hurting_stalemate"
    label = "Mutually hurting stalemate"
    source = "Zartman 1989, 2000"
    rules: tuple[str, ...] = (
        "hurting stalemate: both hurt, neither saw a way to win, and a package was a way out",
        "hurting stalemate without a way out: the guns fell silent, nothing was signed",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides."""
        return act_on(situation, parameters, moment, self.stance(situation, parameters))

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand, each row from what that side sees."""
        view, table, p = situation.view, situation.table, parameters.stalemate
        expected = prospect(view, parameters, table)
        stuck = (view.calm_months >= p.months) | ~view.in_war
        ripe = stuck & (view.war_cost >= p.pain) & (view.advantage <= p.hope)
        stalemate = expected.now - view.war_cost * expected.years_of_cost
        reservation = jnp.where(ripe, stalemate + view.leader_cost, OUT_OF_REACH)
        return Stance(expected, reservation, ripe)


STRATEGIES.register(HurtingStalemate.name)(HurtingStalemate())
