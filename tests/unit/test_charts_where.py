from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from ripeness.charts.crux import crux_chart
from ripeness.charts.learnt import learnt_chart
from ripeness.charts.render import to_svg
from ripeness.charts.where import where_chart
from ripeness.claims.discovery import (
    Feature,
    Observation,
    Truth,
    crux_between,
    describe,
    grid_of,
    learnt,
    watch_of,
)
from ripeness.claims.discovery.grid import YES_OR_NO

WORLDS = 2000
X = np.random.default_rng(0).random((WORLDS, 4))
LOT = np.random.default_rng(1).random(WORLDS)
FLAG = (X[:, 3] > 0.5).astype(float)
GRID = grid_of(
    [
        *(Feature(f"x{i}", f"quantity {i} (A & B)", "km2", X[:, i]) for i in range(3)),
        Feature("flag", "flag", YES_OR_NO, FLAG, "under <one> theory", "under another"),
    ]
)
EVERYWHERE = np.ones(WORLDS, dtype=bool)


def truth(inside: np.ndarray) -> Truth:
    return Truth(EVERYWHERE, np.where(inside, 0.9, 0.1) > LOT)


@pytest.mark.parametrize(
    ("inside", "columns"),
    [
        ((X[:, 0] < 0.4) & (X[:, 1] > 0.3), 8),
        (X[:, 2] > 0.7, 5),
        (FLAG > 0, 5),
        ((FLAG > 0) & (X[:, 0] > 0.4), 5),
    ],
)
@pytest.mark.parametrize("what", ["holds", "fails"])
def test_where_a_claim_holds_is_drawn_as_a_map_or_as_bars(inside, columns, what):
    tried = truth(inside)
    found = describe(GRID, tried.tested, tried.holds)
    chart = where_chart("C26", getattr(found, what), tried, what)
    assert chart is not None
    ET.fromstring(to_svg(chart, titled=True))
    assert chart.title.startswith(f"C26 {what} above all in worlds ")
    assert chart.spec["datasets"]["figures"]
    if what == "holds":
        assert len(chart.table.columns) == columns
    shares = [row[-1] for row in chart.table.rows if isinstance(row[-1], int | float)]
    assert all(0 <= share <= 20 for share in shares)
    assert max(shares) - min(shares) > 8


def test_nothing_is_drawn_where_nothing_tells():
    tried = Truth(EVERYWHERE, LOT < 0.5)
    found = describe(GRID, tried.tested, tried.holds).holds
    assert where_chart("C26", found, tried) is None


@pytest.mark.parametrize("turning", [X[:, 1] > 0.4, FLAG > 0])
def test_the_bars_of_a_crux_add_to_all_worlds(turning):
    first, second = truth(turning), Truth(EVERYWHERE, np.where(turning, 0.2, 0.9) > LOT[::-1])
    crux = crux_between(GRID, first, second, names=("C01", "C37"))
    chart = crux_chart(first, second, crux)
    ET.fromstring(to_svg(chart, titled=True))
    assert chart.title.startswith("Where they disagree, C01 is right rather than C37 in worlds ")
    for row in chart.table.rows:
        assert sum(float(cell or 0) for cell in row[4:]) == pytest.approx(20, abs=0.01)
    assert sum(int(row[3] or 0) for row in chart.table.rows) == WORLDS
    assert chart.table.columns[4:] == (
        "only C01 holds", "both hold", "neither holds", "only C37 holds",
    )  # fmt: skip


def test_a_crux_that_does_not_stand_is_not_drawn():
    first, second = (Truth(EVERYWHERE, lot < 0.5) for lot in (LOT, LOT[::-1]))
    crux = crux_between(GRID, first, second, names=("C01", "C37"))
    with pytest.raises(ValueError, match="nothing decides between C01 and C37"):
        crux_chart(first, second, crux)


def test_when_claims_would_be_known():
    weeks = 4.0 * np.arange(6)
    shown = np.random.default_rng(2).normal(size=(WORLDS, 6)) + 4.0 * (X[:, :1] > 0.5)
    watch = watch_of([Observation("seen", "what is seen", "km2", shown)], weeks)
    never, week = np.full(WORLDS, np.inf), np.full(WORLDS, 14.0)
    found = [
        learnt(watch, Truth(EVERYWHERE, X[:, 0] > 0.5), week, name="C01"),
        learnt(watch, Truth(EVERYWHERE, LOT < 0.5), never, name="C02"),
        learnt(watch, Truth(EVERYWHERE, LOT < 0.001), never, name="C03"),
    ]
    chart = learnt_chart(found)
    ET.fromstring(to_svg(chart, titled=True))
    assert chart.title == "Of 3 claims, what can be seen within 20 weeks tells whether 1 is true"
    assert [row[1:4] for row in chart.table.rows] == [
        (0.0, 14.0, "week 0"),
        (None, None, "nothing seen tells"),
        (None, None, "too few worlds to learn from"),
    ]
    assert "C01: Told first in week 0" in chart.sentence
    ET.fromstring(to_svg(learnt_chart([])))
