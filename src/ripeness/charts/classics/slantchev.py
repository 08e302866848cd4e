"""The front moves the terms, between two lines that leave room wherever it stands."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, numbers
from ripeness.charts.style import BLUE, GREEN, PURPLE, VERMILLION, specification
from ripeness.classics import slantchev_complete

FORTS, DISCOUNT, FLOW = 10, 0.9, 0.3
HELD, LOW, HIGH = "forts held", "least that side 1 takes", "most that side 2 leaves it"
FIRST, SECOND = "terms, side 1 proposing", "terms, side 2 proposing"


@PICTURES.register("slantchev")
def build() -> Picture:
    """Draw the terms and both reservation lines against the front."""
    table = _figures()
    terms, middle = numbers(table, FIRST), FORTS // 2
    gap = numbers(table, HIGH)[middle] - numbers(table, LOW)[middle]
    return Picture(
        Chart(
            name="slantchev",
            title="Wherever the front stands there are terms that both prefer to fighting on, and "
            "with everything known they settle at once",
            sentence=f"The front moves the terms: side 1 gets {terms[2]:.2f} with "
            f"2 forts of {FORTS}, {terms[middle]:.2f} with {middle} and "
            f"{terms[8]:.2f} with 8, if it proposes. At {middle} forts fighting to the "
            f"finish would waste {gap:.2f} of the prize; that is the room for a deal. A war with "
            "a well-known front that goes on needs another cause.",
            spec=_spec(table),
            table=table,
            alt="Side 1's share against the forts it holds: the terms when either side proposes lie "
            "in a band between the two sides' values of fighting to the finish",
            method=f"{FORTS} forts, each battle even; discount factor {DISCOUNT:g} a battle; "
            f"either side receives {FLOW:g} a period while they fight, where the whole prize "
            "yields 1.",
        ),
        tuple(range(0, FORTS + 1, 2)),
    )


def _figures() -> Table:
    solved = slantchev_complete(0.5, FORTS, DISCOUNT, FLOW, FLOW)
    return table_of(
        {
            HELD: figures(range(FORTS + 1)),
            LOW: figures(solved.range_low),
            HIGH: figures(solved.range_high),
            FIRST: figures(solved.share_1),
            SECOND: figures(1 - y for y in solved.share_2),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    across = Axis(f"forts that side 1 holds, of {FORTS}", 0, FORTS, tuple(range(FORTS + 1)))
    panel = Panel(across, Axis("side 1's share of the prize", 0, 1), HELD, width=600, height=260)
    view = panel.view(
        panel.band(LOW, HIGH, GREEN),
        panel.line(LOW, VERMILLION, (6, 3)),
        panel.line(HIGH, BLUE, (6, 3)),
        panel.line(FIRST, PURPLE),
        panel.line(SECOND, PURPLE, (2, 2)),
        panel.words("most that side 2 leaves it", 3.1, 0.66, align="right"),
        panel.words("least that side 1 takes", 6.6, 0.33),
        panel.words(
            "between them: the terms\n(solid if side 1 proposes,\ndotted if side 2 does)", 7.2, 0.13
        ),
    )
    return specification(table, view)
