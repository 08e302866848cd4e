"""Who gains from delay, and what was expected: small wars whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

import fixtures
from ripeness.bargaining.packages import enumerate_packages
from ripeness.explore.delay import HALF_YEAR, MATTERS, Delay, delay_of, nearest_package
from ripeness.explore.ensemble import run_worlds, undecided
from ripeness.explore.foresight import Foresight, foresight_of
from ripeness.outcomes.endings import BEYOND_MODEL, FIRST_WINS, SECOND_WINS
from ripeness.outcomes.engine import LANES
from ripeness.outcomes.prepare import prepared
from ripeness.types import ENDED, WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.worlds.draw import draw_worlds


@pytest.fixture(scope="module")
def war():
    scenario = fixtures.ukraine()
    worlds = draw_worlds(scenario, LANES, fixtures.SEED, theory="converging_expectations")
    worlds = prepared(scenario, worlds)[0]
    packages = enumerate_packages(scenario, worlds)
    return worlds, packages.table, run_worlds(scenario, undecided(worlds), packages)


def at_rest(data):
    """The same outcomes with every month like the first."""
    still = data.copy(deep=True)
    for name in ("area_held", "reservation", "regime", "zone_width"):
        still[name].values[:] = still[name].values[:, :1]
    return still


def test_a_war_at_rest_gives_nobody_anything(war):
    worlds, table, data = war
    delay = delay_of(at_rest(data), worlds, table)
    assert np.nanmax(np.abs(delay.gain)) == 0
    told = delay.told(0, HALF_YEAR)
    assert told["gains"] == told["loses"] == told["gains_after_costs"] == 0
    assert 0 < told["of"] <= LANES


def test_the_nearest_package_makes_the_width_that_the_sides_saw(war):
    """Its smaller surplus is the width, less what the way home takes; both gain where it is open."""
    worlds, table, data = war
    surplus = nearest_package(data, worlds, table) - data["reservation"].values
    smaller, width = surplus.min(axis=-1), data["zone_width"].values
    fighting = data["regime"].values != ENDED
    shut = fighting & (width < 0) & (width > -0.99)
    assert shut.sum() > 100
    assert (width[shut] <= smaller[shut] + 1e-5).all()
    assert np.median(smaller[shut] - width[shut]) < 0.02
    is_open = fighting & (width > 0)
    assert is_open.sum() > 100
    assert (smaller[is_open] > -1e-5).all()
    nothing = fighting & (width <= -1)
    assert np.isnan(smaller[nothing]).all()


def test_victory_is_everything_and_beyond_the_model_is_nothing_to_compare(war):
    worlds, table, data = war
    ended = at_rest(data)
    for world, ending in enumerate((FIRST_WINS, SECOND_WINS, BEYOND_MODEL)):
        ended["ending"].values[world] = ending
        ended["regime"].values[world, 3:] = ENDED
        ended["reservation"].values[world] = 0.5
    delay = delay_of(ended, worlds, table)
    later = delay.price[:, 5]
    np.testing.assert_allclose(later[0], [0.5, -0.5])
    np.testing.assert_allclose(later[1], [-0.5, 0.5])
    assert np.isnan(later[2]).all()


def test_ground_is_told_at_each_sides_own_rate(war):
    worlds, table, data = war
    delay = delay_of(data, worlds, table)
    front = worlds.parameters.front
    span = front.aim_area[0] - (front.area_held.sum(axis=0) - front.aim_area[1])
    np.testing.assert_allclose(
        delay.km2_per_share[:, 0], np.maximum(span, 1) / table.line_weight[0], rtol=1e-4
    )


def test_counts_and_costs_of_a_delay_by_hand():
    gain = np.zeros((4, 14, 2))
    gain[:, 13, 0] = [0.2, 0.01, MATTERS / 2, -0.1]
    gain[:, :, 1] = np.nan
    delay = Delay(gain, gain, np.full((4, 2), 0.05), np.full((4, 2), 1000.0), (6, 13))
    told = delay.told(0, 13)
    assert (told["of"], told["gains"], told["loses"], told["gains_after_costs"]) == (4, 2, 1, 1)
    assert told["gain_km2"][1] == pytest.approx(1000 * told["gain"][1])
    year = 52 * 7 / 365.25
    assert told["cost_of_waiting"][1] == pytest.approx(0.05 * year, rel=1e-6)
    assert delay.told(1, 13)["of"] == 0
    assert delay.told(1, 13)["gain"] is None


def test_who_foresees_rightly_errs_nowhere(war):
    worlds, _, data = war
    moving = at_rest(data)
    month = np.arange(moving.sizes["month"])
    moving["area_held"].values[:, :, 0] = 100_000 + 50.0 * month
    moving["area_held"].values[:, :, 1] = 500_000 - 50.0 * month
    planning = worlds.parameters.diplomacy.planning.T[:, None, :]
    pace = np.array([50.0, -50.0])
    moving["expected_area"].values[:] = moving["area_held"].values + pace * planning
    found = foresight_of(moving, worlds)
    a_year = 50.0 * WEEKS_PER_YEAR / WEEKS_PER_MONTH
    known = np.isfinite(found.true[:, 0]).all(axis=1)
    assert known.any()
    np.testing.assert_allclose(
        found.true[known, 0], a_year * np.sign(pace) + np.zeros((known.sum(), 2)), rtol=1e-3
    )
    np.testing.assert_allclose(found.expected[known, 0], found.true[known, 0], rtol=1e-3)


def test_what_falls_due_after_the_horizon_has_no_true_end(war):
    worlds, _, data = war
    found = foresight_of(data, worlds)
    assert np.isnan(found.true[:, -1]).all()
    assert np.array_equal(np.isnan(found.true), np.isnan(found.expected))
    nobody = Foresight(np.full((3, 2, 2), np.nan), np.full((3, 2, 2), np.nan))
    assert nobody.told(0)["of"] == 0
