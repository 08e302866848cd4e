"""Peels, quasi-p-values and cuts against other programs' figures on the same planted data.

The figures were made with ema-workbench 2.5.3 (``Prim(x, y, threshold=0.01, peel_alpha=0.05,
mass_min=0.05)``, its ``_paste`` switched off; ``find_box().peeling_trajectory.k`` and ``_calculate_quasi_p``),
and with scikit-learn 1.9.1 (``DecisionTreeClassifier(criterion="entropy", max_depth=2, min_samples_leaf=20)``),
pandas 3.1.1 and NumPy 2.4.6. None of them is needed to run this.
"""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.claims.discovery import Feature, grid_of
from ripeness.claims.discovery.bits import bits, gain, saved
from ripeness.claims.discovery.boxes import quasi_p
from ripeness.claims.discovery.peeling import peel
from ripeness.claims.discovery.tree import best_cut, grow

WORLDS = 1000

HITS = {
    "corner": (
        286, 280, 277, 271, 267, 261, 256, 250, 244, 239, 235, 233, 229, 225, 221, 218, 216, 214, 211,
        208, 206, 205, 203, 202, 202, 201, 199, 198, 196, 193, 190, 181, 173, 164, 157, 149, 142,
    ),
    "band": (
        312, 303, 295, 290, 283, 278, 274, 266, 261, 256, 249, 243, 234, 229, 226, 220, 217, 213, 210,
        202, 195, 192, 190, 188, 187, 185, 184, 182, 181, 175, 168, 161, 154, 147, 140, 133,
    ),
    "two": (
        278, 269, 261, 253, 244, 237, 227, 219, 211, 204, 201, 198, 194, 192, 189, 185, 180, 178, 173,
        168, 166, 162, 156, 150, 146, 143, 141, 140, 140, 137, 136, 135, 132, 130, 129, 128, 127, 125,
        124, 119, 113, 107, 102, 97,
    ),
    "noise": (314, 301, 288, 276, 265, 254, 243, 232, 223),
    "rare": (18,) * 13,
}  # fmt: skip
"""Worlds of interest left after each peel, by ema-workbench."""

QUASI_P = {
    ("corner", 10): (0.03128414505284159, 4.326659870766797e-06),
    ("two", 10): (0.0008025042204656824,),
    ("two", 20): (1.3208635203682255e-14,),
    ("noise", 8): (
        0.3969060057825119,
        0.33283994643367115,
        0.4171038874202002,
        0.24848694724236883,
    ),
    ("rare", 10): (0.29910342075099156, 0.4439164454722285, 0.1168399509952274),
}
"""Of each restricted feature in order, by ema-workbench, where each has one limit."""

FIRST_CUT = {
    "corner": (2, 163.15231922530086),
    "band": (1, 66.2465724398262),
    "two": (3, 75.76249328104564),
    "noise": (3, 4.385223581130504),
    "rare": (0, 28.20512681402103),
}
"""Feature and bits saved by the best cut, by scikit-learn."""


def planted(kind: str) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    x, lot = rng.random((WORLDS, 5)), rng.random(WORLDS)
    share = {
        "corner": np.where((x[:, 0] < 0.5) & (x[:, 2] > 0.6), 0.9, 0.1),
        "band": np.where((x[:, 1] > 0.3) & (x[:, 1] < 0.55), 0.8, 0.15),
        "two": np.where(
            ((x[:, 0] < 0.3) & (x[:, 1] < 0.4)) | ((x[:, 3] > 0.7) & (x[:, 4] > 0.5)), 0.95, 0.05
        ),
        "noise": np.full(WORLDS, 0.3),
        "rare": np.where((x[:, 0] > 0.9) & (x[:, 4] > 0.8), 0.8, 0.005),
    }[kind]
    return x, lot < share


def exact_grid(x: np.ndarray):
    columns = (Feature(f"x{i}", f"x{i}", "share", x[:, i]) for i in range(x.shape[1]))
    return grid_of(columns, bins=WORLDS)


@pytest.mark.parametrize("kind", HITS)
def test_peeling_goes_the_way_of_ema_workbench(kind):
    x, happens = planted(kind)
    way = peel(exact_grid(x), happens, np.arange(WORLDS), fewest=50)
    assert tuple(way.hits) == HITS[kind]
    peeled = np.diff(way.worlds)
    assert np.array_equal(-peeled, ((way.worlds[:-1] - 1) * 0.05).astype(int) + 1)


@pytest.mark.parametrize(("kind", "step"), QUASI_P)
def test_quasi_p_values_are_those_of_ema_workbench(kind, step):
    x, happens = planted(kind)
    grid = exact_grid(x)
    box = peel(grid, happens, np.arange(WORLDS), fewest=50).box(step, grid.bins)
    assert quasi_p(box, grid.codes, happens) == pytest.approx(QUASI_P[kind, step], rel=1e-9)


@pytest.mark.parametrize("kind", FIRST_CUT)
def test_the_best_cut_is_that_of_scikit_learn(kind):
    x, happens = planted(kind)
    feature, save = FIRST_CUT[kind]
    place, _, gained = best_cut(exact_grid(x), happens, np.arange(WORLDS), 20)
    assert place == feature
    assert gained == pytest.approx(save, rel=1e-9)


def test_the_tree_is_that_of_scikit_learn_where_every_cut_is_worth_its_words():
    x, happens = planted("two")
    leaves = grow(exact_grid(x), happens, np.arange(WORLDS), 20, depth=2).leaves()
    assert sorted((leaf.worlds, leaf.hits) for leaf in leaves) == [
        (138, 129), (188, 31), (221, 93), (453, 25),
    ]  # fmt: skip


def test_cuts_that_only_describe_noise_are_pruned():
    x, happens = planted(
        "noise"
    )  # the best of 5,000 cuts saves 4.4 bits and takes 2.3 + 1 + 5 to state
    assert grow(exact_grid(x), happens, np.arange(WORLDS), 20).parts == ()


def test_bits_by_hand():
    assert bits(4, 2) == pytest.approx(4.0)  # four fair coins
    assert bits(8, 0) == 0.0
    assert bits(4, 1) == pytest.approx(4 * (0.25 * 2 + 0.75 * np.log2(4 / 3)))
    assert saved(4, 2, 2, 2) == pytest.approx(4.0)  # told apart: nothing is left to say
    assert saved(4, 2, 2, 1) == pytest.approx(0.0)


def test_gain_by_hand():
    # Both halves alike; inside 3 of 4, outside 1 of 4: rates (3.5 / 5, 1.5 / 5) against 1/2.
    happens = np.array([1, 1, 1, 0, 1, 0, 0, 0] * 2, dtype=bool)
    part = np.array([1, 1, 1, 1, 0, 0, 0, 0] * 2)
    choosing = np.arange(16) < 8
    right, wrong = np.log2(0.7 / 0.5), np.log2(0.3 / 0.5)
    mean, error = gain(happens, part, choosing)
    assert mean == pytest.approx((6 * right + 2 * wrong) / 8)
    each = np.array([right] * 6 + [wrong] * 2)
    assert error == pytest.approx(each.std(ddof=1) / np.sqrt(8))
