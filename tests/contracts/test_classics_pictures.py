"""Every page of docs/classics has one picture, which is what the models give today."""

from __future__ import annotations

import functools
import importlib
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ripeness.charts.chart import field
from ripeness.charts.classics import PICTURES, Picture
from ripeness.charts.classics.picture import digest, drawn, figures, printed

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "classics"
FOLDER = DOCS / "pictures"
MOST_ROWS = 150  # of a specification
MOST_PRINTED = 12  # rows of a page's table
WIDEST = 700  # pixels; the text of an A4 page is 680 wide
MOST_BYTES = 1_500_000  # of all pictures together
REMEDY = "run `make docs` and look at the difference"

every_picture = pytest.mark.parametrize("name", list(PICTURES))


@functools.cache
def built(name: str) -> Picture:
    return PICTURES[name]()


@functools.cache
def tool() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module("make_classics")
    finally:
        sys.path.pop(0)


def layers(view: dict) -> Iterator[dict]:
    """Yield every layer of a specification that draws the figures."""
    for part in view.get("layer", []) + view.get("hconcat", []):
        yield from layers(part)
    if "mark" in view and "data" not in view:
        yield view


def test_every_page_has_a_picture_and_every_picture_a_page():
    pages = {page.stem for page in DOCS.glob("*.md")}
    assert set(PICTURES) == pages
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.svg" for name in pages}
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < MOST_BYTES


@every_picture
def test_the_file_was_drawn_from_what_the_models_give_today(name):
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert f' data-made-from="{digest(built(name))}" ' in svg[:400], REMEDY


@every_picture
def test_the_page_shows_its_picture_with_a_sentence_and_figures(name):
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert tool().with_picture(page, built(name)) == page, REMEDY
    assert page.count(f"(pictures/{name}.svg)") == page.count("](pictures/") == 1
    assert 2 <= len(built(name).small_table().rows) <= MOST_PRINTED


@every_picture
def test_a_picture_says_a_finding_in_words(name):
    chart = built(name).chart
    assert chart.name == name
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|%|  |\[|\]|-0\b", text), text
    assert not chart.title.endswith(".")
    assert not chart.alt.endswith(".")
    assert chart.sentence.endswith(".")
    assert chart.method.endswith(".")


@every_picture
def test_axes_have_titles_in_words(name):
    for layer in layers(built(name).chart.spec):
        for direction in ("x", "y"):
            encoding = layer["encoding"][direction]
            titled = encoding.get("axis", {}).get("title")
            assert titled or encoding["type"] == "nominal", layer["mark"]


@every_picture
def test_a_specification_is_small_and_its_figures_are_the_table(name):
    chart = built(name).chart
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.loads(json.dumps(chart.spec, allow_nan=False))
    assert sum(len(rows) for rows in chart.spec["datasets"].values()) < MOST_ROWS


@every_picture
def test_nothing_drawn_is_empty(name):
    table = built(name).chart.table
    columns = dict(zip(map(field, table.columns), zip(*table.rows, strict=True), strict=True))
    found = 0
    for layer in layers(built(name).chart.spec):
        made = {step["as"] for step in layer.get("transform", []) if "as" in step}
        for encoding in layer["encoding"].values():
            if "field" in encoding and encoding["field"] not in made:
                cells = [cell for cell in columns[encoding["field"]] if cell is not None]
                assert len(cells) >= 2, encoding["field"]
                found += 1
    assert found >= 3


@every_picture
def test_the_file_holds_a_picture(name):
    root = ET.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == built(name).chart.alt
    assert 500 < float(root.get("width", 0)) < WIDEST
    text = ET.tostring(root, encoding="unicode")
    assert not re.search(r"\bNaN\b|undefined|Infinity|\de[+-]\d", text)
    written = " ".join(
        "".join(part.itertext()) for part in root.iter() if part.tag.endswith("text")
    )
    words = built(name).chart.title.split()
    assert words[0] in written
    assert words[-1] in written
    shapes = [part.get("d") for part in root.iter() if part.tag.endswith("path")]
    assert sum(len(shape or "") for shape in shapes) > 500


def test_the_same_picture_gives_the_same_bytes():
    assert PICTURES["surrender"]() == built("surrender")
    assert drawn(built("surrender")) == drawn(built("surrender"))
    assert drawn(built("index")) == drawn(PICTURES["index"]())


def test_figures_hold_no_noise():
    assert figures([0.1 + 0.2, -1e-17, float("inf"), None]) == [0.3, 0, None, None]
    assert str(figures([-1e-17])[0]) == "0.0"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, "–"), (0.0, "0"), (1234.5, "1,234"), (0.12345, "0.123"), ("yes", "yes"), (3, "3")],
)
def test_figures_are_printed_in_short(cell, text):
    assert printed(cell) == text
