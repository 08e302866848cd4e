"""What docs/ says of the code is what the code says, and what it names exists."""

from __future__ import annotations

import functools
import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ripeness.claims.verdict import FEWEST_WORLDS, SMALLEST_SHARE
from ripeness.cli import answer
from ripeness.outcomes.dead import TRIAL_WORLDS
from ripeness.outcomes.engine import LANES
from ripeness.outcomes.sanity import BAND
from ripeness.outcomes.words import OUT_OF

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")

SAID = {
    "docs/sharp_bits.md": (
        f"changed no bit of any record in any of {TRIAL_WORLDS} trial worlds",
        f"can look dead in {TRIAL_WORLDS}.",
        f"fewer than {FEWEST_WORLDS} worlds, or in less than {100 * SMALLEST_SHARE:g} of 100",
        f"in the band of {round(OUT_OF * (BAND[-1] - BAND[0]))} of {OUT_OF} worlds",
    ),
    "docs/architecture.md": (f"chunks to multiples of {LANES} worlds",),
}
"""Sentences written by hand that hold a number of the code."""


@functools.cache
def tool(name: str) -> ModuleType:
    """Import a file of tools/, which is not part of the package."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_pages_are_what_make_docs_makes():
    pages = tool("make_docs").pages()
    stale = [
        relative(path)
        for path, text in pages.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "run `make docs` and look at the difference"
    assert {"docs/model.md", "docs/run_folder.md"} <= {relative(path) for path in pages}


def test_the_model_page_has_every_process_and_number():
    page = tool("docs_model").model_page()
    for path in tool("docs_numbers").numbers():
        if not path.startswith(("events", "issues")):
            assert f"| `{path.rpartition('.')[2]}` |" in page, path
    for _, _, module in tool("docs_reading").processes():
        assert "would break" in module.__doc__


@pytest.mark.parametrize("page", SAID)
def test_numbers_written_by_hand_are_those_of_the_code(page):
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    for sentence in SAID[page]:
        assert sentence in text


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_and_files_exist(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target
    for named in re.findall(r"`((?:src|tests|docs|tools)/[\w/.-]+)`", text):
        assert (ROOT / named).exists(), named
    rooms = [path.name for path in (ROOT / "src" / "ripeness").iterdir() if path.is_dir()]
    for named in re.findall(rf"`((?:{'|'.join(rooms)})/[\w/]+\.py)`", text):
        assert (ROOT / "src" / "ripeness" / named).exists(), named


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_to_headings_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_commands_that_the_readme_shows_exist():
    shown = set(re.findall(r"(?:bin/|`)ripeness ([a-z]+)", README))
    commands = {path.stem for path in (ROOT / "src/ripeness/cli/commands").glob("[a-z]*.py")}
    assert shown
    assert shown <= commands


def test_the_readme_is_short_and_its_answer_was_made():
    assert len(README.splitlines()) <= 120
    example = README.split("<!-- made: answer")[1].split("<!-- end -->")[0]
    titles = re.findall(r'^ +\("([A-Z].+)", _', Path(answer.__file__).read_text(), flags=re.M)
    assert len(titles) >= 5
    for title in titles:
        assert f"\n{title}\n" in example, "run `make picture`"
    assert (ROOT / "docs" / "picture.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_nothing_is_told_about_machines(page):
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|tmp|Users|work)/", text)
