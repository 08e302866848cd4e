"""Expectations: each side expects what, on average, happens in worlds that look the same to it.

Continuation values of war, ceasefire and settlement are learnt from simulated worlds under the rules that
follow from them, until the rules stop changing (``ripeness.bargaining.expectations``). Learning from battle,
mutual optimism, screening offers, stalling and wars that no deal would end come out of that one mechanism
(Fearon 1995; Powell 2004, 2006; Slantchev 2003; Smith and Stam 2004). Logit responses: McKelvey and
Palfrey (1998), "Quantal response equilibria for extensive form games", Experimental Economics 1.
"""

from __future__ import annotations

from ripeness.bargaining.expectations.month import decide_month
from ripeness.bargaining.strategy import STRATEGIES, Situation
from ripeness.war.process import Moment
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle


class Expectations:
    """Act on expectations that fit what happens."""

    name = "expectations"
    label = "Expectations"
    source = "Fearon 1995, Powell 2006; quantal response: McKelvey and Palfrey 1998"
    rules: tuple[str, ...] = (
        "expectations: an offer was worth more to both than going on",
        "expectations: both expected more from a ceasefire than from fighting on",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides; ``parameters.expectations`` holds what they have learnt."""
        return decide_month(situation, parameters, moment)


STRATEGIES.register(Expectations.name)(Expectations())
