"""Charts to pictures, without a browser and without a network.

The specification is compiled and drawn by vl-convert, which is told that it may fetch nothing.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from ripeness.charts.chart import Chart

VEGA_LITE: Final = "5.21"
"""One version, so that a new vl-convert does not redraw every picture."""

_PARAGRAPH = 78  # characters of a title that fit the width of a picture


def to_svg(chart: Chart, *, titled: bool = False) -> str:
    """Draw a chart as SVG with a transparent background.

    Args:
        chart: what to draw.
        titled: write the finding above the picture, for a picture that stands alone.

    Returns:
        One ``svg`` element. The same chart gives the same bytes, and the ids in it are the
        chart's own, so that several pictures can stand in one page.
    """
    import vl_convert

    spec = _with_title(chart) if titled else chart.spec
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return _described(_renamed(svg, chart.name), chart)


def svg_to_png(svg: str, scale: float = 2.0) -> bytes:
    """Turn a picture into pixels, dark on white."""
    import vl_convert

    return vl_convert.svg_to_png(_on_white(svg), scale=scale)


def _with_title(chart: Chart) -> dict[str, Any]:
    """Return the specification with the finding as its title."""
    lines = textwrap.wrap(chart.title, _PARAGRAPH)
    title = {"text": lines, "anchor": "start", "frame": "bounds", "fontSize": 15, "offset": 14}
    return {**chart.spec, "title": title}


def _renamed(svg: str, name: str) -> str:
    """Number the ids of a picture anew; vl-convert counts them up over a process's life."""
    ids = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    new = {old: f"{name}-{number}" for number, old in enumerate(ids)}
    svg = re.sub(r'\bid="([^"]+)"', lambda match: f'id="{new[match[1]]}"', svg)
    return re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{new.get(match[1], match[1])})", svg)


def _described(svg: str, chart: Chart) -> str:
    """Give the picture as a whole a role and a description, and take them from its parts."""
    svg = re.sub(r' (role="graphics-\w+"|aria-\w+="[^"]*")', "", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label={quoteattr(chart.alt)} ', 1)


def _on_white(svg: str) -> str:
    """Return the picture on a white ground."""
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="white"/>{svg[end:]}'
