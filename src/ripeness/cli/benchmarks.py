"""``ripeness bench``: speed in figures that can be compared between machines."""

# ruff: noqa: E501 - a table, one line per row
from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from typing import Any

WORLDS = 10_000
STARTS = 5
TARGETS = {
    "simulate": 3.0, "compile": 15.0, "help": 0.3, "import": 0.3, "solve": 6.0, "preliminary": 0.5,
}  # fmt: skip
"""Seconds aimed at on two cores."""


def run_benchmarks(worlds: int = WORLDS) -> tuple[str, dict[str, Any]]:
    """Measure and return the answer as text and as data. A benchmark, not a test: nothing fails."""
    from ripeness.outcomes.benchmark import (
        count_work,
        measure_ceilings,
        time_simulation,
        time_solving,
    )
    from ripeness.scenario.load import load

    scenario = load("ukraine")
    seconds = time_simulation(scenario, worlds)
    solving = time_solving(scenario)
    work, ceilings = count_work(scenario), measure_ceilings()
    weeks = worlds * scenario.horizon_weeks
    rate = weeks / seconds["simulate"]
    result = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "worlds": worlds,
        "weeks": scenario.horizon_weeks,
        "sweeps": solving["sweeps"],
        "worlds_per_sweep": solving["worlds_per_sweep"],
        "seconds": seconds | solving | {"compile": _cold_compile(), "help": _start("-m", "ripeness.cli.main", "--help"), "import": _start("-c", "import ripeness")},
        "worlds_per_second": worlds / seconds["simulate"],
        "per_world_week": work,
        "ceilings_per_second": ceilings,
        "share_of_memory_ceiling": rate * work["bytes"] / ceilings["bytes"],
        "share_of_arithmetic_ceiling": rate * work["operations"] / ceilings["operations"],
    }  # fmt: skip
    return _answer(result), result


def _cold_compile() -> float:
    """Return the seconds of compiling in a new process that finds nothing kept."""
    code = (
        "from ripeness.outcomes.benchmark import time_compiling; "
        "from ripeness.scenario.load import load; print(time_compiling(load('ukraine')))"
    )
    with tempfile.TemporaryDirectory() as empty:
        environment = {**os.environ, "RIPENESS_CACHE": empty}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
    return float(done.stdout)


def _start(*arguments: str) -> float:
    """Return the median wall seconds of starting Python with these arguments."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603
        times.append(time.perf_counter() - began)
    return sorted(times)[STARTS // 2]


def _answer(result: dict[str, Any]) -> str:
    seconds, work = result["seconds"], result["per_world_week"]
    rows = [
        (f"war, {result['worlds']:,} worlds x {result['weeks']} weeks", "simulate"),
        ("compiling, nothing kept", "compile"),
        ("loading the program kept from before", "compile_kept"),
        ("ripeness --help", "help"),
        ("import ripeness", "import"),
        (
            f"learning expectations ({result['sweeps']:.0f} sweeps of {result['worlds_per_sweep']:,.0f})",
            "solve",
        ),
        ("  a sweep", "sweep"),
        ("  from nothing, compiling included", "solve_first"),
        ("  taking over what was learnt", "preliminary"),
        ("drawing the worlds", "draw"),
        ("packages and frontiers", "packages"),
    ]
    lines = [result["machine"], ""]
    for label, key in rows:
        target = f"   aim {TARGETS[key]:g} s" if key in TARGETS else ""
        lines.append(f"{label:<40} {seconds[key]:>7.2f} s{target}")
    ceilings = result["ceilings_per_second"]
    lines += [
        f"{'  best and worst of five':<40} {seconds['simulate_best']:>7.2f} s {seconds['simulate_worst']:.2f} s",
        "",
        f"worlds per second               {result['worlds_per_second']:>12,.0f}",
        f"operations per world-week       {work['operations']:>12,.0f}",
        f"bytes per world-week            {work['bytes']:>12,.0f}   (as counted by the compiler, caches ignored)",
        f"machine: copies {ceilings['bytes'] / 1e9:,.0f} GB a second, multiplies {ceilings['operations'] / 1e9:,.0f} GF a second",
        f"share of the memory ceiling     {result['share_of_memory_ceiling']:>12.2f}   (above 1: the caches serve it)",
        f"share of the arithmetic ceiling {result['share_of_arithmetic_ceiling']:>12.3f}",
    ]
    return "\n".join(lines)
