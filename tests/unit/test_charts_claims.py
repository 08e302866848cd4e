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


def decided(verdict: str, **measured) -> dict:
    number = {
        "value": 4.0,
        "low": 3.7,
        "high": 4.2,
        "unit": "times",
        "more_than": 3.0,
        "less_than": None,
    }
    return {"id": "C09", "speaker": "S", "verdict": verdict, "holds": 30, "of": 100,
            "measured": number | measured}  # fmt: skip


def test_a_number_that_decides_stands_in_the_place_of_the_dot():
    chart = claims_chart([decided("supported"), *CLAIMS])
    row = dict(zip(chart.table.columns, chart.table.rows[0], strict=True))
    assert row["holds, of 20"] is None
    assert row["number"] == "4 times (3.7 to 4.2); it says over 3"
    assert row["in words"] == "supported, by this number"
    svg = to_svg(chart)
    ET.fromstring(svg)
    assert "4 times (3.7 to 4.2)" in svg
    assert "decides instead of the count" in chart.method
    assert "decides instead" not in claims_chart(CLAIMS).method


def test_a_share_with_a_bound_of_its_own_keeps_its_dot_and_shows_the_bound():
    share = {"unit": "", "value": 0.3, "low": 0.22, "high": 0.4}
    for more, less, says in ((0.05, None, "over 1"), (None, 0.26, "under 5.2")):
        chart = claims_chart([decided("contradicted", **share, more_than=more, less_than=less)])
        row = dict(zip(chart.table.columns, chart.table.rows[0], strict=True))
        assert row["holds, of 20"] == 6.0
        assert row["says, of 20"] == 20 * (more or less)
        assert row["in words"] == f"contradicted: 6 of 20 worlds; it says {says}"


def test_a_number_that_clears_its_bound_and_does_not_decide_says_so():
    theory = decided("depends") | {"reason": "on the theory of ending: supported under a."}
    doubt = decided("depends") | {"reason": "it follows as often without."}
    told = [row[3] for row in claims_chart([theory, doubt, decided("depends", low=2.0)]).table.rows]
    assert told == ["depends on the theory", "depends, with a doubt", "depends, by this number"]


def test_a_verdict_that_would_not_stand_among_all_is_marked():
    at_once = {"remain": ["C02"], "fall": ["C01"]}
    rows = claims_chart(CLAIMS, at_once).table.rows
    assert [row[6] for row in rows] == ["would depend", "remains", None, None, None]
    assert rows[0][3] == "supported alone, not at once: 19 of 20 worlds"
