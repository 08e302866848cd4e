"""When to stop, learnt by regression from simulated paths (Longstaff and Schwartz 2001).

Problem: a put (pays K - S if exercised at price S) may be exercised at dates 1..T. On given paths,
from the last date backward: where exercise would pay, regress the discounted later cash flow on
1, S, .., S^degree; exercise on those paths where it pays more than the fitted value of waiting.
The value is the mean of the resulting cash flows, discounted to date 0; the European value that of
the payoffs at the last date.

What it shows here: it is the step "regress realised returns on what can be seen" of the
expectations engine, on an example small enough to check by hand.
Source: F. Longstaff and E. Schwartz, "Valuing American options by simulation: a simple
least-squares approach", Review of Financial Studies 14 (2001), 113-147; eight paths pp. 115-120.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class LongstaffSchwartz:
    """The value of waiting for the right moment.

    Attributes:
        value: mean discounted cash flow with the learnt rule, in units of the price.
        european: the same when only the last date is allowed.
        immediate: payoff of exercise at date 0.
        coefficients: per date 1..T-1 the regression's constant, slope, ..; empty where too few
            paths were in the money to fit it (then nobody exercises).
        exercise_date: per path, the date of exercise; 0: never.
    """

    value: float
    european: float
    immediate: float
    coefficients: tuple[tuple[float, ...], ...]
    exercise_date: tuple[int, ...]


def longstaff_schwartz(
    paths: Sequence[Sequence[float | int]] | np.ndarray,
    strike: float | int,
    rate: float | int,
    *,
    degree: int = 2,
) -> LongstaffSchwartz:
    """Value a put that may be exercised at every date, by regression on paths.

    Args:
        paths: prices by (path, date), the first column today's; finite, two or more dates.
        strike: K, above 0, in the unit of the prices.
        rate: continuous interest per date, 0 or more.
        degree: of the polynomial in the price, 1 to 8. Default 2: the source's example.

    Returns:
        Both values, the regressions and the dates of exercise.

    Raises:
        InputError: if a number is out of range or the paths are not a table of finite numbers.
    """
    assume = Assumptions("longstaff_schwartz")
    prices = np.asarray(paths, dtype=float)
    table = prices.ndim == 2 and prices.shape[0] >= 1 and prices.shape[1] >= 2
    assume.that(
        table and bool(np.all(np.isfinite(prices))),
        "paths",
        f"Argument `paths` must be a table (path, date) of finite prices with two or more dates,"
        f" but has shape {prices.shape}.",
        "Give one row per path, today's price first, and no missing values.",
    )
    k = assume.number("strike", strike, 0, open_low=True)
    r = assume.number("rate", rate, 0)
    power = assume.count("degree", degree, 1, 8)
    assume.check()
    discount = math.exp(-r)
    payoff = np.maximum(k - prices, 0.0)
    last = prices.shape[1] - 1
    cash = payoff[:, last].copy()
    date = np.where(cash > 0, last, 0)
    coefficients: list[tuple[float, ...]] = []
    for t in range(last - 1, 0, -1):
        cash *= discount
        pays = payoff[:, t] > 0
        if np.unique(prices[pays, t]).size <= power:
            coefficients.append(())
            continue
        basis = np.vander(prices[pays, t], power + 1, increasing=True)
        fit = np.linalg.lstsq(basis, cash[pays], rcond=None)[0]
        coefficients.append(tuple(float(v) for v in fit))
        now = np.flatnonzero(pays)[payoff[pays, t] > basis @ fit]
        cash[now], date[now] = payoff[now, t], t
    return LongstaffSchwartz(
        value=float(discount * cash.mean()),
        european=float(discount**last * payoff[:, last].mean()),
        immediate=float(payoff[:, 0].mean()),
        coefficients=tuple(coefficients[::-1]),
        exercise_date=tuple(int(v) for v in date),
    )
