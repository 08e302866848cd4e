"""Where the spread of an outcome comes from: luck, ranges, theory, and the solver.

An outcome y is known for every theory t, play r (an own luck) and world w (one draw of all ranges): the same
worlds under each theory, each world played R >= 2 times. With m(w, t) the mean of y over luck, the spread of
a world drawn by lot, with its theory drawn by lot, is by the law of total variance

    Var y = E[Var(y | w, t)]  +  Var_w(E_t m)  +  E_w[Var_t m]
            random               parametric       structural

What is left of it if one knew ranges and theory is luck; what theory adds where the ranges are known is
structural, so that it holds the interaction of theory and ranges (told apart as ``interaction``):
E_w Var_t m = Var_t(E_w m) + interaction. A variance that a solver adds is given, not estimated.

Estimates, from D = y less its mean over theories, M = that mean, both per world and play:

    random      mean over w, t of the variance over plays (denominator R - 1)
    structural  mean over w, t of the product of D of two different plays, averaged over all such pairs
    parametric  covariance over worlds of M of two different plays (denominator W - 1), likewise

A product of two plays has no luck in common, so nothing is counted twice and all three are unbiased, whether
or not theories share their luck (as they do here: it makes the comparison sharper and none of this wrong).
They can fall below zero where the truth is zero. Theories are all that there are, and are weighted equally:
their variance has denominator T. Each estimate is a mean of one number per world; standard errors follow from
the spread of those numbers, and those of shares from the ratio's linear part. Sampling designs that are
stratified by number make them a little too large. An outcome in several parts (one indicator per ending) is
decomposed part by part and added up: for endings the total is then one less the chance that two worlds drawn
by lot end alike (Gini-Simpson). Analysis of variance with a random factor crossed with a fixed one: Searle,
Casella and McCulloch 1992, "Variance Components", ch. 4; law of total variance for simulation under uncertain
inputs: Saltelli et al. 2008, "Global Sensitivity Analysis", ch. 1. It would break with one play per world.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf, isfinite, nan, sqrt

import numpy as np

from ripeness.errors import bad_input

SOURCES = ("random", "parametric", "structural", "solver")
"""Names of the components of a spread, which add to it."""

FEWEST_PLAYS = 2
FEWEST_WORLDS = 2


@dataclass(frozen=True, slots=True)
class Component:
    """One source of spread.

    Attributes:
        variance: in the outcome's unit squared.
        error: standard error of the variance.
        share: of the total; NaN where there is no spread at all.
        share_error: standard error of the share.
    """

    variance: float
    error: float
    share: float
    share_error: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of an outcome over worlds, luck and theories, and where it comes from.

    Attributes:
        variance: of a world drawn by lot under a theory drawn by lot, unit squared: the four add to it.
        error: its standard error.
        random: luck.
        parametric: ranges.
        structural: which theory, whatever the ranges.
        solver: what the solver of a theory leaves open, as given.
        interaction: the part of ``structural`` in which theory matters in other ways in other worlds.
    """

    variance: float
    error: float
    random: Component
    parametric: Component
    structural: Component
    solver: Component
    interaction: float

    @property
    def deviation(self) -> float:
        """Standard deviation in the outcome's unit."""
        return sqrt(max(self.variance, 0.0))


def spread_of(values: np.ndarray, solver: float = 0.0) -> Spread:
    """Decompose the spread of an outcome.

    Args:
        values: ``(part, theory, play, world)`` outcomes in any unit; an outcome that is one number
            has one part.
        solver: variance that the solver of a theory adds, in the outcome's unit squared.

    Returns:
        The variance, its four parts, and standard errors.

    Raises:
        InputError: if there are too few plays or worlds, or a number is missing or not finite.
    """
    values = np.asarray(values, dtype=np.float64)
    _check(values, solver)
    per_world = {
        "random": values.var(axis=2, ddof=1).mean(axis=1).sum(axis=0),
        "parametric": _between_worlds(values.mean(axis=1)).sum(axis=0),
        "structural": _between_theories(values).sum(axis=0),
    }
    total = sum(per_world.values(), np.full(values.shape[-1], float(solver)))
    parts = {name: _component(each, total) for name, each in per_world.items()}
    return Spread(
        variance=float(total.mean()),
        error=_error(total),
        solver=_component(np.full_like(total, float(solver)), total),
        interaction=parts["structural"].variance - _main_effect(values),
        **parts,
    )


def _between_worlds(means: np.ndarray) -> np.ndarray:
    """Return ``(part, world)`` contributions to the variance over worlds.

    Args:
        means: ``(part, play, world)``, means over theories.
    """
    worlds = means.shape[-1]
    centred = means - means.mean(axis=-1, keepdims=True)
    return _products(np.moveaxis(centred, 1, 0)) * worlds / (worlds - 1)


def _between_theories(values: np.ndarray) -> np.ndarray:
    """Return ``(part, world)`` contributions to the mean variance over theories."""
    centred = values - values.mean(axis=1, keepdims=True)
    return _products(np.moveaxis(centred, 2, 0)).mean(axis=1)


def _products(plays: np.ndarray) -> np.ndarray:
    """Return the mean of the products of different plays; plays on the first axis."""
    pairs = list(combinations(range(len(plays)), 2))
    return sum((plays[a] * plays[b] for a, b in pairs), np.zeros(plays.shape[1:])) / len(pairs)


def _main_effect(values: np.ndarray) -> float:
    """Return the variance over theories of their means over all worlds.

    Unbiased but for the means' own error: what the covariance of theories over worlds adds to a
    product of means is taken out.
    """
    worlds = values.shape[-1]
    centred = values - values.mean(axis=1, keepdims=True)
    means = np.moveaxis(centred.mean(axis=-1), 2, 0)
    residual = np.moveaxis(centred - centred.mean(axis=-1, keepdims=True), 2, 0)
    noise = _products(residual).sum(axis=-1) / (worlds - 1) / worlds
    return float((_products(means) - noise).mean(axis=1).sum())


def _component(per_world: np.ndarray, total: np.ndarray) -> Component:
    variance, whole = float(per_world.mean()), float(total.mean())
    if whole <= 0.0:
        return Component(variance, _error(per_world), nan, nan)
    share = variance / whole
    return Component(
        variance, _error(per_world), share, _error((per_world - share * total) / whole)
    )


def _error(per_world: np.ndarray) -> float:
    """Return the standard error of the mean over worlds."""
    return float(per_world.std(ddof=1) / sqrt(len(per_world)))


def _check(values: np.ndarray, solver: float) -> None:
    if values.ndim != 4:
        raise bad_input(
            "values", f"must have axes (part, theory, play, world), but has {values.ndim}.",
            "Add an axis of length one for each that is missing.",
        )  # fmt: skip
    _, _, plays, worlds = values.shape
    if plays < FEWEST_PLAYS or worlds < FEWEST_WORLDS:
        raise bad_input(
            "plays", f"luck cannot be told from ranges with plays: {plays}, worlds: {worlds}.",
            f"Play at least {FEWEST_WORLDS} worlds, each at least {FEWEST_PLAYS} times.",
        )  # fmt: skip
    if not np.isfinite(values).all():
        raise bad_input(
            "values", "some are missing or infinite.",
            "Choose an outcome that every world has, such as whether it settled.",
        )  # fmt: skip
    if not (isfinite(solver) and 0.0 <= solver < inf):
        raise bad_input(
            "solver", f"must be a variance of 0 or more, but is {solver}.", "Leave it out."
        )
