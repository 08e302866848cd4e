"""Converging expectations (Wittman 1979, "How a War Ends", Journal of Conflict Resolution 23: 743-763).

Each side expects something from fighting on, and learns about it from the battlefield. It would sign for
no less:

    reservation_s = fight_s(belief) + leader's own cost          (in a ceasefire: the better of rest and attack)

The war can end when what both expect from fighting on leaves a package that both prefer. Two sides that
each think they are winning leave none; battle brings their expectations together. Where red lines leave
nothing to sign, both may still prefer a pause to fighting on, if it is worth more than the fear of what
the enemy makes of it and the leader's own cost of stopping short.
"""

from __future__ import annotations

from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.strategy import STRATEGIES, Situation, Stance
from ripeness.war.process import Moment
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle


class ConvergingExpectations:
    """Settle when expectations leave room."""

    name = "converging_expectations"
    label = "Converging expectations"
    source = "Wittman 1979"
    rules: tuple[str, ...] = (
        "expectations converged: both preferred a package to what they expected from fighting on",
        "both preferred a pause to fighting on, with nothing to sign",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides."""
        return act_on(situation, parameters, moment, self.stance(situation, parameters))

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand, each row from what that side sees."""
        view, table = situation.view, situation.table
        expected = prospect(view, parameters, table)
        reservation = expected.outside + view.leader_cost
        wish = expected.pause - parameters.diplomacy.fear - view.leader_cost > expected.fight
        return Stance(expected, reservation, wish)


STRATEGIES.register(ConvergingExpectations.name)(ConvergingExpectations())
