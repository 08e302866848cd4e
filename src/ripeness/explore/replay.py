"""Play one world again and keep everything: every month's whole state and what the sides did.

A run keeps records of every world, not states. Luck is keyed by the world's number, so that one world
played alone is the same world bit for bit; what is kept of it then costs nobody any memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.bargaining.play import decide_by, theories_of
from ripeness.errors import bad_input
from ripeness.outcomes.engine import LANES, keep_compiled_programs
from ripeness.scenario.model import Scenario
from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.simulate import simulate
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words


@dataclass(frozen=True)
class Replay:
    """One world, month by month.

    Attributes:
        scenario: what it was drawn from.
        worlds: the ensemble of this one world.
        packages: what could be signed in it.
        states: the state at the start of each month; arrays ``(month, ..., 1)``.
        acts: what the sides did then, likewise.
        final: the state at the horizon; arrays ``(..., 1)``.
    """

    scenario: Scenario
    worlds: Worlds
    packages: Packages
    states: Bundle
    acts: Acts
    final: Bundle

    @property
    def world(self) -> int:
        """Number of the world."""
        return int(self.worlds.identity[0])

    @property
    def theory(self) -> str:
        """Name of the theory of ending that holds in it."""
        return self.worlds.names.theories[int(self.worlds.theory[0])]

    @property
    def days(self) -> np.ndarray:
        """Dates of the months."""
        return days_of(self.scenario, self.acts.zone_open.shape[0])


def days_of(scenario: Scenario, months: int) -> np.ndarray:
    """Return the dates of so many months from the start."""
    start = np.datetime64(scenario.start, "D")
    return start + np.arange(months) * np.timedelta64(7 * WEEKS_PER_MONTH, "D")


def one_of(worlds: Worlds, world: int) -> Worlds:
    """Return the ensemble of one world.

    Raises:
        InputError: if there is no such world.
    """
    if not 0 <= world < worlds.count:
        raise bad_input(
            f"--world {world}",
            f"there are {worlds.count:,} worlds, with the numbers 0 to {worlds.count - 1}.",
            "Name one of them, or draw more with --worlds.",
        )

    def pick(array: np.ndarray) -> np.ndarray:
        return array[..., world : world + 1] if array.shape[-1] == worlds.count else array

    return replace(
        worlds,
        parameters=jax.tree.map(pick, worlds.parameters),
        values={path: pick(value) for path, value in worlds.values.items()},
        theory=pick(worlds.theory),
        identity=pick(worlds.identity),
    )


def replay(scenario: Scenario, worlds: Worlds, world: int) -> Replay:
    """Play one world of an ensemble again.

    Raises:
        InputError: if there is no such world.
    """
    alone = one_of(worlds, world)
    packages = enumerate_packages(scenario, alone)
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    final, (states, acts) = _program(worlds.names, months)(
        widened(alone.parameters, LANES),
        widened(packages.table, LANES),
        widened(alone.theory, LANES),
        jnp.asarray(seed_words(worlds.seed, worlds.play)),
        widened(alone.identity, LANES),
    )

    def only(tree: Any) -> Any:
        return jax.tree.map(lambda array: np.asarray(array)[..., :1], tree)

    return Replay(scenario, alone, packages, only(states), only(acts), only(final))


def widened(tree: Any, width: int) -> Any:
    """Return arrays of one world as those of so many equal ones: the width of a known program."""
    return jax.tree.map(
        lambda array: (
            jnp.repeat(jnp.asarray(array), width, axis=-1)
            if array.shape[-1] == 1
            else jnp.asarray(array)
        ),
        tree,
    )


@lru_cache(maxsize=4)
def _program(names: Names, months: int) -> Callable[..., Any]:
    """Return the compiled program that keeps all states."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def play(parameters: Bundle, table: Bundle, theory: Any, seed: Any, world: Any) -> Any:
        decide = decide_by(theories, theory, table)
        keep = lambda state, _, acts: (state, acts)  # noqa: E731
        return simulate(parameters, Luck(seed, world), names, months, decide, keep)

    return play
