"""How a claim is tested, for reading: what its kind means, and the fields of its test."""

from __future__ import annotations

import inspect
import sys
import textwrap
from dataclasses import dataclass

from ripeness.claims.kinds import KINDS
from ripeness.claims.language import Claim
from ripeness.scenario.load import yaml_text


@dataclass(frozen=True, slots=True)
class Definition:
    """How a claim is tested.

    Attributes:
        kind: of the claim.
        meaning: of the kind, in a sentence or a few.
        formula: in which worlds such a claim is tested and in which it holds; may be empty.
        test: the fields of this claim's test, as they stand in its file.
    """

    kind: str
    meaning: str
    formula: str
    test: str


def definition_of(claim: Claim) -> Definition:
    """Return how a claim is tested."""
    meaning, formula = _of_kind(claim.kind)
    fields = claim.test.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Definition(claim.kind, meaning, formula, yaml_text(fields).rstrip())


def _of_kind(name: str) -> tuple[str, str]:
    """Return the first paragraph of a kind's module, and the indented block that follows it."""
    kind = KINDS[name]
    text = inspect.getdoc(sys.modules[type(kind).__module__]) or inspect.getdoc(type(kind)) or ""
    paragraphs = text.split("\n\n")
    meaning = " ".join(paragraphs[0].split())
    blocks = [part for part in paragraphs[1:] if part.startswith(("    ", "\n    "))]
    return meaning, textwrap.dedent(blocks[0]).strip("\n") if blocks else ""
