"""The declining side compares war now with the most that peace can still bring it."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import fearon_preventive_war

NOW, COST, DISCOUNT = 0.5, 0.1, 0.9
LATER, WAR, PEACE = "A's chance later", "B's value of war now", "most that peace brings B"


@PICTURES.register("fearon-preventive-war")
def build() -> Picture:
    """Draw B's two values against A's chance of winning later."""
    table, edge = _figures()
    told = fearon_preventive_war(NOW, 0.7, COST, DISCOUNT)
    return Picture(
        Chart(
            name="fearon-preventive-war",
            title=f"B attacks today if A's chance of winning will rise from {NOW:g} to more than "
            f"{edge:.2f}: no promise can make up for it",
            sentence=f"War now is worth {told.value_war_b:.1f} periods' flow to B whatever comes "
            "later. In peace B can get the whole of one period's flow and after that what its "
            f"lesser strength still brings; at a later chance of 0.7 that is "
            f"{told.value_peace_b:.1f}. Everybody knows everything, and war still comes.",
            spec=_spec(table, edge),
            table=table,
            alt="Two lines against A's later chance of winning: B's value of war now, level, and "
            "the most that peace can bring B, falling; where it lies below there is war",
            method=f"A wins with chance {NOW:g} now; B's cost of war is {COST:g} of a period's "
            f"flow; discount factor {DISCOUNT:g} a period.",
        ),
        nearest(table, (0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1)),
    )


def _figures() -> tuple[Table, float]:
    chances = grid(NOW, 1, 50)
    solved = [fearon_preventive_war(NOW, chance, COST, DISCOUNT) for chance in chances]
    table = table_of(
        {
            LATER: figures(chances),
            WAR: figures(each.value_war_b for each in solved),
            PEACE: figures(each.value_peace_b for each in solved),
            "war": ["yes" if each.war else "no" for each in solved],
        }
    )
    low, high = NOW, 1.0
    while high - low > 1e-9:  # the later chance at which B is indifferent
        middle = (low + high) / 2
        war = fearon_preventive_war(NOW, middle, COST, DISCOUNT).war
        low, high = (low, middle) if war else (middle, high)
    return table, round(high, 6)


def _spec(table: Table, edge: float) -> dict[str, Any]:
    across = Axis("A's chance of winning a war from the next period on", NOW, 1)
    panel = Panel(across, Axis("value to B, in one period's flows", 0, 6), LATER)
    rows, labels = panel.labels(
        [
            ("war now", numbers(table, WAR)[-1], VERMILLION),
            ("the most that peace can bring", numbers(table, PEACE)[-1], BLUE),
        ]
    )
    view = panel.view(
        panel.between(edge, 1),
        panel.line(WAR, VERMILLION, (6, 3)),
        panel.line(PEACE, BLUE),
        panel.words("peace", (NOW + edge) / 2, 0.5, align="center"),
        panel.words("B attacks now", (1 + edge) / 2, 5.5, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
