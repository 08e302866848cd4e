"""An explanation written up: one page with pictures, their figures, and the story or the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from ripeness.brief.pictures import draw
from ripeness.brief.write import replace_file
from ripeness.charts.chart import Chart

_TEMPLATES: Final = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Attributes:
        heading: of the section.
        paragraphs: text.
        charts: pictures, each with its finding, sentence and method.
        entries: what happened when, numbered as in the picture: month and words.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the page says.

    Attributes:
        title: of the page.
        facts: what was looked at, in one line.
        answer: the finding, in one sentence.
        sections: in order.
        reproduce: the command that gives it again.
    """

    title: str
    facts: str
    answer: str
    sections: tuple[Section, ...]
    reproduce: str

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All pictures in order."""
        return tuple(chart for section in self.sections for chart in section.charts)


def write_explanation(explanation: Explanation, page: Path) -> Path:
    """Write an explanation as an HTML page that needs nothing else, and return its path.

    Raises:
        InputError: if it cannot be written.
        OSError: if its folder cannot be made.
    """
    page.parent.mkdir(parents=True, exist_ok=True)
    return replace_file(page, render(explanation))


def render(explanation: Explanation) -> str:
    """Return an explanation as one HTML page."""
    from ripeness import __version__  # type: ignore[attr-defined]

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = {chart.name: draw(chart) for chart in explanation.charts}
    return environment.get_template("explained.html.j2").render(
        style=Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704
        page=explanation,
        pictures=drawn,
        version=__version__,
    )
