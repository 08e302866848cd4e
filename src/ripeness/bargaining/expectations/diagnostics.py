"""How far a solution can be trusted: what is printed with every solve and stored with it.

calibration     realised less predicted value, per regime and side and by date, in fresh worlds the solve
                did not learn from. Sides that expect what happens have none.
coverage        rows per regime that the last sweeps learnt from: what was rarely seen is known badly.
exploitability  what a side would gain, in shares of the stakes, by another rule while the other keeps its own:
                thresholds shifted unseen (probes), and a best response of the same precision, re-learnt against
                the other's fixed rules and judged in fresh worlds with the same luck (paired).
rules           root mean square change of odds per sweep on a fixed set of situations.

A best response changes what the enemy predicts of this side too, since both read the same coefficients; an
unseen one is what the probes test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations.month import ANSWER, BREACH, RESUME
from ripeness.bargaining.expectations.prepare import LEARNING_SEED, Effort
from ripeness.bargaining.expectations.solver import Settings, Solution, solve
from ripeness.bargaining.expectations.training import prior_weights
from ripeness.bargaining.expectations.war_game import ChunkPlayed, WarGame
from ripeness.bargaining.packages import enumerate_packages
from ripeness.scenario.model import Scenario
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds

REGIMES = ("war", "ceasefire", "settlement")
HELD_OUT_SEED = 7_000_003
"""Added to the user's seed for the worlds in which a solution is judged."""

SHIFTS = (-0.05, -0.02, 0.02, 0.05)
"""Shifts of thresholds that are tried, shares of the stakes."""

THRESHOLDS = {"answer": ANSWER, "resume": RESUME, "breach": BREACH}

LARGEST_BIAS = 0.015
LARGEST_PROBE = 0.008
LARGEST_RESPONSE = 0.006
"""Bounds of a solution that can be trusted, shares of the stakes (the last plus two standard errors)."""


@dataclass(frozen=True)
class Gain:
    """What another rule would bring a side."""

    side: str
    rule: str
    gain: float
    error: float  # standard error, paired


@dataclass(frozen=True)
class Diagnostics:
    """What is known of a solution.

    Attributes:
        bias: regime -> side -> realised less predicted value.
        explained: regime -> side -> share of the spread of realised values that predictions explain.
        by_date: side -> ``(quarter, 2)`` mean predicted and realised value.
        rows: regime -> rows seen in held-out play, both sides' weights together.
        probes: largest gain of a shifted threshold, per side.
        responses: gain of the best response, per side; empty if not asked for.
        worlds: held-out worlds.
    """

    bias: dict[str, dict[str, float]]
    explained: dict[str, dict[str, float]]
    by_date: dict[str, np.ndarray]
    rows: dict[str, float]
    probes: tuple[Gain, ...]
    responses: tuple[Gain, ...]
    worlds: int

    def problems(self) -> list[str]:
        """Return what is out of bounds, a sentence each."""
        found = []
        for regime, sides in self.bias.items():
            for side, bias in sides.items():
                if abs(bias) > LARGEST_BIAS:
                    found.append(
                        f"{side} is wrong by {bias:+.3f} of the stakes on average in {regime}; "
                        f"{LARGEST_BIAS} is the bound."
                    )
        bounds = [(gain, LARGEST_PROBE) for gain in self.probes]
        bounds += [(gain, LARGEST_RESPONSE) for gain in self.responses]
        return found + [
            f"{gain.side} would gain {gain.gain:.3f} by {gain.rule}."
            for gain, bound in bounds
            if gain.gain > bound + 2.0 * gain.error
        ]


def held_out(
    game: WarGame, scenario: Scenario, worlds: int, seed: int, change: Any = None
) -> WarGame:
    """Return the game in worlds that nothing was learnt from."""
    fresh = draw_worlds(scenario, worlds, HELD_OUT_SEED + seed)
    fresh = change(fresh) if change is not None else fresh
    return game.elsewhere(fresh, enumerate_packages(scenario, fresh).table, worlds, seed + 1)


