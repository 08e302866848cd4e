"""The pictures of a draft treaty keep the promises of a chart."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

import synthetic
from ripeness.charts.draft import BEST, CHANGED, DRAFT, EDGE, Marked, draft_chart, edge_of
from ripeness.charts.draft_sides import sides_chart
from ripeness.charts.render import to_svg

AWKWARD = ('U.S. ["left"]', "A & B's {c} \\ <i>")


def packages(count: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(3)
    both = generator.integers(0, 90, count)
    return both, both * generator.random(count)


def space(count: int = 5000, marked: tuple[Marked, ...] = ()):
    both, kept = packages(count)
    edge = [
        Marked(EDGE, "Line: here", int(both[k]), float(kept[k]), False) for k in edge_of(both, kept)
    ]
    return draft_chart(
        both, kept, [*marked, *edge], 1000, "The draft is kept in 3 of 20", "So it is."
    )


MARKED = (
    Marked(DRAFT, "", 30, 12.0, True),
    Marked(BEST, 'Line: "here"; Cap: A & B', 85, 60.0, True),
    Marked(CHANGED, "Cap: none", 31, 13.0, True),
)
CASES = {
    "space": lambda: space(marked=MARKED),
    "a draft that nobody signs": lambda: space(
        marked=(Marked(DRAFT, "", 0, 0.0, True), *MARKED[1:])
    ),
    "one package": lambda: draft_chart(
        np.array([4]), np.array([0.0]), [MARKED[0]], 20, "One", "One."
    ),
    "sides": lambda: sides_chart(
        ("Russia", "Ukraine"), [(1, 2, 3, 4), (0, 0, 0, 10)], "Ten", "Ten."
    ),
    "long names": lambda: sides_chart(synthetic.LONG, [(1, 2, 3, 4), (9, 0, 1, 0)], "Ten", "Ten."),
    "awkward names": lambda: sides_chart(AWKWARD, [(1, 2, 3, 4), (9, 0, 1, 0)], "Ten", "Ten."),
}


@pytest.mark.parametrize("case", list(CASES))
def test_the_picture_keeps_its_promises(case: str) -> None:
    chart = CASES[case]()
    assert chart is not None
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|%|  ", text), text
    assert re.search(r"\d", chart.method)
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.loads(json.dumps(chart.spec, allow_nan=False))
    assert len(chart.table.rows) <= 150
    svg = to_svg(chart)
    assert float(ET.fromstring(svg).get("width", "0")) < 700
    assert not re.search(r"\bNaN\b|undefined|Infinity", svg)
    assert svg == to_svg(chart)


def test_cells_hold_every_package_that_is_signed() -> None:
    chart = space()
    assert chart is not None
    cells = chart.spec["datasets"]["cells"]
    assert sum(cell["packages"] for cell in cells) == int((packages(5000)[0] > 0).sum())


def test_nothing_is_drawn_where_nothing_is_signed() -> None:
    assert draft_chart(np.zeros(9, int), np.zeros(9), [], 20, "None", "None.") is None


def test_the_edge_is_what_no_package_beats_in_both() -> None:
    both, kept = packages(400)
    holds = np.where(both > 0, kept / np.maximum(both, 1), -1.0)
    edge = set(edge_of(both, kept).tolist())
    for place in np.flatnonzero(both):
        beaten = ((both >= both[place]) & (holds >= holds[place])).sum() > 1
        assert (place in edge) == (not beaten)
