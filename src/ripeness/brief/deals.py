"""What the deals contain, and whether the peace holds."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import xarray as xr

from ripeness.charts.reading import ending_names, listed, side_names, worlds_of
from ripeness.outcomes.words import of_twenty

SETTLED = "worlds that are settled at the horizon"


def terms_table(data: xr.Dataset) -> list[dict[str, str]]:
    """Return, per issue, the most and the second most common level in settled worlds."""
    if not {"terms", "ending"} <= set(data.variables):
        return []
    settled = data["ending"].values == ending_names(data).index("settled")
    labels = _level_labels(data)
    rows = []
    for place, issue in enumerate(map(str, data["issue"].values)):
        codes = data["terms"].values[settled, place].astype(int)
        codes = codes[codes >= 0]
        if not codes.size:
            continue
        counts = np.bincount(codes)
        order = np.argsort(-counts, kind="stable")
        told = [
            f"{_name(labels.get(issue, []), int(level))}: "
            f"{of_twenty(int(counts[level]), codes.size, 'settled worlds')}"
            for level in order[:2]
            if counts[level]
        ]
        rows.append(
            {
                "issue": _issue_label(data, place),
                "most": told[0],
                "next": told[1] if len(told) > 1 else "nothing else",
            }
        )
    return rows


def peace_sentences(data: xr.Dataset) -> list[str]:
    """Say how many settlements and ceasefires there were, and who broke how many."""
    told = []
    pairs = (
        ("settlement_week", "broken_by", "settlement came into force", "settlement was broken"),
        ("first_ceasefire_week", "resumed_by", "ceasefire began", "war was resumed from one"),
    )
    for begun, breaker, event, breach in pairs:
        if not {begun, breaker} <= set(data.variables):
            continue
        happened = np.isfinite(data[begun].values)
        number = int(happened.sum())
        if not number:
            told.append(f"No {event} in any world.")
            continue
        by = data[breaker].values
        broken = int((by[happened] >= 0).sum())
        who = [
            f"{name} in {of_twenty(int((by[happened] == side).sum()), broken)}"
            for side, name in enumerate(side_names(data))
            if broken
        ]
        blame = f", first by {listed(who)}" if who else ""
        told.append(
            f"A {event} in {of_twenty(number, worlds_of(data))}; of these, a {breach} "
            f"in {of_twenty(broken, number)}{blame}."
        )
    if "failed_ratifications" in data.variables:
        failed = int((data["failed_ratifications"].values > 0).sum())
        told.append(f"A signed deal failed at home in {of_twenty(failed, worlds_of(data))}.")
    return told + _patron_costs(data)


def _patron_costs(data: xr.Dataset) -> list[str]:
    """Say what settlements cost patrons while they are in force, of those that cost them anything."""
    if not {"patron_cost", "patron_label"} <= set(data.variables):
        return []
    cost = data["patron_cost"].values
    kept = cost[np.isfinite(cost).all(axis=1)]
    parts = []
    for place, label in enumerate(map(str, data["patron_label"].values)):
        paid = kept[kept[:, place] > 0, place]
        if paid.size:
            low, middle, high = np.quantile(paid, (0.1, 0.5, 0.9))
            share = of_twenty(paid.size, len(kept), "settlements")
            parts.append(
                f"{label} EUR {middle:.1f} bn a month ({low:.1f} to {high:.1f}) in {share}"
            )
    return [f"Standing behind them costs {listed(parts)}."] if parts else []


def _level_labels(data: xr.Dataset) -> dict[str, list[str]]:
    """Return the names of each issue's levels."""
    attributes = data["terms"].attrs
    for key in ("level_labels", "levels"):
        found: Any = attributes.get(key)
        if isinstance(found, str):
            found = json.loads(found)
        if found:
            return {str(issue): [str(level) for level in levels] for issue, levels in found.items()}
    return {}


def _issue_label(data: xr.Dataset, place: int) -> str:
    name = "issue_label" if "issue_label" in data.variables else "issue"
    return str(data[name].values[place]).replace("_", " ")


def _name(labels: list[str], level: int) -> str:
    return labels[level].replace("_", " ") if level < len(labels) else f"level {level}"
