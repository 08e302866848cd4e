"""A brief that cannot be written: one message, and the old one stays whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import synthetic
from ripeness.brief import write_brief
from ripeness.brief.format import css_string, number, range_words, sentence
from ripeness.errors import InputError
from ripeness.outcomes.store import FORMAT, Outcomes


@pytest.fixture
def run(tmp_path):
    Outcomes(synthetic.dataset(8, months=8), {"format": FORMAT}).save(tmp_path / "run")
    return tmp_path / "run"


def refused(folder) -> str:
    with pytest.raises(InputError) as caught:
        write_brief(folder)
    (problem,) = caught.value.problems
    assert problem.remedy
    assert str(folder) in problem.where
    return problem.what


def test_no_folder(tmp_path):
    assert "no such folder" in refused(tmp_path / "nowhere")


def test_an_empty_folder(tmp_path):
    refused(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", "null", '{"format": 99}'])
def test_a_damaged_manifest(run, content):
    (run / "manifest.json").write_text(content)
    refused(run)


def test_no_outcomes(run):
    shutil.rmtree(run / "outcomes.zarr")
    refused(run)


def test_damaged_outcomes(run):
    chunks = [
        path
        for path in (run / "outcomes.zarr" / "regime").rglob("*")
        if path.is_file() and not path.name.startswith(".z")
    ]
    for chunk in chunks:
        chunk.write_bytes(b"not a chunk")
    refused(run)


@pytest.mark.parametrize("content", ["{", '"text"', "[1]", "\xff"])
def test_damaged_claims(run, content):
    (run / "claims.json").write_bytes(content.encode("latin-1"))
    refused(run)


def test_claims_may_stand_under_a_key(run):
    (run / "claims.json").write_text(json.dumps({"claims": []}))
    assert "No claims are filed" in write_brief(run).read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_the_old_brief_survives_a_fault(run, monkeypatch, fault):
    (run / "brief.html").write_text("the old one")

    def fails(*_args, **_options):
        raise fault

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises((InputError, KeyboardInterrupt)) as caught:
        write_brief(run)
    assert (run / "brief.html").read_text() == "the old one"
    assert sorted(path.name for path in run.iterdir()) == [
        "brief.html",
        "manifest.json",
        "outcomes.zarr",
    ]
    if isinstance(fault, OSError):
        assert "No space left on device" in str(caught.value)


def test_words_that_are_no_unicode_do_not_stop_it(run):
    claims = [{"id": "C1", "speaker": "x", "proposition": "y", "verdict": "untested"}]
    (run / "claims.json").write_text(json.dumps(claims))
    write_brief(run, passages={"C1": "half a sign \ud800"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.8, "1,234,568"), (0.123456, "0.1235"), (0.0, "0"), (12, "12"), (4096, "4,096"),
        (None, "–"), (float("nan"), "–"), (float("inf"), "–"), ("word", "word"), (2e-7, "2.0e-07"),
        (True, "True"),
    ],
)  # fmt: skip
def test_figures(value, text):
    assert number(value) == text


def test_ranges():
    assert range_words({"low": 2, "likely": 3, "high": 5}) == "3 (2 to 5)"
    assert range_words({"low": 2, "likely": 2, "high": 2}) == "2"
    assert range_words({"low": 2, "high": 5}) == "2 to 5"
    assert range_words({}) == "–"


def test_css_strings_hold_nothing_that_ends_them():
    assert css_string('a"b</style>') == "a\\000022 b\\00003c \\00002f style\\00003e "


def test_sentences():
    assert sentence("a thing") == "A thing."
    assert sentence("Done?") == "Done?"
    assert sentence(None) == ""
