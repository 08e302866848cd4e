"""Diagnostic: an act tells something about the side that does it.

    over the months of all worlds in which both are known (and `among_months` hold):
    LR      = P(signal | shown) / P(signal | not shown)             the likelihood ratio
    verdict on LR: supported if surely above `worth` (3), contradicted if surely not

From 1 to 3 evidence is "not worth more than a bare mention" (Kass and Raftery 1995, JASA 90: 773-795).
Worlds are the units of its error, not months: with a of A shown and b of B other months signalled,

    ln LR   = ln(a/A) - ln(b/B),   var = sum over worlds (a_w/a - A_w/A - b_w/b + B_w/B)^2

each count with a half added. World by world:

    tested  = worlds in which the signal is given
    holds   = whoever goes by the signal there judges better than by the base rate: with p and p0
              the shares of months shown with the signal and of all, and s_w that of the world's
              months with the signal, (p - s_w)^2 < (p0 - s_w)^2, and p > p0 (Brier 1950)
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import xarray as xr
from pydantic import Field

from ripeness.claims.conditions import all_of, in_months
from ripeness.claims.interval import STANDARD_ERRORS
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, Monthly
from ripeness.claims.verdict import Measured
from ripeness.scenario.quantity import Number
from ripeness.types import WEEKS_PER_MONTH

HALF: Final = 0.5
"""Added to every count, so that a cell without months has a logarithm (Haldane 1956)."""


class DiagnosticTest(Definition):
    """Fields of a claim about what an act tells."""

    signal: tuple[Monthly, ...] = Field(min_length=1, description="the act, in a month")
    shows: tuple[Monthly, ...] = Field(min_length=1, description="what it is said to show")
    among_months: tuple[Monthly, ...] = Field((), description="only months in which these hold")
    ahead: Number = Field(0.0, ge=0, description="weeks: it shows in this month or up to then")
    worth: Number = Field(3.0, ge=1, description="likelihood ratio from which a signal is one")


class Months(NamedTuple):
    """``(world,)`` counts of months: shown and not, of these signalled, and shown of the signalled."""

    shown: np.ndarray
    other: np.ndarray
    signalled_shown: np.ndarray
    signalled_other: np.ndarray


class Diagnostic(WithoutLevers):
    """What it tells."""

    model = DiagnosticTest

    def trial(self, test: DiagnosticTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the signal is given."""
        data = runs.data
        months = _count(data, test, all_of(data, test.among).yes)
        tested = (months.signalled_shown + months.signalled_other) > 0
        holds = tested & _better(months)

        def measure(worlds: np.ndarray) -> Measured:
            return likelihood_ratio(Months(*(count[worlds] for count in months)), test.worth)

        return Trial(
            tested, holds, named(test, "worlds in which the signal is given"),
            holds_word="is a better guide than the base rate", measure=measure,
        )  # fmt: skip


def _count(data: xr.Dataset, test: DiagnosticTest, among: np.ndarray) -> Months:
    """Return the counts of months of every world; none where the claim does not apply."""
    signal, signal_known = in_months(data, test.signal)
    shows, shows_known = in_months(data, test.shows)
    here, here_known = in_months(data, test.among_months)
    ahead = int(test.ahead // WEEKS_PER_MONTH)
    if ahead:
        last = np.zeros(shows.shape[1], dtype=bool)
        last[: max(shows.shape[1] - ahead, 0)] = True
        shows_known = shows_known & last
        at_once = shows.copy()  # what is looked ahead to must not have looked ahead itself
        for step in range(1, ahead + 1):
            shows[:, :-step] |= at_once[:, step:] & last[:-step]
    counts = among[:, None] & here & here_known & signal_known & shows_known
    cells = (shows, ~shows, shows & signal, ~shows & signal)
    return Months(*((counts & cell).sum(axis=1) for cell in cells))


def _better(months: Months) -> np.ndarray:
    """Return ``(world,)`` whether the signal judges better there than the base rate."""
    signalled = months.signalled_shown + months.signalled_other
    every = int((months.shown + months.other).sum())
    if not signalled.any() or not every:
        return np.zeros(signalled.shape, dtype=bool)
    with_signal = months.signalled_shown.sum() / signalled.sum()
    base = months.shown.sum() / every
    share = months.signalled_shown / np.maximum(signalled, 1)
    return (with_signal > base) & ((with_signal - share) ** 2 < (base - share) ** 2)


def likelihood_ratio(months: Months, worth: float) -> Measured:
    """Return the likelihood ratio with its interval, worlds as units; NaN without both sorts of months."""
    name, totals = "likelihood ratio", [int(count.sum()) for count in months]
    if min(totals[:2]) == 0:
        return Measured(name, math.nan, math.nan, math.nan, "", more_than=worth)
    shown, other, hits, alarms = (total + HALF for total in totals)
    logarithm = math.log(hits / shown) - math.log(alarms / other)
    per_world = (
        months.signalled_shown / hits - months.shown / shown
        - months.signalled_other / alarms + months.other / other
    )  # fmt: skip
    half = STANDARD_ERRORS * math.sqrt(float((per_world**2).sum()))
    value, low, high = (math.exp(logarithm + part) for part in (0.0, -half, half))
    words = (
        f"The signal is {value:.2g} times as common in months in which this is so as in others "
        f"(surely between {low:.2g} and {high:.2g})."
    )
    return Measured(name, value, low, high, "times", more_than=worth, words=words)


KINDS.register("diagnostic")(Diagnostic())
