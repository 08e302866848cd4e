"""The claims as a brief tells them: the verdict in words first, numbers after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ripeness.brief.format import sentence
from ripeness.charts.claims import tested_share, verdict_of
from ripeness.outcomes.words import of_twenty

HEADLINES: Final = {
    "supported": "Supported in these worlds.",
    "contradicted": "Contradicted in these worlds.",
    "depends": "It depends on the world.",
    "untested": "Untested.",
}

SAID_BY_THE_COUNT: Final = "it holds in some worlds and fails in others."
"""A reason that adds nothing to a count between the bounds."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim ready to be shown.

    Attributes:
        id: of the claim.
        speaker: who makes it.
        proposition: in our words.
        verdict: one of four keys.
        headline: the verdict in words.
        finding: the count, and why.
        notes: remarks, and what the recorded data say.
        departs: how the test departs from the words.
        references: where the claim is made.
        quotation: the words, only if they were read from the user's own copy.
    """

    id: str
    speaker: str
    proposition: str
    verdict: str
    headline: str
    finding: str
    notes: tuple[str, ...]
    departs: str
    references: tuple[str, ...]
    quotation: str


def told_claims(
    claims: Sequence[Mapping[str, Any]], passages: Mapping[str, str] | None
) -> list[Told]:
    """Prepare claims.

    Args:
        claims: their results. A text in them is never shown.
        passages: words read from the user's own copies, by claim id.
    """
    return [_told(claim, (passages or {}).get(str(claim.get("id")), "")) for claim in claims]


def _told(claim: Mapping[str, Any], quotation: str) -> Told:
    verdict = verdict_of(claim)
    return Told(
        id=str(claim.get("id", "?")),
        speaker=str(claim.get("speaker") or "speaker not named"),
        proposition=sentence(claim.get("proposition")),
        verdict=verdict,
        headline=HEADLINES[verdict],
        finding=_finding(claim, verdict),
        notes=tuple(_notes(claim)),
        departs=sentence(claim.get("departs")),
        references=tuple(_references(claim)),
        quotation=quotation,
    )


def _finding(claim: Mapping[str, Any], verdict: str) -> str:
    """Return the count in words and the reason, neither said twice."""
    words, reason = str(claim.get("words") or ""), str(claim.get("reason") or "")
    if verdict == "untested":
        return sentence(reason or words.removeprefix("untested:"))
    share = tested_share(claim)
    if not words and share:
        words = f"holds in {of_twenty(*share)}"
    if reason == SAID_BY_THE_COUNT:
        reason = ""
    told = f"It {words}" if words.startswith(("hold", "follow", "is ", "does")) else words
    because = f"It depends {reason}" if reason.startswith("on ") else reason
    return " ".join(part for part in (sentence(told), sentence(because)) if part)


def _notes(claim: Mapping[str, Any]) -> list[str]:
    notes = [sentence(remark) for remark in claim.get("remarks") or ()]
    notes += [sentence(found.get("words")) for found in claim.get("record") or ()]
    return [note for note in notes if note]


def _references(claim: Mapping[str, Any]) -> list[str]:
    """Return each passage as document, weakness and characters."""
    found = claim.get("passages") or claim.get("passage") or ()
    told = []
    for entry in [found] if isinstance(found, Mapping) else found:
        inner = entry.get("passage")
        passage: Mapping[str, Any] = inner if isinstance(inner, Mapping) else entry
        document = str(passage.get("document") or "")
        label = entry.get("label") or passage.get("label") or document or "source not named"
        quality = f" ({entry['quality']})" if entry.get("quality") else ""
        digest = f", document {document[:12]}" if document and document != label else ""
        place = ""
        if passage.get("start") is not None and passage.get("end") is not None:
            place = f", characters {passage['start']} to {passage['end']}"
        told.append(f"{label}{quality}{digest}{place}")
    return told
