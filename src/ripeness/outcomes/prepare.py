"""Make drawn worlds ready to run: theories that learn before they decide are given what they learnt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ripeness.bargaining.strategies.expectations import Expectations
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.prepare import Learnt

Progress = Callable[[int, int], None]


def prepared(
    scenario: Scenario,
    worlds: Worlds,
    *,
    seed: int = 1,
    anew: bool = False,
    learnt: Learnt | None = None,
    progress: Progress | None = None,
) -> tuple[Worlds, dict[str, object]]:
    """Return the worlds with what both sides have learnt, and how that went.

    What was learnt before in this scenario is used if there is any; else, or if a lever is moved and an
    answer ``anew`` is wanted, it is learnt now and kept.

    Args:
        scenario: what the worlds were drawn from.
        worlds: the ensemble; if no theory in it learns, it comes back as it is.
        seed: of the worlds to learn from.
        learnt: what sides have learnt; None looks for it and learns it if there is none.
        anew: do not take a preliminary answer, learnt without the levers.
        progress: called with (sweeps done, sweeps at most).
    """
    if Expectations.name not in worlds.names.theories:
        return worlds, {}
    # Loaded only where needed: a run by the other theories must not pay for it.
    from ripeness.bargaining.expectations import library
    from ripeness.bargaining.expectations.prepare import Effort, learn, with_learnt
    from ripeness.outcomes.engine import keep_compiled_programs

    learnt = learnt or library.kept_for(scenario)
    if learnt is None or (learnt.preliminary and anew):
        keep_compiled_programs()
        effort = Effort()
        most = effort.settings.sweeps
        done = None if progress is None else lambda sweep: progress(sweep.number + 1, most)
        start = None if learnt is None else learnt.solution.coefficients
        learnt = learn(
            scenario,
            library.digest_of(scenario),
            seed=seed,
            effort=effort,
            start=start,
            progress=done,
        )
        library.cache(learnt)
    solution = learnt.solution
    return with_learnt(worlds, learnt), {
        "status": solution.status.name.lower(),
        "message": solution.message,
        "converged": solution.converged,
        "preliminary": learnt.preliminary,
        "sweeps": len(solution.sweeps),
    }
