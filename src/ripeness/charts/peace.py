"""Does the peace hold: how many peaces are broken within so many years, the model's beside the record's."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, field, table_of
from ripeness.charts.ranges import Columns, Look, range_layers
from ripeness.charts.reading import listed, require, rounded, sentence_case, worlds_of
from ripeness.charts.style import BLUE, GREY, VERMILLION, specification
from ripeness.outcomes.peace import (
    CANNOT,
    FEWEST,
    KINDS,
    LESS_SAFE,
    SAFER,
    Beside,
    PeaceBesideRecord,
    measure_of,
    peace_beside_record,
)
from ripeness.outcomes.words import OUT_OF, of_twenty

KIND, WITHIN, WHO, NUMBER, VERDICT = "peace", "within", "whose", "peaces", "verdict"
LOW, MIDDLE, HIGH = "broken, from (of 20)", "broken (of 20)", "broken, to (of 20)"
MODEL, RECORD, BASELINE = "model", "record", "one rate for every peace (baseline)"
_LOOKS: Final = {
    MODEL: Look(BLUE, "circle"),
    RECORD: Look(VERMILLION, "square"),
    BASELINE: Look(GREY, "diamond"),
}
_WIDTH: Final = 400
_STEP: Final = 20
_SHORT: Final = {SAFER: "model safer", LESS_SAFE: "model less safe", CANNOT: "final in the model"}


@CHARTS.register("peace")
def build(data: xr.Dataset) -> Chart:
    """Draw, kind by kind, the share of peaces broken within so many years."""
    require(data, "regime", "ending", "ended_week")
    found = peace_beside_record(data)
    kinds = [kind for kind in KINDS if measure_of(kind) and kind in found.peaces]
    seen = {row.years for row in found.rows if row.model} or {row.years for row in found.rows}
    rows = [row for row in found.rows if row.kind in kinds and row.years in seen]
    table = _table(found, rows)
    return Chart(
        name="peace",
        title=finding(found),
        sentence=f"{_broken_told(found)}{score_told(found)}",
        spec=_spec(table, kinds),
        table=table,
        alt="Ranges with a point: peaces broken within so many years, the model's and the record's",
        method=f"{worlds_of(data):,} worlds; the first signed deal, settlement and ceasefire of each, watched "
        "until war comes back, something else follows or the run stops (Kaplan and Meier 1958). A signed deal "
        "counts from its signature and may be refused at home, a settlement from its coming into "
        "force. Ranges: where 19 of 20 repetitions would lie (Wilson 1927); for ceasefires of the record the "
        "bounds that unknown ends allow. Baseline: all agreements of the record, whatever their kind. Sides "
        "break a peace when they expect more from it, but the ranges of three assumed numbers (how often a "
        "side reconsiders, what resuming and what breaking costs) were set with this record in sight: the "
        "comparison is no test of them.",
    )


def finding(found: PeaceBesideRecord) -> str:
    """Say which kinds of peace are safer in the model than in the record, and which less safe."""
    parts = []
    for verdict, words in ((SAFER, "hold longer"), (LESS_SAFE, "break sooner")):
        kinds = kinds_with(found, verdict)
        if kinds:
            parts.append(f"{listed([KINDS[kind] for kind in kinds])} {words} than in the record")
    if parts:
        return sentence_case("in the model " + "; ".join(parts))
    if any(row.verdict for row in found.rows if row.verdict != CANNOT):
        return "The model's peaces break about as often as those of the record"
    return "Too few peaces to compare with the record"


def kinds_with(found: PeaceBesideRecord, verdict: str) -> list[str]:
    """Return the kinds of peace for which this is the verdict, after any of the times compared."""
    return list(dict.fromkeys(row.kind for row in found.rows if row.verdict == verdict))


def told(found: PeaceBesideRecord) -> list[str]:
    """Say of each kind how many break, in the model and in the record: where they differ, or at the longest."""
    lines = []
    for kind in KINDS:
        both = [row for row in found.rows if row.kind == kind and row.verdict]
        apart = [row for row in both if row.verdict in (SAFER, LESS_SAFE)]
        if both:
            lines.append(row_told((apart or both)[-1], found.peaces[kind].number))
    return lines


def score_told(found: PeaceBesideRecord) -> str:
    """Say how far the model and the baseline lie from the record."""
    score = found.score
    if score is None:
        return f"Fewer than {FEWEST} peaces of every kind: nothing can be said."
    model, baseline, rows = score
    nearer = "nearer, but three of its ranges were set with the record in sight"
    return (
        f"Over {rows} figures the model is {model * OUT_OF:.1f} of 20 away from the record, the baseline "
        f"that looks at nothing {baseline * OUT_OF:.1f}: the model is "
        f"{nearer if model < baseline else 'NOT nearer'}."
    )


def row_told(row: Beside, number: int) -> str:
    """Say a row in words; it must hold a figure of the model and one of the record.

    Args:
        row: of a kind of peace.
        number: of such peaces in the run.
    """
    entry, model, record = measure_of(row.kind), row.model, row.record
    assert entry is not None
    assert model is not None
    assert record is not None
    if record.share is None:
        beside = f"{record.low * OUT_OF:.0f} to {record.high * OUT_OF:.0f} of 20 {entry.noun}"
    else:
        beside = of_twenty(round(record.share * entry.n), entry.n, entry.noun)
    ours = of_twenty(round(model.share * number), number, "in the model")
    years = "a year" if row.years == 1 else f"{row.years} years"
    return (
        f"{sentence_case(KINDS[row.kind])} broken within {years}: {ours}, {beside} in the record: "
        f"{row.verdict}."
    )


def _broken_told(found: PeaceBesideRecord) -> str:
    """Say in how many worlds the settlements and the ceasefires of the run are broken by its end."""
    parts = [
        f"{seen.breaks:,} of {seen.number:,} {KINDS[kind]}"
        for kind in ("signed", "settlement", "ceasefire")
        if kind in found.peaces and (seen := found.peaces[kind]).number
    ]
    return f"By the end of the run {listed(parts)} are broken. " if parts else ""


def _table(found: PeaceBesideRecord, rows: list[Beside]) -> Table:
    columns: dict[str, list[Cell]] = {
        name: [] for name in (KIND, WITHIN, WHO, LOW, MIDDLE, HIGH, NUMBER, VERDICT)
    }
    for row in rows:
        entry = measure_of(row.kind)
        each = (
            (MODEL, row.model, found.peaces[row.kind].number, row.verdict),
            (RECORD, row.record, entry.n if entry else 0, ""),
            (BASELINE, row.baseline, None, ""),
        )
        for who, share, number, verdict in each:
            if share is None:
                continue
            figures = (share.low, share.share, share.high)
            if who == BASELINE:
                figures = (None, share.share, None)
            cells = (None if value is None else rounded(value * OUT_OF) for value in figures)
            within = f"{row.years} {'year' if row.years == 1 else 'years'}"
            line = (KINDS[row.kind], within, who, *cells, number, verdict)
            for name, cell in zip(columns, line, strict=True):
                columns[name].append(cell)
    return table_of(columns)


def _spec(table: Table, kinds: list[str]) -> dict[str, Any]:
    x = {
        "scale": {"domain": [0, OUT_OF], "nice": False},
        "axis": {"values": [0, 5, 10, 15, 20], "grid": True, "title": None, "labels": False},
    }
    panels = []
    for place, kind in enumerate(kinds):
        name = KINDS[kind]
        mine = [row for row in table.rows if row[0] == name]
        within = list(dict.fromkeys(str(row[1]) for row in mine))
        if place == len(kinds) - 1:
            x = {**x, "axis": {**x["axis"], "title": "broken, of 20", "labels": True}}
        keep = f"datum['{field(KIND)}'] === '{name}'"
        columns = Columns(WITHIN, WHO, LOW, MIDDLE, HIGH)
        layers = range_layers(columns, within, _LOOKS, x, keep=keep, legend=place == 0)
        layers.append(_verdicts(keep, x))
        panels.append(
            {
                "title": {"text": sentence_case(name), "fontWeight": "normal", "offset": 6},
                "width": _WIDTH,
                "height": {"step": _STEP, "for": "position"},
                "layer": layers,
            }
        )
    view = {"vconcat": panels, "spacing": 8, "resolve": {"scale": {"y": "independent"}}}
    return specification(table, view)


def _verdicts(keep: str, x: dict[str, Any]) -> dict[str, Any]:
    """Return the layer that says, at the right end, where the model differs from the record."""
    words = dict(_SHORT)
    return {
        "transform": [
            {"filter": f"({keep}) && datum['{field(VERDICT)}'] in {words}".replace("'", '"')},
            {"calculate": f"({words})[datum['{field(VERDICT)}']]".replace("'", '"'), "as": "words"},
        ],
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {
            "x": {**x, "datum": OUT_OF, "type": "quantitative"},
            "y": {"field": field(WITHIN), "type": "nominal"},
            "text": {"field": "words", "type": "nominal"},
        },
    }
