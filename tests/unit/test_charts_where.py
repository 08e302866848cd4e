from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from ripeness.charts.boxes import MOST, boxes_chart
from ripeness.charts.crux import crux_chart
from ripeness.charts.render import to_svg
from ripeness.charts.where import where_chart
from ripeness.claims.discovery import (
    Feature,
    Truth,
    crux_between,
    crux_slices,
    describe,
    grid_of,
    sentences,
    shared_boxes,
    where_slices,
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
        ((FLAG > 0) & (X[:, 0] > 0.4), 5),
    ],
)
@pytest.mark.parametrize("what", ["holds", "fails"])
def test_where_a_claim_holds_is_drawn_as_a_map_or_as_bars(inside, columns, what):
    tried = truth(inside)
    found = getattr(describe(GRID, tried.tested, tried.holds), what)
    figures = where_slices(found, tried, what)
    if figures is None:  # the first part of this description is the flag alone
        assert all(each.feature.is_flag for each in found.parts[0].restrictions)
        return
    json.dumps(figures, allow_nan=False)
    chart = where_chart("C26", figures, sentences(found, what))
    ET.fromstring(to_svg(chart, titled=True))
    assert chart.title.startswith(f"C26 {what} above all in worlds ")
    if what == "holds":
        assert len(chart.table.columns) == columns
    assert sum(cell["worlds"] for cell in figures["cells"]) == figures["worlds"]
    shares = [row[-1] for row in chart.table.rows if isinstance(row[-1], int | float)]
    assert all(0 <= share <= 20 for share in shares)
    assert max(shares) - min(shares) > 8


@pytest.mark.parametrize("inside", [FLAG > 0, LOT < 0.5])
def test_no_slices_where_a_flag_tells_or_nothing(inside):
    tried = Truth(EVERYWHERE, inside)
    assert where_slices(describe(GRID, tried.tested, tried.holds).holds, tried) is None


def test_the_claims_that_depend_most_are_drawn_each_under_one_box():
    planted = {f"C{i:02d}": truth(X[:, i % 3] < 0.3 + 0.05 * (i // 3)) for i in range(10)}
    planted["C20"] = truth(FLAG > 0)
    planted["C21"] = Truth(EVERYWHERE, FLAG == 0)
    shared = shared_boxes(
        {name: (each, describe(GRID, each.tested, each.holds)) for name, each in planted.items()}
    )
    chart = boxes_chart(json.loads(json.dumps(shared.as_mapping())))
    ET.fromstring(to_svg(chart, titled=True))
    claims = [row[0] for row in chart.table.rows]
    assert len(claims) == len(set(claims)) == MOST
    assert chart.title.startswith("C21 depends most on the world: ")  # the one without luck
    for _, box, inside, elsewhere, _ in chart.table.rows:
        assert box.startswith("worlds ")
        assert abs(inside - elsewhere) > 8
    assert boxes_chart(shared_boxes({}).as_mapping()) is None
    assert boxes_chart({}) is None


@pytest.mark.parametrize("turning", [X[:, 1] > 0.4, FLAG > 0])
def test_the_bars_of_a_crux_add_to_all_worlds(turning):
    first, second = truth(turning), Truth(EVERYWHERE, np.where(turning, 0.2, 0.9) > LOT[::-1])
    crux = crux_between(GRID, first, second, names=("C01", "C37"))
    figures = json.loads(json.dumps(crux_slices(first, second, crux), allow_nan=False))
    chart = crux_chart(figures)
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
    assert crux_slices(first, second, crux) is None
