"""What tells worlds apart is found, and what only looks so in noise is not."""

from __future__ import annotations

import numpy as np

from ripeness.explore.splits import best_cuts, regions

WORLDS = 2000


def drawn(seed: int = 1, numbers: int = 60) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    return {f"number {place}": random.random(WORLDS) for place in range(numbers)}


def test_a_planted_threshold_is_found():
    values = drawn()
    outcome = np.where(values["number 7"] > 0.6, 0.8, 0.2)
    cut, *_ = best_cuts(outcome, values)
    assert cut.path == "number 7"
    assert abs(cut.value - 0.6) < 0.06
    assert cut.above > 0.75 > 0.3 > cut.below


def test_what_holds_or_does_not_is_a_threshold_too():
    values = drawn()
    values["yes"] = (values["number 1"] > 0.37).astype(float)
    outcome = values["yes"]
    assert best_cuts(outcome, values, most=1)[0].path in ("yes", "number 1")
    alone = best_cuts(outcome, {"yes": values["yes"]})[0]
    assert (alone.value, alone.below, alone.above) == (0.5, 0.0, 1.0)


def test_noise_is_dropped_about_as_often_as_it_should_be():
    random = np.random.default_rng(3)
    found = 0
    for seed in range(40):
        outcome = (random.random(WORLDS) < 0.5).astype(float)
        found += len(best_cuts(outcome, drawn(seed, 30), most=1))
    assert found <= 40 * 0.05 + 4 * np.sqrt(40 * 0.05 * 0.95)


def test_regions_divide_the_worlds_and_find_an_interaction():
    values = drawn()
    first, second = values["number 2"] > 0.5, values["number 3"] > 0.5
    found = regions((first & second).astype(float), values)
    assert np.array_equal(sum(region.inside.astype(int) for region in found), np.ones(WORLDS))
    assert found[0].mean > 0.8
    assert {side.path for side in found[0].sides} == {"number 2", "number 3"}
    assert [region.mean for region in found] == sorted((r.mean for r in found), reverse=True)


def test_where_nothing_differs_there_is_one_region():
    assert best_cuts(np.ones(WORLDS), drawn()) == ()
    alone = regions(np.ones(WORLDS), drawn())
    assert len(alone) == 1
    assert alone[0].inside.all()


def test_a_handful_of_worlds_is_not_cut():
    values = {"number": np.arange(30.0)}
    assert best_cuts(np.arange(30.0), values) == ()
