"""A deal that lasts while the government is weak, against a war that may win for ever."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import fearon_autonomy
from ripeness.classics.fearon_autonomy import Autonomy

DISCOUNT, COST, DEFEAT, VICTORY = 0.95, 0.2, 0.02, 0.05
STRONG, PEACE, WAR = "chance of a strong government", "value of the deal", "value of war"


@PICTURES.register("fearon-autonomy")
def build() -> Picture:
    """Draw the rebels' two values against the chance that the government is strong."""
    table, edge = _figures(), _solved(0).critical_strong
    told = _solved(0.9)
    return Picture(
        Chart(
            name="fearon-autonomy",
            title=f"Rebels fight on when the government will be strong more than {edge:.2f} of the "
            f"time; the war then lasts {told.expected_length:.0f} periods on average",
            sentence=f"War is worth {told.value_war:.1f} periods of autonomy to the rebels. A deal "
            f"is worth {_solved(0.5).value_peace:.1f} if the government is strong half of the "
            f"time, and {told.value_peace:.1f} if it is strong nine times in ten: it will then "
            "take autonomy back, and everyone knows. A better offer does not help; what keeps "
            "the offer standing does.",
            spec=_spec(table, edge),
            table=table,
            alt="Two lines against the chance that the government is strong: the value of a deal "
            "to the rebels, falling, and their value of war, level; beyond their crossing, war",
            method=f"Discount factor {DISCOUNT:g} a period; a period of war costs the rebels "
            f"{COST:g} periods of autonomy; they are crushed with chance {DEFEAT:g} and win with "
            f"chance {VICTORY:g} a period.",
        ),
        nearest(table, (0, 0.2, 0.4, 0.6, 0.8, 1)),
    )


def _solved(strong: float) -> Autonomy:
    return fearon_autonomy(
        DISCOUNT, strong, COST, defeat_probability=DEFEAT, victory_probability=VICTORY
    )


def _figures() -> Table:
    chances = grid(0, 1, 50)
    solved = [_solved(chance) for chance in chances]
    return table_of(
        {
            STRONG: figures(chances),
            PEACE: figures(each.value_peace for each in solved),
            WAR: figures(each.value_war for each in solved),
            "settlement": ["yes" if each.settlement else "no" for each in solved],
        }
    )


def _spec(table: Table, edge: float) -> dict[str, Any]:
    across = Axis("chance, in any later period, that the government is strong", 0, 1)
    panel = Panel(across, Axis("value to the rebels, in periods of autonomy", 0, 20), STRONG)
    rows, labels = panel.labels(
        [
            ("war to the end", numbers(table, WAR)[-1], VERMILLION),
            ("autonomy deal", numbers(table, PEACE)[-1], BLUE),
        ]
    )
    view = panel.view(
        panel.between(edge, 1),
        panel.line(PEACE, BLUE),
        panel.line(WAR, VERMILLION, (6, 3)),
        panel.words("the deal holds", edge / 2, 3, align="center"),
        panel.words("no deal", (1 + edge) / 2, 17.5, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
