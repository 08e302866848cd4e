"""Regions of war and peace: how strong the rising side is, and how fast it rises."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import GREY, SERIES, SERIES_DASHES, specification
from ripeness.classics import powell_power_path, powell_preventive_war

DESTROYED = (0.1, 0.2, 0.3)
DISCOUNT = 0.9
TOP = 0.6  # largest rise drawn
POWER, POSSIBLE = "chance now", "largest rise possible"


@PICTURES.register("powell-commitment")
def build() -> Picture:
    """Draw the critical rise against the chance now, for three costs of war."""
    table = _figures()
    least, most = (powell_preventive_war(0.3, 0, w, DISCOUNT).critical_shift for w in (0.1, 0.3))
    steps = powell_power_path((0.3, 0.4, 0.5, 0.6), 0.1, DISCOUNT).war
    jump = powell_power_path((0.3, 0.6), 0.1, DISCOUNT).war
    if steps or not jump:
        raise ValueError("the sentence says that the steps keep peace and the jump does not")
    return Picture(
        Chart(
            name="powell-commitment",
            title="Speed brings war, not size: a rise within one period beyond the line cannot be "
            "bought off",
            sentence=f"At a chance of 0.3 now, war comes if the next period brings a rise of more "
            f"than {least:.2f} where war destroys a tenth of everything, and of more than "
            f"{most:.2f} where it destroys three tenths. The same rise from 0.3 to 0.6 brings war "
            "in one step, and not in three by this condition, which looks one step ahead (see "
            "*Shifting power*).",
            spec=_spec(table),
            table=table,
            alt="Regions of war and peace: the rise in one period beyond which war comes, against "
            "the rising side's chance of winning now, for three costs of war",
            method=f"War destroys the given share of every pie for ever; discount factor "
            f"{DISCOUNT:g} a period. Above the falling line the chance would exceed 1.",
        ),
        nearest(table, (0, 0.2, 0.4, 0.6, 0.8)),
    )


def _critical(destroyed: float) -> str:
    return f"critical rise, {destroyed:g} destroyed"


def _figures() -> Table:
    powers = grid(0, 1, 100)
    columns = {POWER: figures(powers), POSSIBLE: figures(min(TOP, 1 - p) for p in powers)}
    for w in DESTROYED:
        rises = [powell_preventive_war(p, 0, w, DISCOUNT).critical_shift for p in powers]
        columns[_critical(w)] = figures(
            rise if rise <= 1 - p else None for p, rise in zip(powers, rises, strict=True)
        )
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("rising side's chance of winning a war now", 0, 1)
    up = Axis("rise of that chance in the next period", 0, TOP)
    panel = Panel(across, up, POWER, width=600, height=260)
    layers = [panel.band(_critical(DESTROYED[0]), POSSIBLE, GREY, 0.2)]
    texts = ("war destroys 1 of 10", "2 of 10", "3 of 10")
    for place, w in enumerate(DESTROYED):
        column = _critical(w)
        layers.append(panel.line(column, SERIES[place], SERIES_DASHES[place]))
        start = numbers(table, column)[0]
        layers.append(panel.words(texts[place], 0.01, start, down=15, right=4))
    layers += [
        {
            **panel.line(POSSIBLE, "currentColor"),
            "transform": [{"filter": "datum['chance now'] >= 0.4"}],
        },
        panel.words("shaded: war now,\nif it destroys 1 of 10", 0.27, 0.44, align="center"),
        panel.words("peace, with terms that follow power", 0.45, 0.05, align="center"),
        panel.words("no such rise: the chance\nwould exceed 1", 0.8, 0.45, align="center"),
    ]
    return specification(table, panel.view(*layers))
