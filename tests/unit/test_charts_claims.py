from __future__ import annotations

import xml.etree.ElementTree as ET

from ripeness.charts import claims_chart
from ripeness.charts.render import to_svg

CLAIMS = [
    {"id": "C01", "speaker": "An institute", "proposition": "p", "verdict": "supported",
     "holds": 3900, "of": 4096},
    {"id": "C02", "speaker": "<b>A. Author</b>", "proposition": "q", "verdict": "contradicted",
     "holds": 0, "of": 4096},
    {"id": "C03", "speaker": "B. Author", "proposition": "r", "verdict": "depends", "holds": 7,
     "of": 15},
    {"id": "C04", "speaker": None, "proposition": "s", "verdict": "untested", "holds": 0, "of": 0},
    {"id": "C05", "verdict": "a word of a later version"},
]  # fmt: skip


def test_verdicts_are_counted_and_told():
    chart = claims_chart(CLAIMS)
    assert chart.title == (
        "Of 5 claims: 1 supported, 1 contradicted, 1 dependent on the world and 2 untested"
    )
    told = [row[3] for row in chart.table.rows]
    assert told == [
        "supported: 19 of 20 worlds",
        "contradicted: none of 4,096 worlds",
        "depends: 7 of 15 worlds",
        "untested",
        "untested",
    ]
    assert chart.spec["datasets"]["figures"] == chart.table.records()


def test_untested_claims_have_no_dot():
    chart = claims_chart(CLAIMS)
    assert [row[2] is None for row in chart.table.rows] == [False, False, False, True, True]


def test_it_draws_and_escapes():
    svg = to_svg(claims_chart(CLAIMS))
    ET.fromstring(svg)
    assert "<b>" not in svg


def test_no_claims_at_all():
    chart = claims_chart([])
    assert chart.title == "No claim was tested"
    ET.fromstring(to_svg(chart))


def test_forty_claims_fit():
    many = [{**CLAIMS[0], "id": f"C{number:02d}"} for number in range(42)]
    root = ET.fromstring(to_svg(claims_chart(many)))
    assert float(root.get("height")) < 1400
