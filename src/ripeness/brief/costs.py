"""What the endings cost, as the brief's tables tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import xarray as xr

from ripeness.charts.costs import FEWEST
from ripeness.charts.reading import about, side_names
from ripeness.outcomes.ending_costs import LEFT, Costs, EndingCost, Measure, ending_costs
from ripeness.outcomes.words import of_twenty

PEOPLE: Final = ("killed", "disabled", "months_of_war")
LAND: Final = ("land_held", "land_taken", "occupied_people")
MONEY: Final = ("war_spending", "output_lost")
NO_PEOPLE: Final = (
    "Under occupation: people in land that was the other side's before the war, all alike dense."
)
_NEEDED: Final = {"killed", "disabled", "regime", "ending", "broken_by", "area_held"}


@dataclass(frozen=True, slots=True)
class CostTable:
    """A table of costs.

    Attributes:
        caption: what it shows.
        columns: headings.
        rows: the ending, in how many worlds, and its cells: median and range.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


def cost_tables(data: xr.Dataset) -> list[CostTable]:
    """Return what the endings cost: in people and time, in land, in money."""
    if not set(data.variables) >= _NEEDED:
        return []
    costs, sides = ending_costs(data), side_names(data)
    found = (
        _table("People and time", costs, sides, PEOPLE),
        _table("Land and the people in it", costs, sides, LAND),
        _table("Money", costs, sides, MONEY),
    )
    return [table for table in found if table.columns]


def _table(caption: str, costs: Costs, sides: list[str], names: tuple[str, ...]) -> CostTable:
    chosen = [
        each for each in costs.measures
        if each.name in names and (each.side >= 0 or each.name == "months_of_war")
    ]  # fmt: skip
    shown = [row for row in costs.endings if row.worlds]
    return CostTable(
        caption,
        tuple(_heading(each, sides) for each in chosen),
        tuple(
            (row.ending, of_twenty(row.worlds, costs.worlds), _cells(row, chosen, costs.worlds))
            for row in shown
        ),
    )


def _heading(measure: Measure, sides: list[str]) -> str:
    side = f"{sides[measure.side]}: " if measure.side >= 0 else ""
    return f"{side}{measure.label}, {measure.unit}"


def _cells(row: EndingCost, chosen: list[Measure], worlds: int) -> tuple[str, ...]:
    if row.worlds < min(FEWEST, worlds):
        return ("too few worlds",) * len(chosen)
    least = row.ending == LEFT or row.ending.startswith("victory of ")
    cells = []
    for each in chosen:
        spread = row.costs.get((each.name, each.side))
        if spread is None:
            cells.append("not recorded")
            continue
        low, middle, high = (_figure(value) for value in (spread.low, spread.median, spread.high))
        cells.append(f"{'at least ' if least else ''}{middle} ({low} to {high})")
    return tuple(cells)


def _figure(value: float) -> str:
    """Write a figure to two digits, and none after the first decimal."""
    return about(value, 2) if abs(value) >= 1 else f"{value:.1f}"
