"""Wars of attrition: who gives in first.

Complete information. Two sides want one prize, worth V1 and V2; each period of waiting costs c1 and
c2. In the mixed equilibrium each gives in at a constant hazard that makes the *other* indifferent,

    h1 = c2/V2,  h2 = c1/V1;   E[T] = 1/(h1 + h2),  P(1 gives in first) = h1/(h1 + h2),  payoffs 0.

(Others exist: one side gives in at once, because the other never will.)

Private values. Both values are drawn from one distribution F on [L, H], both pay c a period; in the
symmetric equilibrium a side of value v gives in at T(v),

    T(v) = (1/c) integral from L to v of x f(x)/(1 - F(x)) dx,   hazard of either at t: c/v(t).

Uniform: T(v) = [H ln((H - L)/(H - v)) - (v - L)]/c, inverted by Lambert's W;
E[T] = (H + 2L)/(6c), payoff (H - L)/6. Exponential of mean M: T(v) = v^2/(2Mc), E[T] = M/(4c).

What it shows: a side that values the prize more gives in *faster* when all is known (the other's
hazard is set by its stake); with private values who has held out long must care much, so that
hazards fall although nobody's resolve changes.
Source: textbook: J. Maynard Smith, "The theory of games and the evolution of animal conflicts",
J. Theoretical Biology 47 (1974), 209-221; J. Riley, "Strong evolutionary equilibrium and the war of
attrition", J. Theoretical Biology 82 (1980), 383-400; D. Fudenberg and J. Tirole, Game Theory
(1991), 4.5.2 and 6.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import lambertw

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class AttritionComplete:
    """The mixed equilibrium with known values.

    Attributes:
        hazard_1: rate at which side 1 gives in, per period.
        hazard_2: side 2's.
        expected_duration: mean length, in periods.
        yields_first_1: probability that side 1 gives in first.
        payoff_1: side 1's expected payoff (0: waiting burns the prize).
        payoff_2: side 2's.
    """

    hazard_1: float
    hazard_2: float
    expected_duration: float
    yields_first_1: float
    payoff_1: float
    payoff_2: float

    def survival(self, duration: float | int) -> float:
        """Probability that the war lasts longer than ``duration`` periods, 0 or more."""
        t = _duration("AttritionComplete.survival", duration)
        return math.exp(-(self.hazard_1 + self.hazard_2) * t)


@dataclass(frozen=True, slots=True)
class AttritionPrivate:
    """The symmetric equilibrium with private values.

    Attributes:
        expected_duration: mean length, in periods.
        payoff: either side's expected payoff before it learns its value.
        cost: what a period of waiting costs either side.
        low: the lowest value; it gives in at once.
        quit_time: value -> period at which a side of that value gives in.
        marginal_value: period -> the value that gives in just then.
        share_left: value -> 1 - F, share of values above it.
    """

    expected_duration: float
    payoff: float
    cost: float
    low: float
    quit_time: Callable[[float | int], float]
    marginal_value: Callable[[float | int], float]
    share_left: Callable[[float | int], float]

    def survival(self, duration: float | int) -> float:
        """Probability that the war lasts longer than ``duration`` periods, 0 or more."""
        t = _duration("AttritionPrivate.survival", duration)
        return self.share_left(self.marginal_value(t)) ** 2

    def hazard(self, duration: float | int) -> float:
        """Rate at which either side gives in after ``duration`` periods, 0 or more."""
        t = _duration("AttritionPrivate.hazard", duration)
        value = self.marginal_value(t)
        return math.inf if value == 0 else self.cost / value


def war_of_attrition(
    value_1: float | int, value_2: float | int, cost_1: float | int, cost_2: float | int
) -> AttritionComplete:
    """The mixed equilibrium when both values and both costs are known.

    Args:
        value_1: what winning is worth to side 1, above 0.
        value_2: what it is worth to side 2, above 0, in its own unit.
        cost_1: side 1's cost per period, in the unit of its value, above 0.
        cost_2: side 2's, likewise.

    Returns:
        Hazards, mean length, and who gives in first.

    Raises:
        InputError: if a number is not above 0 (a side for which waiting is free never gives in).
    """
    assume = Assumptions("war_of_attrition")
    v1 = assume.number("value_1", value_1, 0, open_low=True)
    v2 = assume.number("value_2", value_2, 0, open_low=True)
    c1 = assume.number("cost_1", cost_1, 0, open_low=True, means="waiting is costly")
    c2 = assume.number("cost_2", cost_2, 0, open_low=True, means="waiting is costly")
    assume.check()
    h1, h2 = c2 / v2, c1 / v1
    return AttritionComplete(
        hazard_1=h1,
        hazard_2=h2,
        expected_duration=1 / (h1 + h2),
        yields_first_1=h1 / (h1 + h2),
        payoff_1=0.0,
        payoff_2=0.0,
    )


def war_of_attrition_private(
    value_high: float | int, cost: float | int, *, value_low: float | int = 0
) -> AttritionPrivate:
    """The symmetric equilibrium when values are private and uniform.

    Args:
        value_high: highest value, above ``value_low``.
        cost: cost per period of either side, in the unit of the values, above 0.
        value_low: lowest value, 0 or more. Default 0: the benchmark's.

    Returns:
        Mean length, payoff, quitting times, survival curve and hazard.

    Raises:
        InputError: if a number is out of range or the values are reversed.
    """
    assume = Assumptions("war_of_attrition_private")
    high = assume.number("value_high", value_high, 0, open_low=True)
    low = assume.number("value_low", value_low, 0)
    c = assume.number("cost", cost, 0, open_low=True, means="waiting is costly")
    assume.check()
    assume.that(
        low < high,
        "value_high",
        f"Argument `value_high` must be above `value_low` ({low:g}), but is {high:g}.",
        "Exchange the numbers; for known values use war_of_attrition.",
    ).check()
    start = -low / high - math.log1p(-low / high)

    def quit_time(value: float | int) -> float:
        v = _value(value, low, high)
        return math.inf if v == high else (high * math.log((high - low) / (high - v)) - v + low) / c

    def marginal_value(duration: float | int) -> float:
        return min(max(high * _worn_down(c * duration / high + start), low), high)

    return AttritionPrivate(
        expected_duration=(high + 2 * low) / (6 * c),
        payoff=(high - low) / 6,
        cost=c,
        low=low,
        quit_time=quit_time,
        marginal_value=marginal_value,
        share_left=lambda v: (high - v) / (high - low),
    )


def war_of_attrition_exponential(mean_value: float | int, cost: float | int) -> AttritionPrivate:
    """The symmetric equilibrium when values are private and exponential.

    Args:
        mean_value: mean value, above 0.
        cost: cost per period of either side, in the unit of the values, above 0.

    Returns:
        Mean length, payoff (half the mean value), quitting times, survival curve and hazard.

    Raises:
        InputError: if a number is not above 0 or not finite.
    """
    assume = Assumptions("war_of_attrition_exponential")
    m = assume.number("mean_value", mean_value, 0, open_low=True)
    c = assume.number("cost", cost, 0, open_low=True, means="waiting is costly")
    assume.check()
    return AttritionPrivate(
        expected_duration=m / (4 * c),
        payoff=m / 2,
        cost=c,
        low=0.0,
        quit_time=lambda v: _value(v, 0, math.inf) ** 2 / (2 * m * c),
        marginal_value=lambda t: math.sqrt(2 * m * c * t),
        share_left=lambda v: math.exp(-v / m),
    )


def _worn_down(k: float) -> float:
    """The w in [0, 1) with -w - ln(1 - w) = k, for k of 0 or more."""
    if k < 1e-8:  # Lambert's W loses digits near its branch point
        s = math.sqrt(2 * k)
        return s - s * s / 3 + s**3 / 36
    # u = 1 - w solves u exp(-u) = exp(-1 - k).
    return 1 + float(lambertw(-math.exp(-1 - k)).real)


def _duration(where: str, duration: float | int) -> float:
    assume = Assumptions(where)
    t = assume.number("duration", duration, 0)
    assume.check()
    return t


def _value(value: float | int, low: float | int, high: float) -> float:
    assume = Assumptions("AttritionPrivate.quit_time")
    v = assume.number("value", value, low, high)
    assume.check()
    return v
