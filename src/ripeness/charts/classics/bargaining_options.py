"""An outside option is a floor; an income while talks drag on moves terms from the start."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import breakdown, inside_option, outside_option

DISCOUNT = 0.9
WORTH, OUTSIDE = "worth of the option", "may leave for it"
INSIDE, BREAKDOWN = "has it while they talk", "gets it if talks break down"


@PICTURES.register("bargaining-options")
def build() -> Picture:
    """Draw player 2's share against the worth of its option, for three kinds of option."""
    table = _figures()
    none, leave = (outside_option(DISCOUNT, DISCOUNT, 0, w).share_2 for w in (0, 0.4))
    during = inside_option(DISCOUNT, DISCOUNT, 0, 0.4).share_2
    return Picture(
        Chart(
            name="bargaining-options",
            title="An alternative to leave for changes nothing until it beats the deal; an income "
            "during the talks improves the deal from its first penny",
            sentence=f"Without an option the side gets {none:.2f}. One worth 0.4 that it can only "
            f"take by leaving for good still brings {leave:.2f}; the same 0.4 received while they "
            f"disagree brings {during:.2f}, and so does a war worth 0.4 into which the talks may "
            "slide.",
            spec=_spec(table),
            table=table,
            alt="Two lines against the worth of the option: with an outside option the share is "
            "level until the option binds; with an inside option it rises from the start",
            method=f"Discount factor {DISCOUNT:g} a period for both, or talks that go on with "
            f"chance {DISCOUNT:g} after a refusal; the other side has no option and proposes "
            "first.",
        ),
        nearest(table, (0, 0.2, 0.4, 0.6, 0.8, 1)),
    )


def _figures() -> Table:
    worth = sorted({*grid(0, 1, 50), outside_option(DISCOUNT, DISCOUNT).share_2})
    dots = grid(0, 1, 10)
    return table_of(
        {
            WORTH: figures(worth),
            OUTSIDE: figures(outside_option(DISCOUNT, DISCOUNT, 0, w).share_2 for w in worth),
            INSIDE: figures(inside_option(DISCOUNT, DISCOUNT, 0, w).share_2 for w in worth),
            BREAKDOWN: figures(
                breakdown(DISCOUNT, 0, w).share_2 if w in dots else None for w in worth
            ),
        }
    )


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("worth of the option, share of the prize", 0, 1)
    panel = Panel(across, Axis("share of the side that has it", 0.4, 1), WORTH, width=620)
    view = panel.view(
        panel.line(INSIDE, BLUE),
        panel.points(BREAKDOWN, BLUE, size=30),
        panel.line(OUTSIDE, VERMILLION, (6, 3)),
        panel.words(
            "has it while they talk (line),\nor if talks break down (dots)",
            0.3,
            0.78,
            align="center",
        ),
        panel.words("may leave for it", 0.12, 0.445, align="left"),
        panel.words("from here on it binds", 0.5, 0.445),
    )
    return specification(table, view)
