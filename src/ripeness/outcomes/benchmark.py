"""How fast is it, and how near to what this machine can do?

The war is timed as ``ripeness run`` runs it. Operations and bytes of a week and of a month's decision are
those that the compiler counts in the compiled program (``cost_analysis``). The ceilings are measured in
the same process, on all cores: a copy that does not fit the caches, and a matrix product in float32.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import decide_by, theories_of
from ripeness.outcomes.engine import CHUNK, program, run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.scenario.model import Scenario
from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.process import Moment
from ripeness.war.simulate import one_week, start_of
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.streams import Luck, seed_words

REPEATS = 5
COPY_BYTES = 1 << 28
MATRIX = 2048


def time_simulation(scenario: Scenario, worlds: int) -> dict[str, float]:
    """Return seconds of drawing, enumerating, loading the program and simulating this many worlds."""
    drawn, draw_seconds = _timed(lambda: ready(scenario, worlds))
    packages, package_seconds = _timed(lambda: enumerate_packages(scenario, drawn))
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    compile_seconds = time_compiling(scenario)
    runs = [
        _timed(lambda: list(run_chunks(drawn, packages.table, months)))[1] for _ in range(REPEATS)
    ]
    return {
        "draw": draw_seconds,
        "packages": package_seconds,
        "compile_kept": compile_seconds,
        "simulate": float(np.median(runs)),
        "simulate_best": min(runs),
        "simulate_worst": max(runs),
    }


def ready(scenario: Scenario, worlds: int) -> Worlds:
    """Return worlds as a run has them."""
    return prepared(scenario, draw_worlds(scenario, worlds, 1))[0]


def time_solving(scenario: Scenario) -> dict[str, float]:
    """Return seconds of learning what both sides expect, after compilation, from nothing to convergence."""
    from ripeness.bargaining.expectations import library
    from ripeness.bargaining.expectations.prepare import Effort, learn

    effort = Effort()
    few = replace(effort, settings=replace(effort.settings, sweeps=1))
    digest = library.digest_of(scenario)
    _, compiling = _timed(lambda: learn(scenario, digest, effort=few))
    learnt, seconds = _timed(lambda: learn(scenario, digest, effort=effort))
    sweeps = [sweep.seconds for sweep in learnt.solution.sweeps]
    drawn = ready(scenario, CHUNK)
    _, preliminary = _timed(lambda: prepared(scenario, drawn))
    return {
        "solve": seconds,
        "solve_first": compiling,
        "sweep": float(np.median(sweeps)),
        "sweeps": float(len(sweeps)),
        "worlds_per_sweep": float(effort.per_sweep),
        "preliminary": preliminary,
    }


def time_compiling(scenario: Scenario) -> float:
    """Return seconds by which a first run is longer than a second one."""
    program.cache_clear()
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    few = ready(scenario, CHUNK)
    table = enumerate_packages(scenario, few).table
    _, first = _timed(lambda: list(run_chunks(few, table, months)))
    _, second = _timed(lambda: list(run_chunks(few, table, months)))
    return max(first - second, 0.0)


def count_work(scenario: Scenario) -> dict[str, float]:
    """Return operations and bytes per world and week, the month's decision spread over its weeks."""
    worlds = ready(scenario, CHUNK)
    table = jax.tree.map(jnp.asarray, enumerate_packages(scenario, worlds).table)
    parameters = jax.tree.map(jnp.asarray, worlds.parameters)
    state = start_of(parameters)
    week = _cost(_week_of(worlds), state, parameters)
    month = _cost(_decision_of(worlds, table), state, parameters)
    return {
        key: (week[key] + month[key] / WEEKS_PER_MONTH) / CHUNK for key in ("operations", "bytes")
    }


def measure_ceilings() -> dict[str, float]:
    """Return what the machine can do on all cores: bytes copied and float32 operations a second."""
    cores = os.cpu_count() or 1
    source = [np.ones(COPY_BYTES // 8 // cores) for _ in range(cores)]
    target = [np.empty_like(array) for array in source]

    def copy() -> None:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(np.copyto, target, source))

    matrix = np.ones((MATRIX, MATRIX), dtype=np.float32)
    copied = min(_timed(copy)[1] for _ in range(REPEATS))
    multiplied = min(_timed(lambda: matrix @ matrix)[1] for _ in range(REPEATS))
    return {"bytes": 2 * COPY_BYTES / copied, "operations": 2 * MATRIX**3 / multiplied}


def _week_of(worlds: Worlds) -> Callable[[Bundle, Bundle], Any]:
    luck = Luck(jnp.asarray(seed_words(1)), jnp.asarray(worlds.identity))

    def week(state: Bundle, parameters: Bundle) -> Bundle:
        return one_week(
            state, parameters, Moment(jnp.int32(1), luck, worlds.names), jnp.bool_(True)
        )

    return week


def _decision_of(worlds: Worlds, table: Bundle) -> Callable[[Bundle, Bundle], Any]:
    luck = Luck(jnp.asarray(seed_words(1)), jnp.asarray(worlds.identity))
    decide = decide_by(theories_of(worlds.names.theories), jnp.asarray(worlds.theory), table)
    return lambda state, parameters: decide(
        state, parameters, Moment(jnp.int32(4), luck, worlds.names)
    )


def _cost(
    function: Callable[[Bundle, Bundle], Any], state: Bundle, parameters: Bundle
) -> dict[str, float]:
    found = jax.jit(function).lower(state, parameters).compile().cost_analysis() or {}
    done = found.get("flops", 0.0) + found.get("transcendentals", 0.0)
    return {"operations": float(done), "bytes": float(found.get("bytes accessed", 0.0))}


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began
