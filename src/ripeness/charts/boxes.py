"""What claims hang on: for those that depend most on the world, in how many worlds of a box each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.labels import wrapped
from ripeness.charts.reading import listed, rounded
from ripeness.charts.style import BLUE, GREY, INK, specification
from ripeness.outcomes.words import OUT_OF, of_twenty_short

MOST: Final = 8
"""Claims that are drawn: those that depend most on the world."""

NEARLY: Final = 0.75
"""Of two boxes that save bits within this ratio, the one with fewer ranges is told (assumed)."""

CLAIM, BOX, INSIDE, ELSEWHERE, TOLD = "claim", "box", "in the box", "elsewhere", "in words"
_ROW: Final = "row"
_PLOT: Final = 360
_STEP: Final = 19  # pixels; a line of a heading, and a claim
_CHARACTERS: Final = 88
_LEFT: Final = -46  # where a heading begins, beside the names of claims


class _Hanging(NamedTuple):
    """A claim with the box on which it hangs most, the bits that telling it saves, and its ranges."""

    claim: Mapping[str, Any]
    condition: str
    bits: float
    ranges: int


def boxes_chart(shared: Mapping[str, Any]) -> Chart | None:
    """Draw, for the claims that depend most on the world, the box that tells most of each.

    Args:
        shared: boxes with their claims, see ``claims.discovery.shared.SharedBoxes.as_mapping``.

    Returns:
        None if no claim has a box.
    """
    found = _most_hanging(shared.get("boxes") or ())
    if not found:
        return None
    table = _table(found)
    return Chart(
        name="boxes",
        title=_title(found[0]),
        sentence=_sentence(_grouped(found)),
        spec=_spec(table),
        table=table,
        alt="Pairs of dots: in how many of twenty worlds a claim holds in the box that tells most, and outside",
        method=f"The {len(found)} claims that depend most on the world, each with the box that tells most of "
        "it: filled, its worlds; open, all others. Boxes were chosen in one half of the worlds that test a "
        "claim; these counts are of the other. A box is not a cause: what it names may stand for something "
        "else.",
    )


def _most_hanging(boxes: Sequence[Mapping[str, Any]]) -> list[_Hanging]:
    """Return the claims that depend most on the world, most first, each with its best box."""
    best: dict[str, _Hanging] = {}
    for box in boxes:
        for claim in box["claims"]:
            each = _Hanging(
                claim, str(box["condition"]), float(claim["bits_saved"]), len(box["restrictions"])
            )
            known = best.get(claim["claim"])
            if known is None or _tells_better(each, known):
                best[claim["claim"]] = each
    return sorted(best.values(), key=lambda each: -each.bits)[:MOST]


def _tells_better(one: _Hanging, other: _Hanging) -> bool:
    """Return whether a box is the better to tell: if both save nearly as much, the one with fewer ranges."""
    least, most = sorted((one.bits, other.bits))
    if least >= NEARLY * most and one.ranges != other.ranges:
        return one.ranges < other.ranges
    return one.bits > other.bits


def _grouped(found: Sequence[_Hanging]) -> dict[str, list[_Hanging]]:
    groups: dict[str, list[_Hanging]] = {}
    for each in found:
        groups.setdefault(each.condition, []).append(each)
    return groups


def _counts(each: _Hanging) -> Iterator[tuple[int, int]]:
    for side in ("inside", "elsewhere"):
        yield each.claim[side]["holds"], each.claim[side]["of"]


def _sentence(groups: Mapping[str, Sequence[_Hanging]]) -> str:
    """Say which box tells most of which claims; in how many worlds is in the picture and its table."""
    told = [
        f"{listed([str(each.claim['claim']) for each in group])} on worlds {condition}"
        for condition, group in groups.items()
    ]
    return f"What most depends on: {'; '.join(told)}."


def _title(most: _Hanging) -> str:
    inside, elsewhere = _counts(most)
    worlds = {0: "no world", inside[1]: "all worlds"}.get(
        inside[0], f"{of_twenty_short(*inside)} worlds"
    )
    return (
        f"{most.claim['claim']} depends most on the world: it holds in {worlds} {most.condition}, "
        f"elsewhere in {of_twenty_short(*elsewhere)}"
    )


def _table(found: Sequence[_Hanging]) -> Table:
    """Return a row per claim, under its box."""
    columns: dict[str, list[Any]] = {name: [] for name in (CLAIM, BOX, INSIDE, ELSEWHERE, TOLD)}
    for condition, group in _grouped(found).items():
        for each in group:
            inside, elsewhere = _counts(each)
            words = f"{of_twenty_short(*inside)}; elsewhere {of_twenty_short(*elsewhere)}"
            shares = (rounded(OUT_OF * holds / of) for holds, of in (inside, elsewhere))
            row = (each.claim["claim"], f"worlds {condition}", *shares, words)
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    rows, headings, order = [], [], []
    last = ""
    for name, box, inside, elsewhere, words in table.rows:
        if box != last:
            for place, line in enumerate(wrapped(f"W{str(box)[1:]}", _CHARACTERS)):
                order.append(f"{box}{place}")
                headings.append({_ROW: order[-1], "line": line})
            last = str(box)
        order.append(str(name))
        rows.append({_ROW: name, INSIDE: inside, ELSEWHERE: elsewhere, TOLD: words})
    y = {
        "field": _ROW,
        "type": "nominal",
        "scale": {"domain": order, "paddingInner": 0},
        "axis": None,
    }
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, OUT_OF], "nice": False},
        "axis": {"values": [0, 5, 10, 15, 20], "title": "worlds in which it holds, of 20", "grid": True},
    }  # fmt: skip
    view = {
        "width": _PLOT,
        "height": {"step": _STEP},
        "layer": [_headings(y), *_dots(x, y)],
    }
    return specification(table, view, rows=rows, headings=headings)


def _headings(y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "headings"},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "opacity": 0.8},
        "encoding": {"y": y, "x": {"value": _LEFT}, "text": {"field": "line", "type": "nominal"}},
    }


def _dots(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a claim's name, a line between its two dots, the dots, and the figures in words."""
    data = {"name": "rows"}
    text = {"type": "text", "align": "left", "baseline": "middle"}
    inside, elsewhere = {**x, "field": INSIDE}, {**x, "field": ELSEWHERE}
    return [
        {
            "data": data,
            "mark": {**text, "fontWeight": "bold"},
            "encoding": {"y": y, "x": {"value": _LEFT + 8}, "text": {"field": _ROW}},
        },
        {
            "data": data,
            "mark": {"type": "rule", "strokeWidth": 2, "color": GREY},
            "encoding": {"y": y, "x": inside, "x2": {"field": ELSEWHERE}},
        },
        {
            "data": data,
            "mark": {"type": "point", "size": 80, "filled": False, "stroke": INK, "opacity": 1},
            "encoding": {"y": y, "x": elsewhere},
        },
        {
            "data": data,
            "mark": {"type": "point", "size": 90, "filled": True, "color": BLUE, "opacity": 1},
            "encoding": {"y": y, "x": inside},
        },
        {
            "data": data,
            "mark": text,
            "encoding": {"y": y, "x": {"value": _PLOT + 14}, "text": {"field": TOLD}},
        },
    ]
