"""Run a scenario: draw worlds, enumerate packages, simulate, collect."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ripeness.bargaining.exchange import exchange_rates
from ripeness.bargaining.packages import POINTS, enumerate_packages, number_of_packages
from ripeness.outcomes.collect import collect
from ripeness.outcomes.engine import CHUNK, Part, run_chunks, worst_errors
from ripeness.outcomes.prepare import prepared
from ripeness.outcomes.sanity import first_half_year
from ripeness.outcomes.store import FORMAT, Outcomes
from ripeness.scenario.load import as_yaml
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import located
from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.invariants import violated
from ripeness.worlds.draw import draw_worlds

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.prepare import Learnt

Progress = Callable[[int, int], None]


class Stopped(KeyboardInterrupt):
    """The user stopped a run; what was finished is in ``outcomes``: the first worlds of those asked for."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.outcomes = outcomes
        super().__init__(f"stopped after {outcomes.worlds:,} worlds")


def run(  # noqa: PLR0913 - all but the first three by keyword
    scenario: Scenario,
    worlds: int = 4096,
    seed: int = 1,
    *,
    theory: str | None = None,
    chunk: int = CHUNK,
    design: str = "latin",
    anew: bool = False,
    learnt: Learnt | None = None,
    progress: Progress | None = None,
    learning: Progress | None = None,
) -> Outcomes:
    """Simulate a war in many worlds.

    Args:
        scenario: the war, with its levers where they are wanted.
        worlds: number of worlds.
        seed: any integer. Same seed, same scenario: bitwise the same outcomes, whatever the chunk.
        theory: decide by this theory of ending in all worlds; None gives each world one by lot.
        chunk: worlds per chunk.
        design: how the ranges are sampled, see ``ripeness.worlds.designs``.
        anew: where a lever is moved, learn expectations anew instead of taking over those without it.
        learnt: what sides have learnt; None takes what is shipped or kept, or learns it.
        progress: called with (worlds done, worlds in all).
        learning: called with (sweeps done, sweeps at most) where expectations must be learnt first.

    Returns:
        The outcomes.

    Raises:
        InputError: if an argument is out of range or the theory is unknown.
        Stopped: if the user stopped it after some worlds; a ``KeyboardInterrupt`` with their outcomes.
    """
    clock = time.perf_counter()
    ensemble = draw_worlds(scenario, worlds, seed, theory=theory, design=design)
    ensemble, how = prepared(scenario, ensemble, anew=anew, learnt=learnt, progress=learning)
    drawn = time.perf_counter()
    packages = enumerate_packages(scenario, ensemble)
    enumerated = time.perf_counter()
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    parts: list[Part] = []
    stopped = False
    try:
        for part in run_chunks(ensemble, packages.table, months, chunk=chunk, progress=progress):
            parts.append(part)  # noqa: PERF402 - what came before an interruption is kept
    except KeyboardInterrupt:
        if not parts:
            raise
        stopped, finished = True, parts[-1].stop
        ensemble, packages = ensemble.first(finished), packages.first(finished)
    simulated = time.perf_counter()
    broken = violated(errors := worst_errors(ensemble, parts))
    if broken:
        raise RuntimeError(f"the books of the simulation do not balance: {', '.join(broken)}")
    data = collect(scenario, ensemble, packages, parts)
    manifest = _manifest(scenario, ensemble.count, seed, theory) | {
        "worlds_asked": worlds,
        "packages": number_of_packages(scenario),
        "frontiers_thinned": packages.thinned,
        "frontier_points": POINTS,
        "invariants": errors,
        "expectations": how,
        "exchange_rates": [rate.as_mapping() for rate in exchange_rates(scenario, ensemble)],
        "sanity": first_half_year(scenario, data),
        "timings": {
            "draw": drawn - clock, "packages": enumerated - drawn,
            "simulate": simulated - enumerated, "collect": time.perf_counter() - simulated,
        },
    }  # fmt: skip
    outcomes = Outcomes(data, manifest)
    if stopped:
        raise Stopped(outcomes)
    return outcomes


def scenario_digest(scenario: Scenario) -> str:
    """Return the SHA-256 of the scenario as one file, levers included."""
    return hashlib.sha256(as_yaml(scenario).encode()).hexdigest()


def _manifest(scenario: Scenario, worlds: int, seed: int, theory: str | None) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": version("ripeness"),
        "name": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "scenario_digest": scenario_digest(scenario),
        "start": scenario.start.isoformat(),
        "horizon_weeks": scenario.horizon_weeks,
        "worlds": worlds,
        "seed": seed,
        "theories": [theory] if theory else list(scenario.theories),
        "levers": dict(scenario.lever_values),
        "parameters": [_described(number) for number in located(scenario)],
    }


def _described(number: Any) -> dict[str, Any]:
    quantity = number.quantity
    return {
        "path": number.path,
        "meaning": number.declared.meaning,
        "low": quantity.low,
        "likely": quantity.likely,
        "high": quantity.high,
        "distribution": quantity.distribution,
        "unit": quantity.unit,
        "source_kind": quantity.source.kind,
        "reference": quantity.source.reference,
    }
