"""What decided the ending: worlds by the rule that ended them, most frequent first."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Chart, Table, table_of
from ripeness.charts.labels import name_axis
from ripeness.charts.reading import meanings, require, sentence_case, worlds_of
from ripeness.charts.style import BLUE, of_twenty_axis, specification
from ripeness.outcomes.words import of_twenty

RULE, WORLDS, TOLD = "rule", "worlds", "in words"
UNNAMED: Final = "no rule recorded"
_CHARACTERS = 44  # of a line of a rule's name
_BARS = 345  # pixels


@CHARTS.register("rules")
def build(data: xr.Dataset) -> Chart:
    """Draw a bar per rule."""
    require(data, "rule")
    worlds, counts = worlds_of(data), worlds_by_rule(data)
    table = table_of(
        {
            RULE: list(counts),
            WORLDS: list(counts.values()),
            TOLD: [of_twenty(count, worlds) for count in counts.values()],
        }
    )
    first, number = next(iter(counts.items()))
    most = number > worlds / 2
    warning = " One rule ends most worlds: look at its parameters before anything else."
    return Chart(
        name="rules",
        title=f"Most often it is decided so: {_short(first)}, in {of_twenty(number, worlds)}",
        sentence=f"{_told(counts, worlds)}{warning if most and len(counts) > 1 else ''}",
        spec=_spec(table, worlds),
        table=table,
        alt="Bars: worlds by the rule that ended them",
        method=f"{worlds:,} worlds, each counted once, by the rule that brought its final state.",
    )


def worlds_by_rule(data: xr.Dataset) -> dict[str, int]:
    """Return how many worlds each rule ended, most first, rules that ended none left out."""
    names = meanings(data, "rule", "rules")
    index = data["rule"].values.astype(int)
    counts: dict[str, int] = {}
    for place, number in zip(*np.unique(index, return_counts=True), strict=True):
        name = names[place] if 0 <= place < len(names) else UNNAMED
        counts[name] = counts.get(name, 0) + int(number)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _short(rule: str) -> str:
    """Return a rule's name without its explanation."""
    return rule.split(":")[0].strip()


def _told(counts: dict[str, int], worlds: int) -> str:
    """Say the most frequent rules in words."""
    parts = [
        f"{_short(name)} in {of_twenty(number, worlds)}"
        for name, number in list(counts.items())[:4]
    ]
    return sentence_case("; ".join(parts)) + "."


def _spec(table: Table, worlds: int) -> dict[str, Any]:
    rules = [str(row[0]) for row in table.rows]
    y = {
        "field": RULE,
        "type": "nominal",
        "sort": rules,
        "axis": name_axis(rules, _CHARACTERS),
    }
    x = {
        "field": WORLDS,
        "type": "quantitative",
        "scale": {"domain": [0, worlds], "nice": False},
        "axis": {**of_twenty_axis(worlds, "worlds"), "grid": True},
    }
    text = {"field": TOLD, "type": "nominal"}
    bar = {"mark": {"type": "bar", "color": BLUE, "height": 20}, "encoding": {"x": x, "y": y}}
    right = {"mark": {"type": "text", "align": "left", "dx": 6}}
    right["encoding"] = {"x": x, "y": y, "text": text}
    view = {"width": _BARS, "height": {"step": 38}, "layer": [bar, right]}
    return specification(table, view)
