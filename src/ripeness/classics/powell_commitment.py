"""War as a commitment problem: the general condition, and preventive war (Powell 2006).

Game: in every period two sides divide a pie of 1, or use force; d discounts, B = 1/(1 - d) is the
value of all pies. M_i(t) is the least that side i can secure from period t on (its minmax, usually
its value of fighting). To avoid force at t, side 2 can be offered at most what is left when side 1
later takes only its own M1(t+1): B - d M1(t+1). If side 2 can secure more, every equilibrium is
inefficient:

    d M1(t+1) - M1(t) > B - [M1(t) + M2(t)]        (condition 1; symmetric in the sides)

Preventive war: fighting destroys the fraction w of every pie for ever, so that M1 = p (1-w) B and
M2 = (1-p)(1-w) B; a rise of p to p + D brings war now iff

    (1 - w)[d (p + D) - p] > w,    critical D* = [w/(1 - w) + p (1 - d)]/d  ->  w/(1 - w) as d -> 1.

First strikes: if attacking first adds g to either side's odds, no division deters both iff
(1 + 2 g)(1 - w) > 1.

What it shows: it is the *speed* of a shift, not its size, that makes peace impossible.
Source: R. Powell, "War as a commitment problem", International Organization 60 (2006), 169-203:
condition (1) p. 182, preventive war p. 183. The first-strike line is derived here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions

_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class CommitmentProblem:
    """Where promises cannot bridge a shift of power. Periods are counted from 0.

    Attributes:
        war: force is used in some period.
        first_war: the first period in which the condition holds, or None.
        war_periods: every period in which the condition holds.
        margin_1: per period, left minus right side of condition (1) for a rising side 1, in
            pies; positive means force. The last period has no successor and no entry.
        margin_2: the same for a rising side 2.
    """

    war: bool
    first_war: int | None
    war_periods: tuple[int, ...]
    margin_1: tuple[float, ...]
    margin_2: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PreventiveShift:
    """Whether one announced shift of power brings war now.

    Attributes:
        war: the condition holds.
        margin: ``(1-w)[d(p+D) - p] - w``, in shares of a pie; positive means war.
        critical_shift: D*, the largest peaceful shift; above ``1 - p`` no shift can bring war.
        critical_shift_patient: its limit ``w/(1-w)`` as d goes to 1, the same for every p.
    """

    war: bool
    margin: float
    critical_shift: float
    critical_shift_patient: float


def powell_commitment(
    minmax_1: Sequence[float | int] | np.ndarray,
    minmax_2: Sequence[float | int] | np.ndarray,
    discount: float | int,
    *,
    pie: float | int = 1,
) -> CommitmentProblem:
    """The general condition, period by period.

    Args:
        minmax_1: what side 1 can secure from each period on: discounted totals, in pies; two or
            more periods.
        minmax_2: the same for side 2.
        discount: discount factor per period, above 0 and below 1.
        pie: size of the pie of each period, above 0.

    Returns:
        The periods in which every equilibrium uses force, and by what margin.

    Raises:
        InputError: if a number is out of range, the series differ in length, or the sides can
            secure more than there is from some period on (then peace is not efficient).
    """
    assume = Assumptions("powell_commitment")
    first = assume.series("minmax_1", np.asarray(minmax_1, dtype=float), at_least=2)
    second = assume.series("minmax_2", np.asarray(minmax_2, dtype=float), at_least=2)
    d = assume.discount("discount", discount, open_low=True)
    one = assume.number("pie", pie, 0, open_low=True)
    assume.check()
    assume.that(
        first.shape == second.shape,
        "minmax_2",
        f"The two series must cover the same periods, but have {first.size} and {second.size}.",
        "Give one value per side and period.",
    ).check()
    whole = one / (1 - d)
    assume.that(
        bool(np.all(first + second <= whole * (1 + 1e-12))),
        "minmax_1, minmax_2",
        f"The model assumes that force wastes something: the two minmax values must add to at most"
        f" pie/(1 - discount) = {whole:g} in every period, but add to {np.max(first + second):g}.",
        "Give discounted totals net of the losses of fighting.",
    ).check()
    slack = whole - (first + second)[:-1]
    rise_1 = d * first[1:] - first[:-1] - slack
    rise_2 = d * second[1:] - second[:-1] - slack
    periods = tuple(int(t) for t in np.flatnonzero(np.maximum(rise_1, rise_2) > _TIE * whole))
    return CommitmentProblem(
        war=bool(periods),
        first_war=periods[0] if periods else None,
        war_periods=periods,
        margin_1=tuple(float(v) for v in rise_1),
        margin_2=tuple(float(v) for v in rise_2),
    )


def powell_power_path(
    power: Sequence[float | int] | np.ndarray, destroyed: float | int, discount: float | int
) -> CommitmentProblem:
    """The condition along a path of power when fighting destroys part of every pie.

    Args:
        power: side 1's probability of winning in each period, 0 to 1; two or more periods.
        destroyed: fraction w of all pies that fighting destroys, 0 to 1.
        discount: discount factor per period, above 0 and below 1.

    Returns:
        The periods in which every equilibrium uses force: the one *before* too large a step.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("powell_power_path")
    p = assume.series("power", np.asarray(power, dtype=float), 0, 1, at_least=2)
    w = assume.probability("destroyed", destroyed)
    d = assume.discount("discount", discount, open_low=True)
    assume.check()
    left = (1 - w) / (1 - d)
    return powell_commitment(p * left, (1 - p) * left, d)


