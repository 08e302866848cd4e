"""What a brief must admit: dead numbers, failed sanity checks, what it cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ripeness.brief.format import number
from ripeness.charts.reading import listed
from ripeness.outcomes.words import of_twenty


def dead_numbers(manifest: Mapping[str, Any]) -> list[str] | None:
    """Return the numbers and levers that moved nothing, ``None`` if that was not examined."""
    parameters = manifest.get("parameters") or ()
    examined = "dead" in manifest or any(row.get("moves") is not None for row in parameters)
    if not examined:
        return None
    dead = list(manifest.get("dead") or ())
    dead += [str(row.get("path")) for row in parameters if row.get("moves") is False]
    dead += [f"lever {name}" for name in manifest.get("dead_levers") or ()]
    return list(dict.fromkeys(dead))


def sanity_rows(manifest: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the checks against what was recorded, as text."""
    return [
        {
            "what": str(row.get("what", "")),
            "recorded": number(row.get("recorded")),
            "middle": number(row.get("modelled_median")),
            "low": number(row.get("modelled_low")),
            "high": number(row.get("modelled_high")),
            "unit": str(row.get("unit", "")),
            "source": str(row.get("source", "")),
            "verdict": "inside" if row.get("inside") else "OUTSIDE",
        }
        for row in manifest.get("sanity") or ()
    ]


def cannot_say(manifest: Mapping[str, Any], counts: Mapping[str, int]) -> list[str]:
    """Return what the reader must not take from the brief, the general and then the particular."""
    worlds = sum(counts.values())
    beyond = counts.get("beyond the model", 0)
    lines = [
        "It is not a forecast. So many of twenty worlds means so many of the combinations of "
        "assumptions that the scenario allows, not so many chances in twenty.",
        "It knows only the mechanisms and the ranges in the appendix. A cause that is missing "
        "there cannot decide anything here.",
        "It treats each side as one mind with one estimate. Quarrels within a leadership, "
        "accidents and persons are there only as ranges.",
        "A verdict on a claim says what follows from these assumptions. It does not judge the "
        "speaker, and a claim that fails here may hold in the world.",
    ]
    if beyond:
        lines.append(
            f"It says nothing about what follows where a world leaves the model, as in "
            f"{of_twenty(beyond, worlds)}."
        )
    kinds = Counter(str(row.get("source_kind")) for row in manifest.get("parameters") or ())
    if kinds:
        told = [f"{count:,} {kind}" for kind, count in kinds.most_common()]
        lines.append(f"Of {sum(kinds.values()):,} numbers, by source: {listed(told)}.")
    failed = [row["what"] for row in sanity_rows(manifest) if row["verdict"] == "OUTSIDE"]
    if failed:
        lines.append(
            f"Its first half year does not lie around what was recorded for {listed(failed)}; "
            "trust what depends on that less."
        )
    return lines
