"""Costs and peace of a run as plain numbers: what the JSON of a run says of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import xarray as xr

from ripeness.outcomes.ending_costs import ending_costs
from ripeness.outcomes.later_war import later_war
from ripeness.outcomes.peace import KINDS, Beside, measure_of, peace_beside_record
from ripeness.outcomes.peace_record import BASELINE, main_entry, peace_record


def reckoning(data: xr.Dataset) -> dict[str, Any]:
    """Return what each ending costs, whether later wars are worse, and how long peace lasts.

    Args:
        data: outcomes of a run.
    """
    return {
        "costs": costs_by_ending(data),
        "later_war": asdict(later_war(data)),
        "peace": peace_by_kind(data),
    }


def costs_by_ending(data: xr.Dataset) -> dict[str, Any]:
    """Return the costs by ending; under each cost the sides, or ``war`` where it is not a side's."""
    costs, sides = ending_costs(data), [str(side) for side in data["side"].values]
    units = {each.name: each.unit for each in costs.measures}
    endings: dict[str, Any] = {}
    for row in costs.endings:
        found: dict[str, Any] = {}
        for (name, side), spread in row.costs.items():
            found.setdefault(name, {})[sides[side] if side >= 0 else "war"] = asdict(spread)
        endings[row.ending] = {"worlds": row.worlds, **found}
    return {"units": units, "endings": endings}


def peace_by_kind(data: xr.Dataset) -> dict[str, Any]:
    """Return how many peaces break within so many years: the model, the record, and a dumb baseline."""
    found = peace_beside_record(data)
    score = found.score
    return {
        "kinds": {
            kind: {
                "what": KINDS[kind],
                "number": seen.number,
                "broken": seen.breaks,
                "years_watched": seen.years,
                "measured_by": entry.id if (entry := measure_of(kind)) else None,
                "within": {str(row.years): _row(row) for row in found.rows if row.kind == kind},
            }
            for kind, seen in found.peaces.items()
        },
        "guarantee_rate_ratio": found.promised_ratio,
        "guarantee_rate_ratio_in_place": found.in_place_ratio,
        "distance_from_record": score[0] if score else None,
        "distance_of_baseline": score[1] if score else None,
        "figures_compared": score[2] if score else 0,
        "baseline": entry.id if (entry := main_entry(BASELINE)) else None,
        "other_verdicts": {
            entry.id: {"years": beside.years, "verdict": beside.verdict}
            for entry in found.others
            if (beside := found.against(entry)) is not None
        },
        "record": [asdict(entry) for entry in peace_record()],
    }


def _row(row: Beside) -> dict[str, Any]:
    return {
        "model": asdict(row.model) if row.model else None,
        "record": asdict(row.record) if row.record else None,
        "baseline": row.baseline.middle if row.baseline else None,
        "verdict": row.verdict or "nothing to compare",
    }
