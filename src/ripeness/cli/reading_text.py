"""What ``ripeness read`` says: on the terminal with the user's own sentences, as JSON without."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from ripeness.claims.draft_file import DraftClaim, notes
from ripeness.cli.reading import RULES, Found, Read
from ripeness.sources.passage import passage_of
from ripeness.sources.statements.statement import Span, Statement

WIDTH: Final = 96
SHOWN: Final = 40  # candidates shown on the terminal; all are in the draft
LONGEST: Final = 320  # characters of a passage shown


def answer_of(found: Found) -> str:
    """Return the answer as text. It holds words of the documents: it is for the user's eyes."""
    drafts = found.drafts
    number = sum(read.sentences for read in found.documents)
    noun = "candidate claim" if len(drafts) == 1 else "candidate claims"
    read_in = "1 sentence" if number == 1 else f"{number} sentences"
    lines = [
        f"{len(drafts)} {noun} in {read_in}, found by {_by(found.reader)}.",
        "Each is for you to approve: kinds and names are guesses from words.",
    ]
    left = SHOWN
    for read in found.documents:
        lines += ["", *_of_document(read, left)]
        left = max(0, left - len(read.drafts))
    if len(drafts) > SHOWN:
        lines += [
            "",
            f"And {len(drafts) - SHOWN} more: all are in the draft (--out) and in --json.",
        ]
    return "\n".join(lines)


def _by(reader: str) -> str:
    return "rules (the extra `reading` is not used)" if reader == RULES else "grammar and rules"


def _of_document(read: Read, most: int) -> Iterator[str]:
    speakers = Counter(draft.candidate.speaker for draft in read.drafts)
    told = ", ".join(f"{name} {count}" for name, count in speakers.most_common(6))
    yield f"{read.document.path.name} (your own copy, {read.document.digest[:12]})"
    yield f"  {told or 'nobody says anything that could be tested'}"
    for draft in read.drafts[:most]:
        yield ""
        yield from _of_draft(draft)


def _of_draft(draft: DraftClaim) -> Iterator[str]:
    words = " ".join(draft.candidate.span.of(draft.document.text).split())
    yield f"  {draft.id}  {draft.candidate.speaker}: {draft.skeleton.kind}"
    shown = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "\u2026"
    yield textwrap.fill(shown, WIDTH, initial_indent="      | ", subsequent_indent="      | ")
    for note in notes(draft):
        yield textwrap.fill(note, WIDTH, initial_indent="      ", subsequent_indent="        ")


def as_mapping(found: Found) -> dict[str, Any]:
    """Return the answer for programs: references only, no words but names of speakers."""
    return {
        "reader": found.reader,
        "documents": [
            {
                "document": read.document.digest,
                "file": read.document.path,
                "sentences": read.sentences,
                "statements": [_statement(read, one) for one in read.statements],
            }
            for read in found.documents
        ],
        "claims": [_draft(draft) for draft in found.drafts],
    }


def _statement(read: Read, statement: Statement) -> dict[str, Any]:
    return {
        "content": passage_of(
            read.document, statement.content.start, statement.content.end
        ).as_mapping(),
        "frame": _span(statement.frame),
        "cue": _span(statement.cue),
        "speaker": _span(statement.speaker),
        "named": _span(statement.named),
        "form": statement.form,
        "manner": statement.manner,
        "denied": statement.denied,
    }


def _draft(draft: DraftClaim) -> dict[str, Any]:
    candidate, near = draft.candidate, draft.skeleton.near
    return {
        "id": draft.id,
        "speaker": candidate.speaker,
        "kind": draft.skeleton.kind,
        "proposition": draft.skeleton.proposition,
        "test": draft.skeleton.test,
        "asks_for": draft.skeleton.asks_for,
        "passages": [draft.passage.as_mapping()],
        "carried": candidate.carried,
        "conditions": [
            {"span": _span(one.span), "on": _span(one.on), "kind": one.kind}
            for one in candidate.conditions
        ],
        "hedges": [_span(one) for one in candidate.hedges],
        "dates": [
            {"span": _span(one.span), "date": one.date or None, "weeks": one.weeks}
            for one in candidate.dates
        ],
        "nearest": {
            "kinds": near.kinds,
            "events": near.events,
            "quantities": near.quantities,
            "sides": near.sides,
        },
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}
