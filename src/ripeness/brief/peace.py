"""Whether the peace holds, as the brief tells it: sentences, and the whole record as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from ripeness.brief.format import sentence
from ripeness.charts.peace import told
from ripeness.charts.reading import listed
from ripeness.outcomes.peace import KINDS, YEARS, PeaceBesideRecord, peace_beside_record
from ripeness.outcomes.peace_record import BASELINE, Entry, peace_record, published
from ripeness.outcomes.words import OUT_OF, of_twenty


def peace_lines(data: xr.Dataset) -> dict[str, Any] | None:
    """Return whether the peace holds: sentences, and the whole record as a table; None if it cannot be told."""
    if not {"regime", "ending", "ended_week"} <= set(data.variables):
        return None
    found = peace_beside_record(data)
    return {
        "sentences": [
            *told(found),
            *_clocks(found),
            *_others(found),
            *_ratification(found),
            *_guarantee(found),
            *_called(data),
            *_recurrence(),
        ],
        "years": YEARS,
        "record": [_recorded(entry) for entry in peace_record()],
    }


def _clocks(found: PeaceBesideRecord) -> list[str]:
    """Say whose clock is whose: the record lies between the two rows of the model."""
    if "signed" not in found.peaces or not found.peaces["signed"].number:
        return []
    return [
        "Two clocks: the record counts an agreement from its signature, and may not list one that was refused "
        "at home. The model's signed deals are counted from the signature too, but end with a refusal at home "
        "as with an attack; its settlements are counted from their coming into force, and know neither a "
        "refusal nor the wait. What is like the record lies between these two rows."
    ]


def _guarantee(found: PeaceBesideRecord) -> list[str]:
    """Say how often peace breaks under strong help, promised and in place, beside the literature."""
    parts = []
    for ratio, words in (
        (found.promised_ratio, "that promise strong help break {} times as often as the others"),
        (found.in_place_ratio, "while such help is in place {} times as often as while it is not"),
    ):
        if ratio is not None:
            middle, low, high = (f"{each:.2f}" for each in ratio)
            parts.append(f"{words.format(middle)} ({low} to {high})")
    if not parts:
        return []
    known = published()["peacekeeping_hazard_ratio"]
    lead = "Per year, settlements" if found.promised_ratio else "Per year, settlements break"
    return [
        f"{lead} {', '.join(parts)}; peace with peacekeepers breaks {known.low:.2f} to {known.high:.2f} times "
        f"as often in the literature ({known.citation}). In the run like is not compared with like: help may "
        "be promised where peace is weak, and is in place only where peace has lasted until it came."
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
