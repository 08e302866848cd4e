"""Every example in docs/classics runs and prints what the page says; every model has a page."""

import doctest
import re
from pathlib import Path

import pytest

import ripeness.classics

DOCS = Path(__file__).resolve().parents[2] / "docs" / "classics"
PAGES = sorted(DOCS.glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_the_examples_run(path):
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, names, path.name, str(path), 0)
        names = test.globs
        report: list[str] = []
        result = doctest.DocTestRunner().run(test, out=report.append, clear_globs=False)
        assert result.attempted > 0
        assert result.failed == 0, "".join(report)


def test_every_model_has_a_page_and_every_link_leads_somewhere():
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name in ripeness.classics.__all__:
        if name[0].islower():
            assert f"`{name}`" in text or f"{name}()" in text, name
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert linked == {page.name for page in PAGES} - {"index.md"}
