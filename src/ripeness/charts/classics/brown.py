"""Chance decides between few and averages away among many."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, nearest
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import brown_linear, brown_square

RATIO = (5, 4)
TIMES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 100, 160, 200)
LARGER, AIMED, DUELS = "larger side", "wins, aimed fire", "wins, duels"


@PICTURES.register("brown")
def build() -> Picture:
    """Draw the larger side's chance of winning against the size of the battle."""
    table = _figures()
    small, middle, big = (brown_square(5 * k, 4 * k).win_probability for k in (1, 8, 200))
    if round(big, 3) < 1:
        raise ValueError("the title says that the largest battle is certain")
    return Picture(
        Chart(
            name="brown",
            title=f"Five against four is decided by chance ({small:.2f}), "
            f"{5 * TIMES[-1]:,} against {4 * TIMES[-1]:,} by numbers",
            sentence=f"At the same ratio the larger side wins with chance {small:.2f} at 5 against "
            f"4, {middle:.2f} at 40 against 32 and practically surely at {5 * TIMES[-1]:,} "
            f"against {4 * TIMES[-1]:,}, under aimed fire. In a series of duels numbers count "
            "less, and chance stays longer. Surprise in a large war must come from elsewhere.",
            spec=_spec(table),
            table=table,
            alt="Two rising lines against the larger side's soldiers: its chance of winning at five "
            "to four, under aimed fire and in duels",
            method="Equal soldiers, always five against four; the next to fall is drawn in "
            "proportion to the enemy's number (aimed fire) or by a fair coin (duels).",
        ),
        nearest(table, (5, 10, 20, 40, 80, 240, 1000)),
    )


def _figures() -> Table:
    larger, smaller = RATIO
    return table_of(
        {
            LARGER: figures(larger * k for k in TIMES),
            "smaller side": figures(smaller * k for k in TIMES),
            AIMED: figures(brown_square(larger * k, smaller * k).win_probability for k in TIMES),
            DUELS: figures(brown_linear(larger * k, smaller * k).win_probability for k in TIMES),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    title = "soldiers of the larger side (equal steps: equal ratios)"
    across = Axis(title, 5, 1000, (5, 10, 20, 50, 100, 200, 500, 1000), logarithmic=True)
    panel = Panel(across, Axis("larger side's chance of winning", 0.5, 1), LARGER, width=620)
    view = panel.view(
        panel.line(AIMED, BLUE),
        panel.points(AIMED, BLUE),
        panel.line(DUELS, VERMILLION, (6, 3)),
        panel.points(DUELS, VERMILLION, "square"),
        panel.words("aimed fire: numbers count twice", 30, 0.975, align="right"),
        panel.words("duels: numbers count once", 45, 0.78),
    )
    return specification(table, view)
