"""A bolder demand is a likelier war; how bold depends on what war costs A."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import fearon_screening

ODDS = 0.5
HIGHEST = (0.2, 0.4, 0.6)  # cost of B
TOLD = 0.4
SHAPES = ("circle", "square", "diamond")
OWN = "A's own cost"


@PICTURES.register("fearon-screening")
def build() -> Picture:
    """Draw the chance of war against the demand, as A's own cost falls."""
    table = _figures()
    told = [fearon_screening(ODDS, own, 0, TOLD) for own in (0, 0.2, 0.4)]
    free, some, dear = told
    return Picture(
        Chart(
            name="fearon-screening",
            title="The less war would cost A, the bolder its demand and the likelier war: A runs "
            "the risk on purpose",
            sentence=f"B's cost lies anywhere between 0 and {TOLD:g}. If war costs A nothing, A "
            f"demands {free.demand:.2f} and is refused with chance {free.war_probability:.2f}; at "
            f"an own cost of 0.2 it demands {some.demand:.2f}, with chance "
            f"{some.war_probability:.2f}; at 0.4 it takes the sure {dear.demand:.2f}. The wider "
            "A's doubt about B's cost, the more it asks.",
            spec=_spec(table),
            table=table,
            alt="Three rising lines of points: the chance of war against A's demand, one point for "
            "each cost of war to A and one line for each range of B's cost",
            method=f"A wins a war with chance {ODDS:g}; B's cost is uniform between 0 and "
            f"{', '.join(f'{high:g}' for high in HIGHEST[:-1])} or {HIGHEST[-1]:g}. Costs and "
            "demands are shares of the prize.",
        ),
    )


def _demand(high: float) -> str:
    return f"demand, B's cost to {high:g}"


def _war(high: float) -> str:
    return f"chance of war, B's cost to {high:g}"


def _figures() -> Table:
    own = grid(0, 0.6, 6)
    columns = {OWN: figures(own)}
    for high in HIGHEST:
        solved = [fearon_screening(ODDS, cost, 0, high) for cost in own]
        columns[_demand(high)] = figures(each.demand for each in solved)
        columns[_war(high)] = figures(each.war_probability for each in solved)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("A's demand, share of the prize", 0.42, 0.85, (0.5, 0.6, 0.7, 0.8))
    panel = Panel(across, Axis("chance of war", 0, 0.6), _demand(TOLD), width=600)
    layers = []
    for place, high in enumerate(HIGHEST):
        by, colour, shape = _demand(high), SERIES[place], SHAPES[place]
        layers.append(panel.line(_war(high), colour, SERIES_DASHES[place], by=by))
        layers.append(panel.points(_war(high), colour, shape, by=by))
        text = f"B's cost between\n0 and {high:g}"
        boldest = numbers(table, by)[0], numbers(table, _war(high))[0]
        layers.append(panel.words(text, *boldest, align="center", down=-18))
    columns = (numbers(table, column) for column in (OWN, _demand(TOLD), _war(TOLD)))
    for own, demand, war in list(zip(*columns, strict=True))[:5]:
        if own == 0:
            layers.append(panel.words("A's own cost 0", demand, war, right=9, down=5))
        else:
            told = f"A's own cost {own:g}" if own == TOLD else f"{own:g}"
            layers.append(panel.words(told, demand, war, align="right", right=-8, down=-7))
    return specification(table, panel.view(*layers))
