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
CLAIM, VERDICT, HOLDS, TOLD = "claim", "verdict", "holds, of 20", "in words"
NUMBER, BOUND, TOGETHER, PROPOSITION = "number", "says, of 20", "all at once", "proposition"
_COLUMNS = (CLAIM, VERDICT, HOLDS, TOLD, NUMBER, BOUND, TOGETHER, PROPOSITION)
_CHARACTERS = 30
_MANY_CHARACTERS = 60  # so that a name keeps to one line where lines are close
_PLOT = 240


def claims_chart(
    claims: Sequence[Mapping[str, Any]], at_once: Mapping[str, Any] | None = None
) -> Chart:
    """Draw a dot per claim between 0 and 20 of 20 worlds; in its place the number, if that decides.

    Args:
        claims: results with ``id``, ``speaker``, ``proposition``, ``verdict`` and, if it was
            tested, ``holds`` of ``of`` worlds and, if a number decides, ``measured``.
        at_once: ``remain`` and ``fall``, ids of the verdicts that would and would not stand if all claims
            were judged at once.
    """
    rows = [_row(claim, at_once or {}) for claim in claims]
    table = table_of({name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)})
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
        "verdict speaks about these worlds and their assumptions, not about the speaker."
        f"{_method(table)}",
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


def _row(claim: Mapping[str, Any], at_once: Mapping[str, Any]) -> tuple[Any, ...]:
    key, name = verdict_of(claim), str(claim.get("id", "?"))
    share, measured = tested_share(claim), claim.get("measured") or {}
    together = (
        "remains" if name in at_once.get("remain", ())
        else "would depend" if name in at_once.get("fall", ()) else None
    )  # fmt: skip
    begin = f"{key}{_aside(claim, together == 'would depend')}"
    number = _number(measured) if share and measured.get("unit") else None
    bound = _bound(measured) if share and measured and number is None else None
    told = f"{begin}: {of_twenty(*share)}" if share else begin
    if number is not None:
        told, share = begin if begin != key else f"{key}, by this number", None
    elif bound is not None:
        over = "over" if measured.get("more_than") is not None else "under"
        told += f"; it says {over} {OUT_OF * bound:g}"
    return (
        f"{name} {claim.get('speaker') or 'speaker not named'}",
        key,
        rounded(share[0] / share[1] * OUT_OF) if share else None,
        told,
        number,
        None if bound is None else rounded(OUT_OF * bound),
        together,
        str(claim.get("proposition") or ""),
    )


def _aside(claim: Mapping[str, Any], falls: bool) -> str:
    """Say what moves a verdict besides the count or the number; nothing if nothing does."""
    if falls:
        return " alone, not at once"
    if verdict_of(claim) != "depends" or not _clears(claim.get("measured") or {}):
        return ""
    theory = str(claim.get("reason") or "").startswith("on the theory")
    return " on the theory" if theory else ", with a doubt"


def _clears(measured: Mapping[str, Any]) -> bool:
    """Return whether a number surely lies where the claim says."""
    low, high, bound = measured.get("low"), measured.get("high"), _bound(measured)
    if low is None or high is None or bound is None:
        return False
    return low > bound if measured.get("more_than") is not None else high < bound


def _bound(measured: Mapping[str, Any]) -> float | None:
    """Return what the claim says that a number lies above or below."""
    more, less = measured.get("more_than"), measured.get("less_than")
    return more if more is not None else less


def _number(measured: Mapping[str, Any]) -> str | None:
    """Say the number that decides, its interval and what the claim says of it."""
    ends = [measured.get(name) for name in ("value", "low", "high")]
    bound = _bound(measured)
    if bound is None or None in ends:
        return None
    value, low, high = (f"{float(each):.2g}" for each in ends if each is not None)
    over = "over" if measured.get("more_than") is not None else "under"
    return f"{value} {measured['unit']} ({low} to {high}); it says {over} {bound:g}"


def _method(table: Table) -> str:
    """Say what marks there are besides the dots."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    told = ""
    if any(row[BOUND] is not None for row in rows):
        told += " A bar across a line: what that claim says itself, where others need 15 of 20."
    if any(row[NUMBER] is not None for row in rows):
        told += (
            " A number in place of a dot decides instead of the count; in brackets, where it surely lies as "
            "far as the drawing of worlds goes."
        )
    return told


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
    """Return a faint row per claim, a stem and a dot or a number where it was tested, the verdict in words."""
    tested = [{"filter": f"isValid(datum['{HOLDS}'])"}]
    keys = list(VERDICTS)
    style = {"field": VERDICT, "type": "nominal", "legend": None}
    colour = {**style, "scale": {"domain": keys, "range": [VERDICTS[key][1] for key in keys]}}
    shape = {**style, "scale": {"domain": keys, "range": [VERDICTS[key][2] for key in keys]}}
    return [
        {
            "mark": {"type": "rule", "opacity": 0.2, "color": INK},
            "transform": [{"filter": f"!isValid(datum['{NUMBER}'])"}],
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
            "mark": {
                "type": "tick",
                "thickness": 2,
                "size": 15,
                "orient": "vertical",
                "color": INK,
            },
            "transform": [{"filter": f"isValid(datum['{BOUND}'])"}],
            "encoding": {"y": y, "x": {**x, "field": BOUND}},
        },
        {
            "mark": {"type": "text", "align": "left", "fontSize": 11},
            "transform": [{"filter": f"isValid(datum['{NUMBER}'])"}],
            "encoding": {"y": y, "x": {"value": 3}, "text": {"field": NUMBER}},
        },
        {
            "mark": {"type": "text", "align": "left"},
            "encoding": {"y": y, "x": {"value": _PLOT + 14}, "text": {"field": TOLD}},
        },
    ]
