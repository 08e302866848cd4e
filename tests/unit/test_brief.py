"""The brief of a run, read as a browser and a printer would."""

from __future__ import annotations

import html.parser
import json
import re

import pytest

import synthetic
from ripeness.brief import write_brief
from ripeness.outcomes.store import FORMAT, Outcomes

MANIFEST = {
    "format": FORMAT,
    "name": "made_up",
    "title": "A war <script>alert('x')</script> & more",
    "scenario_digest": "0123456789abcdef" * 4,
    "seed": 7,
    "worlds": 64,
    "version": "0.1.0",
    "theories": list(synthetic.THEORIES),
    "start": "2025-07-01",
    "horizon_weeks": 260,
    "levers": {"aid": 1.5},
    "timings": {"simulate": 1.25},
    "dead": ["war.front.unused"],
    "parameters": [
        {"path": "war.front.mobility", "low": 1, "likely": 2, "high": 3, "unit": "km per week",
         "distribution": "triangular", "source_kind": "assumed", "reference": None, "moves": True},
        {"path": "war.front.unused", "low": 1, "likely": 2, "high": 3, "unit": "</table><b>",
         "distribution": "triangular", "source_kind": "published",
         "reference": "https://example.org/a?b=<i>", "moves": False},
    ],
    "sanity": [
        {"what": "losses per week", "modelled_low": 1.0, "modelled_median": 2.0,
         "modelled_high": 3.0, "recorded": 4.0, "unit": "soldiers", "source": "a source",
         "inside": False},
    ],
    "reproduce": ["ripeness run made_up --worlds 64 --seed 7", 'ripeness.load("made_up")'],
}  # fmt: skip
CLAIMS = [
    {"id": "C01", "speaker": "Institute <img src=x>", "proposition": "It takes long.",
     "verdict": "supported", "holds": 60, "of": 64, "words": "holds in 19 of 20 worlds",
     "reason": "", "departs": "we say half a year", "text": "STORED WORDS",
     "by_theory": {"a": {"holds": 30, "of": 32}, "b": {"holds": 0, "of": 0}},
     "passages": [{"passage": {"document": "ab" * 32, "start": 10, "end": 20},
                   "label": "an article", "quality": "unsigned"}]},
    {"id": "C02", "speaker": None, "proposition": "Penalties work", "verdict": "untested",
     "holds": 0, "of": 0, "words": "untested: no lever was moved.",
     "reason": "no lever was moved.", "passage": {"label": "a page", "start": 1, "end": 2}},
]  # fmt: skip
VOID = {"meta", "br", "img", "link", "hr", "input"}


