"""When it would be known: for each claim the first week in which something seen tells if it is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.labels import name_axis
from ripeness.charts.style import BLUE, GREY, INK, specification
from ripeness.claims.discovery import Learnt
from ripeness.claims.discovery.told import condition_of_side

CLAIM, WEEK, DECIDED, TOLD, HOW = "claim", "told in week", "decided by week", "in words", "by what"
_PLOT: Final = 300
NOTHING: Final = "nothing seen tells"
OPEN: Final = "too few worlds to learn from"


def learnt_chart(found: Sequence[Learnt]) -> Chart:
    """Draw a dot per claim in the week in which it is first told well, and a tick where it is decided.

    Args:
        found: what tells, one per claim, with the same last week.
    """
    rows = [_row(each) for each in found]
    columns = (CLAIM, WEEK, DECIDED, TOLD, HOW)
    table = table_of({name: [row[place] for row in rows] for place, name in enumerate(columns)})
    told = [each for each in found if each.earliest is not None]
    last = max((each.last for each in found), default=0.0)
    return Chart(
        name="learnt",
        title=_title(len(told), len(found), last),
        sentence=" ".join(f"{each.name}: {each.words}" for each in found) or "No claim was given.",
        spec=_spec(table, last),
        table=table,
        alt="Dots: for each claim, the first week in which something that can be seen tells if it is true",
        method="A month is judged by worlds in which the claim is still open, in the half that did not choose "
        "what to look at. Told means right in more than 15 of 20 worlds, the mean of those in which it holds "
        "and those in which it fails, by two standard errors. The tick is the week by which half of the worlds "
        "have decided the claim themselves.",
    )


def _row(each: Learnt) -> tuple[Any, ...]:
    decided = each.by_definition if each.by_definition <= each.last else None
    if each.earliest is None:
        return each.name, None, decided, NOTHING if each.best else OPEN, ""
    sight = each.earliest
    how = condition_of_side(sight.feature, sight.value, above=sight.above)
    return each.name, sight.week, decided, f"week {sight.week:g}", how


def _title(told: int, total: int, last: float) -> str:
    if not total:
        return "No claim was given"
    if not told:
        return f"Nothing seen within {last:g} weeks tells whether any of {total} claims is true"
    verb = "is" if told == 1 else "are"
    return f"Of {total} claims, what can be seen within {last:g} weeks tells whether {told} {verb} true"


def _spec(table: Table, last: float) -> dict[str, Any]:
    claims = [str(row[0]) for row in table.rows]
    y = {"field": CLAIM, "type": "nominal", "sort": claims, "axis": name_axis(claims, 30)}
    scale = {"domain": [0, last or 1.0], "nice": False}
    axis = {"title": "weeks since the start", "tickCount": 6}
    x = {"field": WEEK, "type": "quantitative", "scale": scale, "axis": axis}
    layers = [
        {
            "mark": {"type": "rule", "opacity": 0.2, "color": INK},
            "encoding": {"y": y, "x": {"value": 0}, "x2": {"value": _PLOT}},
        },
        {
            "transform": [{"filter": f"isValid(datum['{DECIDED}'])"}],
            "mark": {"type": "tick", "thickness": 3, "size": 16, "color": GREY, "opacity": 1},
            "encoding": {"y": y, "x": {**x, "field": DECIDED}},
        },
        {
            "transform": [{"filter": f"isValid(datum['{WEEK}'])"}],
            "mark": {"type": "point", "filled": True, "size": 110, "color": BLUE, "opacity": 1},
            "encoding": {"y": y, "x": x},
        },
        {
            "mark": {"type": "text", "align": "left"},
            "encoding": {"y": y, "x": {"value": _PLOT + 14}, "text": {"field": TOLD}},
        },
    ]
    return specification(table, {"width": _PLOT, "height": {"step": 32}, "layer": layers})
