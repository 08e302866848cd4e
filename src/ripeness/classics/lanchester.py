"""Attrition of forces: Lanchester's laws and Osipov's.

Forces x and y, effectiveness a (losses that one of x inflicts on y per unit of time) and b.

    law      losses                          state equation                   fire
    square   x' = -b y,    y' = -a x          a (x0^2 - x^2) = b (y0^2 - y^2)  aimed, both
    linear   x' = -b x y,  y' = -a x y        a (x0 - x) = b (y0 - y)          area, both
    mixed    x' = -b x y,  y' = -a x          a (x0 - x) = b (y0^2 - y^2)/2    area on x, aimed on y
    power n  x' = -b y^(n-1), y' = -a x^(n-1) a (x0^n - x^n) = b (y0^n - y^n)  n = 3/2: Osipov

Fought to the end, x wins iff the left side at x = 0 exceeds the right at y = 0. Durations: square
artanh(sqrt(b/a) y0/x0)/sqrt(ab) for a winning x; linear: infinite (the last losses come ever more
slowly); mixed: finite iff the hidden side wins; power: an integral.

What it shows: aimed fire rewards numbers by their square, area fire in proportion; a small
concentration decides. As a model of campaigns the exponents are not identified by data.
Source: F. W. Lanchester, Aircraft in Warfare (1916); M. Osipov (1915), translated by R. Helmbold
and A. Rehm (1991); mixed law S. Deitchman, "A Lanchester model of guerrilla warfare", Operations
Research 10 (1962), 818-827.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.integrate import quad

from ripeness.classics.assumption import Assumptions

_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Annihilation:
    """A fight to the end.

    Attributes:
        winner: 1 or 2; 0 if both are destroyed together.
        left_1: what is left of side 1.
        left_2: what is left of side 2.
        duration: time until one side is gone; infinite where it only dwindles.
    """

    winner: int
    left_1: float
    left_2: float
    duration: float


def lanchester_square(
    force_1: float | int,
    force_2: float | int,
    effectiveness_1: float | int = 1,
    effectiveness_2: float | int = 1,
) -> Annihilation:
    """Aimed fire on both sides (square law).

    Args:
        force_1: side 1's strength at the start, 0 or more.
        force_2: side 2's, likewise; not both 0.
        effectiveness_1: enemies that one of side 1 puts out of action per unit of time, above 0.
        effectiveness_2: the same for side 2.

    Returns:
        Who wins, what is left and how long it takes.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    x, y, a, b = _forces("lanchester_square", force_1, force_2, effectiveness_1, effectiveness_2)
    root = math.sqrt(a * b)

    def duration(ratio: float) -> float:
        return math.atanh(math.sqrt(ratio)) / root

    return _state_law(x, y, a, b, 2.0, duration)


