"""Every registered chart keeps the promises of a chart, on every kind of outcomes."""

from __future__ import annotations

import functools
import json
import math
import re
import xml.etree.ElementTree as ET

import pytest

import synthetic
from ripeness.charts import CHARTS, Chart
from ripeness.charts.render import svg_to_png, to_svg

# Drawing takes longer than building.
DRAWN = ("mixed", "one world with holes", "long names", "awkward names")
MOST_ROWS = 150  # a specification holds months or rules, never worlds
WIDEST = 700  # pixels; the text of an A4 page is 680 wide, and the page scales what is wider


@functools.cache
def outcomes(case: str):
    return synthetic.CASES[case]()


@functools.cache
def built(name: str, case: str) -> Chart:
    return CHARTS[name](outcomes(case))


every_chart = pytest.mark.parametrize("name", list(CHARTS))
every_case = pytest.mark.parametrize("case", list(synthetic.CASES))


def test_the_charts_of_the_first_answer_are_registered():
    assert set(CHARTS) >= {
        "endings", "survival", "weeks", "front", "losses", "zone", "expectations", "rules",
        "manpower",
    }  # fmt: skip


@every_chart
@every_case
def test_a_chart_says_a_finding_in_words(name, case):
    chart = built(name, case)
    assert chart.name == name
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|%|  ", text), text
    assert not chart.title.endswith(".")
    assert chart.sentence.endswith(".")
    assert chart.title[0].isupper()
    assert re.search(r"\d", chart.method), "the method says how many worlds"


@every_chart
@every_case
def test_the_table_is_what_is_drawn(name, case):
    chart = built(name, case)
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert chart.spec["data"] == {"name": "figures"}
    assert chart.table.rows
    assert len(set(chart.table.columns)) == len(chart.table.columns)


@every_chart
@every_case
def test_a_specification_is_small_and_is_json(name, case):
    spec = built(name, case).spec
    assert json.loads(json.dumps(spec, allow_nan=False))
    assert sum(len(rows) for rows in spec["datasets"].values()) < MOST_ROWS
    for row in spec["datasets"]["figures"]:
        assert not any(isinstance(cell, float) and math.isinf(cell) for cell in row.values())


@every_chart
@every_case
def test_a_chart_fetches_nothing(name, case):
    addresses = set(re.findall(r"https?://[^\"\s]+", json.dumps(built(name, case).spec)))
    assert addresses == {built(name, case).spec["$schema"]}


@every_chart
def test_a_chart_is_a_pure_function(name):
    before = outcomes("holes").copy(deep=True)
    first, second = CHARTS[name](outcomes("holes")), CHARTS[name](outcomes("holes"))
    assert first == second
    assert before.identical(outcomes("holes"))


@every_chart
@pytest.mark.parametrize("case", DRAWN)
def test_a_chart_draws_without_a_browser(name, case):
    svg = to_svg(built(name, case))
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == built(name, case).alt
    assert float(root.get("width")) < WIDEST
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert all(element.startswith(name) for element in ids), "ids of two pictures may not clash"
    assert not re.search(r"\bNaN\b|undefined|Infinity", svg)
    assert svg == to_svg(built(name, case)), "the same chart gives the same bytes"


def test_a_picture_turns_into_pixels():
    assert svg_to_png(to_svg(built("rules", "mixed"), titled=True)).startswith(b"\x89PNG")
