"""Patience is bargaining power, and moving first matters less the more patient both are."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import INK, SERIES, SERIES_DASHES, specification
from ripeness.classics import rubinstein

OTHERS = (0.5, 0.8, 0.95)
OWN, EQUAL = "own patience", "equal patience"


@PICTURES.register("rubinstein")
def build() -> Picture:
    """Draw the proposer's share against its patience, for three patiences of the other."""
    table = _figures()
    low, high = rubinstein(0.5, 0.8).share_1, rubinstein(0.95, 0.8).share_1
    even = [rubinstein(d, d).share_1 for d in OTHERS]
    return Picture(
        Chart(
            name="rubinstein",
            title="Patience is bargaining power: whoever can wait gets most of the prize, and gets "
            "it at once",
            sentence=f"Against a side with patience 0.8 the proposer gets {low:.2f} with patience "
            f"0.5 and {high:.2f} with 0.95. Between equals the one who proposes first gains "
            f"{even[0] - 0.5:.2f} over the half if both are impatient (0.5), and "
            f"{even[2] - 0.5:.2f} if both are patient (0.95). No offer is ever refused.",
            spec=_spec(table),
            table=table,
            alt="Three rising lines: the first proposer's share against its own patience, for three "
            "patiences of the other side; points mark equal patience",
            method="Patience is the discount factor a period: what a share is still worth one "
            "period later. Player 1 proposes first.",
        ),
        nearest(table, (0, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99)),
    )


def _share(other: float) -> str:
    return f"share, other's patience {other:g}"


def _figures() -> Table:
    own = grid(0, 0.95, 95) + [0.96, 0.97, 0.98, 0.99]
    columns = {OWN: figures(own)}
    for other in OTHERS:
        columns[_share(other)] = figures(rubinstein(d, other).share_1 for d in own)
    columns[EQUAL] = figures(rubinstein(d, d).share_1 if d in OTHERS else None for d in own)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("the proposer's patience (discount factor a period)", 0, 1)
    panel = Panel(across, Axis("the proposer's share of the prize", 0, 1), OWN)
    rows, labels = panel.labels(
        [
            (f"other's patience {other:g}", numbers(table, _share(other))[-1], SERIES[place])
            for place, other in enumerate(OTHERS)
        ]
    )
    lines = [
        panel.line(_share(other), SERIES[place], SERIES_DASHES[place])
        for place, other in enumerate(OTHERS)
    ]
    view = panel.view(
        panel.level(0.5),
        *lines,
        panel.points(EQUAL, INK),
        panel.words("dots: both are equally patient", 0.02, 0.93),
        *labels,
    )
    return specification(table, view, labels=rows)
