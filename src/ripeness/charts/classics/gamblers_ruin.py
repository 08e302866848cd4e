"""A small edge in battle is a large edge in war, and even wars are long."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import HALF, Axis, Panel, beside
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import gamblers_ruin

FORTS = (2, 10, 20)
NAMES = ("one battle decides", "10 forts", "20 forts")
BATTLE = "chance in a battle"


@PICTURES.register("gamblers-ruin")
def build() -> Picture:
    """Draw the chance of winning the war, and its length, against the chance in a battle."""
    table = _figures()
    some, many = (gamblers_ruin(0.55, forts // 2, forts) for forts in FORTS[1:])
    even = gamblers_ruin(0.5, 10, 20)
    return Picture(
        Chart(
            name="gamblers-ruin",
            title="A small edge in battle is a large edge in war; the more there is to conquer, the "
            "more so, and even wars are the longest",
            sentence=f"Who wins a battle with chance 0.55 wins a war over 10 forts with chance "
            f"{some.win_probability:.2f} and one over 20 with {many.win_probability:.2f}. Between "
            f"equals 20 forts take {even.expected_battles:.0f} battles on average, at 0.55 "
            f"{many.expected_battles:.0f}.",
            spec=_spec(table),
            table=table,
            alt="Two panels against the chance of winning a battle: the chance of winning the war, "
            "ever steeper with more forts, and the mean number of battles, highest at even odds",
            method="Each side holds half of the forts at the start; every battle moves one fort.",
        ),
        nearest(table, (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)),
    )


def _won(name: str) -> str:
    return f"war won, {name}"


def _long(name: str) -> str:
    return f"battles, {name}"


def _figures() -> Table:
    chances = grid(0.2, 0.8, 60)
    columns = {BATTLE: figures(chances)}
    solved = [[gamblers_ruin(p, forts // 2, forts) for p in chances] for forts in FORTS]
    for name, each in zip(NAMES, solved, strict=True):
        columns[_won(name)] = figures(war.win_probability for war in each)
    for name, each in zip(NAMES, solved, strict=True):
        columns[_long(name)] = figures(war.expected_battles for war in each)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("chance of winning a battle", 0.2, 0.8, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8))
    won = Panel(across, Axis("chance of winning the war", 0, 1), BATTLE, HALF - 10)
    long = Panel(across, Axis("battles, average", 0, 100), BATTLE, HALF - 10)
    rows, labels = long.labels(
        [(name, numbers(table, _long(name))[-1], SERIES[place]) for place, name in enumerate(NAMES)]
    )
    left, right = [won.upright(0.5)], [long.upright(0.5)]
    for place, name in enumerate(NAMES):
        left.append(won.line(_won(name), SERIES[place], SERIES_DASHES[place]))
        right.append(long.line(_long(name), SERIES[place], SERIES_DASHES[place]))
    view = beside(won.view(*left), long.view(*right, *labels))
    return specification(table, view, labels=rows)
