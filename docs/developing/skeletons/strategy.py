"""Nothing worse than now: a side signs whatever leaves it no worse off than things as they are.

    reservation_s = now_s + leader's own cost

A skeleton: copy it to ``src/ripeness/bargaining/strategies/``, rename it, and change what a side
would sign at least for. The first line names the theory and its source; the header gives the rule.
This one is nobody's theory: it ignores what fighting on would bring, which is what theories are about.
"""

from __future__ import annotations

import jax.numpy as jnp

from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.strategy import Situation, Stance
from ripeness.war.process import Moment
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle


class NothingWorse:
    """Settle on anything that is no worse than now."""

    name = "nothing_worse"  # as in a scenario's `theories:`
    label = "Nothing worse than now"
    source = "a skeleton"
    # Exactly two: what brought a signature, and what brought a ceasefire without one. A run prints
    # them beside the worlds that they decided.
    rules = (
        "nothing worse: a package left both no worse off than they were",
        "nothing worse: both wanted a pause",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides."""
        return act_on(situation, parameters, moment, self.stance(situation, parameters))

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand, each row from what that side sees."""
        view, table = situation.view, situation.table
        expected = prospect(view, parameters, table)
        reservation = expected.now + view.leader_cost
        nobody = jnp.zeros_like(view.in_war)
        return Stance(expected, reservation, nobody)


# At the end of the real file:   STRATEGIES.register(NothingWorse.name)(NothingWorse())
