"""What the larger side keeps: much under aimed fire, little under area fire."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import lanchester_linear, lanchester_osipov, lanchester_square

FORCE, MARKED = 1000, 800
OTHER = "side 2 at the start"
LAWS = {
    "aimed fire": lanchester_square,
    "in between (Osipov)": lanchester_osipov,
    "area fire": lanchester_linear,
}


@PICTURES.register("lanchester")
def build() -> Picture:
    """Draw the larger side's survivors against the smaller side's force, for three laws."""
    table = _figures()
    aimed, between, area = (law(FORCE, MARKED).left_1 for law in LAWS.values())
    return Picture(
        Chart(
            name="lanchester",
            title=f"Under aimed fire numbers count twice: {FORCE:,} against {MARKED} leaves "
            f"{aimed:.0f}, under area fire {area:.0f}",
            sentence=f"The larger side's survivors when the smaller is destroyed. Against {MARKED} "
            f"equal soldiers, {FORCE:,} keep {aimed:.0f} if everyone can aim at everyone, "
            f"{between:.0f} under Osipov's law and {area:.0f} if both fire into an area: hiding "
            "lets the few make the many pay.",
            spec=_spec(table),
            table=table,
            alt="Three falling curves: side 1's survivors against side 2's force at the start, "
            "bulging most under aimed fire and straight under area fire",
            method=f"Side 1 begins with {FORCE:,} soldiers, as effective as those of side 2; the "
            "fight goes on until side 2 is destroyed.",
        ),
        nearest(table, (0, 200, 400, 600, 800, 900, 1000)),
    )


def _left(law: str) -> str:
    return f"side 1 left, {law}"


def _figures() -> Table:
    others = [*grid(0, 900, 45), *grid(910, 990, 8), 994, 997, 999, FORCE]
    columns = {OTHER: figures(others)}
    for name, law in LAWS.items():
        columns[_left(name)] = figures(law(FORCE, other).left_1 for other in others)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis(f"side 2 at the start, soldiers (side 1: {FORCE:,})", 0, FORCE)
    up = Axis("side 1 at the end, soldiers", 0, FORCE)
    panel = Panel(across, up, OTHER, width=600, height=260)
    marked = numbers(table, OTHER).index(MARKED)
    layers = [panel.upright(MARKED)]
    for place, name in enumerate(LAWS):
        left = numbers(table, _left(name))[marked]
        layers.append(panel.line(_left(name), SERIES[place], SERIES_DASHES[place]))
        layers.append(panel.words(f"{left:.0f}", MARKED, left, right=8, down=-8))
    layers += [
        panel.words("aimed fire by both", 480, 925),
        panel.words("in between\n(Osipov)", 530, 605, align="center"),
        panel.words("area fire by both", 350, 525, align="center"),
    ]
    return specification(table, panel.view(*layers))
