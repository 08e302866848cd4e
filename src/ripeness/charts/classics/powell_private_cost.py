"""Offers rise as refusals reveal, the faster the more offers fit into a round of fighting."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import powell_private_cost

COLLAPSE = 0.1  # of either side, per round
HIGHEST = 0.3
OFFERS = (1, 4, 16)  # per round of fighting
LAST = 8  # rounds drawn
FOUGHT = "rounds of fighting so far"


@PICTURES.register("powell-private-cost")
def build() -> Picture:
    """Draw the offers over time, for few and many offers per round of fighting."""
    games = {
        m: powell_private_cost(COLLAPSE, COLLAPSE, 0, HIGHEST, offers_per_round=m) for m in OFFERS
    }
    lengths = [games[m].expected_battles for m in OFFERS]
    first, last = games[1].offers[0], games[1].offers[LAST]
    table = _figures({m: game.offers for m, game in games.items()})
    return Picture(
        Chart(
            name="powell-private-cost",
            title="Offers rise because refusals reveal; with four times as many offers the war is "
            f"about half as long ({', '.join(f'{x:.2g}' for x in lengths)} rounds)",
            sentence=f"With one offer a round the side that offers begins at {first:.3f} of the "
            f"prize and comes to {last:.3f} after {LAST} rounds. Those whom fighting hurts most "
            "take the first, poor offers. The more often it can offer, the better its first "
            "offer must be, since the other side would rather wait for the next one.",
            spec=_spec(table),
            table=table,
            alt="Three rising staircases: the share offered after so many rounds of fighting, with "
            "1, 4 and 16 offers a round",
            method=f"Either side collapses with chance {COLLAPSE:g} in a round of fighting; the "
            f"cost of a fight to the finish is private and uniform between 0 and {HIGHEST:g} of "
            "the prize, and nothing for the side that offers.",
        ),
        nearest(table, (0, 0.25, 0.5, 1, 2, 4, 6)),
    )


def _offered(per_round: int) -> str:
    return f"share offered, {per_round} a round"


def _figures(offers: dict[int, tuple[float, ...]]) -> Table:
    times = grid(0, LAST, LAST * OFFERS[-1])[:-1]
    columns = {FOUGHT: figures(times)}
    for m, made in offers.items():
        columns[_offered(m)] = figures(made[int(time * m)] for time in times)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("rounds of fighting so far", 0, LAST)
    panel = Panel(across, Axis("share of the prize on offer", 0.4, 0.51), FOUGHT)
    rows, labels = panel.labels(
        [
            (
                f"{m} {'offer' if m == 1 else 'offers'} a round",
                numbers(table, _offered(m))[-1],
                colour,
            )
            for m, colour in zip(OFFERS, SERIES, strict=False)
        ]
    )
    lines = [
        panel.line(_offered(m), SERIES[place], SERIES_DASHES[place], steps=True)
        for place, m in enumerate(OFFERS)
    ]
    return specification(table, panel.view(*lines, *labels), labels=rows)
