"""The more striking first brings, the more must burn before peace enforces itself."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import burn_down

COST, REMAINING = 0.1, 0.9
ADVANTAGE, ROUNDS = "advantage of striking first", "rounds of fighting"
LEFT, CRITICAL = "prize left", "largest prize at peace"


@PICTURES.register("burn-down")
def build() -> Picture:
    """Draw what is left of the prize at peace against the advantage of striking first."""
    table = _figures()
    told = {g: burn_down(g, COST, COST, REMAINING) for g in (0.2, 0.3, 0.5)}
    return Picture(
        Chart(
            name="burn-down",
            title="The more striking first brings, the more of the prize burns before peace can "
            "hold by itself",
            sentence=f"Up to an advantage of {COST:g} nobody fights. With {0.2:g} the war stops "
            f"after {told[0.2].rounds} rounds and {told[0.2].prize_left:.2f} of the prize, with "
            f"{0.3:g} after {told[0.3].rounds} rounds and {told[0.3].prize_left:.2f}, with "
            f"{0.5:g} after {told[0.5].rounds} and {told[0.5].prize_left:.2f}. Nobody agrees to "
            "anything: what is left is not worth a surprise attack.",
            spec=_spec(table),
            table=table,
            alt="A falling staircase under a falling curve: the share of the prize left when peace "
            "first holds, and the largest prize at which it does, against the advantage of "
            "striking first",
            method=f"War costs either side {COST:g} of the first prize; a round of fighting leaves "
            f"{REMAINING:g} of the prize; the advantage is what striking first adds to the "
            "attacker's odds.",
        ),
        nearest(table, (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)),
    )


def _figures() -> Table:
    advantages = grid(0, 0.5, 100)
    solved = [burn_down(g, COST, COST, REMAINING) for g in advantages]
    return table_of(
        {
            ADVANTAGE: figures(advantages),
            ROUNDS: figures(each.rounds for each in solved),
            LEFT: figures(each.prize_left for each in solved),
            CRITICAL: figures(min(each.critical_prize, 1) for each in solved),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("what striking first adds to the odds of winning", 0, 0.5)
    panel = Panel(across, Axis("share of the first prize", 0, 1), ADVANTAGE)
    ends = numbers(table, CRITICAL)[-1], numbers(table, LEFT)[-1]
    rows, labels = panel.labels(
        [
            ("largest prize at which peace holds", ends[0], VERMILLION),
            ("left when the war stops", ends[1], BLUE),
        ]
    )
    rounds = [
        panel.words(f"{fought:g} rounds", advantage, critical, right=4, down=-12)
        for advantage, fought, critical in zip(
            *(numbers(table, column) for column in (ADVANTAGE, ROUNDS, CRITICAL)), strict=True
        )
        if advantage in (0.15, 0.2, 0.3, 0.4)
    ]
    view = panel.view(
        panel.between(0, COST),
        panel.line(CRITICAL, VERMILLION, (6, 3)),
        panel.line(LEFT, BLUE, steps=True),
        panel.words("no war", COST / 2, 0.5, align="center"),
        *rounds,
        *labels,
    )
    return specification(table, view, labels=rows)
