"""The guarantees tried in the worlds of a run, and kept with its outcomes."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from ripeness.explore.guarantee_arms import options_of
from ripeness.explore.guarantee_data import as_mapping, with_guarantees
from ripeness.explore.guarantees import Progress, try_guarantees
from ripeness.outcomes.danger import danger_of
from ripeness.outcomes.prepare import prepared
from ripeness.outcomes.store import Outcomes
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import draw_worlds

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.prepare import Learnt

KEY = "guarantees"
"""Of the manifest, under which the counts and the effects stand."""


def with_guarantees_tried(  # noqa: PLR0913 - as the run was made
    scenario: Scenario,
    outcomes: Outcomes,
    *,
    theory: str | None = None,
    learnt: Learnt | None = None,
    anew: bool = False,
    progress: Progress | None = None,
) -> Outcomes:
    """Return a run with what becomes of every guarantee in its first worlds, or the run if there is none.

    Args:
        scenario: what was run, levers moved.
        outcomes: of the run.
        theory: the one theory that decided it, or None.
        learnt: what its sides had learnt, or None.
        anew: whether they learnt anew where levers are moved.
        progress: called with (steps done, steps).
    """
    if not options_of(scenario):
        return outcomes
    seed, asked = int(outcomes.manifest["seed"]), int(outcomes.manifest["worlds_asked"])
    # The worlds of a run cut short are the first of those asked for.
    ensemble = draw_worlds(scenario, asked, seed, theory=theory).first(outcomes.worlds)
    ensemble, _ = prepared(scenario, ensemble, anew=anew, learnt=learnt)
    tried = try_guarantees(scenario, ensemble, progress)
    if tried is None:
        return outcomes
    data = with_guarantees(outcomes.data, tried, scenario)
    danger = danger_of(data)
    found = as_mapping(tried, scenario, seed) | {"danger": asdict(danger) if danger else None}
    return replace(outcomes, data=data, manifest=outcomes.manifest | {KEY: found})
