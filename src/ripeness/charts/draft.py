"""Signing against holding: every package as a point, the draft and the best compromise marked.

Packages are drawn as cells, larger where more lie; those on the edge, which no other package beats in both,
are in the table with the marked ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, wrapped
from ripeness.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE_HEIGHT,
    VERMILLION,
    WIDTH,
    nice_scale,
    specification,
)
from ripeness.outcomes.words import OUT_OF

PLOT_HEIGHT: Final = 300
CELLS: Final = 40
"""Cells along each axis."""

DRAFT, BEST, EDGE, CHANGED = "the draft", "best compromise", "on the edge", "best single change"
COLOURS: Final = {DRAFT: VERMILLION, BEST: GREEN, CHANGED: BLUE, EDGE: GREY}
SHAPES: Final = {DRAFT: "diamond", BEST: "square", CHANGED: "triangle-up", EDGE: "circle"}

KIND, TERMS, SIGNED, HOLDS, KEPT, HOW = (
    "package",
    "differs from the draft in",
    "both sign, worlds",
    f"kept, of {OUT_OF} that sign",
    "signed and kept, worlds",
    "kept is",
)


@dataclass(frozen=True)
class Marked:
    """A package with a mark of its own.

    Attributes:
        kind: what it is, one of ``COLOURS``.
        terms: what it differs in from the draft.
        both: worlds in which both sides sign it.
        kept: of them, worlds in which it is kept.
        played: whether that was played; if not, it is estimated.
    """

    kind: str
    terms: str
    both: int
    kept: float
    played: bool


def draft_chart(
    both: np.ndarray,
    kept: np.ndarray,
    marked: Sequence[Marked],
    worlds: int,
    title: str,
    sentence: str,
) -> Chart | None:
    """Draw all packages by how often they are signed, and how often they are then kept.

    Args:
        both: worlds in which both sides sign, per package.
        kept: estimated worlds among them in which it is kept, per package.
        marked: packages to mark, those on the edge included.
        worlds: number of worlds.
        title: the finding.
        sentence: what else there is to say.

    Returns:
        None if no package is signed in any world.
    """
    signed = both > 0
    if not signed.any():
        return None
    table = _table(marked)
    return Chart(
        name="draft",
        title=title,
        sentence=sentence,
        spec=_spec(table, both[signed], kept[signed], marked),
        table=table,
        alt="Points: packages by the worlds in which both sides sign and those in which it is then kept",
        method=f"{worlds:,} worlds, {len(both):,} packages, of which {int(signed.sum()):,} are signed in some "
        "world. Signing is read off what each side would sign for on the day. Whether a package is kept "
        "was played for the draft, the best compromise and the best single change; for all others it is "
        "estimated from some that were played. The best compromise was chosen among those that look best and "
        "then played with other luck. The dashed line joins what is signed and kept in as many "
        "worlds as the best compromise.",
    )


def edge_of(both: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Return the packages that no other beats in both signing and holding, most signed first."""
    holds = np.where(both > 0, kept / np.maximum(both, 1), -1.0)
    order = np.lexsort((-holds, -both))
    best = np.maximum.accumulate(np.concatenate([[-1.0], holds[order][:-1]]))
    keeps = (holds[order] > best) & (both[order] > 0)
    return order[keeps]


def _table(marked: Sequence[Marked]) -> Table:
    share = lambda each: round(OUT_OF * each.kept / each.both, 2) if each.both else None  # noqa: E731
    columns: dict[str, list[Cell]] = {
        KIND: [each.kind for each in marked],
        TERMS: [each.terms for each in marked],
        SIGNED: [each.both for each in marked],
        HOLDS: [share(each) for each in marked],
        KEPT: [round(each.kept, 1) for each in marked],
        HOW: ["played" if each.played else "estimated" for each in marked],
    }
    return table_of(columns)


