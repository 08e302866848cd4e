"""Not the balance of power but its gap to the benefits brings war."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import powell_shadow_of_power

SHARES = (0.2, 0.45, 0.7)  # D's share of the benefits today
SATISFIED, LOW, HIGH = 0.1, 0.05, 0.4
POWER = "D's chance of winning"


@PICTURES.register("powell-shadow")
def build() -> Picture:
    """Draw the chance of war against D's power, for three shares of the benefits."""
    table = _figures()
    most = max(numbers(table, _risk(SHARES[0])))
    return Picture(
        Chart(
            name="powell-shadow",
            title="Neither balance nor preponderance keeps peace: risk begins where power exceeds "
            f"the share of benefits by more than {LOW:g}",
            sentence=f"Whatever D has today, there is no risk as long as its power is at most "
            f"{LOW:g} above that; then the risk rises with the gap to {most:.2f}, and stays "
            "there, because a larger gap is answered with a larger concession. At even odds of "
            f"0.5 the risk is {_war(0.5, 0.2):.2g}, {_war(0.5, 0.45):.2g} or "
            f"{_war(0.5, 0.55):.2g} for a share of 0.2, 0.45 or 0.55.",
            spec=_spec(table),
            table=table,
            alt="Three equal curves, one behind the other: the chance of war against D's power is "
            "zero, rises and is then level, for three shares of the benefits",
            method=f"D's cost of war is uniform between {LOW:g} and {HIGH:g} of the prize, the "
            f"satisfied side's is {SATISFIED:g}. No figure: the other side would be the "
            "dissatisfied one.",
        ),
        nearest(table, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)),
    )


def _risk(share: float) -> str:
    return f"chance of war, share {share:g}"


def _war(power: float, share: float) -> float:
    solved = powell_shadow_of_power(power, share, SATISFIED, LOW, HIGH)
    return solved.war_probability


def _figures() -> Table:
    powers = grid(0.1, 1, 90)
    columns = {POWER: figures(powers)}
    for share in SHARES:
        columns[_risk(share)] = figures(
            _war(power, share) if power >= round(share - SATISFIED, 9) else None for power in powers
        )
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("D's power: its chance of winning a war", 0.1, 1)
    panel = Panel(across, Axis("chance of war", 0, 0.4), POWER, width=620)
    layers = []
    for place, share in enumerate(SHARES):
        layers.append(panel.line(_risk(share), SERIES[place], SERIES_DASHES[place]))
        text = f"D has {share:g}\nof the benefits"
        layers.append(panel.words(text, share + 0.17, 0.325, align="center"))
    return specification(table, panel.view(*layers))
