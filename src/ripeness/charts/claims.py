"""The claims: where each stands between never and always, with its verdict in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.labels import name_axis
from ripeness.charts.reading import listed, rounded
from ripeness.charts.style import BLUE, GREY, INK, ORANGE, VERMILLION, specification
from ripeness.outcomes.words import OUT_OF, of_twenty

VERDICTS: Final = {
    "supported": ("supported", BLUE, "circle"),
    "contradicted": ("contradicted", VERMILLION, "cross"),
    "depends": ("depends on the world", ORANGE, "diamond"),
    "untested": ("untested", GREY, "square"),
}
"""Word, colour and shape of each verdict."""

_PHRASES: Final = {
    "supported": "supported",
    "contradicted": "contradicted",
    "depends": "dependent on the world",
    "untested": "untested",
}
CLAIM, VERDICT, HOLDS, TOLD, PROPOSITION = (
    "claim",
    "verdict",
    "holds, of 20",
    "in words",
    "proposition",
)
_CHARACTERS = 30
_MANY_CHARACTERS = 60  # so that a name keeps to one line where lines are close
_PLOT = 240


def claims_chart(claims: Sequence[Mapping[str, Any]]) -> Chart:
    """Draw a dot per claim between 0 and 20 of 20 worlds.

    Args:
        claims: results with ``id``, ``speaker``, ``proposition``, ``verdict`` and, if it was
            tested, ``holds`` of ``of`` worlds.
    """
    rows = [_row(claim) for claim in claims]
    columns = (CLAIM, VERDICT, HOLDS, TOLD, PROPOSITION)
    table = table_of({name: [row[i] for row in rows] for i, name in enumerate(columns)})
    most = max((int(claim.get("of") or 0) for claim in claims), default=0)
    counts = dict.fromkeys(VERDICTS, 0)
    for claim in claims:
        counts[verdict_of(claim)] += 1
    return Chart(
        name="claims",
        title=_title(counts),
        sentence=_sentence(claims) or "No claim was given.",
        spec=_spec(table),
        table=table,
        alt="Dots: for each claim, in how many of twenty worlds it holds, with its verdict",
        method=f"Each claim is tested in the worlds to which it applies, at most {most:,}. A "
        "verdict speaks about these worlds and their assumptions, not about the speaker.",
    )


def verdict_of(claim: Mapping[str, Any]) -> str:
    """Return the verdict's key; what is not known counts as untested."""
    verdict = str(claim.get("verdict") or "untested")
    return verdict if verdict in VERDICTS else "untested"


def tested_share(claim: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return in how many worlds a claim holds and of how many, if it was tested so."""
    holds, of = claim.get("holds"), claim.get("of")
    if verdict_of(claim) == "untested" or holds is None or not of:
        return None
    holds, of = int(holds), int(of)
    return (holds, of) if 0 <= holds <= of else None


def _row(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    key = verdict_of(claim)
    share = tested_share(claim)
    told = f"{key}: {of_twenty(*share)}" if share else key
    if claim.get("measured") and share:
        told = f"{key}, by a number over all worlds"
        share = None
    return (
        f"{claim.get('id', '?')} {claim.get('speaker') or 'speaker not named'}",
        key,
        rounded(share[0] / share[1] * OUT_OF) if share else None,
        told,
        str(claim.get("proposition") or ""),
    )


def _title(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return "No claim was tested"
    parts = [f"{number} {_PHRASES[key]}" for key, number in counts.items() if number]
    if len(parts) == 1 and total > 1:
        return f"All {total} claims are {parts[0].split(' ', 1)[1]}"
    return f"Of {total} claim{'s' if total > 1 else ''}: {listed(parts)}"


def _sentence(claims: Sequence[Mapping[str, Any]]) -> str:
    """Say which claims have which verdict."""
    parts = []
    for key, words in _PHRASES.items():
        names = [str(claim.get("id", "?")) for claim in claims if verdict_of(claim) == key]
        if names:
            parts.append(f"{words[:1].upper()}{words[1:]}: {listed(names)}.")
    return " ".join(parts)


def _spec(table: Table) -> dict[str, Any]:
    claims = [str(row[0]) for row in table.rows]
    few = len(claims) <= 20
    y = {
        "field": CLAIM,
        "type": "nominal",
        "sort": claims,
        "axis": name_axis(claims, _CHARACTERS if few else _MANY_CHARACTERS),
    }
    axis = {"values": [0, 5, 10, 15, 20], "title": "worlds in which it holds, of 20"}
    x = {"field": HOLDS, "type": "quantitative", "axis": axis}
    x["scale"] = {"domain": [0, OUT_OF], "nice": False}
    view = {"width": _PLOT, "height": {"step": 36 if few else 21}, "layer": _layers(x, y)}
    return specification(table, view)


def _layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a faint row per claim, a stem and a dot where it was tested, the verdict in words."""
    tested = [{"filter": f"isValid(datum['{HOLDS}'])"}]
    keys = list(VERDICTS)
    style = {"field": VERDICT, "type": "nominal", "legend": None}
    colour = {**style, "scale": {"domain": keys, "range": [VERDICTS[key][1] for key in keys]}}
    shape = {**style, "scale": {"domain": keys, "range": [VERDICTS[key][2] for key in keys]}}
    return [
        {
            "mark": {"type": "rule", "opacity": 0.2, "color": INK},
            "encoding": {"y": y, "x": {"value": 0}, "x2": {"value": _PLOT}},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 3},
            "transform": tested,
            "encoding": {"y": y, "x": x, "x2": {"datum": 0}, "color": colour},
        },
        {
            "mark": {"type": "point", "size": 110, "filled": True, "opacity": 1},
            "transform": tested,
            "encoding": {"y": y, "x": x, "shape": shape, "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left"},
            "encoding": {"y": y, "x": {"value": _PLOT + 14}, "text": {"field": TOLD}},
        },
    ]
