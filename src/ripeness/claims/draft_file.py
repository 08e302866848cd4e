"""Draft claims as YAML: one file of claims, and beside it one of passages, as in the library.

Neither holds a word of a document, but for names of speakers: passages are digest, start and end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from ripeness.claims.skeleton import DEPARTS, Skeleton
from ripeness.sources.document import Document
from ripeness.sources.passage import Passage, passage_of
from ripeness.sources.statements.candidates import Candidate
from ripeness.sources.statements.statement import Span

A_BLOCK: Final = 9_999  # claims that share a letter
WIDE: Final = 10_000  # columns: a line is never broken, so that comments stay with their claim


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A candidate with its skeleton and its place in the draft."""

    id: str
    document: Document
    candidate: Candidate
    skeleton: Skeleton

    @property
    def passage(self) -> Passage:
        """Return the reference to the passage."""
        return passage_of(self.document, self.candidate.span.start, self.candidate.span.end)


def id_of(number: int) -> str:
    """Return the id of a draft claim by its number, counted from 0: R01 ... R9999, RB0001 ..."""
    block, place = divmod(number, A_BLOCK)
    if block == 0:
        return f"R{place + 1:02d}"
    return f"R{chr(ord('A') + block % 26)}{place + 1:04d}"


def claims_yaml(drafts: Sequence[DraftClaim], about: str, passages: str) -> str:
    """Return the file of claims.

    Args:
        drafts: the claims.
        about: name of the scenario.
        passages: name of the file of passages.
    """
    head = (
        "# Draft claims, proposed by a program: every kind, proposition and test is a guess from words.\n"
        "# Read each passage in your own copy; keep, correct or delete. Where a test is missing, the\n"
        f"# comment names the fields that its kind asks for. The passages are in {passages}: references\n"
        "# only, no words of the documents.\n\n"
    )
    lines = [head + yaml.safe_dump({"about": about}, width=WIDE)]
    if not drafts:
        return lines[0] + "\nclaims: {}\n"
    lines.append("claims:\n")
    for draft in drafts:
        comment = "".join(f"  # {line}\n" for line in notes(draft))
        lines.append(comment + _indented(_claim(draft)))
    return "\n".join(lines)


def passages_yaml(drafts: Sequence[DraftClaim]) -> str:
    """Return the file of passages."""
    documents = {
        draft.document.digest: {
            "label": draft.document.path.name,
            "quality": "not yet judged",
            "date": None,
        }
        for draft in drafts
    }
    claims = {draft.id: [draft.passage.as_mapping()] for draft in drafts}
    head = "# Where the draft claims are made: references only, no words of the documents.\n\n"
    return head + yaml.safe_dump(
        {"documents": documents, "claims": claims}, sort_keys=False, width=WIDE, allow_unicode=True
    )


def _claim(draft: DraftClaim) -> dict[str, Any]:
    skeleton = draft.skeleton
    entry: dict[str, Any] = {
        "speaker": draft.candidate.speaker,
        "kind": skeleton.kind,
        "proposition": skeleton.proposition,
        "departs": DEPARTS,
    }
    if skeleton.test or not skeleton.asks_for:
        entry["test"] = skeleton.test
    return {draft.id: entry}


def _indented(entry: dict[str, Any]) -> str:
    text = yaml.safe_dump(entry, sort_keys=False, width=WIDE, allow_unicode=True)
    return "".join(f"  {line}\n" for line in text.rstrip("\n").split("\n"))


def notes(draft: DraftClaim) -> Iterator[str]:
    """Yield what was found in a passage, a line each, with offsets in place of words."""
    candidate, near = draft.candidate, draft.skeleton.near
    said = candidate.statement
    if candidate.carried:
        yield "said in a quotation that goes on from the sentence before"
    elif said is not None:
        denied = ", denied" if said.denied else ""
        yield f"{said.form}, {said.manner}{denied}; content at {_at(said.content)}"
    if said is not None and said.named is not None:
        yield f"the speaker is a pronoun; the name stands at {_at(said.named)}"
    for one in candidate.conditions:
        yield f"a condition that is {one.kind}, at {_at(one.on or one.span)}"
    if candidate.hedges:
        yield "hedged, at " + ", ".join(map(_at, candidate.hedges))
    told = [
        one.date or f"{one.weeks:.3g} weeks" for one in candidate.dates if one.date or one.weeks
    ]
    if told:
        yield "dates and spans: " + ", ".join(told)
    yield f"nearest kinds: {', '.join(near.kinds)}"
    names = [*near.events, *near.quantities]
    if names:
        yield f"nearest events and quantities: {', '.join(names)}"
    if draft.skeleton.asks_for and not draft.skeleton.test:
        yield f"its test asks for: {', '.join(draft.skeleton.asks_for)}"


def _at(span: Span) -> str:
    return f"{span.start}:{span.end}"
