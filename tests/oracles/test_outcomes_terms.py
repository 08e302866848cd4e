"""What was signed, given up and ruled out: by hand, and against the levels' own account of packages."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

import fixtures
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.levels import Levels, added_up, levels_of, part_at
from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.outcomes import terms
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.worlds.draw import Worlds, draw_worlds

WORLDS = 64
HERE = 120_000.0
TROOPS = np.full((2, WORLDS), 1e5)


@lru_cache
def case() -> tuple[Worlds, Packages, Levels]:
    worlds = draw_worlds(fixtures.ukraine(), WORLDS, 7)
    packages = enumerate_packages(fixtures.ukraine(), worlds)
    area = np.full(WORLDS, HERE, np.float32)
    return worlds, packages, levels_of(fixtures.ukraine(), worlds, packages, area)


def signed(seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Any efficient package and any line; -1 in the last world and where red lines leave nothing."""
    worlds, packages, _ = case()
    random = np.random.default_rng(seed)
    line = random.integers(0, packages.table.line_area.shape[0], worlds.count)
    point = np.full(worlds.count, -1)
    for world in range(worlds.count - 1):
        efficient = np.flatnonzero(packages.table.value[0, :, world] > NOTHING / 2)
        if efficient.size:
            point[world] = random.choice(efficient)
    line[point < 0] = -1
    assert (point >= 0).mean() > 0.5
    return line, point


def test_what_is_given_up_is_what_the_best_level_is_worth_less_the_one_signed():
    worlds, packages, levels = case()
    chosen = terms.terms_of(*signed(), packages)
    area = np.full(WORLDS, HERE, np.float32)
    given = terms.conceded(fixtures.ukraine(), worlds, packages, chosen, area)
    deal = chosen[:, 0] >= 0
    assert np.isnan(given[~deal]).all()
    assert (given[deal] >= -1e-6).all()
    worth = np.asarray(levels.worth)
    for place, name in enumerate(packages.issues):
        own = worth[place, :, : len(packages.levels[name])]
        got = own[:, chosen[deal, place], np.flatnonzero(deal)]
        expected = own.max(axis=1)[:, deal] - got
        np.testing.assert_allclose(given[deal][:, :, place].T, expected, atol=1e-6)


def test_a_side_that_gets_its_best_of_everything_gives_up_nothing():
    worlds, packages, levels = case()
    area = np.full(WORLDS, HERE, np.float32)
    counts = [len(packages.levels[name]) for name in packages.issues]
    best = np.array([
        np.asarray(levels.worth)[place, 0, :count].argmax(axis=0)
        for place, count in enumerate(counts)
    ]).T  # fmt: skip
    given = terms.conceded(fixtures.ukraine(), worlds, packages, best, area)
    assert given[:, 0] == pytest.approx(0.0, abs=1e-6)
    assert (given[:, 1].sum(axis=1) > 0.2).all()


def test_a_deal_is_worth_its_levels_less_the_fear_that_its_guarantees_leave():
    worlds, packages, levels = case()
    line, point = signed(2)
    chosen = terms.terms_of(line, point, packages)
    there = terms.lines_of(packages, np.full(WORLDS, HERE, np.float32))
    agreed = there[np.maximum(line, 0), np.arange(WORLDS)]
    worth = terms.deal_worth(worlds, packages, line, point, agreed)
    part = part_at(levels, np.maximum(chosen, 0).T)
    deal = line >= 0
    np.testing.assert_allclose(worth[deal], (part.worth - part.fear)[:, 0, deal].T, atol=1e-5)
    assert np.isnan(worth[~deal]).all()


def test_levels_ruled_out_are_those_that_packages_may_not_hold():
    worlds, packages, levels = case()
    names, issues = terms.levels_by_issue(packages)
    assert names[:2] == ["line_of_control: current_line", "line_of_control: four_regions"]
    out = terms.ruled_out(fixtures.ukraine(), worlds, packages)
    assert out.shape == (WORLDS, 2, len(names))
    column = 0
    for place, name in enumerate(packages.issues):
        for level in range(len(packages.levels[name])):
            assert issues[column] == name
            crossed = np.asarray(levels.crossed)[place, :, level].T
            np.testing.assert_array_equal(out[:, :, column], crossed)
            column += 1
    # A package on the frontier crosses no line of either side; the line is chosen later.
    line, point = signed()
    chosen = terms.terms_of(line, point, packages)
    for world in np.flatnonzero(line >= 0):
        sums = added_up(levels, np.concatenate([[0], chosen[world, 1:]])[None], TROOPS)
        np.testing.assert_array_equal(sums.crossed[:, 0, world], out[world, :, 0])


def test_terms_name_the_levels_of_the_package_and_who_is_promised():
    scenario = fixtures.ukraine()
    _, packages, _ = case()
    chosen = terms.terms_of(*signed(), packages)
    assert (chosen[-1] == terms.NOTHING_SIGNED).all()
    found = terms.promised(scenario, packages, chosen)
    names = list(scenario.guarantors)
    for world in np.flatnonzero(chosen[:, 0] >= 0):
        levels = [
            list(scenario.issues[issue].levels.values())[chosen[world, place]]
            for place, issue in enumerate(packages.issues)
        ]
        brought = {level.guarantor for level in levels if level.guarantor}
        assert {names[k] for k in np.flatnonzero(found[world])} == brought
    assert np.isnan(found[-1]).all()


def test_months_are_those_of_the_first_settlement_and_of_the_last_signature():
    regime = np.array([
        [WAR, CEASEFIRE, SETTLEMENT, WAR, SETTLEMENT],
        [WAR, WAR, WAR, WAR, WAR],
    ])  # fmt: skip
    rows = np.arange(10).reshape(2, 5)
    assert terms.first_in_force(regime, rows)[0].tolist() == [2, -1]
    # Signed in months 1 and 3; the count stands for the start of a month.
    signatures = np.array([[0, 0, 1, 1, 2], [0, 0, 0, 0, 0], [0, 1, 1, 1, 1]])
    months = np.broadcast_to(np.arange(5.0), (3, 5))
    assert terms.at_last_signature(signatures, months).tolist() == [3.0, 0.0, 0.0]
