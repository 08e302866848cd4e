"""Where to give up: the boundary moves with the price of a battle and the odds of winning it."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import surrender_time

FORTS = 20
ODDS = (0.45, 0.5, 0.55)
COST = "cost of a battle"


@PICTURES.register("surrender")
def build() -> Picture:
    """Draw the position at which to surrender against the cost of a battle."""
    table = _figures()
    cheap, dear = (surrender_time(0.5, FORTS, cost).quit_at for cost in (0.005, 0.05))
    weak, strong = (surrender_time(p, FORTS, 0.005).quit_at for p in (0.45, 0.55))
    return Picture(
        Chart(
            name="surrender",
            title="A side fights on while one battle more is worth its price: dear battles make "
            "even an equal give up early",
            sentence=f"With even battles that cost 0.005 of the prize it surrenders when it has "
            f"{cheap} forts of {FORTS} left; when they cost ten times as much, with {dear}. With "
            f"worse odds (0.45) and cheap battles it gives up at {weak}, with better odds (0.55) "
            f"at {strong}.",
            spec=_spec(table),
            table=table,
            alt="Three rising staircases: the forts left at which a side surrenders, against the "
            "cost of a battle, for three chances of winning a battle",
            method=f"{FORTS} forts; who surrenders or is beaten gets nothing, who takes them all "
            "gets the prize. 0: never before it is beaten.",
        ),
        nearest(table, (0, 0.005, 0.01, 0.02, 0.05, 0.08)),
    )


def _quits(odds: float) -> str:
    return f"surrenders at, odds {odds:g}"


def _figures() -> Table:
    costs = grid(0, 0.08, 80)
    costs = sorted({*costs, 0.0005, 0.0015, 0.0025, 0.0035, 0.0045})
    columns = {COST: figures(costs)}
    for odds in ODDS:
        solved = [surrender_time(odds, FORTS, cost) for cost in costs]
        columns[_quits(odds)] = figures(each.quit_at for each in solved)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("cost of a battle, share of the prize", 0, 0.08)
    panel = Panel(across, Axis("forts left at which it surrenders", 0, FORTS), COST)
    rows, labels = panel.labels(
        [
            (
                f"{round(20 * odds)} of 20 battles won",
                numbers(table, _quits(odds))[-1],
                SERIES[place],
            )
            for place, odds in enumerate(ODDS)
        ]
    )
    lines = [
        panel.line(_quits(odds), SERIES[place], SERIES_DASHES[place], steps=True)
        for place, odds in enumerate(ODDS)
    ]
    view = panel.view(
        *lines,
        panel.words("fights on above its line", 0.004, 18.6),
        panel.words("surrenders below", 0.05, 4, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
