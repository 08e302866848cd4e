"""Small ensembles and single processes, compiled once and shared by all tests that simulate.

A program is compiled per list of names, horizon and chunk width, and takes some fifteen seconds on
a cold cache. So every test that needs a whole war uses ``MONTHS`` and chunks of ``LANES`` worlds,
and varies the numbers of ``ukraine`` rather than the scenario; parameters are arrays and compile
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.prepare import Learnt
from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.outcomes.engine import LANES, Part, run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.scenario.load import load
from ripeness.scenario.model import Scenario
from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.order import EVERY_WEEK
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.worlds.assemble import assemble
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words

MONTHS = 65
WORLDS = 2 * LANES
SEED = 20250701

Change = float | np.ndarray | Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class War:
    """An ensemble and what became of it; months are ``(month, ..., world)``."""

    scenario: Scenario
    worlds: Worlds
    packages: Packages
    parts: tuple[Part, ...]

    def month(self, name: str) -> np.ndarray:
        return np.concatenate([part.months[name] for part in self.parts], axis=-1)

    def final(self, part: str, name: str) -> np.ndarray:
        return np.concatenate([getattr(each.final[part], name) for each in self.parts], axis=-1)

    def state(self) -> Bundle:
        """The last state of all worlds."""
        join = lambda *leaves: np.concatenate(leaves, axis=-1)  # noqa: E731
        return jax.tree.map(join, *(part.final for part in self.parts))


def altered(worlds: Worlds, scenario: Scenario, changes: Mapping[str, Change]) -> Worlds:
    """Return the same worlds with some values changed: a number, or a function of the values."""
    values = dict(worlds.values)
    for path, change in changes.items():
        known = values[path]
        values[path] = change(known) if callable(change) else np.full_like(known, change)
    parameters = assemble(scenario, worlds.names, values, worlds.count)
    return replace(worlds, parameters=parameters, values=values)


def fight(
    scenario: Scenario | None = None,
    changes: Mapping[str, Change] | None = None,
    *,
    worlds: int = WORLDS,
    seed: int = SEED,
    chunk: int = LANES,
    months: int = MONTHS,
    theory: str | None = None,
    learnt: Learnt | None = None,
    **levers: float,
) -> War:
    """Run a war; by default ``ukraine``, with values changed or levers moved."""
    scenario = scenario or ukraine()
    if levers:
        scenario = scenario.with_levers(**levers)
    drawn = draw_worlds(scenario, worlds, seed, theory=theory)
    if changes:
        drawn = altered(drawn, scenario, changes)
    drawn = prepared(scenario, drawn, learnt=learnt)[0]
    packages = enumerate_packages(scenario, drawn)
    parts = tuple(run_chunks(drawn, packages.table, months, chunk=chunk))
    return War(scenario, drawn, packages, parts)


@lru_cache
def ukraine() -> Scenario:
    return load("ukraine")


@lru_cache
def shipped() -> Learnt:
    """What the sides of ``ukraine`` have learnt."""
    found = library.kept_for(ukraine())
    assert found is not None
    return found


@lru_cache
def base(theory: str | None = None) -> War:
    """The war as it is, with which others are compared."""
    return fight(theory=theory)


def same(first: Any, second: Any) -> bool:
    """Whether two trees of arrays are bitwise the same, NaN with NaN."""
    pairs = zip(jax.tree.leaves(first), jax.tree.leaves(second), strict=True)
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)


def mean(paired: np.ndarray) -> tuple[float, float]:
    """Mean of paired differences and its standard error."""
    return float(paired.mean()), float(paired.std(ddof=1) / np.sqrt(paired.size))


# ------------------------------------------------------------------ one process, all else at rest


def numbers(worlds: int = LANES, seed: int = SEED, **changes: Change) -> tuple[Bundle, Names]:
    """Return the parameters of ``ukraine`` with numbers of processes set: ``front__noise=0.0``."""
    drawn = _drawn(worlds, seed)
    groups = dict(drawn.parameters)
    for path, change in changes.items():
        group, name = path.split("__")
        old = groups[group][name]
        new = change(old) if callable(change) else np.broadcast_to(change, old.shape)
        groups[group] = groups[group].replace(**{name: np.array(new, dtype=np.float32)})
    return Bundle(groups), drawn.names


@lru_cache
def _drawn(worlds: int, seed: int) -> Worlds:
    return draw_worlds(ukraine(), worlds, seed)


def luck_of(worlds: int, seed: int = SEED) -> Luck:
    return Luck(jnp.asarray(seed_words(seed)), jnp.arange(worlds, dtype=jnp.uint32))


def only(
    processes: Iterable[str],
    parameters: Bundle,
    names: Names,
    weeks: int,
    *,
    keep: Callable[[Bundle], Any],
    before: Callable[[Bundle, jax.Array], Bundle] = lambda state, week: state,
    start: Callable[[Bundle], Bundle] = lambda state: state,
    seed: int = SEED,
    double: bool = False,
) -> Any:
    """Run some processes of the week in their order, everything else at rest.

    Args:
        processes: names of the processes that run.
        parameters: of the worlds.
        names: identifiers.
        weeks: how many.
        keep: what to keep of the state after each week; stacked along a leading axis.
        before: changes the state at the start of a week.
        start: changes the state at the start.
        seed: of the luck.
        double: in float64, to compare with exact answers.
    """
    running = [process for process in EVERY_WEEK if process.name in set(processes)]
    assert {process.name for process in running} == set(processes)
    real = np.float64 if double else np.float32

    def cast(tree: Any) -> Any:
        return jax.tree.map(
            lambda x: jnp.asarray(x, real) if jnp.issubdtype(x.dtype, jnp.floating) else x, tree
        )

    with jax.enable_x64(double):
        luck = luck_of(parameters.front.mobility.shape[-1], seed)

        @jax.jit
        def run(numbers: Bundle) -> Any:
            def week_of(state: Bundle, week: jax.Array) -> tuple[Bundle, Any]:
                state = before(state, week)
                for process in running:
                    new = process.week(state, numbers, Moment(week, luck, names))
                    state = state.replace(**{process.name: cast(new)})
                return state, keep(state)

            first = cast(start(start_of(numbers)))
            return jax.lax.scan(week_of, first, jnp.arange(weeks, dtype=jnp.int32))[1]

        return jax.tree.map(np.asarray, run(cast(jax.tree.map(jnp.asarray, parameters))))


def set_part(state: Bundle, part: str, **fields: Any) -> Bundle:
    """Return a state with some fields of a part replaced; numbers fill the field's shape."""
    old = state[part]
    values = []
    for name, value in fields.items():
        like = getattr(old, name)
        values.append(jnp.broadcast_to(jnp.asarray(value, like.dtype), like.shape))
    new = eqx.tree_at(lambda part: [getattr(part, name) for name in fields], old, values)
    return state.replace(**{part: new})


WEEKS = MONTHS * WEEKS_PER_MONTH