def diagnose(
    game: WarGame,
    solution: Solution,
    sides: tuple[str, str],
    *,
    probes: bool = True,
    responses: bool = False,
    sweeps: int = 6,
    progress: Callable[[int, int], None] | None = None,
) -> Diagnostics:
    """Judge a solution by playing it in held-out worlds.

    Args:
        game: the game in held-out worlds, see ``held_out``.
        solution: what to judge.
        sides: labels.
        probes: try shifted thresholds.
        responses: learn best responses, which takes two short solves.
        sweeps: of each of them.
        progress: called with (plays done, plays in all).
    """
    explored = game.chunks(solution.coefficients, 0)
    base = _start_values(game, game.chunks(solution.coefficients, 1, explore=False))
    tried: list[Gain] = []
    plays = [(side, name, shift) for side in (0, 1) for name in THRESHOLDS for shift in SHIFTS]
    for number, (side, name, shift) in enumerate(plays if probes else []):
        tilt = np.zeros((2, 3, 1), dtype=np.float32)
        tilt[side, THRESHOLDS[name]] = shift
        found = game.chunks(solution.coefficients, 1, explore=False, tilt=tilt)
        rule = f"shifting its threshold to {name} by {shift:+.2f}"
        tried.append(_gain(sides[side], rule, base[side], _start_values(game, found)[side]))
        if progress is not None:
            progress(number + 1, len(plays))
    answers = []
    for side in (0, 1) if responses else ():
        better = best_response(game, solution, side, sweeps)
        value = _start_values(game, game.chunks(better, 1, explore=False))[side]
        answers.append(_gain(sides[side], "its best response", base[side], value))
    return Diagnostics(
        **_calibration(explored, sides),
        probes=tuple(_largest(tried, label) for label in sides if tried),
        responses=tuple(answers),
        worlds=game.worlds.count,
    )


def best_response(game: WarGame, solution: Solution, side: int, sweeps: int) -> np.ndarray:
    """Return coefficients in which one side has learnt anew against the other's fixed rules."""
    alone = replace(game, held=solution.coefficients, only=side, groups=((0,), (1,)), probes=None)
    settings = Settings(sweeps=sweeps, least=sweeps + 1, average=max(sweeps // 2, 1))
    learnt = solve(alone, settings, start=solution.coefficients).coefficients
    mixed = solution.coefficients.copy()
    mixed[side] = learnt[side]
    return mixed


def _start_values(game: WarGame, parts: list[ChunkPlayed]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return realised value at the start and weight of each world, per side."""
    weight = np.asarray(prior_weights(_with(game)))
    value = np.concatenate([np.asarray(part.start_value) for part in parts], axis=-1)
    return [(value[side], weight[side, : value.shape[-1]]) for side in (0, 1)]


def _with(game: WarGame) -> Bundle:
    return jax.tree.map(jnp.asarray, Bundle(game.worlds.parameters, expectations=game.learnt))


def _gain(side: str, rule: str, base: Any, other: Any) -> Gain:
    difference, weight = other[0] - base[0], base[1]
    mean = float(np.sum(weight * difference) / np.sum(weight))
    square = float(np.sum(weight**2 * (difference - mean) ** 2))
    return Gain(side, rule, mean, square**0.5 / float(np.sum(weight)))


def _largest(gains: list[Gain], side: str) -> Gain:
    return max((gain for gain in gains if gain.side == side), key=lambda gain: gain.gain)


def _calibration(parts: list[ChunkPlayed], sides: tuple[str, str]) -> dict[str, Any]:
    def add(name: str, which: str) -> np.ndarray:
        rows = [np.asarray(getattr(getattr(part, which), name), np.float64) for part in parts]
        return np.sum(rows, axis=0)

    weight, error, square, spread = (
        add(name, "by_regime") for name in ("weight", "error", "square", "spread")
    )
    predicted = add("predicted", "by_regime")
    seen = np.maximum(weight, 1.0)
    bias = error / seen
    realised = (predicted + error) / seen
    variance = np.maximum(spread / seen - realised**2, 1e-9)
    explained = 1.0 - (square / seen - bias**2) / variance
    table = lambda rows: {  # noqa: E731
        regime: {side: float(rows[i, k]) for i, side in enumerate(sides)}
        for k, regime in enumerate(REGIMES)
    }
    weights = np.maximum(add("weight", "by_quarter"), 1e-9)
    expected = add("predicted", "by_quarter") / weights
    came = expected + add("error", "by_quarter") / weights
    return {
        "bias": table(bias),
        "explained": table(explained),
        "rows": {regime: float(weight[:, k].sum()) for k, regime in enumerate(REGIMES)},
        "by_date": {
            side: np.stack([expected[i], came[i]], axis=-1) for i, side in enumerate(sides)
        },
    }


__all__ = ["LEARNING_SEED", "Diagnostics", "Effort", "Gain", "Worlds", "diagnose", "held_out"]
