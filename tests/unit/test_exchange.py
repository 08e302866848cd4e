"""Exchange rates: what an issue is worth in ground and in months of war."""

from __future__ import annotations

import numpy as np

import fixtures
from ripeness.bargaining.exchange import exchange_rates
from ripeness.brief.exchange import rates_table
from ripeness.types import MONTHS_PER_YEAR
from ripeness.worlds.draw import draw_worlds

WORLDS = 64


def rates(changes=None):
    war = fixtures.ukraine()
    worlds = draw_worlds(war, WORLDS, 5)
    if changes:
        worlds = fixtures.altered(worlds, war, changes)
    return {(rate.issue, rate.side): rate for rate in exchange_rates(war, worlds)}


def test_a_rate_is_what_the_formula_gives():
    # One stake in ten on recognition, the line worth two, costs of war of a tenth of the stakes a year.
    war = fixtures.ukraine()
    weights = {f"issues.{name}.weight.russia": 0.0 for name in war.issues}
    weights |= {
        "issues.recognition.weight.russia": 10.0,
        "issues.line_of_control.weight.russia": 90.0,
    }
    found = rates({**weights, "belligerents.russia.diplomacy.war_cost": 0.1})
    label = war.issues["recognition"].label
    rate = found[label, "Russia"]
    np.testing.assert_allclose(rate.stakes, 0.1, rtol=1e-5)
    np.testing.assert_allclose(rate.months, MONTHS_PER_YEAR, rtol=1e-5)  # one year
    worlds = draw_worlds(war, WORLDS, 5)
    aim = worlds.parameters.front.aim_area[0] + worlds.parameters.front.aim_area[1]
    theatre = np.sum(worlds.parameters.front.area_held, axis=0)
    np.testing.assert_allclose(rate.ground[1], np.median((aim - theatre) / 9.0), rtol=1e-3)
    assert (rate.worst, rate.best) == ("None", "In law")


def test_dearer_war_makes_every_issue_worth_fewer_months_and_the_same_ground():
    path = "belligerents.ukraine.diplomacy.war_cost"
    usual, dear = rates(), rates({path: lambda cost: 2.0 * cost})
    for (issue, side), rate in usual.items():
        other = dear[issue, side]
        assert other.ground == rate.ground
        factor = 2.0 if side == "Ukraine" else 1.0
        np.testing.assert_allclose(np.multiply(other.months, factor), rate.months, rtol=1e-5)


def test_the_table_says_it_in_two_digits_and_older_runs_have_none():
    rows = rates_table({"exchange_rates": [rate.as_mapping() for rate in rates().values()]})
    assert len(rows) == 2 * (len(fixtures.ukraine().issues) - 1)
    assert all(" to " in row.months and "→" in row.change for row in rows)
    assert rates_table({}) == []
