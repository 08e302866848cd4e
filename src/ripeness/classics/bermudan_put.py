"""A put with a given number of exercise dates, on a binomial tree.

Problem: the price follows a geometric Brownian motion; the put pays K - S and may be exercised at
50 (say) equally spaced dates a year, the last at maturity. Steps h, u = exp(sigma sqrt(h)),
d = 1/u, chance of up (exp(r h) - d)/(u - d); value = max(exercise, discounted mean) at the dates
only. The average over two trees with n and n + 1 steps between dates removes most of the tree's
odd-even error.

What it shows here: the exact benchmark for a regression that learns when to stop. The published
"finite-difference American" values agree with 50 dates a year, not with continuous exercise.
Source: J. Cox, S. Ross and M. Rubinstein, J. Financial Economics 7 (1979), 229-263; table 1 of F.
Longstaff and E. Schwartz, Review of Financial Studies 14 (2001), 113-147.
"""

from __future__ import annotations

import math

import numpy as np

from ripeness.classics.assumption import Assumptions


def bermudan_put(
    spot: float | int,
    strike: float | int,
    rate: float | int,
    volatility: float | int,
    maturity: float | int,
    *,
    dates_per_year: int = 50,
    steps_per_date: int = 20,
) -> float:
    """Value of a put that may be exercised at equally spaced dates, and today.

    Args:
        spot: price today, above 0.
        strike: K, above 0.
        rate: continuous interest a year, 0 or more.
        volatility: of the log price, per square root of a year, above 0.
        maturity: years, above 0; ``maturity * dates_per_year`` is rounded to whole dates.
        dates_per_year: exercise dates a year, 1 or more. Default 50: the source's.
        steps_per_date: steps of the tree between two dates, 1 or more. Default 20: error below .003
            for the source's cases.

    Returns:
        The value, in the unit of the price.

    Raises:
        InputError: if a number is out of range, or the steps are too long for the tree's chances to
            be probabilities.
    """
    assume = Assumptions("bermudan_put")
    s = assume.number("spot", spot, 0, open_low=True)
    k = assume.number("strike", strike, 0, open_low=True)
    r = assume.number("rate", rate, 0)
    sigma = assume.number("volatility", volatility, 0, open_low=True)
    years = assume.number("maturity", maturity, 0, open_low=True)
    per_year = assume.count("dates_per_year", dates_per_year, 1)
    steps = assume.count("steps_per_date", steps_per_date, 1)
    assume.check()
    dates = max(1, round(years * per_year))
    h = years / dates / steps
    assume.that(
        r * math.sqrt(h) <= sigma,
        "steps_per_date",
        "The tree's steps are too long: interest outruns volatility and the chances are no"
        " probabilities.",
        f"Use at least {math.ceil((r / sigma) ** 2 * years / dates)} steps per date.",
    )
    assume.that(
        dates * (steps + 1) <= 40_000,
        "steps_per_date",
        f"A tree of {dates * (steps + 1)} steps would take too long.",
        "Use fewer dates or steps; 40 000 steps in all at most.",
    ).check()
    trees = (_tree(s, k, r, sigma, years / dates, dates, n) for n in (steps, steps + 1))
    return sum(trees) / 2


def _tree(
    s: float, k: float, r: float, sigma: float, between: float, dates: int, steps: int
) -> float:
    h = between / steps
    size = sigma * math.sqrt(h)
    up = (math.exp(r * h) - math.exp(-size)) / (math.exp(size) - math.exp(-size))
    discount = math.exp(-r * h)
    total = dates * steps
    # Payoffs at every level of the tree; entries 0, 2, 4, .. from the lowest are one date's.
    levels = np.maximum(k - s * np.exp(size * np.arange(-total, total + 1)), 0.0)
    value = levels[::2].copy()
    for step in range(total - 1, -1, -1):
        value = discount * (up * value[1:] + (1 - up) * value[:-1])
        if step % steps == 0:
            value = np.maximum(value, levels[total - step : total + step + 1 : 2])
    return float(value[0])
