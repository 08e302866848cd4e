"""The pictures of an explanation keep the promises of charts."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from ripeness.brief.explained import Explanation, Section, render, write_explanation
from ripeness.charts.delay import delay_chart
from ripeness.charts.foresight import foresight_chart
from ripeness.charts.frictions import gap_chart, months_chart
from ripeness.charts.render import to_svg
from ripeness.explore.decompose import STATISTICS, Decomposition
from ripeness.explore.delay import Delay
from ripeness.explore.foresight import Foresight

WORLDS = 60
SIDES = ("Russia", "Ukraine")
AWKWARD = ('U.S. ["left"]', "A & B's {c} \\ <i>")
NAMES = ("information", "commitment", "patrons")
LABELS = {
    "information": "Uncertainty", "commitment": "Breakable <settlements>", "patrons": "Patrons",
}  # fmt: skip
DAYS = np.datetime64("2025-07-01") + np.arange(66) * np.timedelta64(28, "D")


def decomposition(worlds: int = WORLDS, effect: float = 4.0, gap: float = 0.05) -> Decomposition:
    generator = np.random.default_rng(7)
    luck = generator.random((1, worlds))
    removed = np.array([code.bit_count() for code in range(8)])[:, None]
    values = {name: np.zeros((8, worlds)) for name in STATISTICS}
    values["months_of_war"] = 40 + 10 * luck - effect * removed * luck
    values["spared_by_agreement"] = 65 - values["months_of_war"]
    values["spared_by_victory"] = (
        np.array([(code & 4) / 2 for code in range(8)])[:, None] + 0 * luck
    )
    values["spared_by_agreement"] -= values["spared_by_victory"]
    values["gap"] = np.clip(gap * luck - 0.01 * removed, 0, 1)
    return Decomposition(NAMES, values)


def delay(worlds: int = WORLDS, months: int = 66) -> Delay:
    generator = np.random.default_rng(7)
    drift = 0.001 * np.arange(months)[None, :, None] * np.array([1.0, -1.2])
    gain = drift * generator.random((worlds, 1, 1)) * 2
    gain[::3] = np.nan
    cost = np.full((worlds, 2), 0.06)
    told = tuple(month for month in (6, 13) if month < months)
    return Delay(gain, -gain, cost, np.full((worlds, 2), 4e5), told)


def foresight(worlds: int = WORLDS, months: int = 66) -> Foresight:
    generator = np.random.default_rng(7)
    true = np.array([8000.0, -8000.0]) * generator.random((worlds, months, 2))
    true[:, months * 2 // 3 :] = np.nan
    return Foresight(true + np.array([-500.0, 3000.0]), true)


CHARTS = {
    "months": lambda: months_chart(decomposition(), LABELS),
    "months, one world": lambda: months_chart(decomposition(1), LABELS),
    "months, nothing": lambda: months_chart(decomposition(effect=0.0), LABELS),
    "gap": lambda: gap_chart(decomposition(), LABELS),
    "gap, none to close": lambda: gap_chart(decomposition(gap=0.0), LABELS),
    "delay": lambda: delay_chart(delay(), DAYS, SIDES),
    "delay, awkward": lambda: delay_chart(delay(), DAYS, AWKWARD),
    "delay, short": lambda: delay_chart(delay(months=8), DAYS[:8], SIDES),
    "foresight": lambda: foresight_chart(foresight(), DAYS, SIDES),
    "foresight, awkward": lambda: foresight_chart(foresight(), DAYS, AWKWARD),
    "foresight, few worlds": lambda: foresight_chart(foresight(3), DAYS, SIDES),
}


@pytest.mark.parametrize("case", list(CHARTS))
def test_the_promises_of_a_chart(case):
    chart = CHARTS[case]()
    assert chart is not None
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b(?! of these)|\binf\b|%|  ", text), text
    assert chart.title[0].isupper()
    assert not chart.title.endswith(".")
    assert chart.sentence.endswith(".")
    assert re.search(r"\d", chart.method)
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.dumps(chart.spec, allow_nan=False)
    assert sum(len(rows) for rows in chart.spec["datasets"].values()) < 150
    svg = to_svg(chart)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert float(root.get("width")) < 700
    assert not re.search(r"\bNaN\b|undefined|Infinity|<i>", svg)
    assert CHARTS[case]() == chart


def test_bars_and_what_is_left_add_to_what_it_is():
    for chart in (CHARTS["months"](), CHARTS["gap"]()):
        kind, mean = (chart.table.columns.index(name) for name in ("kind", "mean"))
        whole = [row[mean] for row in chart.table.rows if row[kind] == "whole"]
        rest = [row[mean] for row in chart.table.rows if row[kind] != "whole"]
        assert sum(rest) == pytest.approx(whole[0], abs=1e-3)
    ways = [i for i, name in enumerate(CHARTS["months"]().table.columns) if name.startswith("by ")]
    assert len(ways) == 2


def test_a_friction_that_only_kept_a_side_from_winning_is_told_as_such():
    chart = months_chart(decomposition(effect=2.0), LABELS)
    assert "patrons (without, a side wins sooner)" in chart.title
    assert "uncertainty (without" not in chart.title


def test_nothing_to_measure_is_no_picture():
    found = decomposition()
    found.values["gap"][:] = 1.0
    assert gap_chart(found, LABELS) is None
    assert (
        delay_chart(
            Delay(*(np.full((3, 9, 2), np.nan),) * 2, np.ones((3, 2)), np.ones((3, 2)), (6,)),
            DAYS[:9],
            SIDES,
        )
        is None
    )
    nothing = np.full((3, 9, 2), np.nan)
    assert foresight_chart(Foresight(nothing, nothing), DAYS[:9], SIDES) is None


def test_the_page_is_whole_and_escapes_what_it_is_given(tmp_path):
    section = Section(
        "<script>alert(1)</script>",
        ("a & b",),
        (CHARTS["delay, awkward"](),),
        (("July 2025", "<b>x"),),
    )
    page = Explanation("T <i>", "facts", "answer", (section,), "ripeness explain 'a b'")
    text = render(page)
    assert "<script" not in text
    assert "<b>x" not in text
    assert "&lt;i&gt;" in text
    assert "Content-Security-Policy" in text
    assert 'id="table-delay"' in text
    path = write_explanation(page, tmp_path / "new" / "page.html")
    assert path.read_text(encoding="utf-8") == text
    assert [each.name for each in path.parent.iterdir()] == ["page.html"]
