r"""Where a text quotes: straight, curly, angle, German and corner quotation marks.

Marks that open and close differ are paired by their shape; where a mark does both (\u0022, and
\u201d in Swedish texts) it opens after a blank and closes before one, and where blanks do not tell,
it does what is due. A quotation ends at the latest with its paragraph: newspapers leave the mark
away there when a quotation goes on. Marks that make no sense are passed over. Single marks are not
read: an apostrophe looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ripeness.sources.statements.statement import Span

STRAIGHT = '"'
LOW, LEFT, RIGHT = "\u201e", "\u201c", "\u201d"  # German texts close with what English ones open
PAIRS = {
    LEFT: RIGHT,
    LOW: LEFT + RIGHT,
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "\uff02": "\uff02",
}
MARKS = frozenset(STRAIGHT) | set(PAIRS) | set("".join(PAIRS.values()))
_MARK = re.compile("[" + "".join(sorted(MARKS)) + "]")
LONGEST = 5_000  # characters; assumed: a mark that finds no partner within is a slip


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        span: with the marks.
        inside: without them.
        closed: whether the closing mark is there.
    """

    span: Span
    inside: Span
    closed: bool


def quotations(text: str, paragraph: Span) -> list[Quotation]:
    """Return the quotations of a paragraph in their order; none lies in another."""
    found: list[Quotation] = []
    opened, closers = -1, ""
    for place in _marks(text, paragraph):
        mark = text[place]
        if opened >= 0 and place - opened > LONGEST:
            opened = -1
        if opened >= 0 and mark in closers and not _only_opens(text, place, paragraph):
            if place > opened + 1:
                found.append(_quotation(opened, place + 1, closed=True))
            opened = -1
        elif opened < 0 and _can_open(text, place, paragraph):
            opened, closers = place, PAIRS.get(mark, STRAIGHT + RIGHT)
        elif mark in (LOW, LEFT) or _only_opens(text, place, paragraph):
            if 0 <= opened < place - 1:  # it was never closed: a quotation that goes on
                found.append(_quotation(opened, place, closed=False))
            opened, closers = place, PAIRS.get(mark, STRAIGHT + RIGHT)
    if opened >= 0 and 1 < paragraph.end - opened <= LONGEST:
        found.append(_quotation(opened, paragraph.end, closed=False))
    return found


def _quotation(start: int, end: int, *, closed: bool) -> Quotation:
    return Quotation(Span(start, end), Span(start + 1, end - closed), closed)


def _marks(text: str, paragraph: Span) -> Iterator[int]:
    found = _MARK.finditer(text, paragraph.start, paragraph.end)
    return (match.start() for match in found)


def _blank_beside(text: str, place: int, paragraph: Span) -> tuple[bool, bool]:
    before = place == paragraph.start or text[place - 1].isspace() or text[place - 1] in "([\u2014-"
    after = place + 1 == paragraph.end or text[place + 1].isspace()
    return before, after


def _only_opens(text: str, place: int, paragraph: Span) -> bool:
    """Return whether a mark that looks the same on both sides can only open."""
    before, after = _blank_beside(text, place, paragraph)
    return text[place] == STRAIGHT and before and not after


def _can_open(text: str, place: int, paragraph: Span) -> bool:
    mark = text[place]
    if mark == STRAIGHT:
        before, after = _blank_beside(text, place, paragraph)
        return before or not after
    if mark == RIGHT:  # opens in Swedish and Finnish texts
        before, after = _blank_beside(text, place, paragraph)
        return before and not after
    return mark in PAIRS
