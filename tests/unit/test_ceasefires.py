"""Definitions of a ceasefire, on paths of which it is known what they are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ripeness.errors import InputError
from ripeness.outcomes.ceasefires import DEFINITIONS, ceasefire_week, ceasefires_within

WAR, CEASEFIRE, SETTLEMENT, ENDED = range(4)
FEW, USUAL = 100.0, 1000.0


def run(regime: str, signed: str = "", losses: str = "") -> xr.Dataset:
    """One world from a letter a month: w, c, s, e; x where signed; . where losses are low."""
    months = len(regime)
    codes = np.array([["wcse".index(letter) for letter in regime]])
    signing = np.array([[letter == "x" for letter in signed.ljust(months)]])
    fought = [FEW if low == "." else USUAL for low in losses.ljust(months)]
    rate = np.array([[0.0, *fought[:-1]]])  # what a month costs is written down at its end
    both = np.stack([rate, rate], axis=-1)
    return xr.Dataset(
        {
            "regime": (("world", "month"), codes.astype(np.int8)),
            "signing": (("world", "month"), signing),
            "casualty_rate": (("world", "month", "side"), both),
        }
    )


@pytest.mark.parametrize(
    ("name", "regime", "signed", "week"),
    [
        ("any", "wwwwww", "", np.nan),
        ("any", "wwcwww", "", 8.0),
        ("month", "wwcwww", "", 8.0),
        ("quarter", "wcccwccccw", "", 20.0),
        ("quarter", "wccc", "", np.nan),  # it may yet hold, but has not by the end of the run
        ("quarter", "wcccsw", "", 4.0),  # a settlement that follows counts as holding
        ("half_year", "wcccccccw", "", 4.0),
        ("half_year", "wccccccw", "", np.nan),
        ("any", "wxccww", "", 8.0),
        ("bare", "wwccwc", " x", 20.0),
        ("bare", "wwccww", " x", np.nan),
        ("any", "wwcewe", "", 8.0),
    ],
)
def test_a_definition_counts_what_it_says(name, regime, signed, week):
    found = ceasefire_week(run(regime.replace("x", "w"), signed), name)
    assert np.array_equal(found, [week], equal_nan=True)


def test_quiet_needs_no_announcement_but_two_months():
    assert ceasefire_week(run("wwwwww", losses="  .. "), "quiet")[0] == 8.0
    assert np.isnan(ceasefire_week(run("wwwwww", losses="  .   "), "quiet")[0])
    assert np.isnan(ceasefire_week(run("wwcccc", losses=""), "quiet")[0])


def test_stricter_definitions_are_met_no_sooner():
    random = np.random.default_rng(7)
    codes = random.integers(0, 3, (200, 40)).astype(np.int8)
    data = xr.Dataset(
        {
            "regime": (("world", "month"), codes),
            "signing": (("world", "month"), random.random((200, 40)) < 0.1),
            "casualty_rate": (("world", "month", "side"), random.random((200, 40, 2)) * 500),
        }
    )
    last = np.full(200, -1.0)
    for name in ("any", "month", "quarter", "half_year"):
        week = np.nan_to_num(ceasefire_week(data, name), nan=np.inf)
        assert np.all(week >= last)
        last = week
    counts = ceasefires_within(data, (26.0, 52.0))
    assert counts.keys() == DEFINITIONS.keys()
    for found in counts.values():
        by_week = found["worlds_by_week"]
        assert 0 <= by_week["26"] <= by_week["52"] <= 200


def test_a_ceasefire_without_a_definition_is_refused():
    with pytest.raises(InputError, match="no definition of a ceasefire"):
        ceasefire_week(run("w"), "truce")
