"""Is coming to talks real: what each side's coming meant, month by month, a panel per side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, side_labels
from ripeness.charts.reading import FEWEST, cells, listed
from ripeness.charts.style import (
    GREEN,
    GREY,
    INK,
    ORANGE,
    SKY,
    WIDTH,
    Scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import OUT_OF, of_twenty

if TYPE_CHECKING:
    from ripeness.outcomes.sincerity import Attendance

WORLDS: Final = "worlds at war or in ceasefire"
NAMES: Final = {
    "real": "would sign",
    "for_a_pause": "stall, for a pause",
    "to_be_seen": "stall, to be seen",
    "away": "stays away",
}
COLOURS: Final = (GREEN, SKY, ORANGE, GREY)
PANEL_HEIGHT: Final = 120


def sincerity_chart(found: Attendance, days: np.ndarray, sides: Sequence[str]) -> Chart | None:
    """Draw in how many worlds each side comes to sign, for a pause, to be seen, or not at all.

    Args:
        found: what coming to talks meant.
        days: dates of the months.
        sides: labels.

    Returns:
        None if there is no month in which anything could be signed.
    """
    counts = [found.counted(side) for side in range(2)]
    number = np.sum(list(counts[0].values()), axis=0)
    if not number.any():
        return None
    shown = number >= min(FEWEST, found.worlds)
    columns: dict[str, list[Cell]] = {"date": [str(day) for day in days], WORLDS: number.tolist()}
    for name, by_kind in zip(sides, counts, strict=True):
        for kind, words in NAMES.items():
            share = np.where(shown, by_kind[kind] / np.maximum(number, 1), np.nan)
            columns[f"{name}: {words}"] = cells(share, OUT_OF)
    table = table_of(columns)
    return Chart(
        name="sincerity",
        title=finding(found, sides),
        sentence=" ".join(_sentence(found, side, name) for side, name in enumerate(sides)),
        spec=_spec(table, days, sides),
        table=table,
        alt="Areas, a panel per side: worlds by what the side's coming to talks meant that month",
        method=f"Of {found.worlds:,} worlds, those at war or in ceasefire with nothing awaiting "
        f"ratification; months with fewer than {min(FEWEST, found.worlds)} are left out. A side would "
        "sign if some package gives it what it would sign for and leaves the other no worse. It comes "
        "for a pause if it would not, but would have the guns silent; to be seen if neither.",
    )


def finding(found: Attendance, sides: Sequence[str]) -> str:
    """Say in how many of the months in which it comes each side would sign."""
    told, never = [], []
    for side, name in enumerate(sides):
        months = found.months(side)
        came = sum(months.values()) - months["away"]
        if came:
            told.append(f"{name} would sign in {of_twenty(months['real'], came, 'months')}")
        else:
            never.append(f"{name} never comes")
    if not told:
        return "Neither side ever comes to talks"
    return "; ".join([f"Coming to talks, {listed(told)}", *never])


def _sentence(found: Attendance, side: int, name: str) -> str:
    """Say how often a side comes, and in how many worlds it never comes to sign."""
    months, share = found.months(side), found.real_share(side)
    total = sum(months.values())
    if not total:
        return ""
    came, never = np.isfinite(share).sum(), (share == 0).sum()
    comes = of_twenty(total - months["away"], total, "months")
    if not came:
        return f"{name} stays away in all months."
    return (
        f"{name} comes to talks in {comes}; in {of_twenty(int(never), found.worlds)} it comes at "
        "times but never to sign."
    )


def _spec(table: Table, days: np.ndarray, sides: Sequence[str]) -> dict[str, Any]:
    x = time_encoding(days)
    panels, datasets = [], {}
    for place, name in enumerate(sides):
        dataset = f"labels_{place}"
        panel, datasets[dataset] = _panel(table, x, name, dataset)
        panels.append(panel)
    return specification(table, {"vconcat": panels, "spacing": 34}, **datasets)


def _panel(
    table: Table, x: dict[str, Any], name: str, dataset: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the stacked areas of a side, and their labels."""
    scale = Scale(0, OUT_OF, PANEL_HEIGHT)
    headings = [f"{name}: {words}" for words in NAMES.values()]
    columns = np.array([_column(table, heading) for heading in headings])
    known = np.isfinite(columns[0])
    last = columns[:, np.flatnonzero(known)[-1]] if known.any() else np.zeros(len(headings))
    entries = [
        (words, scale.pixel(middle), colour)
        for words, middle, colour, row in zip(
            NAMES.values(), np.cumsum(last) - last / 2, COLOURS, columns, strict=True
        )
        if np.nansum(row)
    ]
    rows, labels = side_labels(entries, height=PANEL_HEIGHT, width=reach(known), dataset=dataset)
    layers = [_areas([field(heading) for heading in headings], x, name, scale), *labels]
    return {"width": WIDTH, "height": PANEL_HEIGHT, "layer": layers}, rows


def _areas(fields: list[str], x: dict[str, Any], name: str, scale: Scale) -> dict[str, Any]:
    return {
        "transform": [
            {"fold": fields, "as": ["kind", "worlds"]},
            {"filter": "isValid(datum.worlds)"},
            {"calculate": f"indexof({json.dumps(fields)}, datum.kind)", "as": "place"},
        ],
        "mark": {"type": "area", "stroke": INK, "strokeWidth": 0.7, "fillOpacity": 0.7},
        "encoding": {
            "x": x,
            "y": {
                "field": "worlds",
                "type": "quantitative",
                "stack": "zero",
                "scale": scale.vega(),
                "axis": {"values": [0, 5, 10, 15, 20], **axis_title(f"{name}: worlds, of 20")},
            },
            "fill": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": fields, "range": list(COLOURS)},
                "legend": None,
            },
            "order": {"field": "place", "type": "ordinal"},
        },
    }


def _column(table: Table, heading: str) -> np.ndarray:
    """Return a column with NaN for what is missing."""
    found = [row[table.columns.index(heading)] for row in table.rows]
    return np.array([np.nan if cell is None else cell for cell in found], dtype=float)
