"""What a chart is: a finding, a sentence, a picture, the same figures as a table, and a note.

A chart is made by a *builder*, a pure function from the outcomes of a run to a :class:`Chart`. The
builder aggregates: a specification holds what is drawn and never a row per world.

The picture and the table cannot disagree, since the specification's data set ``figures`` is the
table itself. What else a picture needs to place its labels lies in data sets of other names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from ripeness.registry import Registry

Cell = str | int | float | None


_IN_PATHS: Final = str.maketrans(dict.fromkeys("\\'\"`.[](){}", "_"))


def field(column: str) -> str:
    """Return the name of a column in a specification.

    Vega reads points, brackets and quotation marks in a field's name as a path into nested data;
    the name of a side or of a theory may hold any of them.
    """
    return column.translate(_IN_PATHS)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart.

    Attributes:
        columns: headings; ``field`` of each is its name in the specification.
        rows: one cell per column; ``None`` where there is no figure.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as Vega-Lite wants them, under the fields of their columns."""
        fields = [field(column) for column in self.columns]
        return [dict(zip(fields, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with everything that a reader needs besides.

    Attributes:
        name: its name in the registry.
        title: the finding, computed from the data.
        sentence: what the picture shows, for those who cannot see it and for the text.
        spec: a Vega-Lite 5 specification without a title, with its data.
        table: the figures of the picture.
        alt: what kind of picture it is and of what, in one phrase.
        method: how the figures were made and from how many worlds.
    """

    name: str
    title: str
    sentence: str
    spec: dict[str, Any]
    table: Table
    alt: str
    method: str


Builder = Callable[[xr.Dataset], Chart]

CHARTS: Final[Registry[Builder]] = Registry("chart")
"""Every chart that is made from the outcomes alone, in the order in which a brief shows them."""


def table_of(columns: Mapping[str, Sequence[Cell]]) -> Table:
    """Make a table of equally long columns."""
    return Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))
