"""Solve the library's wars and store what both sides have learnt, so that nobody waits for a cold solve.

Run it after a change of a scenario's numbers or of the war itself: ``make expectations``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.prepare import Effort, learn
from ripeness.scenario.load import load

SCENARIOS = ("ukraine", "ukraine_aid_surge")
POOL, PER_SWEEP, SWEEPS, LEAST = 8192, 4096, 30, 16
"""More than a user's solve: it is done once."""

FOLDER = Path(__file__).parents[1] / "src" / "ripeness" / "scenario" / "library"


def main() -> int:
    """Solve and write; the exit code is 3 if one does not converge."""
    usual = Effort()
    settings = replace(usual.settings, sweeps=SWEEPS, least=LEAST)
    worst = 0
    for name in sys.argv[1:] or SCENARIOS:
        scenario = load(name)
        effort = Effort(POOL, PER_SWEEP, settings)
        learnt = learn(
            scenario, library.digest_of(scenario), effort=effort,
            progress=lambda sweep: print(f"sweep {sweep.number}: {sweep.change:.4f}", flush=True),
        )  # fmt: skip
        library.write(learnt, FOLDER / f"{name}.expectations.json")
        print(f"{name}: {learnt.solution.message}")
        worst = worst if learnt.solution.converged else 3
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
