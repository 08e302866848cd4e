"""Signing against holding over the kinds of guarantee: what would hold, and what would be signed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.guarantee_finding import finding, sentence
from ripeness.charts.guarantee_labels import Mark, placed
from ripeness.charts.labels import axis_title
from ripeness.charts.reading import rounded, sentence_case, side_names
from ripeness.charts.style import BLUE, GREEN, GREY, INK, nice_scale, specification
from ripeness.claims.interval import wilson
from ripeness.explore.guarantee_arms import NONE
from ripeness.explore.guarantee_reading import FEW, Kinds, kinds_in
from ripeness.outcomes.words import OUT_OF

WIDTH: Final = 585
HEIGHT: Final = 360

KIND, BOTH, SIGN, SIGN_LOW, SIGN_HIGH = (
    "guarantee", "both sign, worlds", "both sign, of 20", "both sign, from", "both sign, to",
)  # fmt: skip
KEPT, HOLDS, HOLDS_LOW, HOLDS_HIGH, ROLE = (
    "signed and holds, worlds", "holds, of 20 that sign", "holds, from", "holds, to", "shown as",
)  # fmt: skip
BEST, WITHOUT, OTHER, UNSURE = (
    "best compromise", "no guarantor", "a guarantee", f"signed in fewer than {FEW} worlds",
)  # fmt: skip
COLOURS: Final = {BEST: GREEN, WITHOUT: GREY, OTHER: BLUE, UNSURE: "white"}
SHAPES: Final = {BEST: "square", WITHOUT: "diamond", OTHER: "circle", UNSURE: "circle"}


def guarantees_chart(data: xr.Dataset) -> Chart | None:
    """Draw every kind of guarantee by how often both sides sign with it, and how often it then holds.

    Args:
        data: outcomes of a run.

    Returns:
        None if the war has no guarantors, or no world signs anything.
    """
    kinds = kinds_in(data)
    if kinds is None or not kinds.both.any():
        return None
    sides = side_names(data)
    table = _table(kinds, sides)
    return Chart(
        name="guarantees",
        title=finding(kinds, sides),
        sentence=sentence(kinds, sides),
        spec=_spec(table, kinds),
        table=table,
        alt="Points: kinds of guarantee by the worlds in which both sides sign and in which it then holds",
        method=_method(kinds),
    )


def label_of(name: str) -> str:
    """Return what a kind is called in a sentence of its own."""
    return "No guarantor" if name == NONE else sentence_case(name)


def roles_of(kinds: Kinds) -> list[str]:
    """Return how each kind is shown."""
    few = kinds.both.sum(axis=1) < FEW
    return [
        BEST if row == kinds.best else WITHOUT if name == NONE else UNSURE if few[row] else OTHER
        for row, name in enumerate(kinds.names)
    ]


def _method(kinds: Kinds) -> str:
    lost = kinds.tried - kinds.worlds
    left = f" ({lost:,} more had ended or signed by then)" if lost else ""
    return (
        f"{kinds.worlds:,} worlds{left}, the same with the same luck for every kind. Each is tried alone, the "
        "rest of the deal being the best that the two sides find with it; signing is read off what each would "
        f"sign for on the first day, red lines included. Holding is played for {kinds.years} years from the "
        "signature by the war's own decisions: ratified, and broken by nobody. Thin lines: where 19 of 20 "
        "repetitions would lie (Wilson 1927). On a dashed line as many worlds sign and hold. A kind with "
        "several levels is in each world the one that brings the sides nearest."
    )


def _table(kinds: Kinds, sides: list[str]) -> Table:
    columns: dict[str, list[Cell]] = {
        name: []
        for name in (
            KIND, BOTH, SIGN, SIGN_LOW, SIGN_HIGH, KEPT, HOLDS, HOLDS_LOW, HOLDS_HIGH,
            *(_signs(side) for side in sides), ROLE,
        )
    }  # fmt: skip
    for row, (name, role) in enumerate(zip(kinds.names, roles_of(kinds), strict=True)):
        both, kept = int(kinds.both[row].sum()), int(kinds.kept[row].sum())
        share = [both / kinds.worlds, *wilson(both, kinds.worlds)]
        hold = [kept / both, *wilson(kept, both)] if both else [float("nan")] * 3
        cells: list[Cell] = [
            label_of(name), both, *(rounded(OUT_OF * each) for each in share), kept,
            *(rounded(OUT_OF * each) for each in hold), *map(int, kinds.signs[row].sum(axis=1)), role,
        ]  # fmt: skip
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return table_of(columns)


def _signs(side: str) -> str:
    return f"{side} would sign, worlds"


def _spec(table: Table, kinds: Kinds) -> dict[str, Any]:
    column = {name: [row[place] for row in table.rows] for place, name in enumerate(table.columns)}
    widest = nice_scale(np.array([0.0, *column[SIGN_HIGH]], dtype=float), zero=True).high
    most = min(float(widest), float(OUT_OF))
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, most], "nice": False},
        "axis": {"title": f"both sides sign, of {OUT_OF} worlds", "grid": False, "tickCount": 6},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, OUT_OF], "nice": False},
        "axis": {
            "values": [0, 5, 10, 15, 20],
            **axis_title(f"holds for {kinds.years} years, of {OUT_OF} worlds in which both sign"),
        },
    }
    names = _placed_names(column, most)
    curves, ends = _equal(kinds, most)
    layers = [*_curves(x, y), *_ranges(x, y), *_marks(x, y), *_names()]
    view = {"width": WIDTH, "height": HEIGHT, "layer": layers}
    return specification(table, view, names=names, equal=curves, ends=ends)


def _placed_names(column: dict[str, list[Any]], most: float) -> list[dict[str, Any]]:
    """Return the names of the kinds and where they stand, none on another, on a mark or on a range."""
    across = lambda value: WIDTH * value / most  # noqa: E731
    down = lambda value: HEIGHT * (1 - value / OUT_OF)  # noqa: E731
    marks, ranges, words = [], [], {}
    for row in zip(*(column[name] for name in (KIND, BOTH, SIGN, HOLDS, ROLE)), strict=True):
        name, both, sign, hold, role = row
        if not both:
            continue
        place = column[KIND].index(name)
        marks.append(Mark(name, across(sign), down(hold)))
        words[name] = f"{name}: {BEST}" if role == BEST else name
        ends = [column[key][place] for key in (SIGN_LOW, SIGN_HIGH, HOLDS_LOW, HOLDS_HIGH)]
        ranges.append((across(ends[0]), down(hold) - 1, across(ends[1]), down(hold) + 1))
        ranges.append((across(sign) - 1, down(ends[3]), across(sign) + 1, down(ends[2])))
    return [
        {
            "text": words[each.name], "x": each.x, "y": each.y, "to_x": each.to_x, "to_y": each.to_y,
            "align": each.align, "bold": BEST in words[each.name],
        }
        for each in placed(marks, words, ranges, (WIDTH, HEIGHT))
    ]  # fmt: skip


def _equal(kinds: Kinds, most: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the lines on which as many worlds sign and hold, and where they are named."""
    top = OUT_OF * kinds.kept.sum(axis=1).max() / kinds.worlds
    step = next((each for each in (2.0, 1.0, 0.5, 0.2, 0.1) if 2.0 * each <= top), 0.05)
    curves, ends = [], []
    for product in (number * step for number in range(1, 5)):
        if product >= most:
            break
        curves += [
            {"x": round(x, 4), "y": round(OUT_OF * product / x, 4), "product": product}
            for x in np.geomspace(product, most, 40).tolist()
        ]
        end = {
            "x": most,
            "y": round(OUT_OF * product / most, 4),
            "text": f"= {product:g} of {OUT_OF}",
        }
        ends.append(end)
    return curves, ends


