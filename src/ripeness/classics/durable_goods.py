"""The durable-goods monopoly: a seller who cannot promise not to lower its price.

Game: buyers' values v are uniform on [0, b]; in each period the seller names a price, those who buy
leave, the rest come back with discount beta; the seller gains price + g from each buyer (g >= 0 is
the gap between the lowest value and the seller's cost). In equilibrium the highest values buy
first. With values up to b left, price pi(b), next state t(b) and the seller's total gain R(b),

    P(t) = (1 - beta) t + beta pi(t)            (value t is just willing to buy at P)
    R(b) = max over t of (P(t) + g)(b - t) + beta R(t),    pi(b) = P(t(b)).

No gap: pi(b) = gamma b, t(b) = r b with s = sqrt(1 - beta), gamma = s/(1 + s), r = 1/(1 + s): the
stationary equilibrium, an infinite sequence of prices. Gap: pi and t are piecewise linear, R
piecewise quadratic, and the game ends after finitely many periods. The pieces are found exactly,
from b = 0 upward: on a piece either t is constant (at the beginning of an earlier piece, where pi
may jump up) or t = [(1 - beta + beta pi') b - (1 - beta) g]/[2 (1 - beta) + beta pi'].

Source: D. Fudenberg, D. Levine and J. Tirole, "Infinite-horizon models of bargaining with one-sided
incomplete information" (1985); F. Gul, H. Sonnenschein and R. Wilson, "Foundations of dynamic
monopoly and the Coase conjecture", Journal of Economic Theory 39 (1986), 155-190.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_SAME = 1e-12
_REACHED = 1e-12
"""A sequence of prices is cut when the chance that a later one is named falls below this."""


@dataclass(frozen=True, slots=True)
class PriceSequence:
    """What the seller asks, and who is left.

    Attributes:
        prices: one per period.
        left: share of all buyers left after each price.
        gain: the seller's discounted gain per buyer.
    """

    prices: tuple[float, ...]
    left: tuple[float, ...]
    gain: float


@dataclass(slots=True)
class _Piece:
    """Equilibrium for b in [low, high]: price, next state and gain as polynomials in b."""

    low: float
    high: float
    price: tuple[float, float]
    next: tuple[float, float]
    gain: tuple[float, float, float]


def price_sequence(top: float, gap: float, beta: float) -> PriceSequence:
    """The equilibrium prices for values uniform on [0, top] (arguments already checked).

    Args:
        top: highest value, above 0.
        gap: lowest value less the seller's cost, 0 or more.
        beta: discount factor per period, 0 to below 1.

    Returns:
        Prices, the shares left and the seller's gain.
    """
    return _without_gap(top, beta) if gap == 0 else _with_gap(top, gap, beta)


def expected_rounds(top: float, gap: float, beta: float) -> float:
    """About how many prices :func:`price_sequence` would list; infinite for too small a gap."""
    if 0 < gap < 1e-12 * top or beta >= 1:
        return math.inf
    r = 1 / (1 + math.sqrt(1 - beta))
    depth = max(1.0, top / gap) if gap else 1 / _REACHED
    return 1 + math.log(depth) / -math.log(r if gap else max(beta * r, 1e-300))


def _without_gap(top: float, beta: float) -> PriceSequence:
    s = math.sqrt(1 - beta)
    gamma, r = s / (1 + s), 1 / (1 + s)
    count = 1
    if beta * r > 0:
        count = max(1, math.ceil(math.log(_REACHED) / math.log(beta * r)))
    return PriceSequence(
        prices=tuple(gamma * top * r**n for n in range(count)),
        left=tuple(r ** (n + 1) for n in range(count)),
        gain=top * gamma * (1 - r) / (1 - beta * r * r),
    )


def _with_gap(top: float, gap: float, beta: float) -> PriceSequence:
    pieces = _pieces(top, gap, beta)
    prices, left = [], []
    b = top
    first = pieces[-1].gain
    while b > 0:
        piece = next(p for p in reversed(pieces) if p.low <= b * (1 + _SAME))
        prices.append(piece.price[0] + piece.price[1] * b)
        b = max(0.0, piece.next[0] + piece.next[1] * b)
        b = 0.0 if b < _SAME * top else b
        left.append(b / top)
    gain = (first[0] + first[1] * top + first[2] * top * top) / top
    return PriceSequence(prices=tuple(prices), left=tuple(left), gain=gain)


def _pieces(top: float, gap: float, beta: float) -> list[_Piece]:
    """All pieces up to ``top``. A plan (j, inside) aims at piece j: at its beginning or inside."""
    pieces: list[_Piece] = [_Piece(0.0, math.inf, (0.0, 0.0), (0.0, 0.0), (0.0, gap, 0.0))]
    plan = (0, False)
    while True:
        current = pieces[-1]
        event, following = _next_plan(pieces, plan, gap, beta)
        if event >= top:
            return pieces
        current.high = event
        plan = following
        new = _Piece(event, math.inf, *_outcome(pieces, plan, gap, beta))
        if event - current.low <= _SAME * max(event, gap):
            pieces.pop()
        pieces.append(new)


def _next_plan(
    pieces: list[_Piece], plan: tuple[int, bool], gap: float, beta: float
) -> tuple[float, tuple[int, bool]]:
    """Where, above the beginning of the last piece, which later plan becomes better."""
    here = pieces[-1].low
    now = _outcome(pieces, plan, gap, beta)[2]
    best, following = math.inf, plan
    j, inside = plan
    if inside:
        # The target reaches the end of its piece.
        slope, level = _target(pieces[j], gap, beta)
        limit = (pieces[j].high - level) / slope
        if limit < best:
            best, following = max(limit, here), (j + 1, False)
    else:
        slope, level = _target(pieces[j], gap, beta)
        best, following = max((pieces[j].low - level) / slope, here), (j, True)
    for k in range(j + 1, len(pieces)):
        for within in (False, True):
            slope, level = _target(pieces[k], gap, beta)
            start = (pieces[k].low - level) / slope if within else here
            end = (pieces[k].high - level) / slope if within else math.inf
            other = _outcome(pieces, (k, within), gap, beta)[2]
            root = _overtakes(now, other, max(start, here), min(end, best))
            if root < best:
                best, following = root, (k, within)
    return best, following


def _overtakes(
    now: tuple[float, float, float], other: tuple[float, float, float], start: float, end: float
) -> float:
    """The first b in [start, end) from which ``other`` is larger, or infinity."""
    c, b, a = (y - x for x, y in zip(now, other, strict=True))
    if start >= end:
        return math.inf
    disc = b * b - 4 * a * c
    if disc < 0:
        return math.inf
    if abs(a) < 1e-300:
        roots = [-c / b] if b else []
    else:
        q = -(b + math.copysign(math.sqrt(disc), b)) / 2
        roots = [q / a] + ([c / q] if q else [])
    rising = [x for x in roots if start <= x < end and b + 2 * a * x > 0]
    return min(rising, default=math.inf)


def _target(piece: _Piece, gap: float, beta: float) -> tuple[float, float]:
    """Slope and level of the best next state inside a piece, as a function of b."""
    steep = beta * piece.price[1]
    below = 2 * (1 - beta) + steep
    return (1 - beta + steep) / below, -(1 - beta) * gap / below


def _outcome(
    pieces: list[_Piece], plan: tuple[int, bool], gap: float, beta: float
) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float, float]]:
    """Price, next state and gain, as polynomials in b, of following a plan now."""
    piece = pieces[plan[0]]
    slope, level = _target(piece, gap, beta) if plan[1] else (0.0, piece.low)
    base, steep = beta * piece.price[0], 1 - beta + beta * piece.price[1]
    price = (base + steep * level, steep * slope)
    r0, r1, r2 = piece.gain
    # (price + gap)(b - t) + beta R(t) with t = level + slope b
    p0, p1, stay = price[0] + gap, price[1], 1 - slope
    gain = (
        -p0 * level + beta * (r0 + r1 * level + r2 * level * level),
        p0 * stay - p1 * level + beta * (r1 * slope + 2 * r2 * level * slope),
        p1 * stay + beta * r2 * slope * slope,
    )
    return price, (level, slope), gain
