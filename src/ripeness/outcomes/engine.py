"""Run all worlds in chunks of one compiled program.

Worlds are cut into chunks of equal width, the last one padded, so that one program serves them all and
memory stays bounded. No operation mixes worlds, and every draw is keyed by the world's own number: the
outcome is the same whatever the chunk. Chunks run on as many threads as there are cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.play import decide_by, theories_of
from ripeness.outcomes.record import record_month
from ripeness.war.invariants import check_invariants
from ripeness.war.simulate import simulate
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words

CHUNK = 1024
"""Worlds per chunk: the state of so many stays in the processor's cache."""

LANES = 256
"""Chunks are padded to a multiple of this, so that small ensembles share programs. In narrower ones the
compiler unrolls loops whole and rounds otherwise: the last bit would depend on the number of worlds."""

Progress = Callable[[int, int], None]

Build = Callable[[Names, int], Callable[..., Any]]
"""From names and months to a compiled program, called as that of :func:`program` is."""


class Part(NamedTuple):
    """The results of one chunk, on the host: final state and monthly records, world axis last."""

    start: int
    stop: int
    final: Any
    months: dict[str, np.ndarray]


@lru_cache(maxsize=32)
def program(names: Names, months: int) -> Callable[..., Any]:
    """Return the compiled program for these names and this horizon."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def run_chunk(parameters: Bundle, table: Bundle, theory: Any, seed: Any, world: Any) -> Any:
        decide = decide_by(theories, theory, table)
        return simulate(parameters, Luck(seed, world), names, months, decide, record_month)

    return run_chunk


@lru_cache(maxsize=1)
def keep_compiled_programs() -> None:
    """Keep compiled programs between processes, in the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = os.environ.get("RIPENESS_CACHE") or str(Path(home) / "ripeness" / "compiled")
    jax.config.update("jax_compilation_cache_dir", folder)
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)


def run_chunks(
    worlds: Worlds,
    table: Bundle,
    months: int,
    *,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    build: Build | None = None,
) -> Iterator[Part]:
    """Yield the results of all worlds, chunk by chunk, in order.

    Args:
        worlds: the ensemble.
        table: the packages of every world.
        months: months to run.
        chunk: worlds per chunk; rounded up to ``LANES``.
        progress: called with (worlds done, worlds in all) after each chunk.
        build: another program than that of a run, with records of its own.
    """
    count = worlds.count
    width = min(_rounded(chunk), _rounded(count))
    starts = list(range(0, count, width))
    run = (build or program)(worlds.names, months)
    job = partial(_one_chunk, worlds, table, run, width)
    done = 0
    for part in _in_order(job, starts, os.cpu_count() or 1):
        done += part.stop - part.start
        if progress is not None:
            progress(done, count)
        yield part


def worst_errors(worlds: Worlds, parts: list[Part]) -> dict[str, float]:
    """Return the worst error of each invariant over the final states of all worlds."""
    worst: dict[str, float] = {}
    for part in parts:

        def cut(array: np.ndarray, part: Part = part) -> np.ndarray:
            return array[..., part.start : part.stop] if array.shape[-1] == worlds.count else array

        errors = check_invariants(part.final, jax.tree.map(cut, worlds.parameters))
        worst = {name: max(error, worst.get(name, 0.0)) for name, error in errors.items()}
    return worst


def _in_order(job: Callable[[int], Part], starts: list[int], threads: int) -> Iterator[Part]:
    """Run jobs on a few threads and yield their results in order; at most ``threads`` wait."""
    pool = ThreadPoolExecutor(max_workers=threads)
    waiting: list[Future[Part]] = []
    try:
        for start in starts:
            waiting.append(pool.submit(job, start))
            if len(waiting) > threads:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        # An interruption must not wait for what is still compiling.
        pool.shutdown(wait=False, cancel_futures=True)


def _one_chunk(
    worlds: Worlds, table: Bundle, run: Callable[..., Any], width: int, start: int
) -> Part:
    stop = min(start + width, worlds.count)
    cut = partial(_cut, count=worlds.count, start=start, stop=stop, width=width)
    final, records = run(
        jax.tree.map(cut, worlds.parameters),
        jax.tree.map(cut, table),
        cut(worlds.theory),
        jnp.asarray(seed_words(worlds.seed, worlds.play)),
        cut(worlds.identity),
    )
    keep = stop - start
    trim = lambda array: np.asarray(array)[..., :keep]  # noqa: E731
    return Part(start, stop, jax.tree.map(trim, final), {k: trim(v) for k, v in records.items()})


def _cut(array: np.ndarray, *, count: int, start: int, stop: int, width: int) -> jax.Array:
    """Return a chunk of the last axis, padded with its last world; shared arrays stay as they are."""
    if array.shape[-1] != count:
        return jnp.asarray(array)
    part = array[..., start:stop]
    missing = width - (stop - start)
    if missing:
        part = np.concatenate([part, np.repeat(part[..., -1:], missing, axis=-1)], axis=-1)
    return jnp.asarray(part)


def _rounded(worlds: int) -> int:
    return max(LANES, -(-worlds // LANES) * LANES)