def _curves(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of the lines of equal product and of their names."""
    return [
        {
            "data": {"name": "equal"},
            "mark": {"type": "line", "color": INK, "strokeDash": [4, 3], "strokeWidth": 1, "opacity": 0.45},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "detail": {"field": "product", "type": "nominal"},
            },
        },
        {
            "data": {"name": "ends"},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "opacity": 0.8},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]  # fmt: skip


def _ranges(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the layers of the ranges in both directions."""
    rule = {"type": "rule", "color": INK, "strokeWidth": 1, "opacity": 0.3}
    there = [{"filter": f"isValid(datum['{field(HOLDS)}'])"}]
    return [
        {
            "transform": there, "mark": rule,
            "encoding": {
                "x": {**x, "field": field(SIGN)},
                "y": {**y, "field": field(HOLDS_LOW)}, "y2": {"field": field(HOLDS_HIGH)},
            },
        },
        {
            "transform": there, "mark": rule,
            "encoding": {
                "x": {**x, "field": field(SIGN_LOW)}, "x2": {"field": field(SIGN_HIGH)},
                "y": {**y, "field": field(HOLDS)},
            },
        },
    ]  # fmt: skip


def _marks(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the layer of the marks, told apart by shape and filling as well as by colour."""
    roles = list(COLOURS)
    scale = lambda values: {"domain": roles, "range": [values[role] for role in roles]}  # noqa: E731
    what = {"field": field(ROLE), "type": "nominal", "legend": None}
    return [
        {
            "transform": [{"filter": f"isValid(datum['{field(HOLDS)}'])"}],
            "mark": {
                "type": "point", "filled": True, "opacity": 1, "stroke": INK, "strokeWidth": 1, "size": 110,
            },
            "encoding": {
                "x": {**x, "field": field(SIGN)},
                "y": {**y, "field": field(HOLDS)},
                "fill": {**what, "scale": scale(COLOURS)},
                "shape": {**what, "scale": scale(SHAPES)},
            },
        }
    ]  # fmt: skip


def _names() -> list[dict[str, Any]]:
    """Return the layers of the names, each joined to its mark."""
    pixels = lambda name: {"field": name, "type": "quantitative", "scale": None, "axis": None}  # noqa: E731
    line = {
        "data": {"name": "names"},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 0.8, "opacity": 0.6},
        "encoding": {
            "x": pixels("x"), "y": pixels("y"), "x2": {"field": "to_x"}, "y2": {"field": "to_y"},
        },
    }  # fmt: skip
    words = [
        {
            "data": {"name": "names"},
            "transform": [{"filter": f"datum.align === '{align}' && datum.bold === {str(bold).lower()}"}],
            "mark": {
                "type": "text", "align": align, "baseline": "middle", "dx": 2 if align == "left" else -2,
                "fontWeight": "bold" if bold else "normal",
            },
            "encoding": {
                "x": pixels("to_x"), "y": pixels("to_y"), "text": {"field": "text", "type": "nominal"},
            },
        }
        for align in ("left", "right")
        for bold in (False, True)
    ]  # fmt: skip
    return [line, *words]
