"""Learn again without some frictions: sides that expect what happens expect something else then."""

from __future__ import annotations

from dataclasses import replace

from ripeness.bargaining.expectations.prepare import Effort, Learnt, learn, with_learnt
from ripeness.bargaining.strategies.expectations import Expectations
from ripeness.explore.decompose import Prepare
from ripeness.explore.frictions import without
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds

INFORMATION = "information"
"""Friction whose removal also makes each side's cost of war known to the other."""

POOL, SWEEPS = 2048, 8
"""Worlds and sweeps of a solve: there are thirty-one. Each starts from nothing, since what was learnt with all
frictions misleads for long where settlements cannot be broken."""


def learning_without(scenario: Scenario, worlds: Worlds, seed: int) -> Prepare | None:
    """Return what solves anew for each set of frictions removed; None if no world follows a theory that learns.

    Args:
        scenario: what the worlds were drawn from.
        worlds: the ensemble, prepared: it holds the solution with all frictions.
        seed: of the worlds to learn from.
    """
    theories = worlds.names.theories
    learns = Expectations.name in theories
    if not learns or not (worlds.theory == theories.index(Expectations.name)).any():
        return None
    settings = replace(Effort().settings, sweeps=SWEEPS, least=SWEEPS)
    effort = Effort(POOL, POOL, settings)
    known: dict[frozenset[str], Learnt] = {}

    def prepare(changed: Worlds, removed: frozenset[str]) -> Worlds:
        if not removed:
            return worlds
        if removed not in known:
            known[removed] = learn(
                scenario, "", seed=seed, effort=effort,
                change=lambda drawn: without(drawn, removed), public=INFORMATION in removed,
            )  # fmt: skip
        return with_learnt(changed, known[removed])

    return prepare