def lanchester_linear(
    force_1: float | int,
    force_2: float | int,
    effectiveness_1: float | int = 1,
    effectiveness_2: float | int = 1,
) -> Annihilation:
    """Area fire on both sides (linear law).

    Args:
        force_1: side 1's strength at the start, 0 or more.
        force_2: side 2's, likewise; not both 0.
        effectiveness_1: side 1's rate: share of the enemy lost per own soldier and time, above 0.
        effectiveness_2: the same for side 2.

    Returns:
        Who wins and what is left; the duration is infinite unless a side starts with nothing.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    x, y, a, b = _forces("lanchester_linear", force_1, force_2, effectiveness_1, effectiveness_2)
    return _state_law(x, y, a, b, 1.0, lambda ratio: math.inf if ratio else 0.0)


def lanchester_mixed(
    hidden_force: float | int,
    open_force: float | int,
    hidden_effectiveness: float | int = 1,
    open_effectiveness: float | int = 1,
) -> Annihilation:
    """A hidden side with aimed fire against one in the open with area fire (guerrilla war).

    Args:
        hidden_force: strength of the hidden side (side 1), 0 or more.
        open_force: strength of the side in the open (side 2), likewise; not both 0.
        hidden_effectiveness: enemies that one of the hidden side puts out of action per unit of
            time (aimed fire), above 0.
        open_effectiveness: fraction of the hidden side lost per soldier in the open and time (area
            fire), above 0.

    Returns:
        Who wins, what is left, and how long it takes (infinite unless the hidden side wins).

    Raises:
        InputError: if a number is out of range or not finite.
    """
    x, y, a, b = _forces(
        "lanchester_mixed", hidden_force, open_force, hidden_effectiveness, open_effectiveness
    )
    excess = a * x - b * y * y / 2
    if abs(excess) <= _TIE * a * x:
        return Annihilation(winner=0, left_1=0.0, left_2=0.0, duration=math.inf)
    if excess < 0:
        left = math.sqrt(-2 * excess / b)
        return Annihilation(winner=2, left_1=0.0, left_2=left, duration=math.inf if x else 0.0)
    # y' = -(excess + b y^2/2)
    time = math.sqrt(2 / (b * excess)) * math.atan(y * math.sqrt(b / (2 * excess)))
    return Annihilation(winner=1, left_1=excess / a, left_2=0.0, duration=time)


def lanchester_osipov(
    force_1: float | int,
    force_2: float | int,
    effectiveness_1: float | int = 1,
    effectiveness_2: float | int = 1,
    *,
    exponent: float | int = 1.5,
) -> Annihilation:
    """The power law between linear and square; Osipov's is the exponent 3/2.

    Args:
        force_1: side 1's strength at the start, 0 or more.
        force_2: side 2's, likewise; not both 0.
        effectiveness_1: side 1's rate a in y' = -a x^(n-1), above 0.
        effectiveness_2: side 2's rate b in x' = -b y^(n-1), above 0.
        exponent: n of the state equation, at least 1, at most 10; 2 is the square law; 1 has the
            linear law's survivors, but constant rates of loss. Default 3/2 (Osipov 1915).

    Returns:
        Who wins, what is left and how long it takes.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("lanchester_osipov")
    n = assume.number("exponent", exponent, 1, 10)
    assume.check()
    x, y, a, b = _forces("lanchester_osipov", force_1, force_2, effectiveness_1, effectiveness_2)

    def duration(ratio: float) -> float:
        """Time, ratio = loser's a x^n over winner's, from the winner's fraction z of its start."""
        if ratio == 0:
            return 0.0
        win_a, lose_b, big, small = (a, b, x, y) if a * x**n > b * y**n else (b, a, y, x)
        # Loser u = y/y0 from 1 to 0; winner's z^n = 1 - ratio (1 - u^n).
        scale = small / (win_a * big ** (n - 1))
        return scale * quad(lambda u: (1 - ratio * (1 - u**n)) ** ((1 - n) / n), 0, 1)[0]

    return _state_law(x, y, a, b, n, duration)


def _forces(
    model: str, first: float | int, second: float | int, rate_1: float | int, rate_2: float | int
) -> tuple[float, float, float, float]:
    assume = Assumptions(model)
    names = (
        ("hidden_force", "open_force", "hidden_effectiveness", "open_effectiveness")
        if model == "lanchester_mixed"
        else ("force_1", "force_2", "effectiveness_1", "effectiveness_2")
    )
    x = assume.number(names[0], first, 0)
    y = assume.number(names[1], second, 0)
    a = assume.number(names[2], rate_1, 0, open_low=True)
    b = assume.number(names[3], rate_2, 0, open_low=True)
    assume.check()
    assume.that(
        x + y > 0,
        f"{names[0]}, {names[1]}",
        "Somebody must fight, but both forces are 0.",
        "Give one side a force above 0.",
    ).check()
    return x, y, a, b


def _state_law(
    x: float, y: float, a: float, b: float, n: float, duration: Callable[[float], float]
) -> Annihilation:
    """Survivors under a (x0^n - x^n) = b (y0^n - y^n); ``duration`` takes loser over winner."""
    one, two = a * x**n, b * y**n
    if abs(one - two) <= _TIE * one:
        return Annihilation(winner=0, left_1=0.0, left_2=0.0, duration=math.inf)
    if one > two:
        left = x * (1 - two / one) ** (1 / n)
        return Annihilation(winner=1, left_1=left, left_2=0.0, duration=duration(two / one))
    left = y * (1 - one / two) ** (1 / n)
    return Annihilation(winner=2, left_1=0.0, left_2=left, duration=duration(one / two))
