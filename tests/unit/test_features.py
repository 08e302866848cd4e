"""What differs between the worlds of a run, from the ensemble in memory and from a stored run."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ripeness.claims.discovery import features_of, features_of_run
from ripeness.claims.discovery.grid import YES_OR_NO
from ripeness.errors import InputError
from ripeness.outcomes.run import scenario_digest
from ripeness.outcomes.store import Outcomes
from ripeness.scenario.load import load
from ripeness.scenario.paths import quantities
from ripeness.worlds.draw import draw_worlds

WORLDS = 64


@pytest.fixture(scope="module")
def scenario():
    return load("ukraine")


def stored(scenario, worlds, **changed) -> Outcomes:
    """Return what a stored run keeps of its ensemble."""
    manifest = {
        "scenario_digest": scenario_digest(scenario),
        "levers": dict(scenario.lever_values),
        "theories": list(scenario.theories),
        "worlds": worlds.count,
        "worlds_asked": worlds.count,
        "seed": worlds.seed,
    }
    return Outcomes(xr.Dataset({"theory": (("world",), worlds.theory)}), manifest | changed)


def same(first, second) -> bool:
    return [each.name for each in first] == [each.name for each in second] and all(
        np.array_equal(one.values, two.values) for one, two in zip(first, second, strict=True)
    )


def test_every_number_that_is_a_range_is_a_feature_with_its_unit(scenario):
    worlds = draw_worlds(scenario, WORLDS, 1)
    features = {each.name: each for each in features_of(scenario, worlds, standing=False)}
    ranges = {path for path, quantity in quantities(scenario).items() if not quantity.fixed}
    assert ranges <= features.keys()
    troops = features["belligerents.russia.manpower.troops"]
    assert troops.unit == "soldiers"
    assert troops.label == "soldiers in the theatre at the start (Russia)"
    assert np.array_equal(troops.values, worlds.values[troops.name])
    ratio = features["belligerents.ratio.manpower.troops"]
    other = features["belligerents.ukraine.manpower.troops"]
    assert np.array_equal(ratio.values, troops.values / other.values)
    assert ratio.label == "soldiers in the theatre at the start (Russia over Ukraine)"
    theories = [each for each in features.values() if each.name.startswith("theory.")]
    assert np.array_equal(sum(each.values for each in theories), np.ones(WORLDS))
    assert all(each.unit == YES_OR_NO and each.yes and each.no for each in theories)


def test_a_stored_run_is_drawn_again(scenario):
    worlds = draw_worlds(scenario, WORLDS, 3)
    again = features_of_run(scenario, stored(scenario, worlds))
    assert same(features_of(scenario, worlds), again)
    assert {"start.joint_gain", "start.advantage"} <= {each.name for each in again}


def test_a_stopped_run_and_moved_levers_are_drawn_again(scenario):
    moved = scenario.with_levers(penalty_for_delay=0.04)
    assert scenario_digest(moved) != scenario_digest(scenario)
    worlds = draw_worlds(moved, WORLDS, 3)
    run = stored(moved, worlds.first(40), worlds_asked=WORLDS)
    again = features_of_run(scenario, run, standing=False)
    assert same(features_of(moved, worlds.first(40), standing=False), again)


def test_one_theory_for_all_worlds_is_no_feature(scenario):
    theory = scenario.theories[-1]
    worlds = draw_worlds(scenario, WORLDS, 3, theory=theory)
    again = features_of_run(scenario, stored(scenario, worlds, theories=[theory]), standing=False)
    assert not [each for each in again if each.name.startswith("theory.")]


def test_another_scenario_or_another_draw_is_refused(scenario):
    worlds = draw_worlds(scenario, WORLDS, 3)
    with pytest.raises(InputError, match="not made from the scenario"):
        features_of_run(scenario, stored(scenario, worlds, scenario_digest="0" * 64))
    with pytest.raises(InputError, match="cannot be drawn again"):
        features_of_run(scenario, stored(scenario, worlds, seed=4))
