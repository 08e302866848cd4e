"""Run an ensemble that was changed after it was drawn: same program, same luck, labelled outcomes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr

from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.outcomes.collect import collect
from ripeness.outcomes.engine import run_chunks
from ripeness.scenario.model import Scenario
from ripeness.types import WEEKS_PER_MONTH
from ripeness.worlds.draw import Worlds


def run_worlds(scenario: Scenario, worlds: Worlds, packages: Packages | None = None) -> xr.Dataset:
    """Return the outcomes of these worlds.

    Args:
        scenario: what they were drawn from.
        worlds: the ensemble, changed or not.
        packages: what can be signed in them, if it is known already.
    """
    packages = packages or enumerate_packages(scenario, worlds)
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    return collect(scenario, worlds, packages, list(run_chunks(worlds, packages.table, months)))


def undecided(worlds: Worlds) -> Worlds:
    """Return the same worlds in which nothing is ever signed: what would come if no decision did."""
    old = worlds.parameters.diplomacy
    none = {name: np.zeros_like(old[name]) for name in ("signing_chance", "ceasefire_chance")}
    parameters = worlds.parameters.replace(diplomacy=old.replace(**none))
    return replace(worlds, parameters=parameters)
