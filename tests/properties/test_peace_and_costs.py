"""Costs add up, survival only falls, and what is censored is not counted as broken."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import synthetic
from ripeness.cli.report import plain
from ripeness.outcomes.ending_costs import ALL, ending_costs, groups
from ripeness.outcomes.later_war import dead_by_month, later_war
from ripeness.outcomes.lifetimes import Lifetimes, broken_within, kaplan_meier
from ripeness.outcomes.peace import KINDS, YEARS, first_spells, peace_beside_record
from ripeness.outcomes.peace_record import BASELINE, main_entry, peace_record
from ripeness.outcomes.reckoning import reckoning
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR

every_case = pytest.mark.parametrize("case", list(synthetic.CASES))

peaces = st.lists(
    st.tuples(st.floats(0.05, 9.0), st.booleans()), min_size=1, max_size=60
).map(lambda rows: Lifetimes(np.array([r[0] for r in rows]), np.array([r[1] for r in rows])))  # fmt: skip


@given(peaces)
def test_survival_only_falls_and_stays_a_share(seen):
    _, survival, variance = kaplan_meier(seen)
    assert (np.diff(survival) <= 1e-12).all()
    assert ((survival >= -1e-12) & (survival <= 1)).all()
    assert (variance >= 0).all()
    found = [broken_within(seen, years) for years in YEARS]
    shares = [each.share for each in found if each is not None]
    assert shares == sorted(shares)
    for each in found:
        assert each is None or 0 <= each.low <= each.share + 1e-9 <= each.high + 2e-9 <= 1 + 2e-9


@given(peaces)
def test_one_that_leaves_sight_is_between_broken_and_kept(seen):
    """Censoring gives a share between that which counts all lost from sight as kept and as broken."""
    years = 2
    found = broken_within(seen, years)
    lost = ~seen.broken & (seen.duration < years)
    kept = Lifetimes(np.where(lost, 99.0, seen.duration), seen.broken)
    worst = Lifetimes(seen.duration, seen.broken | lost)
    if found is not None:
        low, high = broken_within(kept, years), broken_within(worst, years)
        assert low is not None
        assert high is not None
        assert low.share - 1e-9 <= found.share <= high.share + 1e-9


def test_spells_by_hand():
    w, c, s, e = 0, 1, 2, 3
    regime = np.array([
        [w, c, c, w, c, c],  # ceasefire broken after two months
        [w, w, c, s, s, s],  # a ceasefire that becomes a settlement is not broken
        [s, s, w, s, s, s],  # only the first settlement counts
        [w, w, w, w, w, c],  # begun in the last month: watched for nothing
        [w, c, c, e, e, e],  # the world ends: not broken
        [w, c, c, e, e, e],  # war came back in week 8, and the world ended in that month: broken
    ], dtype=np.int8)  # fmt: skip
    dated = np.array([8, np.nan, np.nan, np.nan, np.nan, 8])
    weeks = np.arange(6) * 4.0
    ceasefires, world = first_spells(regime, weeks, CEASEFIRE, dated)
    assert world.tolist() == [0, 1, 3, 4, 5]
    np.testing.assert_allclose(ceasefires.duration * 365.25 / 7, [8, 4, 0, 8, 8])
    assert ceasefires.broken.tolist() == [True, False, False, False, True]
    settled, world = first_spells(regime, weeks, SETTLEMENT, np.full(6, np.nan))
    assert world.tolist() == [1, 2]
    assert settled.broken.tolist() == [False, True]
    np.testing.assert_allclose(settled.duration * 365.25 / 7, [8, 8])


@every_case
def test_groups_are_a_partition_and_refine_the_endings(case):
    data = synthetic.CASES[case]()
    members = np.array(list(groups(data).values()))
    assert (members.sum(axis=0) == 1).all()
    counts = [int(member.sum()) for member in members]
    plain_counts = np.bincount(data["ending"].values, minlength=6)
    assert [sum(counts[:2]), counts[2], sum(counts[3:5]), *counts[5:]] == plain_counts.tolist()


@every_case
def test_costs_of_the_endings_add_to_the_whole(case):
    costs = ending_costs(synthetic.CASES[case]())
    whole = costs.of(ALL)
    assert whole.worlds == sum(row.worlds for row in costs.endings if row is not whole)
    for key, total in whole.costs.items():
        parts = [row.costs[key] for row in costs.endings if row is not whole and key in row.costs]
        assert sum(part.worlds for part in parts) == total.worlds
        added = sum(part.mean * part.worlds for part in parts)
        assert added == pytest.approx(total.mean * total.worlds, rel=1e-6)
        assert all(part.low <= part.median <= part.high for part in parts)


def test_costs_by_hand():
    data = synthetic.dataset(3, months=13)
    data["regime"].values[:] = WAR
    data["regime"].values[0, 7:] = SETTLEMENT
    data["area_held"].values[..., 0] = 1000.0
    data["area_held"].values[1, 1:, 0] = 3000.0
    costs = {(each.name, each.side): each.values for each in ending_costs(data).measures}
    weeks_to_months = 7 / 365.25 * 12
    np.testing.assert_allclose(costs["months_of_war", -1][:2], np.array([24, 52]) * weeks_to_months)
    years = 52 * 7 / 365.25
    np.testing.assert_allclose(costs["land_held", 0][0], years)
    # the land moves in the first month, of which the mean counts
    np.testing.assert_allclose(costs["land_taken", 0][1], 2 * years - 4 * 7 / 365.25, rtol=1e-6)
    both = costs["killed", 0] + costs["killed", 1]
    np.testing.assert_allclose(costs["killed", -1], both)


@every_case
def test_later_wars_are_counted_once(case):
    found = later_war(synthetic.CASES[case]())
    assert found.paused.number == found.held.number + found.broken.number <= found.worlds
    assert found.paused.dearer == found.held.dearer + found.broken.dearer
    most = found.broken.number
    assert (
        0 <= max(found.worse_than_spared, found.faster, found.harder, found.broken.dearer) <= most
    )


def test_the_dead_by_month_end_at_the_dead_of_the_world():
    data = synthetic.dataset(64)
    fought = (data["casualties"].values[:, -1] > 0).all(axis=1)
    dead = data["killed"].values.sum(axis=1) / 1000
    np.testing.assert_allclose(dead_by_month(data)[fought, -1], dead[fought], rtol=1e-5)


def test_a_later_war_by_hand():
    data = synthetic.dataset(12, months=12)
    data["regime"].values[:] = WAR
    data["regime"].values[0, 4:8] = CEASEFIRE
    months = np.arange(13, dtype=np.float32)
    pace = np.full((12, 13), 1000.0, dtype=np.float32)
    fought = np.cumsum(pace, axis=1) - pace
    broken = np.minimum(months, 4) * 1000 + np.maximum(months - 8, 0) * 3000  # thrice as fast later
    for side in range(2):
        data["casualties"].values[..., side] = fought
        data["casualties"].values[0, :, side] = broken
        data["killed"].values[:, side] = data["casualties"].values[:, -1, side]
    found = later_war(data)
    assert (found.broken.number, found.held.number) == (1, 0)
    assert found.months is not None
    assert found.spared is not None
    assert found.later is not None
    assert found.broken.fought_on is not None
    assert (found.months.median, found.spared.median, found.later.median) == (4, 8, 24)
    assert found.broken.fought_on.median == pytest.approx(16), "8 months at 2,000 a month"
    assert (found.worse_than_spared, found.faster, found.harder, found.broken.dearer) == (
        1,
        1,
        1,
        1,
    )


def test_worse_peace_is_told_from_the_record():
    data = synthetic.dataset(400, shares={"settled": 1.0})
    regime = data["regime"].values
    regime[:] = WAR
    regime[:, 2:4] = SETTLEMENT
    found = peace_beside_record(data)
    assert found.row("settlement", 1).verdict == "less safe than the record"
    regime[:, 2:] = SETTLEMENT
    found = peace_beside_record(data)
    assert found.row("settlement", 1).verdict == "safer than the record"
    assert found.score is not None


@every_case
def test_the_reckoning_is_json(case):
    found = plain(reckoning(synthetic.CASES[case]()))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_record_is_whole():
    assert {entry.kind for entry in peace_record()} <= {*KINDS, BASELINE}
    assert {"settlement", "settlement_strong", "settlement_weak", "ceasefire", "victory"} <= {
        kind for kind in KINDS if main_entry(kind)
    }
    for entry in peace_record():
        assert entry.n > 0
        assert all((entry.citation, entry.what, entry.event, entry.note))
        shares = [found.middle for found in entry.years.values()]
        assert shares == sorted(shares), entry.id
        for found in entry.years.values():
            assert 0 <= found.low <= found.middle <= found.high <= 1
            assert found.watched <= entry.n
