"""What the solver of a theory leaves open: the same worlds and luck under solutions learnt from other worlds.

    variance = (1 / theories) E_world Var_solve (outcome)

Var_solve is the unbiased variance over solves with other seeds, within a world; the solver of one theory moves
only the worlds of that theory, one in so many. It is measured, never assumed, and costs a solve per seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ripeness.bargaining.expectations.prepare import learn, with_learnt
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.strategies.expectations import Expectations
from ripeness.errors import bad_input
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.measures import MEASURES
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import draw_worlds

FEWEST_SOLVES = 2


def solver_spread(
    scenario: Scenario,
    theories: int,
    worlds: int,
    seed: int,
    solves: int,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, float]:
    """Return the variance that the solver adds to each measure, in its unit squared.

    Args:
        scenario: the war.
        theories: how many theories share the worlds.
        worlds: number of worlds to judge in.
        seed: of these worlds.
        solves: how many solutions to compare, learnt with seeds 1, 2, ...
        progress: called with (solves done, solves in all).

    Raises:
        InputError: if there are fewer than two solves.
    """
    if solves < FEWEST_SOLVES:
        raise bad_input(
            "--solves", f"must be {FEWEST_SOLVES} or more, but is {solves}.",
            "With one solve nothing can vary.",
        )  # fmt: skip
    drawn = draw_worlds(scenario, worlds, seed).decided_by((Expectations.name,), 0)
    packages = enumerate_packages(scenario, drawn)
    found: dict[str, list[np.ndarray]] = {name: [] for name in MEASURES}
    for number in range(1, solves + 1):
        data = run_worlds(scenario, with_learnt(drawn, learn(scenario, "", seed=number)), packages)
        for name, measure in MEASURES.items():
            found[name].append(measure.of(data))
        if progress is not None:
            progress(number, solves)
    return {
        name: float(np.var(np.stack(rows), axis=0, ddof=1).sum(axis=0).mean() / theories)
        for name, rows in found.items()
    }
