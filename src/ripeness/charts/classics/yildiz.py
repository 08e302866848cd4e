"""Loosely held optimism waits for a date; firmly held optimism settles at once."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import yildiz_optimism

OPTIMISM = 0.5  # the two chances of proposing add to 1.5
DISCOUNTS = (0.99, 0.98, 0.95)
FIRMNESS = "firmness of beliefs"


@PICTURES.register("yildiz")
def build() -> Picture:
    """Draw the delay against the firmness of beliefs, for three degrees of patience."""
    table = _figures()
    most = {d: round(max(numbers(table, _delay(d)))) for d in DISCOUNTS}
    firm = {d: numbers(table, _delay(d)).index(0) + 1 for d in DISCOUNTS}
    first = DISCOUNTS[0]
    return Picture(
        Chart(
            name="yildiz",
            title=f"The same optimism delays agreement by up to {most[first]} periods where time "
            f"will soon correct it, and not at all from a firmness of {firm[first]} on",
            sentence=f"Each side expects to be the one that proposes, so that their chances add to "
            f"{1 + OPTIMISM:g}. A loosely held belief will soon be corrected, and a patient side "
            "waits for that; a firm one will not, and waiting gains nothing. Less patient sides "
            f"wait less: at most {most[DISCOUNTS[1]]} and {most[DISCOUNTS[2]]} periods.",
            spec=_spec(table),
            table=table,
            alt="Three humped staircases: periods of delay against the firmness of beliefs, for "
            "three discount factors",
            method=f"Optimism {OPTIMISM:g} at the start; firmness: the number of observations "
            "that either belief is worth; discount factors "
            f"{', '.join(f'{d:g}' for d in DISCOUNTS)} a period.",
        ),
        nearest(table, (1, 2, 5, 10, 20, 30, 40)),
    )


def _delay(discount: float) -> str:
    return f"periods of delay, discount {discount:g}"


def _figures() -> Table:
    strengths = list(range(1, 51))
    columns = {FIRMNESS: figures(strengths)}
    for d in DISCOUNTS:
        solved = [yildiz_optimism(n, n * OPTIMISM, d) for n in strengths]
        columns[_delay(d)] = figures(each.settlement_date for each in solved)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("firmness of beliefs, observations they are worth", 0, 50)
    panel = Panel(across, Axis("periods until they agree", 0, 10), FIRMNESS, width=620)
    lines = [
        panel.line(_delay(d), SERIES[place], SERIES_DASHES[place], steps=True)
        for place, d in enumerate(DISCOUNTS)
    ]
    texts = (
        ("patient: a period of delay loses 1 of 100", 18.4, 8.5),
        ("2 of 100", 11.4, 2.7),
        ("5 of 100", 5.4, 0.8),
    )
    words = [panel.words(*text) for text in texts]
    return specification(table, panel.view(*lines, *words))
