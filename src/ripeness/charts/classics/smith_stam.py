"""Battles wear disagreement away, firm beliefs slowly, so that firm beliefs fight long."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import HALF, Axis, Panel, beside
from ripeness.charts.classics.picture import PICTURES, Picture, figures, nearest, numbers
from ripeness.charts.style import PURPLE, SERIES, SERIES_DASHES, specification
from ripeness.classics import smith_stam, smith_stam_disagreement

MEAN = 0.7  # A's belief; B's is its mirror image
STRENGTHS = (5, 10, 40)
LAST = 40  # battles drawn, and the firmest prior
NUMBER = "battles fought, or firmness"
LENGTH = "battles on average, at that firmness"


@PICTURES.register("smith-stam")
def build() -> Picture:
    """Draw disagreement over battles, and the mean length over the firmness of beliefs."""
    table = _figures()
    lengths = {s: _length(s) for s in STRENGTHS}
    left = [smith_stam_disagreement(MEAN, 1 - MEAN, s, 10) for s in (5, 40)]
    return Picture(
        Chart(
            name="smith-stam",
            title="Battles wear disagreement away; the firmer the beliefs, the slower, and the "
            "longer the war",
            sentence=f"Both sides begin {2 * MEAN - 1:g} apart. After ten battles they are still "
            f"{left[0]:.2f} apart if either belief is worth 5 battles, and {left[1]:.2f} if it is "
            f"worth 40. So the war lasts {lengths[5]:.1f} battles on average in the first case, "
            f"{lengths[10]:.1f} for beliefs worth 10, and {lengths[40]:.1f} in the last.",
            spec=_spec(table),
            table=table,
            alt="Two panels: falling lines, disagreement after so many battles for three degrees of "
            "firmness; and a rising line, the mean number of battles against firmness",
            method=f"A believes that it wins a battle with chance {MEAN:g}, B that A does with "
            f"{1 - MEAN:.2g}; in truth 0.5. Ten forts, of which A holds 5; a battle costs either "
            "side 0.02 of the prize.",
        ),
        nearest(table, (1, 2, 5, 10, 20, 40)),
    )


def _apart(strength: int) -> str:
    return f"disagreement, firmness {strength}"


def _length(strength: int) -> float:
    wins, losses = strength * MEAN, strength * (1 - MEAN)
    return smith_stam((wins, losses), (losses, wins)).expected_battles


def _figures() -> Table:
    numbers = list(range(LAST + 1))
    columns = {NUMBER: figures(numbers)}
    for s in STRENGTHS:
        columns[_apart(s)] = figures(smith_stam_disagreement(MEAN, 1 - MEAN, s, k) for k in numbers)
    drawn = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40)
    columns[LENGTH] = figures(round(_length(s), 6) if s in drawn else None for s in numbers)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    over = Panel(
        Axis("battles fought", 0, LAST),
        Axis(["difference of the two beliefs", "that A wins a battle"], 0, 0.4),
        NUMBER,
        HALF,
    )
    firm = Panel(
        Axis("firmness of beliefs, battles they are worth", 0, LAST),
        Axis(["length of the war,", "battles on average"], 0, 25),
        NUMBER,
        HALF,
    )
    entries = [
        (f"firmness {s}", numbers(table, _apart(s))[-1], SERIES[place])
        for place, s in enumerate(STRENGTHS)
    ]
    rows, labels = over.labels(entries)
    lines = [
        over.line(_apart(s), SERIES[place], SERIES_DASHES[place])
        for place, s in enumerate(STRENGTHS)
    ]
    solved = {"transform": [{"filter": f"datum['{LENGTH}'] !== null"}]}
    points = {**firm.points(LENGTH, PURPLE), **solved}
    line = {**firm.line(LENGTH, PURPLE), **solved}
    view = beside(over.view(*lines, *labels), firm.view(line, points))
    return specification(table, view, labels=rows)
