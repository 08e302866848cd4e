"""docs/claims.md defines every kind, with an example that the program takes for this war."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from ripeness.claims import load_claims
from ripeness.claims.kinds import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
HEAD = "about: ukraine\nclaims:\n  C01:\n    speaker: x\n    kind: {kind}\n    proposition: x\n    test:\n"
SECTIONS = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##)", PAGE.read_text("utf-8"), re.S | re.M))


def test_every_kind_is_defined_there_and_no_other():
    assert set(SECTIONS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_is_a_test_of_that_kind(kind, tmp_path):
    section = SECTIONS[kind]
    example = re.findall(r"```yaml\n(.*?)```", section, re.S)[0]
    file = tmp_path / "example.yaml"
    file.write_text(HEAD.format(kind=kind) + indent(example, " " * 6), encoding="utf-8")
    assert [claim.kind for claim in load_claims(file)] == [kind]
    assert "T" in re.findall(r"\bT\b", section)
    assert "H" in re.findall(r"\bH\b", section)
