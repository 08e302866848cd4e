"""What a picture of a classic is: a chart of a published model, and which of its figures to print.

A *builder* takes nothing and returns a :class:`Picture`: it solves the model at fixed, named
parameters. The same code gives the same bytes, on any machine: figures are rounded far above the
noise of floating-point numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table
from ripeness.charts.render import VEGA_LITE, to_svg
from ripeness.registry import Registry

_SIGNIFICANT: Final = 8  # digits kept in a specification
_DECIMALS: Final = 10
_PRINTED: Final = 3  # digits printed in a page's table
_PARAGRAPH: Final = 80  # characters of a finding that fit the width of a picture


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a model and its small table.

    Attributes:
        chart: what is drawn; its ``method`` states the parameters.
        shown: rows of the chart's table that the page prints; empty: all.
    """

    chart: Chart
    shown: tuple[int, ...] = ()

    def small_table(self) -> Table:
        """Return the rows that the page prints."""
        table = self.chart.table
        rows = [table.rows[place] for place in self.shown] or table.rows
        return Table(table.columns, tuple(rows))


PICTURES: Final[Registry[Callable[[], Picture]]] = Registry("picture")
"""Builders by the name of the page in docs/classics that shows the picture."""


def figures(values: Iterable[float | int | None]) -> list[Cell]:
    """Return numbers as a table keeps them: rounded, and without what is not finite."""
    return [
        None if value is None or not np.isfinite(value) else _rounded(value) for value in values
    ]


def _rounded(value: float | int) -> float:
    """Return a number without the noise of floating-point arithmetic; the sum makes -0 a 0."""
    return float(f"{round(float(value), _DECIMALS):.{_SIGNIFICANT}g}") + 0.0


def grid(low: float, high: float, parts: int) -> list[float]:
    """Return evenly spaced numbers, both ends included, as one would write them by hand."""
    return [round(low + (high - low) * part / parts, 10) for part in range(parts + 1)]


def nearest(table: Table, values: Sequence[float]) -> tuple[int, ...]:
    """Return the rows whose first figures are nearest to these values."""
    first = np.array([row[0] for row in table.rows], float)
    return tuple(int(np.argmin(np.abs(first - value))) for value in values)


def numbers(table: Table, column: str) -> list[float]:
    """Return a column of numbers, NaN where there is none."""
    cells = [row[table.columns.index(column)] for row in table.rows]
    return [math.nan if cell is None else float(cell) for cell in cells]


def printed(cell: Cell) -> str:
    """Return a figure as a page prints it."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if float(cell).is_integer() or abs(cell) >= 10**_PRINTED:
        return f"{cell:,.0f}"
    return f"{cell:.{_PRINTED}g}"


def digest(picture: Picture) -> str:
    """Return what tells whether a file was drawn from this picture."""
    chart = picture.chart
    made_from = [VEGA_LITE, chart.name, chart.title, chart.alt, chart.spec]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:16]


def drawn(picture: Picture) -> str:
    """Return the file: the picture under its finding, on white, with its digest."""
    chart = picture.chart
    svg = to_svg(replace(chart, spec={**chart.spec, "title": _title(chart.title)}))
    svg = svg.replace("<svg ", f'<svg data-made-from="{digest(picture)}" ', 1)
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="white"/>{svg[end:]}\n'


def _title(text: str) -> dict[str, Any]:
    """Return the finding as a title, in as few lines as fit and those about equally long."""
    fewest = len(textwrap.wrap(text, _PARAGRAPH))
    width = next(n for n in range(1, _PARAGRAPH + 1) if len(textwrap.wrap(text, n)) == fewest)
    lines = textwrap.wrap(text, width)
    return {"text": lines, "anchor": "start", "frame": "bounds", "fontSize": 15, "offset": 14}
