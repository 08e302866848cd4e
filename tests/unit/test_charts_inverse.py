"""The picture of an inverse search keeps the promises of a chart."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

import fixtures
from planted_moves import names_of, planted
from ripeness.charts.inverse import ALONE, ANSWER, AS_IT_IS, NEAREST, inverse_chart
from ripeness.charts.render import to_svg
from ripeness.explore.inverse import search

SOME = ("crimea", "leader_costs", "observers", "optimism")


def drawn(rule, war=None, **more):
    war = war or fixtures.ukraine()
    stage = {name: more.pop(name) for name in ("stop_after", "killed") if name in more}
    with planted(lambda moves, fresh: rule(names_of(moves)), **stage):
        asks = {"target": 0.5, "worlds": 48, "only": SOME, "most": 2} | more
        return inverse_chart(war, search(war, **asks))


def awkward():
    war = fixtures.ukraine()
    lever = war.levers["optimism"].model_copy(update={"label": 'A & B\'s {c} \\ <i> ["d"] ' * 4})
    return war.model_copy(update={"levers": war.levers | {"optimism": lever}})


CASES = {
    "answers": lambda: drawn(lambda names: 0.7 if "optimism" in names else 0.2),
    "none": lambda: drawn(lambda names: 0.2 + 0.05 * len(names)),
    "more": lambda: drawn(lambda names: 0.1 + 0.15 * len(names)),
    "nothing": lambda: drawn(lambda names: 0.9),
    "stopped": lambda: drawn(lambda names: 0.2, stop_after=1),
    "one world": lambda: drawn(lambda names: 0.3, worlds=1),
    "awkward": lambda: drawn(lambda names: 0.7 if names else 0.1, awkward()),
}


@pytest.mark.parametrize("case", list(CASES))
def test_the_picture_keeps_its_promises(case):
    chart = CASES[case]()
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|%|  ", text), text
    assert not chart.title.endswith(".")
    assert chart.sentence.endswith(".")
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.loads(json.dumps(chart.spec, allow_nan=False))
    svg = to_svg(chart)
    assert float(ET.fromstring(svg).get("width", "0")) < 700
    assert not re.search(r"\bNaN\b|undefined|Infinity", svg)
    assert svg == to_svg(chart)


def test_a_row_each_for_the_war_as_it_is_the_answers_and_the_best_of_each_lever():
    killed = lambda moves: 80.0 if "optimism" in names_of(moves) else 100.0  # noqa: E731
    chart = drawn(lambda names: 0.7 if "optimism" in names else 0.2, killed=killed)
    kinds = [row[chart.table.columns.index("it is")] for row in chart.table.rows]
    assert kinds == [AS_IT_IS, ANSWER, *[ALONE] * 4]
    answer = dict(zip(chart.table.columns, chart.table.rows[1], strict=True))
    assert answer["killed, change (thousand)"] == pytest.approx(-20.0)
    assert answer["worlds"] == 96
    assert answer["peace from"] < answer["peace, of 20"] < answer["peace to"]
    nearest = drawn(lambda names: 0.2 + 0.05 * len(names))
    assert NEAREST in [row[1] for row in nearest.table.rows]
