"""Is the later war worse: the dead of worlds that paused beside those of worlds that fought on."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, table_of
from ripeness.charts.ranges import Columns, Look, range_layers, row_step
from ripeness.charts.reading import about, require, rounded
from ripeness.charts.style import BLUE, VERMILLION, nice_scale, specification
from ripeness.outcomes.ending_costs import Spread
from ripeness.outcomes.later_war import NEIGHBOURS, LaterWar, Pauses, later_war
from ripeness.outcomes.words import of_twenty

WHICH, WHO, WORLDS = "worlds that paused", "which war", "worlds"
LOW, MIDDLE, HIGH = "killed, from (thousand)", "killed, median (thousand)", "killed, to (thousand)"
PAUSED, FOUGHT_ON = "after their pause", "in like worlds that fought on"
_LOOKS: Final = {PAUSED: Look(BLUE, "circle"), FOUGHT_ON: Look(VERMILLION, "square")}
_WIDTH: Final = 440
_STEP: Final = 44


@CHARTS.register("later_war")
def build(data: xr.Dataset) -> Chart:
    """Draw the dead from the pause on, with the pause and without."""
    require(
        data,
        "killed",
        "casualties",
        "casualty_rate",
        "force_ratio",
        "regime",
        "area_held",
        "theory",
    )
    found = later_war(data)
    rows = {
        "all that paused": found.paused,
        "the pause held": found.held,
        "war came back": found.broken,
    }
    table = _table(rows)
    return Chart(
        name="later_war",
        title=finding(found),
        sentence=" ".join(told(found)),
        spec=_spec(table, list(rows)),
        table=table,
        alt="Ranges with a point: killed after a pause, and in the same time in worlds that fought on",
        method=f"{found.worlds:,} worlds; {found.paused.number:,} paused, and {found.paused.compared:,} could "
        f"be compared, each with the mean of at most {NEIGHBOURS} worlds that never paused, under the same "
        "theory if there are any, nearest at that time in dead, pace of losses, ground and advantage. Killed "
        "of both sides from the month of the pause to the end of the run. Point: median; range: 16 of 20 "
        "worlds. A pause is not drawn by lot: what the match does not see stays a difference.",
    )


def finding(found: LaterWar) -> str:
    """Say how often the war after a pause that broke cost more than fighting on would have."""
    if not found.broken.number:
        return "No pause ever breaks: there is no later war to judge"
    if not found.broken.compared:
        return "Every world pauses: there is none that fought on to compare with"
    share = of_twenty(found.broken.dearer, found.broken.compared, "worlds whose pause breaks")
    return f"In {share}, more are killed in the end than in like worlds that fought on"


def told(found: LaterWar) -> list[str]:
    """Say what pauses spared and what came after, one sentence each."""
    lines = []
    paused, broken = found.paused, found.broken
    if not paused.number:
        return ["No world pauses."]
    lines.append(
        f"War came back in {of_twenty(broken.number, paused.number, 'worlds that paused')}."
    )
    if found.spared and found.later and found.months:
        lines.append(
            f"There the pause lasted {about(found.months.median)} months and spared {_lives(found.spared)} "
            f"lives at the pace before it (medians); the later war took {_lives(found.later)}, more than was "
            f"spared in {of_twenty(found.worse_than_spared, broken.number)}."
        )
        lines.append(
            f"It killed faster than before the pause in {of_twenty(found.faster, broken.number)}, and more "
            "than like worlds without a pause lost in the same months in "
            f"{of_twenty(found.harder, broken.number)}."
        )
    if paused.compared:
        lines.append(
            f"Over all pauses, held or broken, more were killed than in like worlds that fought on in "
            f"{of_twenty(paused.dearer, paused.compared)}."
        )
    return lines


def _lives(spread: Spread) -> str:
    return about(spread.median * 1000.0, 2)


def _table(rows: dict[str, Pauses]) -> Table:
    columns: dict[str, list[Cell]] = {name: [] for name in (WHICH, WHO, LOW, MIDDLE, HIGH, WORLDS)}
    for which, pauses in rows.items():
        for who, spread in ((PAUSED, pauses.after), (FOUGHT_ON, pauses.fought_on)):
            found = (spread.low, spread.median, spread.high) if spread else (None, None, None)
            cells = (None if value is None else rounded(value) for value in found)
            for name, cell in zip(columns, (which, who, *cells, pauses.compared), strict=True):
                columns[name].append(cell)
    return table_of(columns)


def _spec(table: Table, names: list[str]) -> dict[str, Any]:
    places = [table.columns.index(name) for name in (LOW, HIGH)]
    scale = nice_scale([float(row[i] or 0.0) for row in table.rows for i in places], zero=True)
    x = {
        "scale": {"domain": [scale.low, scale.high], "nice": False},
        "axis": {
            "title": "killed from the pause on, thousand soldiers",
            "grid": True,
            "tickCount": 6,
        },
    }
    layers = range_layers(Columns(WHICH, WHO, LOW, MIDDLE, HIGH), names, _LOOKS, x)
    view = {"width": _WIDTH, "height": row_step(names, _STEP), "layer": layers}
    return specification(table, view)
