"""The contract of a strategy: what a side may see -> what it does.

A strategy is a theory of ending. Once a month it gets the view of both sides (one row each, see
``ripeness.bargaining.view``), the packages, the parameters and the worlds' luck, and returns the acts
of both. It may use one side's row for that side's acts only; where an act needs both (a signature, a
ceasefire), it says how two sides come to it. Rules that end a war carry a sentence each, which a run
prints beside the worlds they decided.
"""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

import equinox as eqx
from jax import Array
from jaxtyping import Bool, Float

from ripeness.bargaining.prospects import Prospect
from ripeness.bargaining.view import View
from ripeness.registry import Registry
from ripeness.war.process import Moment
from ripeness.war.state import Acts, Terms
from ripeness.worlds.bundle import Bundle


class Situation(eqx.Module):
    """The talks of a month: what the sides see, what they can sign, and where the line is."""

    view: View
    table: Bundle
    week: Float[Array, "world"]  # since the start
    area: Float[Array, "world"]  # held by the first side, km2: public
    peace: Float[
        Array, "2 world"
    ]  # value to each side of what was last signed, shares of the stakes
    pending: Bool[Array, "world"]  # signed, not yet ratified
    months_left: Float[
        Array, "world"
    ]  # until what was signed can be in force; 0 if nothing is pending
    closed: Bool[Array, "world"]  # no talks: something is signed, or ratification has just failed
    terms: Terms  # last signed
    troops: Float[Array, "2 world"]  # soldiers: public
    hardship: Float[Array, "2 2 world"]  # of honouring a guarantee to each side: public
    belief: Float[Array, "2 atom world"]  # public, about each side's private cost of war
    zone_width: Float[Array, "world"]  # when last looked at
    real: Bool[Array, "2 world"]  # each side's readiness then


@runtime_checkable
class Strategy(Protocol):
    """A theory of ending."""

    name: str
    label: str
    source: str
    rules: tuple[str, ...]

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides for this month; rules are places in ``self.rules``."""
        ...


class Stance(eqx.Module):
    """Where the sides stand in a theory that works by reservation values."""

    expected: Prospect
    reservation: Float[Array, "2 world"]  # least value each side would sign for
    would_pause: Bool[Array, "2 world"]  # prefers a ceasefire to fighting on


@runtime_checkable
class ReservationTheory(Strategy, Protocol):
    """A theory that says what each side would sign at least for, and leaves the rest to the rules of talks.

    Rival theories of this kind share one search for the zone of agreement.
    """

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand this month; each row from that side's view only."""
        ...


STRATEGIES: Final[Registry[Strategy]] = Registry("theory")
"""Theories of ending by name. A theory is one file in ``ripeness.bargaining.strategies``."""