class Page(html.parser.HTMLParser):
    """Tags, attributes and text of a page; fails on tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] not in ("style", "title"):
            self.words.append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def make_run(folder, *, case="mixed small", manifest=None, claims=CLAIMS):
    data = synthetic.dataset(64) if case == "mixed small" else synthetic.CASES[case]()
    Outcomes(data, MANIFEST if manifest is None else manifest).save(folder)
    if claims is not None:
        (folder / "claims.json").write_text(json.dumps(claims), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def source(run):
    return write_brief(run).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


def test_it_is_one_page_that_needs_nothing_else(page, source):
    for tag, attributes in page.tags:
        assert tag not in {"script", "link", "img", "iframe", "object", "use", "image", "base"}
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "xlink:href", "srcset", "action"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    style = "".join(re.findall(r"<style>(.*?)</style>", source, re.DOTALL))
    assert "@import" not in style
    assert "url(" not in style
    assert all(target.startswith("url(#") for target in re.findall(r"url\([^)]*\)", source))


def test_it_forbids_itself_scripts_and_fetching(source):
    assert "default-src 'none'" in source


def test_it_is_accessible(page):
    assert dict(page.tags)["html"]["lang"] == "en"
    assert page.count("h1") == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert len(pictures) == page.count("figure") == page.count("figcaption") == 13
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)


def test_ids_are_unique_and_links_lead_somewhere(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for tag, attributes in page.tags:
        if tag == "a":
            assert attributes["href"].removeprefix("#") in ids
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids


def test_every_picture_has_its_table(page):
    ids = {attributes.get("id") for _, attributes in page.tags}
    for name in [str(i).removeprefix("picture-") for i in ids if str(i).startswith("picture-")]:
        assert f"table-{name}" in ids


def test_it_prints_on_a4(source):
    assert "size: A4" in source
    assert "break-inside: avoid" in source
    assert "prefers-color-scheme: dark" in source


def test_everything_is_escaped(page, source):
    assert "<script" not in source
    assert "<img" not in source
    assert "<i>" not in source
    assert "A war <script>alert('x')</script> & more" in page.text
    assert "Institute <img src=x>" in page.text
    assert "</table><b>" in page.text


def test_a_title_cannot_end_the_style_sheet(tmp_path):
    title = '"; } </style><b>out</b>'
    run = make_run(tmp_path / "run", manifest={**MANIFEST, "title": title})
    source = write_brief(run).read_text(encoding="utf-8")
    assert "<b>out</b>" not in source
    assert source.count("</style>") == 1


def test_the_order_is_answer_first(page):
    wanted = ["answer", "endings", "pictures", "deals", "decided", "claims", "dead", "sanity"]
    wanted += ["limits", "tables", "parameters", "reproduce"]
    ids = [attributes.get("id") for _, attributes in page.tags]
    places = [ids.index(name) for name in wanted]
    assert places == sorted(places)


def test_it_says_what_it_must(page):
    text = page.text
    assert "A structured argument, not a forecast" in text
    assert "C01 It takes long. ● Supported in these worlds. It holds in 19 of 20 worlds." in text
    assert "Untested. No lever was moved." in text
    assert "an article (unsigned), document abababababab, characters 10 to 20" in text
    assert "How the test departs from the source We say half a year." in text
    assert "war.front.unused" in text
    assert "OUTSIDE" in text
    assert "aid = 1.5" in text
    assert "2 (1 to 3) km per week" in text
    assert "ripeness run made_up --worlds 64 --seed 7" in text
    assert MANIFEST["scenario_digest"] in text
    assert not re.search(r"\bnan\b|\bNone\b|\d %", text)


def test_endings_add_to_all_worlds(page):
    assert "all endings 64" in page.text


def test_words_of_a_source_are_shown_only_from_the_users_copy(run, page):
    assert "STORED WORDS" not in page.text
    shown = Page(write_brief(run, passages={"C01": "its own <words>"}).read_text("utf-8")).text
    assert "its own <words>" in shown
    assert "Read from the user's own copy" in shown
    assert "Read from the user's own copy" not in page.text


def test_the_same_run_gives_the_same_bytes(run, source):
    assert write_brief(run).read_text(encoding="utf-8") == source


@pytest.mark.parametrize("case", ["all frozen", "one world with holes", "no settlement"])
def test_a_bare_run_is_enough(tmp_path, case):
    run = make_run(tmp_path / "run", case=case, manifest={"format": FORMAT}, claims=None)
    text = Page(write_brief(run).read_text("utf-8")).text
    assert "No claims were tried in this run" in text
    assert "It was not examined" in text
    assert "so that there are no terms to show" in text or case == "one world with holes"


def test_a_variable_that_is_missing_costs_one_picture(tmp_path):
    data = synthetic.dataset(64).drop_vars("force_ratio")
    Outcomes(data, MANIFEST).save(tmp_path)
    text = Page(write_brief(tmp_path).read_text("utf-8")).text
    assert "The picture `expectations` could not be drawn" in text


def test_empty_claims_are_no_claims_filed(tmp_path):
    run = make_run(tmp_path / "run", claims=[])
    assert "No claims are filed" in Page(write_brief(run).read_text("utf-8")).text
