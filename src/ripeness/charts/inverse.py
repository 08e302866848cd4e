"""What would have to change: where peace comes and holds with each change, and what it costs in lives."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import name_axis, wrapped
from ripeness.charts.style import BLUE, GREEN, GREY, INK, ORANGE, nice_scale, specification
from ripeness.outcomes.words import OUT_OF, of_twenty

if TYPE_CHECKING:
    from ripeness.explore.inverse_found import Answer, Inverse
    from ripeness.scenario.model import Scenario

SHOWN: Final = 10
"""Single changes drawn, one of each lever and issue."""

AS_IT_IS, ANSWER, NEAREST, LARGER, ALONE = "as it is", "answer", "nearest", "more changes", "alone"
COLOURS: Final = {AS_IT_IS: INK, ANSWER: GREEN, NEAREST: ORANGE, LARGER: BLUE, ALONE: GREY}
SHAPES: Final = {
    AS_IT_IS: "cross", ANSWER: "diamond", NEAREST: "square", LARGER: "triangle-up", ALONE: "circle",
}  # fmt: skip

CHANGE, KIND, WORLDS = "change", "it is", "worlds"
PEACE, PEACE_LOW, PEACE_HIGH = "peace, of 20", "peace from", "peace to"
KILLED, KILLED_LOW, KILLED_HIGH = "killed, change (thousand)", "killed from", "killed to"

_PANEL: Final = 165
_CHARACTERS: Final = 40
_LONGEST: Final = 3 * (_CHARACTERS - 4)
_STEP: Final = 15
_TWO: Final = 2.0
"""Standard errors on either side that a line shows."""


@dataclass(frozen=True)
class _Row:
    name: str
    kind: str
    holds: int
    worlds: int
    killed: float
    error: float

    @property
    def share(self) -> float:
        return self.holds / self.worlds

    @property
    def spread(self) -> float:
        return _TWO * (self.share * (1.0 - self.share) / self.worlds) ** 0.5


def inverse_chart(scenario: Scenario, found: Inverse) -> Chart:
    """Draw the answers, or what comes nearest, and the best single changes.

    Args:
        scenario: the war.
        found: what an inverse search found.
    """
    rows = list(_rows(scenario, found))
    table = _table(rows)
    return Chart(
        name="inverse",
        title=_title(found),
        sentence=_sentence(found),
        spec=_spec(table, rows, found.target),
        table=table,
        alt="Points with lines, a row per change: worlds in which peace comes and holds, and lives it costs",
        method=f"Single changes: {found.base.worlds:,} worlds; all else fresh worlds, if any were played. "
        "Killed on both sides until a world ends, against no change in the same worlds with the same luck. "
        "Lines: two standard errors. Dashed: what is asked for, and no change.",
    )


def _rows(scenario: Scenario, found: Inverse) -> Iterator[_Row]:
    base = found.base
    fresh = bool(base.fresh_worlds)
    counts = (base.fresh_holds, base.fresh_worlds) if fresh else (base.holds, base.worlds)
    yield _Row("As it is", AS_IT_IS, *counts, 0.0, 0.0)
    sets = [(f"{place}. ", ANSWER, each) for place, each in enumerate(found.answers, start=1)]
    sets += [("Nearest: ", NEAREST, found.best)] if found.best else []
    sets += [("More changes: ", LARGER, found.larger)] if found.larger else []
    sets += [("", ALONE, each) for each in found.leading[:SHOWN]]
    seen: dict[str, int] = {}
    for opening, kind, each in sets:
        if not each.tried.moves:
            continue
        words = " + ".join(move.told(scenario) for move in each.tried.moves)
        name = textwrap.shorten(f"{opening}{words}", _LONGEST, placeholder=" ...")
        seen[name] = seen.get(name, 0) + 1
        yield _row(name if seen[name] == 1 else f"{name} ({seen[name]})", kind, each)


def _row(name: str, kind: str, each: Answer) -> _Row:
    tried, killed = each.tried, each.price[0]
    fresh = bool(tried.fresh_worlds) and kind != ALONE
    holds, worlds = (
        (tried.fresh_holds, tried.fresh_worlds) if fresh else (tried.holds, tried.worlds)
    )
    error = killed.error if worlds > 1 else 0.0
    return _Row(name, kind, holds, worlds, killed.change, error)


def _table(rows: Sequence[_Row]) -> Table:
    tenth = lambda value: round(OUT_OF * min(max(value, 0.0), 1.0), 2)  # noqa: E731
    columns: dict[str, list[Cell]] = {
        CHANGE: [row.name for row in rows],
        KIND: [row.kind for row in rows],
        PEACE: [tenth(row.share) for row in rows],
        PEACE_LOW: [tenth(row.share - row.spread) for row in rows],
        PEACE_HIGH: [tenth(row.share + row.spread) for row in rows],
        KILLED: [round(row.killed, 2) for row in rows],
        KILLED_LOW: [round(row.killed - _TWO * row.error, 2) for row in rows],
        KILLED_HIGH: [round(row.killed + _TWO * row.error, 2) for row in rows],
        WORLDS: [row.worlds for row in rows],
    }
    return table_of(columns)


def _title(found: Inverse) -> str:
    wanted = f"{found.target * OUT_OF:.3g} of {OUT_OF} worlds"
    if found.answers:
        size = len(found.answers[0].tried.moves)
        enough = {0: "Nothing has to change", 1: "One change is enough"}
        return f"{enough.get(size, f'{size} changes together are enough')} for peace in {wanted}"
    if found.stopped:
        return f"Stopped early: no answer yet for peace in {wanted}"
    changes = (
        "No single change brings" if found.most == 1 else f"No {found.most} changes together bring"
    )
    return f"{changes} peace in {wanted}"


def _sentence(found: Inverse) -> str:
    base, best = found.base, found.answers[0] if found.answers else found.best
    told = f"As it is, peace comes and holds in {of_twenty(base.holds, base.worlds)}"
    if best is None or not best.tried.moves or not best.tried.fresh_worlds:
        return f"{told}."
    what = "the first answer" if found.answers else "what comes nearest"
    fresh = of_twenty(best.tried.fresh_holds, best.tried.fresh_worlds)
    return f"{told}; with {what}, in {fresh} that it was not searched in."


def _spec(table: Table, rows: Sequence[_Row], target: float) -> dict[str, Any]:
    names = [row.name for row in rows]
    y = {
        "field": field(CHANGE),
        "type": "nominal",
        "sort": names,
        "axis": {**name_axis(names, _CHARACTERS), "domain": False, "ticks": False},
    }
    killed = nice_scale(
        [row.killed + way * _TWO * row.error for row in rows for way in (-1, 1)], zero=True
    )
    left = _panel(
        y, (PEACE, PEACE_LOW, PEACE_HIGH), (0.0, float(OUT_OF)), target * OUT_OF,
        ["peace comes and holds,", "worlds of 20"],
    )  # fmt: skip
    right = _panel(
        {**y, "axis": None}, (KILLED, KILLED_LOW, KILLED_HIGH), (killed.low, killed.high), 0.0,
        ["killed, thousand,", "against no change"],
    )  # fmt: skip
    lines = max(len(wrapped(name, _CHARACTERS)) for name in names)
    height = len(rows) * (_STEP * max(lines - 1, 1) + 16)
    panels = [{"width": _PANEL, "height": height, **each} for each in (left, right)]
    return specification(table, {"hconcat": panels, "spacing": 24})


def _panel(
    y: dict[str, Any],
    columns: tuple[str, str, str],
    domain: tuple[float, float],
    mark: float,
    title: list[str],
) -> dict[str, Any]:
    """Return a panel with a point and a line per change, and a dashed line to compare with."""
    middle, low, high = (field(each) for each in columns)
    scale = {"domain": list(domain), "nice": False}
    x = {
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": title, "grid": True, "tickCount": 4},
    }
    kinds = list(COLOURS)
    of_kind = lambda values: {  # noqa: E731
        "field": field(KIND), "type": "nominal", "legend": None,
        "scale": {"domain": kinds, "range": [values[kind] for kind in kinds]},
    }  # fmt: skip
    return {
        "layer": [
            {
                "data": {"values": [{"mark": mark}]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3], "opacity": 0.7},
                "encoding": {"x": {**x, "field": "mark"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.8},
                "encoding": {
                    "x": {**x, "field": low}, "x2": {"field": high}, "y": y,
                    "color": of_kind(COLOURS),
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1, "stroke": INK,
                         "strokeWidth": 0.7},
                "encoding": {
                    "x": {**x, "field": middle}, "y": y,
                    "fill": of_kind(COLOURS), "shape": of_kind(SHAPES),
                },
            },
        ]
    }  # fmt: skip
