"""The pictures of a brief, each with its sentence and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import xarray as xr
from markupsafe import Markup

from ripeness.brief.format import number
from ripeness.charts import CHARTS, Chart
from ripeness.charts.render import to_svg
from ripeness.errors import InputError

ORDER: Final = (
    "endings",
    "weeks",
    "survival",
    "zone",
    "front",
    "losses",
    "manpower",
    "expectations",
)
"""Pictures in the order of a brief; others follow as they are registered."""

PLACED: Final = ("costs", "later_war", "peace", "rules")
"""Pictures that stand in a section of their own: what endings cost, whether peace holds, what decided."""

EVERY: Final = 6  # months; the rows of a long table that are printed


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or part of one that is too wide for a page.

    Attributes:
        caption: what it shows besides the chart's title.
        columns: headings.
        rows: whether the row is printed on paper, and its cells as text.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[bool, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart drawn."""

    chart: Chart
    svg: Markup
    parts: tuple[Part, ...]


def draw(chart: Chart) -> Picture:
    """Draw a chart; the SVG comes from vl-convert, which escapes every text in it."""
    return Picture(chart, Markup(to_svg(chart)), parts_of(chart))  # noqa: S704


def pictures_of(data: xr.Dataset) -> tuple[list[Picture], dict[str, Picture], list[str]]:
    """Draw every registered chart.

    Returns:
        The pictures in order, those that are placed elsewhere by name, and why others could not be drawn.
    """
    names = [name for name in ORDER if name in CHARTS]
    names += [name for name in CHARTS if name not in (*ORDER, *PLACED)]
    drawn, missing = {}, []
    for name in (*names, *PLACED):
        try:
            drawn[name] = draw(CHARTS[name](data))
        except InputError as error:
            missing.append(f"The picture `{name}` could not be drawn: {error.problems[0].what}")
    placed = {name: drawn.pop(name) for name in PLACED if name in drawn}
    return list(drawn.values()), placed, missing


def parts_of(chart: Chart) -> tuple[Part, ...]:
    """Return a chart's table as text, split by the prefixes (``Russia: ``) of its columns."""
    columns = chart.table.columns
    prefixes = dict.fromkeys(name.split(": ")[0] for name in columns if ": " in name)
    if not prefixes:
        return (_part(chart, "", list(range(len(columns))), 0),)
    shared = [i for i, name in enumerate(columns) if ": " not in name]
    return tuple(
        _part(
            chart,
            prefix,
            shared + [i for i, name in enumerate(columns) if name.startswith(f"{prefix}: ")],
            len(prefix) + 2,
        )
        for prefix in prefixes
    )


def _part(chart: Chart, caption: str, places: list[int], cut: int) -> Part:
    names = (chart.table.columns[i] for i in places)
    columns = tuple(name[cut:] if caption and ": " in name else name for name in names)
    rows = chart.table.rows
    return Part(
        caption=caption,
        columns=columns,
        rows=tuple(
            (
                len(rows) <= 2 * EVERY or place % EVERY == 0 or place == len(rows) - 1,
                tuple(number(row[i]).replace("|", " ") for i in places),
            )
            for place, row in enumerate(rows)
        ),
    )
