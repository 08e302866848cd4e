"""The bargaining range closes as the two sides' hopes add to more."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import BLUE, GREEN, VERMILLION, specification
from ripeness.classics import fearon_optimism

COST = 0.1  # of either side
BELIEF = 0.6  # of A, when both are right
HOPES, LEAST, MOST = "two beliefs added", "least that A takes", "most that B leaves A"
FROM, TO = "deals from", "deals to"


@PICTURES.register("fearon-range")
def build() -> Picture:
    """Draw both sides' limits against the sum of their beliefs."""
    table, edge = _figures()
    width = 2 * COST
    return Picture(
        Chart(
            name="fearon-range",
            title=f"Both sides prefer some deal to war until their hopes of winning add to {edge:g}; "
            "then each asks more than the other leaves",
            sentence=f"While both judge the odds alike there is room for a deal as wide as both "
            f"costs of war together, {width:g} of the prize. Each point of shared optimism takes a "
            f"point of that room, and beyond {edge:g} no share suits both, though war still "
            "costs both.",
            spec=_spec(table, edge),
            table=table,
            alt="Two lines that approach and cross: the least share that A takes and the most that "
            "B leaves it, against the sum of their beliefs that they win",
            method=f"Cost of war {COST:g} of the prize for either side. A believes that it wins "
            f"with chance {BELIEF:g}, B with {1 - BELIEF:g}, each with half of the shared "
            "optimism added.",
        ),
        nearest(table, (1, 1.1, 1.2, 1.3, 1.4)),
    )


def _figures() -> tuple[Table, float]:
    hopes = grid(1, 1.4, 40)
    ranges = [
        fearon_optimism(BELIEF + (sum_ - 1) / 2, 1 - BELIEF + (sum_ - 1) / 2, COST, COST)
        for sum_ in hopes
    ]
    low, high = figures(r.low for r in ranges), figures(r.high for r in ranges)
    table = table_of(
        {
            HOPES: figures(hopes),
            LEAST: low,
            MOST: high,
            FROM: figures(None if r.empty else r.low for r in ranges),
            TO: figures(None if r.empty else r.high for r in ranges),
        }
    )
    return table, max(sum_ for sum_, r in zip(hopes, ranges, strict=True) if not r.empty)


def _spec(table: Table, edge: float) -> dict[str, Any]:
    across = Axis("A's and B's beliefs that they win, added (1: they agree)", 1, 1.4)
    panel = Panel(across, Axis("A's share of the prize", 0.3, 0.9), HOPES)
    rows, labels = panel.labels(
        [
            ("least that A takes: its belief less its cost", numbers(table, LEAST)[-1], VERMILLION),
            ("most that B leaves A", numbers(table, MOST)[-1], BLUE),
        ]
    )
    view = panel.view(
        panel.between(edge, 1.4),
        panel.band(FROM, TO, GREEN),
        panel.line(LEAST, VERMILLION, (6, 3)),
        panel.line(MOST, BLUE),
        panel.words("shares that both\nprefer to war", 1.012, 0.6),
        panel.words("no share suits both", (edge + 1.4) / 2, 0.34, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
