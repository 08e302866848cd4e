"""The picture of sincerity keeps the promises of a chart."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

import synthetic
from ripeness.charts.render import to_svg
from ripeness.charts.sincerity import NAMES, finding, sincerity_chart
from ripeness.outcomes.sincerity import AWAY, NOT_COUNTED, REAL, SEEN, Attendance

DAYS = np.datetime64("2025-07-01") + np.arange(65) * np.timedelta64(28, "D")
SIDES = ("Russia", "Ukraine")
AWKWARD = ('U.S. ["left"]', "A & B's {c} \\ <i>")


def attendance(worlds: int = 100, months: int = 65, codes=(0, 1, 2, 3)) -> Attendance:
    generator = np.random.default_rng(7)
    kind = generator.choice(codes, (worlds, months, 2)).astype(np.int8)
    over = np.arange(months)[None] > generator.integers(5, 2 * months, worlds)[:, None]
    kind[over] = NOT_COUNTED
    nothing = np.zeros((worlds, months), dtype=bool)
    return Attendance(kind, np.where(kind == REAL, 0.9, 0.3), nothing, nothing)


CASES = {
    "mixed": lambda: sincerity_chart(attendance(), DAYS, SIDES),
    "one world": lambda: sincerity_chart(attendance(1), DAYS, SIDES),
    "never comes": lambda: sincerity_chart(attendance(codes=(AWAY,)), DAYS, SIDES),
    "short": lambda: sincerity_chart(attendance(30, 3), DAYS[:3], SIDES),
    "long names": lambda: sincerity_chart(attendance(), DAYS, synthetic.LONG),
    "awkward names": lambda: sincerity_chart(attendance(), DAYS, AWKWARD),
}


@pytest.mark.parametrize("case", list(CASES))
def test_the_picture_keeps_its_promises(case):
    chart = CASES[case]()
    assert chart is not None
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|%|  ", text), text
    assert not chart.title.endswith(".")
    assert chart.sentence.endswith(".")
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.loads(json.dumps(chart.spec, allow_nan=False))
    svg = to_svg(chart)
    root = ET.fromstring(svg)
    assert float(root.get("width", "0")) < 700
    assert not re.search(r"\bNaN\b|undefined|Infinity", svg)
    assert svg == to_svg(chart)


def test_the_areas_of_a_side_fill_its_panel():
    chart = CASES["mixed"]()
    assert chart is not None
    for name in SIDES:
        places = [chart.table.columns.index(f"{name}: {words}") for words in NAMES.values()]
        for row in chart.table.rows:
            shares = [row[place] for place in places]
            known = [float(share) for share in shares if share is not None]
            assert not known or sum(known) == pytest.approx(20, abs=1e-3)


def test_the_finding_counts_the_months_in_which_a_side_comes():
    kind = np.full((4, 10, 2), AWAY, dtype=np.int8)
    kind[:, :5, 0] = SEEN
    kind[:, 0, 0] = REAL
    nothing = np.zeros((4, 10), dtype=bool)
    found = Attendance(kind, np.zeros(kind.shape), nothing, nothing)
    assert finding(found, SIDES) == (
        "Coming to talks, Russia would sign in 4 of 20 months; Ukraine never comes"
    )
    assert finding(found, ("A", "B")).startswith("Coming to talks, A")


def test_nothing_to_draw_is_no_picture():
    assert sincerity_chart(attendance(codes=(NOT_COUNTED,)), DAYS, SIDES) is None
