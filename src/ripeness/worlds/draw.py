"""From a scenario to arrays: one value per world for every quantity, levers applied."""

from __future__ import annotations

from dataclasses import dataclass, replace

import jax
import numpy as np

from ripeness.errors import bad_input
from ripeness.scenario.model import Lever, Scenario
from ripeness.scenario.names import THEORIES
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
        seed: the seed, which keys what is drawn of the worlds and their luck.
        play: which luck they have: what is true in a world is the same in every play of it.
    """

    names: Names
    parameters: Bundle
    values: dict[str, np.ndarray]
    theory: np.ndarray
    identity: np.ndarray
    seed: int
    play: int = 0

    def first(self, count: int) -> Worlds:
        """Return the first so many worlds."""
        return replace(
            self,
            parameters=first_worlds(self.parameters, self.count, count),
            values={path: value[:count] for path, value in self.values.items()},
            theory=self.theory[:count],
            identity=self.identity[:count],
        )

    def played_again(self, play: int) -> Worlds:
        """Return the same worlds with other luck; play 0 is that of a run."""
        return replace(self, play=play)

    def decided_by(self, theories: tuple[str, ...], place: int) -> Worlds:
        """Return the same worlds with the same luck, all decided by one of these theories.

        Args:
            theories: names of rival theories, known to the program that runs the worlds.
            place: of the theory that decides, among them.
        """
        lot = np.full(self.count, place, dtype=np.int32)
        return replace(self, names=self.names._replace(theories=theories), theory=lot)

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
        theory: name of the one theory to use in all worlds, whether the scenario lists it or not;
            None draws one of the scenario's by lot.
        design: sampling design.

    Returns:
        The worlds.

    Raises:
        InputError: if there is no such theory or design, or the number of worlds is out of range.
    """
    known = quantities(scenario)
    names = _names_with(scenario, theory)
    unit = unit_draws([*known, THEORY_COLUMN], worlds, seed, design)
    values = {
        path: quantile(quantity, unit[row]) for row, (path, quantity) in enumerate(known.items())
    }
    for name, setting in scenario.lever_values.items():
        values = moved(scenario, scenario.levers[name], setting, values)
    if theory is None:
        lot = np.floor(unit[-1] * len(names.theories)).astype(np.int32)
    else:
        lot = np.full(worlds, names.theories.index(theory), dtype=np.int32)
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


def _names_with(scenario: Scenario, theory: str | None) -> Names:
    """Return the identifiers of a scenario, with a theory that it does not list put last."""
    names = names_of(scenario)
    if theory is None or theory in names.theories:
        return names
    if theory not in THEORIES:
        remedy = f"Known: {', '.join(THEORIES)}."
        raise bad_input("--theory", f"there is no theory `{theory}`.", remedy)
    return names._replace(theories=(*names.theories, theory))
