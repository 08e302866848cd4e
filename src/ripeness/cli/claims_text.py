"""What ``ripeness claims`` says: verdicts by speaker; if asked: where, against whom, together, drift."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ripeness.brief.verdicts import SAID_BY_THE_COUNT
from ripeness.claims.attribution import told as told_parts
from ripeness.claims.changed import KINDS_OF_CHANGE
from ripeness.claims.contest_words import counts_of, crux_of, verdict_on
from ripeness.claims.drift import PHRASES
from ripeness.claims.drift import told as told_shift

if TYPE_CHECKING:
    from ripeness.claims.board import Board, Contest, Pair
    from ripeness.claims.drift import Shift
    from ripeness.claims.seeds import Replicated
    from ripeness.cli.against import Drift

WIDTH: Final = 96
ID, WORD = 5, 14
"""Widths of the columns of ids and of verdicts."""

SHOWN_CHANGES: Final = 12


def claims_answer(
    title: str,
    worlds: int,
    verdicts: Sequence[Mapping[str, Any]],
    board: Board,
    *,
    passages: Mapping[str, str],
    drift: Drift | None = None,
    cruxes: bool = False,
    stands: Sequence[Replicated] = (),
) -> str:
    """Return verdicts, and whatever else was asked for, as text.

    Args:
        title: of the war.
        worlds: number of worlds.
        verdicts: as they are written in JSON.
        board: speakers, opponents, and what was looked for.
        passages: words of the sources by claim id, read from the user's own copies.
        drift: how the verdicts differ from those of an earlier run, if that was asked.
        cruxes: whether opponents are shown side by side.
        stands: how the verdicts stand over several seeds, if that was asked.
    """
    lines = [*_wrapped(f"{title}: {_tally(verdicts)} In {worlds:,} worlds.", 0)]
    lines.append("A structured argument, not a forecast.")
    if board.paired:
        lines.append(f"Claims about levers are tried in the first {board.paired:,} worlds.")
    if board.at_once is not None and board.at_once.words:
        lines += _wrapped(board.at_once.words, 0)
    if drift is not None:
        lines += ["", *_drift(drift)]
    by_id = {str(verdict["id"]): verdict for verdict in verdicts}
    for speaker, ids in board.speakers.items():
        lines += ["", speaker]
        for name in ids:
            lines += _claim(by_id[name], passages.get(name, ""))
            if name in board.learnt:
                lines += _hanging(f"{'':<{2 + ID + WORD}}- ", str(board.learnt[name]["words"]))
    if board.boxes is not None:
        lines += ["", "Where claims hold, the widest worlds first", *_boxes(board.boxes)]
    if cruxes:
        lines += ["", "Who is right where", *_contests(board.contests)]
    if board.together is not None:
        lines += ["", "Which claims can be true in one world", *_together(board.together)]
    if stands:
        lines += ["", "Does a verdict stand when the worlds are drawn anew?", *_stands(stands)]
    return "\n".join(line.rstrip() for line in lines)


def _tally(verdicts: Sequence[Mapping[str, Any]]) -> str:
    counts = {word: sum(each["verdict"] == word for each in verdicts) for word in PHRASES}
    told = ", ".join(f"{count} {PHRASES[word]}" for word, count in counts.items() if count)
    number = len(verdicts)
    return (
        f"{number} {'claim' if number == 1 else 'claims'} on trial, {told}."
        if number
        else ("no claims are filed.")
    )


def _claim(verdict: Mapping[str, Any], words: str) -> Iterator[str]:
    head = f"  {verdict['id']:<{ID}}{verdict['verdict']:<{WORD}}"
    yield from _hanging(head, str(verdict["proposition"]))
    said = str(verdict["words"] or verdict.get("reason") or "").removeprefix("untested: ")
    yield from _hanging(" " * len(head), said)
    reason = str(verdict.get("reason") or "")
    if verdict["verdict"] == "depends" and reason and reason != SAID_BY_THE_COUNT:
        yield from _hanging(" " * len(head), f"depends: {reason}")
    measured = verdict.get("measured") or {}
    if measured.get("unit"):  # a share of worlds is told by the count
        yield from _hanging(" " * len(head), f"decided by: {measured['words']}")
    if words:
        yield from _hanging(" " * len(head), f"\u201c{' '.join(words.split())}\u201d")
    departs = str(verdict.get("departs") or "")
    if departs and (words or verdict["verdict"] == "contradicted"):
        yield from _hanging(" " * len(head), f"how the test departs: {departs}")


def _boxes(shared: Mapping[str, Any]) -> Iterator[str]:
    if not shared["words"]:
        yield "  No claim could be tested."
    for line in shared["words"]:
        yield from _wrapped(str(line))


def _stands(stands: Sequence[Replicated]) -> Iterator[str]:
    turning = [each for each in stands if each.flips]
    for each in turning:
        yield from _wrapped(each.sentence)
    rest, seeds = len(stands) - len(turning), len(stands[0].words)
    told = "The other" if turning else "All"
    if rest:
        noun = f"{told} {rest} verdicts are" if rest > 1 else f"{told} one verdict is"
        yield from _wrapped(f"{noun} the same with all {seeds} seeds.")


def _contests(contests: Sequence[Contest]) -> Iterator[str]:
    if not contests:
        yield "  No two of these claims are filed as opponents."
    for contest in contests:
        yield from _wrapped(contest.opposition.question)
        for pair in contest.pairs:
            yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[str]:
    plain = pair.as_mapping()
    yield from _wrapped(f"{pair.first} or {pair.second}? {verdict_on(plain)} {counts_of(plain)}", 4)
    crux = crux_of(plain)
    if crux:
        yield from _wrapped(crux, 6)


def _together(found: Mapping[str, Any]) -> Iterator[str]:
    for sentence in found["words"]:
        yield from _wrapped(str(sentence))


def _drift(drift: Drift) -> Iterator[str]:
    yield f"Against {drift.earlier}"
    both = f"the {drift.compared} claims" if drift.compared != 1 else "the one claim"
    have = "have stand as they did" if drift.compared != 1 else "have stands as it did"
    moved = [shift for shift in drift.shifts if shift.how in ("flipped", "shifted")]
    if not drift.compared:
        yield "  The two runs have no claim in common."
    elif not moved:
        yield from _wrapped(
            f"No verdict has moved: {both} that both runs {have}, but for the luck of "
            "drawing worlds."
        )
    yield from _what_differs(drift)
    for shift in drift.shifts:
        yield from _shift(shift, drift)
    if moved:
        rest = drift.compared - len(moved)
        yield f"  {rest} of {drift.compared} claims stand as they did."


def _what_differs(drift: Drift) -> Iterator[str]:
    if not drift.changes:
        yield "  Nothing that the two runs record differs."
        return
    yield "  What differs between the runs:"
    rooms: dict[str, list[str]] = {}
    for change in drift.changes:
        if change.what in ("claim", "tests", "program", "record"):
            rooms.setdefault(KINDS_OF_CHANGE[change.what], []).append(change.path)
    for kind, names in rooms.items():
        yield from _wrapped(f"{kind}: {', '.join(names)}", 4)
    others = [change for change in drift.changes if KINDS_OF_CHANGE[change.what] not in rooms]
    for change in others[:SHOWN_CHANGES]:
        yield from _wrapped(str(change), 4)
    if len(others) > SHOWN_CHANGES:
        yield f"    and {len(others) - SHOWN_CHANGES} more (--json lists them)"


def _shift(shift: Shift, drift: Drift) -> Iterator[str]:
    yield from _hanging(f"  {shift.id:<{ID}}", told_shift(shift))
    if shift.how not in ("flipped", "shifted"):
        return
    indent = " " * (ID + 2)
    if drift.parts is None:
        what = "What moved it cannot be told: several things changed at once, and the earlier run cannot be "
        yield from _hanging(indent, f"{what}played again ({drift.why_not.rstrip('.')}).")
        return
    for line in told_parts(drift.parts.get(shift.id, ())):
        yield from _hanging(indent if line[0].isupper() else f"{indent}- ", line)


def _hanging(head: str, text: str) -> list[str]:
    """Return a text after a head, further lines beneath its beginning."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head),
        break_long_words=False, break_on_hyphens=False,
    ) or [head]  # fmt: skip


def _wrapped(text: str, indent: int = 2) -> list[str]:
    more = indent + 2 if indent else 0
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * more,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
