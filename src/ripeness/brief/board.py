"""The board as a brief shows it: opponents side by side, and every speaker's claims to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ripeness.brief.format import sentence
from ripeness.brief.learnt import ShownLearnt, shown_learnt
from ripeness.brief.pictures import Picture, draw
from ripeness.brief.verdicts import Told, told_claims
from ripeness.charts.boxes import boxes_chart
from ripeness.charts.crux import crux_chart
from ripeness.charts.where import where_chart
from ripeness.claims.contest_words import counts_of, crux_of, verdict_on
from ripeness.outcomes.words import of_twenty

MARKS: Final = {"supported": "●", "contradicted": "×", "depends": "◆", "untested": "□"}
"""A shape beside each verdict, as in the picture, so that colour says nothing alone."""

MOST_CRUXES: Final = 2
"""Pictures of what decides, for each question."""


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
        picture: how it turns along the quantities of its first box; None if it turns on none.
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
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Two opponents: who is right, in how many worlds, and what decides."""

    name: str
    verdict: str
    counts: str
    crux: str


@dataclass(frozen=True, slots=True)
class ShownContest:
    """A question with its two camps, and pictures of what decides between them."""

    question: str
    camps: tuple[tuple[str, tuple[Entry, ...]], ...]
    pairs: tuple[ShownPair, ...]
    cruxes: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """What the brief shows of the board.

    Attributes:
        speakers: speaker, and claims.
        contests: opponents side by side.
        together: which claims can be true in one world, one sentence each.
        paired: worlds in which levers were moved, if not in all.
        boxes: the claims that depend most on the world, each with its box; None if no claim has one.
        lines: every box with its claims, one sentence each.
        learnt: what would tell; None if it was not looked for.
        at_once: what remains if all claims are judged at once; empty in older runs.
    """

    speakers: tuple[tuple[str, tuple[Entry, ...]], ...]
    contests: tuple[ShownContest, ...]
    together: tuple[str, ...]
    paired: int | None = None
    boxes: Picture | None = None
    lines: tuple[str, ...] = ()
    learnt: ShownLearnt | None = None
    at_once: str = ""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Pictures that have a table at the end of the brief."""
        cruxes = tuple(each for contest in self.contests for each in contest.cruxes)
        return cruxes if self.boxes is None else (self.boxes, *cruxes)


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
    together, shared = board.get("together") or {}, board.get("boxes") or {}
    boxes = boxes_chart(shared)
    return ShownBoard(
        tuple(speakers.items()),
        tuple(_contest(each, entries) for each in board.get("oppositions") or ()),
        tuple(sentence(words) for words in together.get("words") or ()),
        board.get("paired"),
        None if boxes is None else draw(boxes),
        tuple(sentence(line) for line in shared.get("words") or ()),
        shown_learnt(board.get("learnt") or {}),
        str((board.get("at_once") or {}).get("words") or ""),
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
        _where_picture(told.id, where),
    )


def _where_picture(name: str, where: Mapping[str, Any]) -> Picture | None:
    """Draw how a claim turns along the quantities of its first box."""
    slices = where.get("slices")
    if not slices:
        return None
    return draw(where_chart(name, slices, where.get(slices["what"]) or ()))


def _contest(opposition: Mapping[str, Any], entries: Mapping[str, Entry]) -> ShownContest:
    camps = tuple(
        (
            str(opposition[side]["says"]),
            tuple(entries[name] for name in opposition[side]["claims"] if name in entries),
        )
        for side in ("left", "right")
    )
    drawn = _cruxes(opposition["pairs"])
    pairs = tuple(_pair(pair, pair.get("slices") in drawn) for pair in opposition["pairs"])
    cruxes = tuple(draw(crux_chart(each)) for each in drawn)
    return ShownContest(str(opposition["question"]), camps, pairs, cruxes)


def _cruxes(pairs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what decides between opponents, the same thing once: for those who disagree most."""
    best: dict[str, Mapping[str, Any]] = {}
    ranked = sorted(pairs, key=lambda pair: -(pair["first_only"] + pair["second_only"]))
    for pair in ranked:
        slices = pair.get("slices")
        if slices:
            best.setdefault(str(slices["label"]), slices)
    return list(best.values())[:MOST_CRUXES]


def _pair(pair: Mapping[str, Any], drawn: bool) -> ShownPair:
    """Prepare a pair; what decides between them is not told again if it is drawn."""
    name = f"{pair['first']} or {pair['second']}"
    crux = "" if drawn else sentence(crux_of(pair))
    return ShownPair(name, verdict_on(pair), counts_of(pair), crux)