def _spec(
    table: Table, both: np.ndarray, kept: np.ndarray, marked: Sequence[Marked]
) -> dict[str, Any]:
    most = max([int(both.max()), *(each.both for each in marked)])
    x_scale = nice_scale(np.array([0, most]), zero=True, height=WIDTH)
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, x_scale.high], "nice": False},
        "axis": {"title": "worlds in which both sides sign", "grid": False, "tickCount": 8},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, OUT_OF], "nice": False},
        "axis": {
            "values": [0, 5, 10, 15, 20],
            **axis_title(f"kept for five years, of {OUT_OF} worlds that sign"),
        },
    }
    names, cells = _cells(both, kept, x_scale.high), "cells"
    layers = [_cloud(x, y, cells), *_marks(x, y)]
    datasets: dict[str, Any] = {cells: names, "labels": _labels(marked, x_scale.high)}
    best = next((each for each in marked if each.kind == BEST and each.kept > 0), None)
    if best is not None:
        datasets["equal"] = _equal(best.kept, x_scale.high)
        layers.insert(0, _curve(x, y))
    layers += _texts(x, y)
    view = {"width": WIDTH + 90, "height": PLOT_HEIGHT, "layer": layers}
    return specification(table, view, **datasets)


def _cells(both: np.ndarray, kept: np.ndarray, most: float) -> list[dict[str, Any]]:
    """Return the cells of the plane in which packages lie, and how many in each."""
    wide, high = most / CELLS, OUT_OF / CELLS
    column = np.floor(both / wide).astype(int)
    row = np.floor(np.minimum(OUT_OF * kept / both, OUT_OF - 1e-9) / high).astype(int)
    cells, number = np.unique(np.stack([column, row]), axis=1, return_counts=True)
    return [
        {
            "x": round(float((c + 0.5) * wide), 4),
            "y": round(float((r + 0.5) * high), 4),
            "packages": int(n),
        }
        for c, r, n in zip(*cells, number, strict=True)
    ]


def _equal(kept: float, most: float) -> list[dict[str, Any]]:
    """Return the line on which as many worlds sign and keep."""
    x = np.linspace(kept, most, 60)
    return [{"x": round(float(each), 3), "y": round(float(OUT_OF * kept / each), 3)} for each in x]


def _curve(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "equal"},
        "mark": {
            "type": "line",
            "color": INK,
            "strokeDash": [4, 3],
            "strokeWidth": 1,
            "opacity": 0.7,
        },
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
    }


def _cloud(x: dict[str, Any], y: dict[str, Any], cells: str) -> dict[str, Any]:
    size = {"field": "packages", "type": "quantitative", "legend": None}
    return {
        "data": {"name": cells},
        "mark": {"type": "circle", "color": GREY, "opacity": 0.45},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "y"},
            "size": {**size, "scale": {"type": "sqrt", "range": [8, 90]}},
        },
    }


def _marks(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = list(COLOURS)
    scale = lambda values: {"domain": kinds, "range": [values[kind] for kind in kinds]}  # noqa: E731
    what = {"field": field(KIND), "type": "nominal", "legend": None}
    large = {"test": f"datum['{field(KIND)}'] === '{EDGE}'", "value": 22}
    return [
        {
            "transform": [{"filter": f"isValid(datum['{field(HOLDS)}'])"}],
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "stroke": INK,
                "strokeWidth": 0.8,
            },
            "encoding": {
                "x": {**x, "field": field(SIGNED)},
                "y": {**y, "field": field(HOLDS)},
                "fill": {**what, "scale": scale(COLOURS)},
                "shape": {**what, "scale": scale(SHAPES)},
                "size": {"condition": large, "value": 140},
            },
        }
    ]


def _labels(marked: Sequence[Marked], most: float) -> list[dict[str, Any]]:
    """Return the names of the marked packages beside their marks, none on another."""
    named = [each for each in marked if each.kind != EDGE and each.both]
    rows: list[dict[str, Any]] = []
    for each in sorted(named, key=lambda each: each.kept / each.both):
        y = OUT_OF * each.kept / each.both
        clash = [row for row in rows if abs(row["x"] - each.both) < 0.25 * most]
        step = OUT_OF * LINE_HEIGHT / PLOT_HEIGHT
        at = max([y, *(row["to"] + step for row in clash)])
        rows.append({"x": each.both, "y": y, "to": at, "text": wrapped(each.kind, 30)[0]})
    return [{**row, "left": row["x"] > 0.75 * most} for row in rows]


def _texts(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the layers that write the names: to the right of a mark, or to its left near the edge."""
    return [
        {
            "data": {"name": "labels"},
            "transform": [{"filter": f"datum.left === {str(left).lower()}"}],
            "mark": {
                "type": "text", "align": "right" if left else "left", "baseline": "middle",
                "dx": -11 if left else 11, "fontWeight": "bold",
            },
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "to"},
                "text": {"field": "text", "type": "nominal"},
            },
        }
        for left in (False, True)
    ]  # fmt: skip
