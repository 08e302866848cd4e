"""Nothing worse than now: a side signs whatever leaves it no worse off than things as they are.

    reservation_s = now_s + leader's own cost

A skeleton: copy it to ``src/ripeness/bargaining/strategies/``, rename it, and change what a side
would sign at least for. The first line names the theory and its source; the header gives the rule.
This one is nobody's theory: it ignores what fighting on would bring, which is what theories are about.
"""

from __future__ import annotations

import jax.numpy as jnp

from ripeness.bargaining.agreement import zone_of_agreement
from ripeness.bargaining.conduct import assemble_acts
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.strategy import Situation
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
        """Return the acts of both sides, each row from what that side sees."""
        view, table = situation.view, situation.table
        expected = prospect(view, parameters, table)
        reservation = expected.now + view.leader_cost
        zone = zone_of_agreement(situation.area, reservation, expected.now, parameters, table)
        nobody = jnp.zeros_like(view.in_war)
        return assemble_acts(
            situation, parameters, moment,
            expected=expected, reservation=reservation, zone=zone, would_pause=nobody,
        )  # fmt: skip


# At the end of the real file:   STRATEGIES.register(NothingWorse.name)(NothingWorse())
