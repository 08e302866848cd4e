"""Whoever can tie its hands backs down less; war is likeliest between equals."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, nearest, numbers
from ripeness.charts.style import BLUE, INK, VERMILLION, specification
from ripeness.classics import fearon_audience_costs

RATIO, OWN, OTHER = "state 1's audience costs", "state 1 backs down", "state 2 backs down"
WAR = "war"


@PICTURES.register("audience-costs")
def build() -> Picture:
    """Draw who backs down, and the chance of war, against the ratio of audience costs."""
    table = _figures()
    even, twice, four = (fearon_audience_costs(ratio, 1) for ratio in (1, 2, 4))
    return Picture(
        Chart(
            name="audience-costs",
            title="The state whose audience punishes retreat more backs down less; war is likeliest "
            "between equals",
            sentence=f"With equal audience costs either backs down with chance "
            f"{even.back_down_1:.2f}, if the other has not, and war comes with chance "
            f"{even.war_probability:.2f}. With twice the other's costs state 1 backs down with "
            f"chance {twice.back_down_1:.2f} and its opponent with {twice.back_down_2:.2f}; with "
            f"four times, {four.back_down_1:.2f} and {four.back_down_2:.2f}, and war comes with "
            f"chance {four.war_probability:.2f}.",
            spec=_spec(table),
            table=table,
            alt="Three lines against the ratio of audience costs: state 1 backs down less as it "
            "grows, state 2 more, and the chance of war is highest at equality",
            method="State 2's audience costs are 1 prize per unit of time; a war is worth between "
            "-2 and 0 prizes to either, uniform and private.",
        ),
        nearest(table, (0.25, 0.5, 1, 2, 4)),
    )


def _figures() -> Table:
    ratios = [2 ** (part / 10) for part in range(-20, 21)]
    solved = [fearon_audience_costs(ratio, 1) for ratio in ratios]
    return table_of(
        {
            RATIO: figures(ratios),
            OWN: figures(each.back_down_1 for each in solved),
            OTHER: figures(each.back_down_2 for each in solved),
            WAR: figures(each.war_probability for each in solved),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    title = "state 1's audience costs, in those of state 2 (each step doubles)"
    across = Axis(title, 0.25, 4, (0.25, 0.5, 1, 2, 4), logarithmic=True)
    panel = Panel(across, Axis("chance", 0, 1), RATIO)
    rows, labels = panel.labels(
        [
            ("state 1 backs down, if the other has not", numbers(table, OWN)[-1], VERMILLION),
            ("state 2 backs down, if the other has not", numbers(table, OTHER)[-1], BLUE),
            ("war", numbers(table, WAR)[-1], INK),
        ]
    )
    view = panel.view(
        panel.upright(1),
        panel.line(OWN, VERMILLION, (6, 3)),
        panel.line(OTHER, BLUE),
        panel.line(WAR, INK, (2, 2)),
        *labels,
    )
    return specification(table, view, labels=rows)
