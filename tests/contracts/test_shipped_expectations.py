"""Solutions that are shipped belong to their scenarios, and still predict what happens in them."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from learning import narrow_chunks
from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.diagnostics import diagnose, held_out
from ripeness.bargaining.expectations.prepare import QUARTERS, Learnt, types_of_cost
from ripeness.bargaining.expectations.solver import Status
from ripeness.bargaining.expectations.values import FEATURES
from ripeness.bargaining.expectations.war_game import WarGame
from ripeness.bargaining.packages import enumerate_packages
from ripeness.scenario.load import load
from ripeness.worlds.draw import draw_worlds

SUFFIX = ".expectations.json"
FOLDER = resources.files(library.SHIPPED)
SHIPPED = sorted(
    file.name.removesuffix(SUFFIX) for file in FOLDER.iterdir() if file.name.endswith(SUFFIX)
)
WORLDS = 1024


@pytest.fixture(params=SHIPPED)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def shipped(name: str) -> Learnt:
    return library.from_text((FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8"))


def test_the_example_has_its_expectations():
    assert "ukraine" in SHIPPED


def test_every_shipped_scenario_in_which_sides_expect_has_its_expectations():
    names = [file.name.removesuffix(".yaml") for file in FOLDER.iterdir() if ".yaml" in file.name]
    whole = [load(name) for name in names if name != "base"]
    expecting = [war.name for war in whole if "expectations" in war.theories]
    assert set(expecting) <= set(SHIPPED)


def test_it_was_learnt_in_the_scenario_as_it_is(name):
    """If this fails, the scenario has changed: solve it again and ship the solution."""
    assert shipped(name).digest == library.digest_of(load(name))


def test_it_converged_and_is_whole(name):
    learnt = shipped(name)
    assert learnt.solution.status is Status.CONVERGED
    assert learnt.arrays.coefficients.shape == (2, FEATURES, 1)
    assert all(np.isfinite(array).all() for array in learnt.arrays.values())
    assert learnt.solution.moments is None  # they would be megabytes
    assert [sweep.number for sweep in learnt.solution.sweeps] == list(
        range(len(learnt.solution.sweeps))
    )


def test_the_types_that_sides_hold_possible_are_those_of_the_scenario(name):
    np.testing.assert_allclose(shipped(name).arrays.atoms, types_of_cost(load(name)), rtol=1e-6)


def test_it_is_what_a_run_takes(name):
    found = library.kept_for(load(name))
    assert found is not None
    assert not found.preliminary
    np.testing.assert_array_equal(found.solution.coefficients, shipped(name).solution.coefficients)


def test_with_a_lever_moved_it_is_taken_as_preliminary(tmp_path, monkeypatch):
    monkeypatch.setenv("RIPENESS_CACHE", str(tmp_path))  # where nothing was learnt with the lever
    found = library.kept_for(load("ukraine").with_levers(optimism=2.0))
    assert found is not None
    assert found.preliminary


def test_nothing_is_taken_for_another_war(tmp_path, monkeypatch):
    monkeypatch.setenv("RIPENESS_CACHE", str(tmp_path))
    war = load("ukraine")
    assert library.kept_for(war.model_copy(update={"horizon_weeks": 4})) is None
    assert library.kept_for(war.model_copy(update={"name": "other"})) is None


def test_names_and_texts_change_no_digest_but_numbers_and_levers_do():
    war = load("ukraine")
    digest = library.digest_of(war)
    again = war.model_copy(update={"title": "Another title", "theories": ["expectations"]})
    assert library.digest_of(again) == digest
    assert library.digest_of(war.model_copy(update={"horizon_weeks": 4})) != digest
    moved = war.with_levers(optimism=2.0)
    assert library.digest_of(moved) != digest
    assert library.digest_of(moved, levers=False) == digest


@pytest.mark.slow  # a minute to compile for each
def test_sides_expect_what_comes(name):
    """In worlds nothing was learnt from: bias by regime, shares of the stakes."""
    war, learnt = load(name), shipped(name)
    worlds = draw_worlds(war, WORLDS, 1)
    game = WarGame(
        worlds, enumerate_packages(war, worlds).table, learnt.arrays, WORLDS, QUARTERS, 1
    )
    with narrow_chunks():
        judged = diagnose(
            held_out(game, war, WORLDS, 1), learnt.solution, ("first", "second"), probes=False
        )
    for regime, sides in judged.bias.items():
        assert judged.rows[regime] > 1000, regime
        for side, bias in sides.items():
            assert abs(bias) < 0.02, (regime, side)
