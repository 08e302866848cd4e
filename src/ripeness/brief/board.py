"""The board as a brief shows it: opponents side by side, and every speaker's claims to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ripeness.brief.format import sentence
from ripeness.brief.verdicts import Told, told_claims
from ripeness.claims.contest_words import counts_of, verdict_on
from ripeness.outcomes.words import of_twenty

MARKS: Final = {"supported": "●", "contradicted": "×", "depends": "◆", "untested": "□"}
"""A shape beside each verdict, as in the picture, so that colour says nothing alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim ready to be opened.

    Attributes:
        told: verdict, finding, sources.
        mark: a shape for its verdict.
        holds: where it holds, one sentence each; empty if it was not looked for.
        fails: where it fails.
        neither: why nothing tells either apart, if so.
        theories: theory, and in how many worlds the claim holds under it.
        meaning: what its kind of claim asks.
        formula: in which worlds such a claim is tested and in which it holds.
        test: the fields of its test.
        learnt: what would tell whether it is true, and by when; empty if it was not looked for.
    """

    told: Told
    mark: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    neither: str
    theories: tuple[tuple[str, str], ...]
    meaning: str
    formula: str
    test: str
    learnt: str = ""


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Two opponents: who is right, in how many worlds, and what decides."""

    name: str
    verdict: str
    counts: str
    crux: str


@dataclass(frozen=True, slots=True)
class ShownContest:
    """A question with its two camps."""

    question: str
    camps: tuple[tuple[str, tuple[Entry, ...]], ...]
    pairs: tuple[ShownPair, ...]


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """What the brief shows of the board.

    Attributes:
        speakers: speaker, and claims.
        contests: opponents side by side.
        together: which claims can be true in one world, one sentence each.
        paired: worlds in which levers were moved, if not in all.
    """

    speakers: tuple[tuple[str, tuple[Entry, ...]], ...]
    contests: tuple[ShownContest, ...]
    together: tuple[str, ...]
    paired: int | None = None


def shown_board(
    claims: Sequence[Mapping[str, Any]],
    board: Mapping[str, Any],
    passages: Mapping[str, str] | None,
) -> ShownBoard:
    """Prepare the board.

    Args:
        claims: verdicts.
        board: what the run keeps beside them; may be empty.
        passages: words read from the user's own copies, by claim id.
    """
    told = told_claims(claims, passages)
    pairs = zip(told, claims, strict=True)
    entries = {each.id: _entry(each, claim, board) for each, claim in pairs}
    speakers: dict[str, tuple[Entry, ...]] = {}
    for each in told:
        speakers[each.speaker] = (*speakers.get(each.speaker, ()), entries[each.id])
    together = board.get("together") or {}
    return ShownBoard(
        tuple(speakers.items()),
        tuple(_contest(each, entries) for each in board.get("oppositions") or ()),
        tuple(sentence(words) for words in together.get("words") or ()),
        board.get("paired"),
    )


def _entry(told: Told, claim: Mapping[str, Any], board: Mapping[str, Any]) -> Entry:
    where = (board.get("where") or {}).get(told.id) or {}
    definition = (board.get("definitions") or {}).get(told.id) or {}
    theories = {} if told.verdict == "untested" else claim.get("by_theory") or {}
    return Entry(
        told,
        MARKS[told.verdict],
        tuple(map(sentence, where.get("holds") or ())),
        tuple(map(sentence, where.get("fails") or ())),
        sentence(where.get("neither") or ""),
        tuple(
            (name.replace("_", " "), of_twenty(share["holds"], share["of"]))
            for name, share in theories.items()
            if share.get("of")
        ),
        sentence(definition.get("meaning") or ""),
        str(definition.get("formula") or ""),
        str(definition.get("test") or ""),
        sentence(((board.get("learnt") or {}).get(told.id) or {}).get("words") or ""),
    )


def _contest(opposition: Mapping[str, Any], entries: Mapping[str, Entry]) -> ShownContest:
    camps = tuple(
        (
            str(opposition[side]["says"]),
            tuple(entries[name] for name in opposition[side]["claims"] if name in entries),
        )
        for side in ("left", "right")
    )
    pairs = tuple(_pair(pair) for pair in opposition["pairs"])
    return ShownContest(str(opposition["question"]), camps, pairs)


def _pair(pair: Mapping[str, Any]) -> ShownPair:
    name = f"{pair['first']} or {pair['second']}"
    return ShownPair(name, verdict_on(pair), counts_of(pair), sentence(pair.get("crux") or ""))
