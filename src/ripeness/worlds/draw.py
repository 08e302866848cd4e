"""From a scenario to arrays: one value per world for every quantity, levers applied."""

from __future__ import annotations

from dataclasses import dataclass

import jax
import numpy as np

from ripeness.scenario.model import Lever, Scenario
from ripeness.scenario.paths import declarations, matching, quantities
from ripeness.worlds.assemble import assemble
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.designs import unit_draws
from ripeness.worlds.names import Names, names_of
from ripeness.worlds.quantiles import quantile

THEORY_COLUMN = "theory by lot"


@dataclass(frozen=True)
class Worlds:
    """An ensemble before the war: what is true in each world.

    Attributes:
        names: identifiers, static.
        parameters: arrays with the world axis last, float32 (NumPy, on the host).
        values: path of each quantity -> its value per world, levers applied; float64.
        theory: index of the theory of ending that holds in each world; int32.
        identity: number of each world, which keys its luck; uint32.
        seed: the seed.
    """

    names: Names
    parameters: Bundle
    values: dict[str, np.ndarray]
    theory: np.ndarray
    identity: np.ndarray
    seed: int

    def first(self, count: int) -> Worlds:
        """Return the first so many worlds."""
        return Worlds(
            self.names,
            first_worlds(self.parameters, self.count, count),
            {path: value[:count] for path, value in self.values.items()},
            self.theory[:count],
            self.identity[:count],
            self.seed,
        )

    @property
    def count(self) -> int:
        """Number of worlds."""
        return int(self.theory.shape[0])


def first_worlds(arrays: Bundle, among: int, count: int) -> Bundle:
    """Return arrays cut to the first worlds; arrays that all worlds share stay as they are."""
    return jax.tree.map(lambda leaf: leaf[..., :count] if leaf.shape[-1] == among else leaf, arrays)


def draw_worlds(
    scenario: Scenario, worlds: int, seed: int, *, theory: str | None = None, design: str = "latin"
) -> Worlds:
    """Draw an ensemble.

    Args:
        scenario: the war.
        worlds: number of worlds.
        seed: any integer; the same seed gives the same worlds.
        theory: name of the one theory to use in all worlds; None draws it by lot.
        design: sampling design.

    Returns:
        The worlds.
    """
    known = quantities(scenario)
    names = names_of(scenario)
    unit = unit_draws([*known, THEORY_COLUMN], worlds, seed, design)
    values = {
        path: quantile(quantity, unit[row]) for row, (path, quantity) in enumerate(known.items())
    }
    for name, setting in scenario.lever_values.items():
        values = moved(scenario, scenario.levers[name], setting, values)
    if theory is None:
        lot = np.floor(unit[-1] * len(names.theories)).astype(np.int32)
    else:
        lot = np.full(worlds, _index_of(theory, names.theories), dtype=np.int32)
    identity = np.arange(worlds, dtype=np.uint32)
    return Worlds(names, assemble(scenario, names, values, worlds), values, lot, identity, seed)


def moved(
    scenario: Scenario, lever: Lever, setting: float, values: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the values with one lever moved; results stay within the bounds of each number."""
    if lever.default is not None and setting == lever.default:
        return values
    bounds = declarations(scenario)
    changed = dict(values)
    for effect in lever.effects:
        for path in matching(effect.parameter, list(values)):
            value = changed[path]
            if effect.operation == "scale":
                value = value * setting
            elif effect.operation == "add":
                value = value + setting
            else:
                value = np.full_like(value, setting)
            least, most = bounds[path].least, bounds[path].most
            changed[path] = np.clip(
                value, -np.inf if least is None else least, np.inf if most is None else most
            )
    return changed


def _index_of(theory: str, theories: tuple[str, ...]) -> int:
    from ripeness.errors import bad_input
    from ripeness.registry import suggestion

    if theory not in theories:
        raise bad_input(
            "--theory", f"the scenario has no theory `{theory}`.", suggestion(theory, theories)
        )
    return theories.index(theory)
