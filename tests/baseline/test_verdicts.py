"""The verdicts on the library's claims: a word changes only when somebody says so.

``make baseline`` writes ``verdicts.json`` anew. A last bit decides a world now and then, so that on another
processor a claim at the edge of a verdict may fall on its other side: a word that differs while its counts
are almost, but not quite, those on file is let pass, and no other.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ripeness.claims.drift import shifts, told
from ripeness.claims.load import claims_about
from ripeness.cli.progress import silent
from ripeness.cli.trying import Subject, try_claims
from ripeness.outcomes.run import run
from ripeness.scenario.load import load

FILE = Path(__file__).with_name("verdicts.json")
SCENARIO, WORLDS, SEED = "ukraine", 512, 1
BY_A_BIT = 2
"""Worlds that a last bit may decide."""

REFRESH = (
    "If this is meant, say so in CHANGELOG.md under **Regression** and type `make baseline`, or\n"
    "RIPENESS_REFRESH_BASELINE=1 python -m pytest tests/baseline/test_verdicts.py"
)


def kept(verdict):
    """Return what is kept of a verdict: its word and its counts."""
    return {name: verdict[name] for name in ("id", "verdict", "holds", "of")}


@pytest.fixture(scope="module")
def found():
    scenario = load(SCENARIO)
    subject = Subject(scenario, run(scenario, WORLDS, SEED), WORLDS, None)
    tried = try_claims(subject, claims_about(scenario), silent)
    listed = [kept(each.verdict.as_mapping()) for each in tried]
    if os.environ.get("RIPENESS_REFRESH_BASELINE") == "1":
        rows = ",\n".join(f" {json.dumps(row)}" for row in listed)
        FILE.write_text(f"[\n{rows}\n]\n")
    return listed


@pytest.fixture(scope="module")
def on_file(found):
    return json.loads(FILE.read_text())


def by_a_bit(shift):
    """Whether a verdict differs by no more than a few worlds, though by some."""
    pairs = list(zip(shift.held_before, shift.held_after, strict=True))
    return shift.held_before != shift.held_after and all(abs(a - b) <= BY_A_BIT for a, b in pairs)


def complaint(before, after):
    """Return what is to be said of the words that differ; nothing if none does."""
    flipped = [
        each for each in shifts(before, after) if each.how == "flipped" and not by_a_bit(each)
    ]
    lines = [f"{each.id} {told(each)}" for each in flipped]
    return "\n".join([*lines, REFRESH]) if lines else ""


def test_no_verdict_flips_silently(found, on_file):
    message = complaint(on_file, found)
    assert not message, f"\n{message}"


def test_no_share_moves_silently(found, on_file):
    moved = [each for each in shifts(on_file, found) if each.how == "shifted"]
    assert not moved, "\n".join([*(f"{each.id} {told(each)}" for each in moved), REFRESH])


def test_the_same_claims_are_on_file(found, on_file):
    assert [row["id"] for row in found] == [row["id"] for row in on_file], REFRESH


def test_a_flip_is_named_with_the_way_to_accept_it():
    before = [{"id": "C01", "verdict": "supported", "holds": 90, "of": 100}]
    after = [{"id": "C01", "verdict": "depends", "holds": 70, "of": 100}]
    message = complaint(before, after)
    assert message.startswith("C01 was supported, is now dependent on the world")
    assert "make baseline" in message
    nearly = [{"id": "C01", "verdict": "depends", "holds": 89, "of": 100}]
    assert complaint(before, nearly) == ""
    same_counts = [before[0] | {"verdict": "depends"}]
    assert "C01" in complaint(before, same_counts)
