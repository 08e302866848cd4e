"""How many steps a rise in power must take for peace to hold, seen one step and all steps ahead."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import BLUE, GREY, VERMILLION, specification
from ripeness.classics import powell_shifting_power

START, COST, DISCOUNT = 0.3, 0.05, 0.95
RISE, NEEDED, ONE = "rise in all", "periods needed", "periods, looking one step ahead"


@PICTURES.register("powell-shifting-power")
def build() -> Picture:
    """Draw the shortest peaceful climb against the size of the rise."""
    table = _figures()
    rise = 0.4
    needed, one = _shortest(rise), _one_step(rise)
    return Picture(
        Chart(
            name="powell-shifting-power",
            title="A long climb in small steps can still bring war: looking one step ahead "
            "is not enough",
            sentence=f"A rise of {rise:g} in all must be spread over {needed} periods or "
            f"more. Each single step would already be small enough if it took {one}, but "
            "the declining side looks at the whole climb: what it will lose later cannot "
            "be made good out of one period's flow.",
            spec=_spec(table),
            table=table,
            alt="Two rising staircases: periods over which a rise must be spread for peace to hold, "
            "solved along the whole path and looking one step ahead only",
            method=f"A's chance of winning rises in equal steps from {START:g}; war costs either "
            f"side {COST:g} of the flow for ever; discount factor {DISCOUNT:g} a period.",
        ),
        nearest(table, (0.1, 0.2, 0.3, 0.4, 0.5, 0.59)),
    )


def _war(rise: float, steps: int) -> bool:
    path = [START + rise * step / steps for step in range(steps + 1)]
    return powell_shifting_power(path, COST, COST, DISCOUNT).war


def _shortest(rise: float) -> int:
    """Return the fewest steps of a rise from which on there is no war."""
    return max((steps for steps in range(1, 30) if _war(rise, steps)), default=0) + 1


def _one_step(rise: float) -> int:
    """Return the fewest steps of which a single one would bring no war."""
    return max((steps for steps in range(1, 30) if _war(rise / steps, 1)), default=0) + 1


def _figures() -> Table:
    rises = grid(0.01, 0.59, 58)
    return table_of(
        {
            RISE: figures(rises),
            NEEDED: figures(_shortest(rise) for rise in rises),
            ONE: figures(_one_step(rise) for rise in rises),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("rise of A's chance of winning, in all", 0, 0.6)
    panel = Panel(across, Axis("periods over which the rise is spread", 0, 25), RISE)
    rows, labels = panel.labels(
        [
            ("needed for peace: the whole path is solved", numbers(table, NEEDED)[-1], BLUE),
            ("seems enough, one step ahead", numbers(table, ONE)[-1], VERMILLION),
        ]
    )
    view = panel.view(
        panel.band(NEEDED, 0, GREY, 0.2, steps=True),
        panel.line(NEEDED, BLUE, steps=True),
        panel.line(ONE, VERMILLION, (6, 3), steps=True),
        panel.words("peace", 0.2, 17, align="center"),
        panel.words("war", 0.45, 8, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
