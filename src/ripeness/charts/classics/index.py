"""How many numbers of the classics are checked, and against what."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.picture import PICTURES, Picture, figures, numbers
from ripeness.charts.labels import name_axis
from ripeness.charts.style import BLUE, ORANGE, specification
from ripeness.classics import Row, benchmark_table

GROUP, PUBLISHED, DERIVED, AGREE = "what it explains", "published", "derived", "agree"
GROUPS = {
    "nobody knows, or both are wrong": (
        "B01",
        "B02",
        "B05",
        "B17",
        "B18",
        "B21",
        "B23",
        "B24",
        "B25",
        "B31",
    ),
    "promises are not believed": ("B06", "B10", "B13", "B14", "B14b"),
    "what deals look like": ("B07", "B08a", "B08c", "B09", "B19"),
    "who holds out": ("B26", "B27", "B30", "B38"),
    "forces and battles": ("B16", "B32", "B34"),
    "the method itself": ("B36", "B37"),
}
"""Rows of the benchmark sheet, grouped as the pages are."""


@PICTURES.register("index")
def build() -> Picture:
    """Draw the number of checked figures by group, published and derived."""
    rows = benchmark_table()
    table = _figures(rows)
    agree = sum(row.ok for row in rows)
    published = sum(row.origin == "published" for row in rows)
    how = "All" if agree == len(rows) else f"{agree} of"
    return Picture(
        Chart(
            name="index",
            title=f"{how} {len(rows)} checked numbers agree with their sources or with "
            "independent derivations",
            sentence=f"{published} numbers are in the source cited; {len(rows) - published} were "
            "worked out for a special case. A number agrees if it is within half a unit of the "
            "last digit printed, as a rule.",
            spec=_spec(table),
            table=table,
            alt="Bars: checked numbers by what the models explain, published and derived",
            method="The benchmark table, `ripeness.classics.benchmark_table()`. Shifting power is "
            "checked in the tests, but not on the sheet.",
        ),
    )


def _figures(rows: list[Row]) -> Table:
    columns: dict[str, list[Any]] = {GROUP: list(GROUPS), PUBLISHED: [], DERIVED: [], AGREE: []}
    known = {name for names in GROUPS.values() for name in names}
    missing = {row.id for row in rows} - known
    if missing:
        raise ValueError(f"give these rows of the benchmark sheet a group: {sorted(missing)}")
    for names in GROUPS.values():
        member = [row for row in rows if row.id in names]
        columns[PUBLISHED].append(sum(row.origin == "published" for row in member))
        columns[DERIVED].append(sum(row.origin == "derived" for row in member))
        columns[AGREE].append(sum(row.ok for row in member))
    counts = {name: figures(columns[name]) for name in (PUBLISHED, DERIVED, AGREE)}
    return table_of({GROUP: columns[GROUP], **counts})


def _spec(table: Table) -> dict[str, Any]:
    y = {
        "field": GROUP,
        "type": "nominal",
        "sort": list(GROUPS),
        "axis": name_axis(list(GROUPS), 34),
    }
    axis = {"title": "numbers checked", "tickCount": 6, "grid": True}
    most = max(map(sum, zip(numbers(table, PUBLISHED), numbers(table, DERIVED), strict=True)))
    x = {"type": "quantitative", "scale": {"domain": [0, most], "nice": True}, "axis": axis}
    sums = [{"calculate": f"datum['{PUBLISHED}'] + datum['{DERIVED}']", "as": "sum"}]
    start, end = {**x, "field": PUBLISHED}, {"field": "sum"}
    middle = f"datum['{PUBLISHED}'] + datum['{DERIVED}'] / 2"
    layers = [
        {"transform": sums, **_bars(BLUE, y, start, {"datum": 0})},
        {"transform": sums, **_bars(ORANGE, y, start, end)},
        _counts(PUBLISHED, "white", y, x, f"datum['{PUBLISHED}'] / 2"),
        _counts(DERIVED, "black", y, x, middle),
    ]
    return specification(table, {"width": 430, "height": {"step": 34}, "layer": layers})


def _bars(colour: str, y: dict, start: dict, end: dict) -> dict[str, Any]:
    """Return bars between two places."""
    mark = {"type": "bar", "color": colour, "height": 22, "stroke": "white"}
    return {"mark": mark, "encoding": {"y": y, "x": start, "x2": end}}


def _counts(name: str, colour: str, y: dict, x: dict, middle: str) -> dict[str, Any]:
    """Return the counts of a kind, written on its bars; with its name where there is room."""
    written = f"datum['{name}'] + (datum['{name}'] > 9 ? ' {name}' : '')"
    steps = [
        {"filter": f"datum['{name}'] > 0"},
        {"calculate": middle, "as": "middle"},
        {"calculate": written, "as": "text"},
    ]
    return {
        "transform": steps,
        "mark": {"type": "text", "color": colour, "align": "center", "baseline": "middle"},
        "encoding": {
            "y": y,
            "x": {**x, "field": "middle"},
            "text": {"field": "text", "type": "nominal"},
        },
    }
