"""What is recorded of returns of war, of signatures and of pledges, in worlds played and by hand."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import xarray as xr

import fixtures
from ripeness.outcomes import collect
from ripeness.outcomes.collect import YEARS_PER_MONTH
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR, WEEKS_PER_MONTH


@lru_cache
def played() -> xr.Dataset:
    war = fixtures.base()
    return collect.collect(war.scenario, war.worlds, war.packages, list(war.parts))


def test_the_dead_after_a_return_of_war_are_those_since_its_week():
    """By hand: two sides, of whose killed and wounded a half and a quarter were killed."""
    casualties = np.array([[[0, 0], [10, 40], [20, 80], [60, 100]]] * 3, dtype=float)
    killed = np.array([[30.0, 25.0]] * 3)
    found = collect._after_return({"casualties": casualties}, killed, np.array([4.0, 8.0, np.nan]))
    # From week 4 (month 1): 50 x .5 + 60 x .25; from week 8: 40 x .5 + 20 x .25; never: none.
    assert found.tolist() == [40.0, 25.0, 0.0]


def test_war_returns_where_a_ceasefire_is_left_or_a_settlement_broken():
    data = played()
    resumed, broken = data["resumed_week"].values, data["broken_week"].values
    returned = data["war_returned_week"].values
    np.testing.assert_array_equal(np.isnan(returned), np.isnan(resumed) & np.isnan(broken))
    assert (returned[~np.isnan(returned)] <= np.fmax(resumed, broken)[~np.isnan(returned)]).all()
    month = (returned[~np.isnan(returned)] / WEEKS_PER_MONTH).astype(int)
    regime = data["regime"].values[~np.isnan(returned)]
    world = np.arange(len(month))
    assert np.isin(regime[world, month], (CEASEFIRE, SETTLEMENT)).all()
    later = data["killed_after_return"].values
    assert (later[np.isnan(returned)] == 0).all()
    assert (later >= 0).all()
    assert (later <= data["killed"].sum("side").values * (1 + 1e-4) + 1).all()


def test_signings_are_all_signatures_and_come_before_what_they_bring():
    data = played()
    signing = data["signing"].values
    np.testing.assert_array_equal(signing.sum(axis=1), data["attempts"].values)
    regime = data["regime"].values
    assert np.isin(regime[signing], (WAR, CEASEFIRE)).all()
    settled = ~np.isnan(data["settlement_week"].values)
    assert signing[settled].any(axis=1).all()
    # A deal in force is worth something to both; without one there is nothing to tell.
    np.testing.assert_array_equal(np.isfinite(data["deal_worth"].values).all(axis=1), settled)
    np.testing.assert_array_equal((data["first_terms"].values[:, 0] >= 0), settled)
    given = data["conceded"].values
    np.testing.assert_array_equal(np.isfinite(given).all(axis=(1, 2)), data["attempts"].values > 0)


def test_the_terms_of_the_only_settlement_are_those_last_signed():
    data = played()
    once = (data["attempts"].values == 1) & ~np.isnan(data["settlement_week"].values)
    assert once.any()
    np.testing.assert_array_equal(data["first_terms"].values[once], data["terms"].values[once])


def test_pledges_add_up_to_what_patrons_vowed():
    war, data = fixtures.base(), played()
    pledged = war.final("aid", "pledged_total")  # (patron, world)
    client = np.asarray(war.worlds.parameters.patrons.client)[..., 0]  # (side, patron)
    in_all = client @ pledged
    at_start = war.month("aid_pledged")[0]
    monthly = data["aid_pledged"].values.sum(axis=1) * YEARS_PER_MONTH * 12.0
    np.testing.assert_allclose(monthly.T, in_all - at_start, rtol=1e-3, atol=1e-2)


def test_spread_is_when_the_world_left_the_model():
    data = played()
    names = data["ending"].attrs["flag_meanings"]
    beyond = data["ending"].values == names.index("beyond the model")
    spread = data["spread_week"].values
    np.testing.assert_array_equal(np.isnan(spread), ~beyond)
    np.testing.assert_array_equal(spread[beyond], data["ended_week"].values[beyond])
    assert beyond.any()