def powell_preventive_war(
    power: float | int, shift: float | int, destroyed: float | int, discount: float | int
) -> PreventiveShift:
    """Whether the declining side fights now rather than live with a shift of power.

    Args:
        power: the rising side's probability p of winning now, 0 to 1.
        shift: by how much it rises next period, 0 or more, ``power + shift`` at most 1.
        destroyed: fraction w of every pie, for ever, that fighting destroys, 0 to below 1.
        discount: discount factor per period, above 0, at most 1 (1 gives the limit).

    Returns:
        The verdict, its margin and the critical shift. A side exactly indifferent keeps peace.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("powell_preventive_war")
    p = assume.probability("power", power)
    rise = assume.number("shift", shift, 0, means="side 1 is the rising side")
    w = assume.number("destroyed", destroyed, 0, 1, open_high=True)
    d = assume.number("discount", discount, 0, 1, open_low=True)
    assume.check()
    assume.that(
        p + rise <= 1 + 1e-12,
        "shift",
        f"`power + shift` must be a probability, but is {p + rise:g}.",
        f"Give a shift of at most {1 - p:g}.",
    ).check()
    margin = (1 - w) * (d * (p + rise) - p) - w
    patient = w / (1 - w)
    return PreventiveShift(
        war=margin > _TIE,
        margin=margin,
        critical_shift=(patient + p * (1 - d)) / d,
        critical_shift_patient=patient,
    )


@dataclass(frozen=True, slots=True)
class FirstStrike:
    """Whether an advantage of attacking first leaves any division that deters both.

    Attributes:
        war: no division deters both sides.
        margin: ``(1 + 2g)(1 - w) - 1``, in shares of the pie; positive means war.
        critical_advantage: ``w/(2(1 - w))``; a larger advantage brings war.
    """

    war: bool
    margin: float
    critical_advantage: float


def powell_first_strike(advantage: float | int, destroyed: float | int) -> FirstStrike:
    """Whether both sides' advantage of attacking first rules out peace.

    Args:
        advantage: what attacking first adds to the attacker's odds of winning, 0 to 1/2.
        destroyed: fraction w of every pie, for ever, that fighting destroys, 0 to below 1.

    Returns:
        The verdict, its margin and the critical advantage.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("powell_first_strike")
    g = assume.number("advantage", advantage, 0, 0.5)
    w = assume.number("destroyed", destroyed, 0, 1, open_high=True)
    assume.check()
    margin = (1 + 2 * g) * (1 - w) - 1
    return FirstStrike(war=margin > _TIE, margin=margin, critical_advantage=w / (2 * (1 - w)))
