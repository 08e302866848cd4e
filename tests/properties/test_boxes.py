"""Boxes and trees: planted truth is found, noise is not, and order and scale do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ripeness.claims.discovery import Feature, as_mapping, describe, grid_of, sentences
from ripeness.claims.discovery.boxes import best_box
from ripeness.claims.discovery.describe import NOTHING, halves
from ripeness.claims.discovery.grid import YES_OR_NO, roundest

EVERY = {"deadline": None}


def features(x: np.ndarray, **changed: np.ndarray) -> list[Feature]:
    return [
        Feature(f"x{i:02d}", f"quantity {i}", "km2", changed.get(f"x{i:02d}", x[:, i]))
        for i in range(x.shape[1])
    ]


def drawn(seed: int, worlds: int = 1200, count: int = 30):
    rng = np.random.default_rng(seed)
    return rng.random((worlds, count)), rng


def everywhere(happens: np.ndarray) -> np.ndarray:
    return np.ones(len(happens), dtype=bool)


def ranges(part) -> dict[str, tuple[float, float]]:
    return {each.feature.name: (each.at_least, each.below) for each in part.restrictions}


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_box_is_found_through_noise(seed):
    x, rng = drawn(seed, worlds=2000)
    inside = (x[:, 3] < 0.5) & (x[:, 7] > 0.6)
    happens = rng.random(len(x)) < np.where(inside, 0.9, 0.1)
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    assert set(ranges(found.parts[0])) == {"x03", "x07"}
    assert ranges(found.parts[0])["x03"][1] == pytest.approx(0.5, abs=0.04)
    assert ranges(found.parts[0])["x07"][0] == pytest.approx(0.6, abs=0.04)
    error = 4 * np.sqrt(0.9 * 0.1 / found.parts[0].worlds)
    assert found.parts[0].density == pytest.approx(0.9, abs=error + 0.05)
    assert max(found.parts[0].quasi_p) < 1e-6


@settings(max_examples=8, **EVERY)
@given(seed=st.integers(0, 10**6), share=st.sampled_from([0.05, 0.3, 0.5, 0.9]))
def test_noise_is_told_as_noise(seed, share):
    x, rng = drawn(seed, worlds=600)
    happens = rng.random(len(x)) < share
    found = describe(grid_of(features(x)), everywhere(happens), happens)
    # 2 standard errors in the other half, after 15 bits in the first: about 1 in 10,000.
    assert not found.holds.stands
    assert not found.fails.stands
    assert found.holds.why


def test_noise_is_told_in_words():
    x, rng = drawn(1)
    happens = rng.random(len(x)) < 0.5
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    assert found.why == NOTHING
    assert sentences(found, "holds")[0].endswith(f"{NOTHING}.")
    assert found.inside.sum() == 0


def test_two_overlapping_boxes_are_found_one_after_the_other():
    x, rng = drawn(2, worlds=3000)
    inside = ((x[:, 0] < 0.35) & (x[:, 1] < 0.4)) | ((x[:, 1] > 0.25) & (x[:, 4] > 0.7))
    happens = rng.random(len(x)) < np.where(inside, 0.95, 0.05)
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    assert len(found.parts) >= 2
    assert {name for part in found.parts for name in ranges(part)} == {"x00", "x01", "x04"}
    assert not (found.parts[0].inside & found.parts[1].inside).any()
    assert sum(found.coverage(part) for part in found.parts) > 0.8
    assert (found.inside == inside).mean() > 0.93


def test_one_world_in_a_hundred_is_set_apart():
    x, rng = drawn(3, worlds=4096, count=100)
    inside = (x[:, 10] > 0.9) & (x[:, 20] > 0.85)
    happens = rng.random(len(x)) < np.where(inside, 0.7, 0.002)
    assert 30 < happens.sum() < 80
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    assert set(ranges(found.parts[0])) == {"x10", "x20"}
    assert found.coverage(found.parts[0]) > 0.6
    assert found.parts[0].density > 20 * happens.mean()


def test_too_few_worlds_say_so():
    x, _ = drawn(4)
    happens = np.arange(len(x)) < 15
    found = describe(grid_of(features(x)), everywhere(happens), happens)
    assert "these are too few" in sentences(found.holds, "holds")[0]
    assert "the others are too few" in sentences(found.fails, "fails")[0]


@pytest.mark.parametrize("holds", [True, False])
def test_always_and_never_and_untested(holds):
    x, _ = drawn(5, worlds=100)
    grid, flags = grid_of(features(x)), np.full(100, holds)
    found = describe(grid, everywhere(flags), flags)
    assert not found.holds.stands
    assert not found.fails.stands
    words = "all 100 worlds" if holds else "none of 100 worlds"
    assert words in sentences(found.holds, "holds")[0]
    nowhere = describe(grid, np.zeros(100, dtype=bool), flags).holds
    assert sentences(nowhere) == ("There is no world in which it can be tested.",)


def test_only_tested_worlds_count():
    x, rng = drawn(6, worlds=2000)
    tested = x[:, 9] < 0.6
    happens = np.where(tested, x[:, 2] > 0.5, rng.random(len(x)) < 0.5)
    found = describe(grid_of(features(x)), tested, happens)
    assert set(ranges(found.holds.parts[0])) == {"x02"}
    assert not (found.holds.inside & ~tested).any()
    assert found.holds.worlds == pytest.approx(tested.sum() / 2, abs=1)


def test_constants_ties_integers_and_the_unknown():
    x, rng = drawn(7, worlds=2000, count=8)
    known = rng.random(len(x)) < 0.7
    whole = np.floor(6 * x[:, 2])
    changed = {
        "x00": np.full(len(x), 3.0),
        "x01": np.full(len(x), np.nan),
        "x02": whole,
        "x03": np.where(known, x[:, 3], np.nan),
        "x04": (x[:, 4] > 0.5).astype(float),
    }
    happens = rng.random(len(x)) < np.where(
        (whole >= 3) & known & (x[:, 3] < 0.5) & (x[:, 4] > 0.5), 0.97, 0.03
    )
    found = describe(grid_of(features(x, **changed)), everywhere(happens), happens).holds
    told = ranges(found.parts[0])
    assert told["x02"] == (3.0, np.inf)
    assert told["x03"][1] == pytest.approx(0.5, abs=0.04)
    assert told["x04"] == (1.0, np.inf)
    assert set(told) == {"x02", "x03", "x04"}
    assert not found.inside[~known].any()
    assert as_mapping(describe(grid_of(features(x, **changed)), everywhere(happens), happens))


@settings(max_examples=5, **EVERY)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_worlds_and_of_features_changes_nothing(seed):
    x, rng = drawn(seed, worlds=700, count=12)
    happens = rng.random(len(x)) < np.where((x[:, 1] < 0.4) & (x[:, 5] > 0.3), 0.9, 0.2)
    tested = rng.random(len(x)) < 0.9
    plain = describe(grid_of(features(x)), tested, happens)
    order = rng.permutation(len(x))
    shuffled = features(x[order])
    rng.shuffle(shuffled)
    other = describe(grid_of(shuffled), tested[order], happens[order], identity=order)
    for one, two in ((plain.holds, other.holds), (plain.fails, other.fails)):
        assert sentences(one) == sentences(two)
        assert [ranges(part) for part in one.parts] == [ranges(part) for part in two.parts]
        if one.stands:
            assert np.array_equal(one.inside[order], two.inside)


@settings(max_examples=5, **EVERY)
@given(seed=st.integers(0, 10**6), rise=st.sampled_from([np.log, np.cbrt, lambda x: 4e6 * x - 7.0]))
def test_a_rising_transformation_of_a_feature_finds_the_same_worlds(seed, rise):
    x, rng = drawn(seed, worlds=700, count=12)
    happens = rng.random(len(x)) < np.where((x[:, 1] < 0.4) & (x[:, 5] > 0.3), 0.9, 0.2)
    members = np.arange(len(x))
    plain, other = grid_of(features(x)), grid_of(features(rise(x)))
    one, two = (best_box(grid, happens, members, 20) for grid in (plain, other))
    assert one == two
    assert np.array_equal(one.box.inside(plain.codes), two.box.inside(other.codes))


def test_boxes_do_better_than_a_tree_in_a_corner_and_a_tree_says_one_cut_as_shortly():
    x, rng = drawn(8, worlds=3000)
    corner = (x[:, 1] > 0.6) & (x[:, 2] > 0.6) & (x[:, 3] > 0.6) & (x[:, 4] > 0.6)
    happens = rng.random(len(x)) < np.where(corner, 0.9, 0.02)
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    assert found.method == "boxes"
    assert set(ranges(found.parts[0])) == {"x01", "x02", "x03", "x04"}
    cut = describe(grid_of(features(x)), everywhere(happens), x[:, 1] > 0.6).holds
    assert len(cut.parts) == 1
    assert len(cut.parts[0].restrictions) == 1
    assert cut.compared


def test_the_halves_are_equal_and_hang_on_the_numbers_of_worlds_alone():
    rng = np.random.default_rng(0)
    holds, tested = rng.random(999) < 0.03, rng.random(999) < 0.8
    number = np.arange(999)
    choosing = halves(tested, holds, number)
    assert not choosing[~tested].any()
    for kind in (tested & holds, tested & ~holds):
        assert abs(choosing[kind].sum() - (~choosing)[kind].sum()) <= 1
    order = rng.permutation(999)
    assert np.array_equal(halves(tested[order], holds[order], number[order]), choosing[order])


def test_counts_are_of_the_half_that_did_not_choose():
    x, rng = drawn(9, worlds=2000)
    happens = rng.random(len(x)) < np.where(x[:, 3] < 0.3, 0.8, 0.3)
    found = describe(grid_of(features(x)), everywhere(happens), happens).holds
    judging = ~halves(everywhere(happens), happens, np.arange(len(x)))
    part = found.parts[0]
    assert part.worlds == (part.inside & judging).sum()
    assert part.hits == (part.inside & judging & happens).sum()
    assert (found.worlds, found.hits) == (judging.sum(), (judging & happens).sum())


def test_a_sentence_has_units_round_numbers_density_and_coverage():
    rng = np.random.default_rng(3)
    pool, other = rng.uniform(0.6e6, 2.6e6, 2000), rng.random(2000)
    flag = (rng.random(2000) < 0.5).astype(float)
    happens = rng.random(2000) < np.where((pool < 1.2e6) & (flag == 0), 0.85, 0.1)
    grid = grid_of(
        [
            Feature("pool", "people left to recruit", "people", pool),
            Feature("other", "noise", "share", other),
            Feature("flag", "flag", YES_OR_NO, flag, "under one theory", "not under one theory"),
        ]
    )
    words = sentences(describe(grid, everywhere(happens), happens).holds, "holds")
    assert words[0].startswith(
        "Holds mostly in worlds with people left to recruit below 1.2 million and not under one theory: in "
    )
    assert "of 20 of these worlds, against" in words[0]
    assert words[0].endswith("of 20 worlds in which it holds are among them.")


@settings(max_examples=200, **EVERY)
@given(
    low=st.floats(-1e7, 1e7, allow_subnormal=False),
    width=st.floats(1e-6, 1e6, allow_subnormal=False),
)
def test_the_roundest_number_lies_between_and_has_no_digit_too_many(low, width):
    high = low + width
    if not low < high:
        return
    found = roundest(low, high)
    assert low < found <= high
    if found:
        digits = len(f"{abs(found):.12e}".split("e")[0].replace(".", "").rstrip("0"))
        needed = np.log10(max(abs(low), abs(high)) / (high - low))
        assert digits <= max(1, int(np.ceil(needed)) + 1)


def test_bad_input_is_refused():
    x, _ = drawn(0, worlds=50, count=3)
    grid = grid_of(features(x))
    with pytest.raises(ValueError, match="must have 50 worlds"):
        describe(grid, np.ones(49, dtype=bool), np.ones(49, dtype=bool))
    with pytest.raises(ValueError, match="different names"):
        grid_of([])
    with pytest.raises(ValueError, match="different names"):
        grid_of([features(x)[0], features(x)[0]])
    with pytest.raises(ValueError, match="the same worlds"):
        grid_of([features(x)[0], Feature("y", "y", "share", np.ones(3))])
