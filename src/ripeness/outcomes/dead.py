"""Which parameters move nothing?

For every range a small ensemble is run twice with the same luck, once as drawn and once with that one
number at the far end of its range. If no record of any month and no final state differs in a single
bit, the number is dead: at these lever settings it decides nothing, and no claim that turns on it can be
tested. All these ensembles travel through the simulation together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import jax
import numpy as np

from ripeness.bargaining.packages import enumerate_packages
from ripeness.outcomes.engine import run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import quantities
from ripeness.types import WEEKS_PER_MONTH
from ripeness.worlds.assemble import assemble
from ripeness.worlds.draw import Worlds, draw_worlds, moved

TRIAL_WORLDS = 48
"""Worlds in which each number is tried: few, since one changed bit in one of them is enough."""


class Movers(NamedTuple):
    """What moves and what does not."""

    moving: tuple[str, ...]
    dead: tuple[str, ...]
    dead_levers: tuple[str, ...]


def find_movers(
    scenario: Scenario,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    *,
    theory: str | None = None,
) -> Movers:
    """Return which ranges and levers move some outcome in some world."""
    base = draw_worlds(scenario, TRIAL_WORLDS, seed, theory=theory)
    known = quantities(scenario)
    ranges = [path for path, quantity in known.items() if not quantity.fixed]
    variants: list[dict[str, np.ndarray]] = []
    for path in ranges:
        low, high = known[path].low, known[path].high
        far = np.where(base.values[path] > (low + high) / 2, low, high)
        variants.append({**base.values, path: far})
    for lever in scenario.levers.values():
        end = lever.minimum if lever.default == lever.maximum else lever.maximum
        variants.append(moved(scenario, lever, end, base.values))
    changed = _differ(scenario, base, variants, progress)
    movers = {path for path, moves in zip(ranges, changed, strict=False) if moves}
    levers = dict(zip(scenario.levers, changed[len(ranges) :], strict=True))
    return Movers(
        tuple(path for path in ranges if path in movers),
        tuple(path for path in ranges if path not in movers),
        tuple(name for name, moves in levers.items() if not moves),
    )


def _differ(
    scenario: Scenario,
    base: Worlds,
    variants: list[dict[str, np.ndarray]],
    progress: Callable[[int, int], None] | None,
) -> list[bool]:
    """Return, per variant, whether any world's history differs from the base's."""
    everything = [base.values, *variants]
    values = {path: np.concatenate([v[path] for v in everything]) for path in base.values}
    copies = len(everything)
    joined = replace(
        base,
        values=values,
        parameters=assemble(scenario, base.names, values, copies * base.count),
        theory=np.tile(base.theory, copies),
        identity=np.tile(base.identity, copies),
    )
    joined, _ = prepared(scenario, joined)
    table = enumerate_packages(scenario, joined).table
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    parts = list(run_chunks(joined, table, months, progress=progress))
    different = np.zeros((copies, base.count), dtype=bool)
    for name in parts[0].months:
        different |= _unequal([part.months[name] for part in parts], copies)
    for place in range(len(jax.tree.leaves(parts[0].final))):
        different |= _unequal([jax.tree.leaves(part.final)[place] for part in parts], copies)
    return [bool(moves) for moves in np.any(different[1:], axis=1)]


def _unequal(pieces: list[np.ndarray], copies: int) -> np.ndarray:
    """Return ``(copy, world)``: whether an outcome differs from that of the first copy."""
    joined = np.concatenate(pieces, axis=-1)
    by_copy = joined.reshape(*joined.shape[:-1], copies, -1)
    unequal = by_copy != by_copy[..., :1, :]
    if np.issubdtype(joined.dtype, np.floating):
        unequal &= ~(np.isnan(by_copy) & np.isnan(by_copy[..., :1, :]))
    return unequal.reshape(-1, *unequal.shape[-2:]).any(axis=0)
