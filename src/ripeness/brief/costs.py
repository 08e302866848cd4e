"""What the endings cost, and whether the peace holds, as the brief's tables tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from ripeness.brief.format import sentence
from ripeness.charts.costs import FEWEST
from ripeness.charts.peace import told
from ripeness.charts.reading import about, listed, side_names
from ripeness.outcomes.ending_costs import LEFT, Costs, EndingCost, Measure, ending_costs
from ripeness.outcomes.peace import KINDS, YEARS, PeaceBesideRecord, peace_beside_record
from ripeness.outcomes.peace_record import BASELINE, Entry, peace_record, published
from ripeness.outcomes.words import OUT_OF, of_twenty

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


def peace_lines(data: xr.Dataset) -> dict[str, Any] | None:
    """Return whether the peace holds: sentences, and the whole record as a table; None if it cannot be told."""
    if not {"regime", "ending", "ended_week"} <= set(data.variables):
        return None
    found = peace_beside_record(data)
    return {
        "sentences": [
            *told(found),
            *_others(found),
            *_ratification(found),
            *_guarantee(found),
            *_called(data),
            *_recurrence(),
        ],
        "years": YEARS,
        "record": [_recorded(entry) for entry in peace_record()],
    }


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


def _guarantee(found: PeaceBesideRecord) -> list[str]:
    """Say what a strong guarantee does to the rate of breaches, beside what peacekeepers do in the record."""
    if found.guarantee_ratio is None:
        return []
    ratio, low, high = found.guarantee_ratio
    known = published()["peacekeeping_hazard_ratio"]
    return [
        f"Per year, settlements with a strong guarantee break {ratio:.2f} times as often as the others "
        f"({low:.2f} to {high:.2f}); peace with peacekeepers breaks {known.low:.2f} to {known.high:.2f} times "
        f"as often in the literature ({known.citation}). In the run like is not compared with like: a strong "
        "guarantee may be signed where peace is weak."
    ]


def _called(data: xr.Dataset) -> list[str]:
    """Say how often guarantors who were called upon came, beside how often allies did."""
    if "guarantors_called" not in data:
        return []
    called, came = (int(data[f"guarantors_{what}"].sum()) for what in ("called", "came"))
    if not called:
        return []
    share = of_twenty(came, called, "breaches")
    return [
        f"Guarantors in place were called upon after {called:,} breaches and came in {share}. A peace is "
        "broken where they are least expected to come: this is no measure of how credible they are."
    ]


def _others(found: PeaceBesideRecord) -> list[str]:
    """Say what the other lines of the record make of each kind of peace; victories are final in the model."""
    lines = []
    for kind, words in KINDS.items():
        entries = [entry for entry in found.others if entry.kind == kind != "victory"]
        against = [
            (entry, beside) for entry in entries if (beside := found.against(entry)) is not None
        ]
        parts = [
            f"{beside.verdict.replace('the record', entry.what)} ({entry.event}; {beside.years} "
            f"{'year' if beside.years == 1 else 'years'})"
            for entry, beside in against
        ]
        if parts:
            lines.append(f"By other lines of the record, the model's {words} are {listed(parts)}.")
    return lines


def _ratification(found: PeaceBesideRecord) -> list[str]:
    """Say how many ceasefires that came with a deal ended in war before the deal was in force."""
    seen = found.peaces.get("ratification")
    if seen is None or not seen.number:
        return []
    share = of_twenty(seen.breaks, seen.number, "ceasefires that came with a signed deal")
    return [
        f"In {share}, war came back before the deal was in force: it failed at home, or a side attacked. "
        "These are not among the ceasefires above."
    ]


def _recurrence() -> list[str]:
    known = published()["interstate_recurrence"]
    return [
        f"{sentence(known.what)[:-1]}: {known.low * OUT_OF:.0f} to {known.high * OUT_OF:.0f} of 20 "
        f"({known.citation})."
    ]


def _recorded(entry: Entry) -> Mapping[str, Any]:
    """Return an entry of the record as the cells of a row."""
    cells = []
    for years in YEARS:
        found = entry.years.get(years)
        if found is None:
            cells.append("–")
            continue
        span = f"{found.low * OUT_OF:.1f} to {found.high * OUT_OF:.1f}"
        cells.append(span if found.share is None else f"{found.share * OUT_OF:.1f} ({span})")
    kind = "the baseline" if entry.kind == BASELINE else "the model's measure" if entry.main else ""
    return {
        "what": entry.what, "event": sentence(entry.event), "n": f"{entry.n:,} {entry.noun}",
        "cells": cells, "role": kind, "note": sentence(entry.note), "citation": entry.citation,
    }  # fmt: skip
