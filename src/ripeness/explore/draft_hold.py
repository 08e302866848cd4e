"""An estimate of whether a package would hold, fitted to played worlds and held against others.

To play every package in every world would take days. So some packages are played, in worlds in which both
sides would sign them, and a logistic regression is fitted: signed and five years later in force, on what both
sides can be expected to gain by breaking it on the day of the signature. With a fit per theory, pulled
towards the fit over all:

    P(kept) = 1 / (1 + exp(-eta)),   eta = sum of coefficients (theory) x features
    h_s     = log(5 years x rho) + l (fight_s + slope_s (caps_s - help_enemy) - breach cost_s - peace_s)

h_s is the log of how often side s would break the treaty in five years if things stayed as they are that day;
while it waits for ratification no guarantee is in place. It is an estimate: packages are left out of the fit in
turn, and the error in those left out is told, beside that of saying the same of all packages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.levels import Sums
from ripeness.explore.draft_play import YEARS
from ripeness.explore.draft_sign import gains_of
from ripeness.explore.draft_stand import Stand
from ripeness.types import MONTHS_PER_YEAR
from ripeness.war.process import other
from ripeness.war.ratification import chance_to_pass, months_to_force
from ripeness.worlds.bundle import Bundle

FEATURES: Final = 14
LOWEST, HIGHEST = -6.0, 4.0
"""Logs of expected numbers of breaches are cut here: beyond, a treaty surely holds or surely fails."""

RIDGE_ALL, RIDGE_THEORY = 1.0, 20.0
"""Pull of the coefficients towards nothing, and of a theory's towards those of all; in pairs."""

FOLDS: Final = 5
SWEEPS: Final = 25
"""Newton steps: the objective is convex and they settle in ten."""

FEWEST: Final = 5
"""Pairs that a package left out must have to be counted in the error."""


@dataclass(frozen=True)
class Hold:
    """The estimate.

    Attributes:
        coefficients: per theory.
        pairs: worlds and packages that were played.
        packages: packages among them.
        kept: share of the pairs in which the treaty was kept.
        error: mean absolute error of the share kept, over packages left out of the fit.
        noise: what that error would be, were every chance known: luck of the few worlds played.
        dumb: error of saying the mean of all packages of each.
    """

    coefficients: Float[np.ndarray, "theory feature"]
    pairs: int
    packages: int
    kept: float
    error: float
    noise: float
    dumb: float

    def as_mapping(self) -> Mapping[str, Any]:
        """Return it as JSON has it, coefficients left out."""
        names = ("pairs", "packages", "kept", "error", "noise", "dumb")
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: float | int) -> float | int | None:
    return value if isinstance(value, int) else (round(value, 5) if np.isfinite(value) else None)


def features_of(
    sums: Sums,
    gain: Float[Array, "2 package world"],
    stand: Stand,
    parameters: Bundle,
    expects: Bool[Array | np.ndarray, "world"] | None,
) -> list[Float[Array, "package world"]]:
    """Return the features of packages in worlds."""
    p = parameters.diplomacy
    lift = lambda rows: rows[:, None]  # noqa: E731
    passes = chance_to_pass(sums.passes, parameters)
    fight, peace = stand.alone, sums.worth - sums.fear
    if expects is not None and stand.outlook is not None:
        war = stand.outlook.war.at(p.war_cost)
        chance = jnp.maximum(passes, 0.05)
        pending = gain + lift(stand.reservation)
        in_force = (pending - (1.0 - chance) * lift(war)) / chance
        fight = jnp.where(expects, war, fight)
        peace = jnp.where(expects, in_force, peace)
    alone = lift(fight - p.breach_cost) - peace
    opposed = alone + lift(stand.slope) * (sums.shift - other(sums.help))
    wait = months_to_force(sums.wait, sums.votes, stand.week, parameters) / MONTHS_PER_YEAR
    breach = _log_number(p, YEARS, opposed)
    resume = _log_number(p, wait, alone)
    odds = jnp.log(passes + 1e-3) - jnp.log(1.0 - passes + 1e-3)
    surely, sooner = -jnp.expm1(-jnp.exp(breach)), -jnp.expm1(-jnp.exp(resume))
    one = jnp.ones_like(breach[0])
    return [
        one, breach[0], breach[1], surely[0], surely[1], surely[0] * surely[1], breach[0] ** 2,
        breach[1] ** 2, sooner[0], sooner[1], odds, sums.help[0], sums.help[1], sums.shift[0],
    ]  # fmt: skip


