"""A panel of a picture: two axes of numbers, and lines, bands, points, regions and words in it.

Every method returns layers of Vega-Lite for the panel's ``layer``. What a colour says, a dash or
a label beside the line says too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ripeness.charts.chart import field
from ripeness.charts.labels import side_labels
from ripeness.charts.style import GREY, HEIGHT, INK, LINE_HEIGHT, WIDTH, Scale

HALF: Final = 222
"""Pixels of one of two panels side by side; with axes and labels they make about 680."""

SOLID: Final = (1, 0)
_NOTHING: Final = {"values": [{}]}  # one mark, not one per figure


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of numbers.

    Attributes:
        title: in words, with the unit; for a vertical axis a list gives the lines.
        low: figure at its start.
        high: figure at its end.
        marks: figures that are labelled; empty: Vega-Lite chooses.
        logarithmic: whether equal ratios have equal lengths.
    """

    title: str | list[str]
    low: float
    high: float
    marks: tuple[float, ...] = ()
    logarithmic: bool = False

    def scale(self, length: int) -> Scale:
        """Return the scale over so many pixels."""
        return Scale(self.low, self.high, length, self.logarithmic)

    def encoding(self, length: int, **axis: Any) -> dict[str, Any]:
        """Return the part of an encoding that every layer shares."""
        marks = {"values": list(self.marks)} if self.marks else {"tickCount": 5}
        shown = {"labelExpr": "format(datum.value, ',~r')", "labelFlush": False}
        return {
            "type": "quantitative",
            "scale": self.scale(length).vega(),
            "axis": {"title": self.title, **shown, **marks, **axis},
        }


@dataclass(frozen=True, slots=True)
class Panel:
    """Two axes and the column that runs along the horizontal one."""

    across: Axis
    up: Axis
    by: str
    width: int = WIDTH
    height: int = HEIGHT

    def line(
        self,
        column: str,
        colour: str,
        dash: Sequence[int] = SOLID,
        *,
        by: str = "",
        steps: bool = False,
    ) -> dict[str, Any]:
        """Return a line through a column's figures; ``steps``: a figure holds until the next."""
        shape = {"interpolate": "step-after"} if steps else {}
        mark = {"type": "line", "color": colour, "strokeDash": list(dash), "strokeWidth": 2.4}
        return {"mark": {**mark, **shape, "clip": True}, "encoding": self._at(column, by)}

    def points(
        self, column: str, colour: str, shape: str = "circle", *, by: str = "", size: int = 55
    ) -> dict[str, Any]:
        """Return a point at each of a column's figures."""
        mark = {"type": "point", "shape": shape, "size": size, "stroke": colour, "fill": colour}
        return {"mark": {**mark, "opacity": 1}, "encoding": self._at(column, by)}

    def band(
        self,
        low: str,
        high: str | float,
        colour: str,
        opacity: float = 0.22,
        *,
        steps: bool = False,
    ) -> dict[str, Any]:
        """Return the area between two columns, or between a column and a figure."""
        shape = {"interpolate": "step-after"} if steps else {}
        mark = {"type": "area", "color": colour, "opacity": opacity, "clip": True, **shape}
        return {
            "mark": mark,
            "encoding": {
                **self._at(low),
                "y2": {"field": field(high)} if isinstance(high, str) else {"datum": high},
            },
        }

    def between(self, start: float, end: float, colour: str = GREY) -> dict[str, Any]:
        """Return a region over the panel's whole height."""
        x, y = self._x(), self._y()
        return {
            "data": _NOTHING,
            "mark": {"type": "rect", "color": colour, "opacity": 0.2},
            "encoding": {
                "x": {**x, "datum": start},
                "x2": {"datum": end},
                "y": {**y, "datum": self.up.low},
                "y2": {"datum": self.up.high},
            },
        }

    def upright(self, place: float, dash: Sequence[int] = (3, 3)) -> dict[str, Any]:
        """Return a thin line over the panel's whole height."""
        mark = {"type": "rule", "color": INK, "strokeDash": list(dash), "opacity": 0.7}
        return {"data": _NOTHING, "mark": mark, "encoding": {"x": {**self._x(), "datum": place}}}

    def level(self, place: float, dash: Sequence[int] = (3, 3)) -> dict[str, Any]:
        """Return a thin line over the panel's whole width."""
        mark = {"type": "rule", "color": INK, "strokeDash": list(dash), "opacity": 0.7}
        return {"data": _NOTHING, "mark": mark, "encoding": {"y": {**self._y(), "datum": place}}}

    def words(
        self,
        text: str,
        across: float,
        up: float,
        *,
        align: str = "left",
        right: int = 0,
        down: int = 0,
    ) -> dict[str, Any]:
        """Return words at a place, moved by some pixels; a line end in them begins a new line."""
        lines = text.split("\n")
        shift = down - round(LINE_HEIGHT * (len(lines) - 1) / 2)
        mark = {"type": "text", "text": lines, "align": align, "baseline": "middle", "dx": right}
        x, y = {**self._x(), "datum": across}, {**self._y(), "datum": up}
        return {"data": _NOTHING, "mark": {**mark, "dy": shift}, "encoding": {"x": x, "y": y}}

    def labels(
        self, entries: Sequence[tuple[str, float, str]], dataset: str = "labels"
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return labels at the right edge: rows of their data set, and layers.

        Args:
            entries: label, figure beside which it stands, colour of its line.
            dataset: its name, where a picture has more than one.
        """
        scale = self.up.scale(self.height)
        placed = [(text, scale.pixel(value), colour) for text, value, colour in entries]
        return side_labels(placed, height=self.height, width=self.width, dataset=dataset)

    def view(self, *layers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the panel with its layers, the first at the back."""
        return {"width": self.width, "height": self.height, "layer": list(layers)}

    def _x(self) -> dict[str, Any]:
        return self.across.encoding(self.width, grid=False)

    def _y(self) -> dict[str, Any]:
        lines = 1 if isinstance(self.up.title, str) else len(self.up.title)
        return self.up.encoding(self.height, grid=True, titleY=-12 - LINE_HEIGHT * (lines - 1))

    def _at(self, column: str, by: str = "") -> dict[str, Any]:
        return {
            "x": {**self._x(), "field": field(by or self.by)},
            "y": {**self._y(), "field": field(column)},
        }


def beside(*panels: Mapping[str, Any], spacing: int = 34) -> dict[str, Any]:
    """Return panels side by side."""
    return {"hconcat": list(panels), "spacing": spacing}
