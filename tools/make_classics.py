"""Make the pictures of docs/classics, and the parts of its pages that show them: ``make docs``.

Each page has one picture, docs/classics/pictures/PAGE.svg. It stands in the page between the marks
``<!-- picture -->`` and ``<!-- end -->``, with a sentence, a table of some of its figures and the
parameters. Pictures are drawn from the models alone; a test holds the committed files against
what is made here.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from docs_reading import table

from ripeness.charts.classics import PICTURES, Picture
from ripeness.charts.classics.picture import drawn, printed

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "classics"
FOLDER = "pictures"
PART = re.compile(r"<!-- picture -->\n.*?<!-- end -->", flags=re.DOTALL)


def page_of(name: str) -> Path:
    """Return the page that shows a picture."""
    return DOCS / f"{name}.md"


def file_of(name: str) -> Path:
    """Return the file that holds a picture."""
    return DOCS / FOLDER / f"{name}.svg"


def shown(picture: Picture) -> str:
    """Return what a page says with its picture, marks included."""
    chart, small = picture.chart, picture.small_table()
    rows = [[printed(cell) for cell in row] for row in small.rows]
    parts = (
        f"![{chart.title}. {chart.alt}.]({FOLDER}/{chart.name}.svg)",
        _filled(chart.sentence),
        table(list(small.columns), rows),
        _filled(f"Drawn with: {chart.method}"),
    )
    return "<!-- picture -->\n" + "\n\n".join(parts) + "\n<!-- end -->"


def _filled(text: str) -> str:
    """Return a paragraph in lines that are as long as those of the pages."""
    return textwrap.fill(text, 104, break_long_words=False, break_on_hyphens=False)


def with_picture(page: str, picture: Picture) -> str:
    """Return a page with its picture made anew."""
    made, found = PART.subn(lambda _: shown(picture), page)
    if found != 1:
        raise ValueError(f"{picture.chart.name}.md must have the mark <!-- picture --> once")
    return made


def files() -> dict[Path, str]:
    """Return every picture and every page, as it should be."""
    made = {}
    for name, build in PICTURES.items():
        picture, page = build(), page_of(name)
        made[file_of(name)] = drawn(picture)
        made[page] = with_picture(page.read_text(encoding="utf-8"), picture)
    return made


if __name__ == "__main__":
    (DOCS / FOLDER).mkdir(exist_ok=True)
    for path, content in files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            sys.stdout.write(f"made {path.relative_to(ROOT)}\n")