@lru_cache(maxsize=1)
def appraisal() -> Any:
    """Return the compiled program that gives the features of packages, ``(feature, package, world)``."""

    @jax.jit
    def run(sums: Sums, stand: Stand, parameters: Bundle, expects: Array) -> Array:
        gain = gains_of(sums, stand, parameters, expects)
        return jnp.stack(features_of(sums, gain, stand, parameters, expects))

    return run


def _log_number(p: Bundle, years: Any, gain: Array) -> Array:
    """Return the log of the breaches expected in some years at this gain, cut at both ends."""
    return jnp.clip(jnp.log(p.reconsider * years) + p.precision * gain, LOWEST, HIGHEST)


def chance_of(features: list[Array], coefficients: Float[Array, "feature world"]) -> Array:
    """Return the estimated chance that a treaty is kept, ``(package, world)``."""
    eta = sum(row * coefficients[place] for place, row in enumerate(features))
    return 1.0 / (1.0 + jnp.exp(-eta))


def fitted(
    feature: Float[np.ndarray, "pair feature"],
    kept: Bool[np.ndarray, "pair"],
    theory: Int[np.ndarray, "pair"],
    package: Int[np.ndarray, "pair"],
    theories: int,
) -> Hold:
    """Return the estimate, with its error in packages left out of the fit.

    Args:
        feature: of each pair.
        kept: whether the treaty was kept in it.
        theory: place of the pair's theory.
        package: number of the pair's package.
        theories: how many theories there are.
    """
    guess = np.full(len(kept), kept.mean() if len(kept) else np.nan)
    for fold in range(FOLDS):
        held = package % FOLDS == fold
        if held.any() and not held.all():
            found = _coefficients(feature[~held], kept[~held], theory[~held], theories)
            guess[held] = _chance(feature[held], found[theory[held]])
    error, noise, dumb = _errors(guess, kept, package)
    return Hold(
        _coefficients(feature, kept, theory, theories), len(kept), len(np.unique(package)),
        float(kept.mean()) if len(kept) else float("nan"), error, noise, dumb,
    )  # fmt: skip


def _chance(feature: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip((feature * coefficients).sum(axis=-1), -30, 30)))


def _errors(guess: np.ndarray, kept: np.ndarray, package: np.ndarray) -> tuple[float, float, float]:
    """Return mean absolute errors over packages: of the estimate, of luck alone, and of the mean."""
    error, noise, dumb = [], [], []
    for number in np.unique(package):
        here = package == number
        if here.sum() < FEWEST:
            continue
        share, chance = kept[here].mean(), guess[here]
        error.append(abs(chance.mean() - share))
        dumb.append(abs(kept.mean() - share))
        # Of a normal with this standard deviation the mean absolute value.
        noise.append(np.sqrt(2.0 / np.pi * (chance * (1.0 - chance)).sum()) / here.sum())
    if not error:
        nothing = float("nan")
        return nothing, nothing, nothing
    return float(np.mean(error)), float(np.mean(noise)), float(np.mean(dumb))


def _coefficients(
    feature: np.ndarray, kept: np.ndarray, theory: np.ndarray, theories: int
) -> Float[np.ndarray, "theory feature"]:
    """Return the coefficients of each theory, pulled towards those of all."""
    together = _logistic(feature, kept, np.zeros(FEATURES), RIDGE_ALL)
    return np.stack(
        [
            _logistic(feature[theory == place], kept[theory == place], together, RIDGE_THEORY)
            for place in range(theories)
        ]
    )


def _logistic(
    feature: np.ndarray, kept: np.ndarray, towards: np.ndarray, ridge: float
) -> Float[np.ndarray, "feature"]:
    """Return the coefficients of a ridge logistic regression by Newton's method, steps halved if need be."""
    if not len(kept):
        return towards
    found, pull = towards.copy(), ridge * np.eye(FEATURES)

    def loss(at: np.ndarray) -> float:
        eta = feature @ at
        fit = np.logaddexp(0.0, eta) - kept * eta
        return float(fit.sum() + 0.5 * ridge * ((at - towards) ** 2).sum())

    for _ in range(SWEEPS):
        chance = _chance(feature, found)
        slope = feature.T @ (chance - kept) + ridge * (found - towards)
        curve = (feature * (chance * (1.0 - chance))[:, None]).T @ feature + pull
        step, size = np.linalg.solve(curve, slope), 1.0
        while size > 1e-3 and loss(found - size * step) > loss(found):
            size /= 2.0
        found = found - size * step
        if np.abs(size * step).max() < 1e-6:
            break
    return found
