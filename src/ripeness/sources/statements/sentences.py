r"""A text cut into paragraphs, sentences and tokens, with the place of each.

A paragraph ends with an empty line, or with a line that looks finished: it ends like a sentence,
or it is short, without a full stop, and the next begins with a capital (a heading, a caption). A
sentence ends with ``.``, ``!``, ``?`` or an ellipsis, closing marks included, before a blank and
what can begin a sentence, unless the full stop belongs to an abbreviation or an initial.

Nothing takes more than linear time: whatever is longer than ``LONGEST_SENTENCE`` tokens is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ripeness.sources.statements.quotations import MARKS, Quotation, quotations
from ripeness.sources.statements.statement import Span
from ripeness.sources.statements.words import word_set

LONGEST_SENTENCE = 300  # tokens; assumed: beyond it there is no sentence, but a list or noise
LONGEST_HEADING = 90  # characters; assumed
LONGEST_PARAGRAPH = 50_000  # characters; assumed, to bound the work on a text without line ends

_TOKEN = re.compile(
    r"n['\u2019]t\b|['\u2019](?:s|re|ve|ll|d|m)\b|(?:[^\W\d_]\.){2,}"
    r"|[^\W_](?:[^\W_]|[.,](?=\d)(?<=\d.)|['\u2019](?=[^\W_]{3,}|t\b)|-(?=[^\W_]))*|\S"
)
_SPLIT_NOT = re.compile(r"n['\u2019]t$", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_ENDS = frozenset(".!?\u2026\u3002\u061f\u06d4")
_CLOSING = frozenset(MARKS) | set(")]'\u2019")
_ABBREVIATED = word_set(
    "mr mrs ms dr prof gen col lt sgt capt rep sen gov hon rev st jr sr vs etc e.g i.e u.s u.k u.n "
    "jan feb mar apr jun jul aug sep sept oct nov dec no art fig vol op cf ca approx inc ltd corp "
    "maj adm brig cmdr pres al p pp"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as parallel rows of tokens.

    Attributes:
        span: from its first to its last token.
        words: the tokens in lower case, curly apostrophes made straight.
        shapes: the tokens as they stand.
        starts, ends: where each token stands in the text, in characters.
        inside: for each token the number of the quotation that it stands in, marks included, or -1.
        quoted: the quotations of the paragraph, to which ``inside`` refers.
        paragraph: number of the paragraph, counted from 0.
    """

    span: Span
    words: tuple[str, ...]
    shapes: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    inside: tuple[int, ...]
    quoted: tuple[Quotation, ...]
    paragraph: int

    def __len__(self) -> int:
        return len(self.words)

    def between(self, first: int, last: int) -> Span:
        """Return the span from one token up to, not including, another."""
        return Span(self.starts[first], self.ends[last - 1])


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in their order."""
    for number, paragraph in enumerate(paragraphs(text)):
        quoted = tuple(quotations(text, paragraph))
        yield from _sentences_of(text, paragraph, quoted, number)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text; blank ones are left out."""
    start = 0
    for gap in [*(match.span() for match in _BLANK_LINE.finditer(text)), (len(text), len(text))]:
        yield from _split_lines(text, start, gap[0])
        start = gap[1]


def _split_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a block without empty lines where a line looks finished."""
    begun, line = start, start
    while line < end:
        stop = text.find("\n", line, end)
        stop = end if stop < 0 else stop
        too_long = stop - begun > LONGEST_PARAGRAPH
        if stop == end or too_long or _finished(text, line, stop, end):
            yield from _trimmed_pieces(text, begun, stop)
            begun = stop + 1
        line = stop + 1


def _finished(text: str, line: int, stop: int, end: int) -> bool:
    """Return whether a line looks as if a paragraph ended with it."""
    last = text[max(line, stop - 4) : stop].rstrip()
    following = text[stop + 1 : min(end, stop + 80)].lstrip()
    if not last or not following:
        return True
    ended = last.rstrip("".join(_CLOSING))[-1:] in _ENDS
    begins = following[0].isupper() or following[0] in MARKS or following[0] in "-*\u2022#"
    if ended:
        return begins or not following[0].isalpha()
    return begins and stop - line <= LONGEST_HEADING and last[-1] not in ",;:\u2014-("


def _trimmed_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for begun in range(start, end, LONGEST_PARAGRAPH):
        piece = text[begun : min(end, begun + LONGEST_PARAGRAPH)]
        words = piece.strip()
        if words:
            first = begun + len(piece) - len(piece.lstrip())
            yield Span(first, first + len(words))


def _sentences_of(
    text: str, paragraph: Span, quoted: tuple[Quotation, ...], number: int
) -> Iterator[Sentence]:
    places = [found for match in _TOKEN.finditer(text, paragraph.start, paragraph.end)
              for found in _parted(match)]  # fmt: skip
    begins = [quotation.span.start for quotation in quoted]
    first = 0
    for last in range(len(places)):
        if last + 1 < len(places) and not _ends_here(text, places, first, last):
            continue
        yield _sentence(text, places[first : last + 1], quoted, begins, number)
        first = last + 1


def _parted(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return a token's place, with "n't" as a token of its own."""
    start, end = match.span()
    if end - start > 3 and _SPLIT_NOT.search(match.group()):
        return [(start, end - 3), (end - 3, end)]
    return [(start, end)]


def _ends_here(text: str, places: list[tuple[int, int]], first: int, last: int) -> bool:
    """Return whether a sentence that began with one token ends with another."""
    if last - first + 1 >= LONGEST_SENTENCE:
        return True
    start, end = places[last]
    upcoming = places[last + 1]
    if upcoming[0] == end and text[end] not in MARKS:
        return False
    place = last
    while place > first and text[places[place][0]] in _CLOSING:
        place -= 1
    if text[places[place][1] - 1] not in _ENDS or _closes_next(text, places, last):
        return False
    following = text[upcoming[0]]
    begins = not following.islower() and following not in ",;:.!?)"
    return begins and not (place == last and _abbreviated(text, places, place, following))


def _closes_next(text: str, places: list[tuple[int, int]], last: int) -> bool:
    """Return whether what follows is a mark that closes what this sentence is in."""
    start, end = places[last + 1]
    if text[start] not in _CLOSING:
        return False
    glued = start == places[last][1]
    opens = end < len(text) and not text[end].isspace()
    return glued or (text[start] not in ("\u201c", "\u201e", "\u00ab") and not opens)


def _abbreviated(text: str, places: list[tuple[int, int]], place: int, following: str) -> bool:
    start, end = places[place]
    token = text[start:end]
    if len(token) > 1:  # "U.S." holds its own full stops
        return token.rstrip(".").lower() not in ("a.m", "p.m") or not following.isupper()
    if token != "." or place == 0 or places[place - 1][1] != start:
        return False
    before = text[slice(*places[place - 1])]
    return before.lower() in _ABBREVIATED or (len(before) == 1 and before.isupper())


def _sentence(
    text: str,
    places: list[tuple[int, int]],
    quoted: tuple[Quotation, ...],
    begins: list[int],
    number: int,
) -> Sentence:
    shapes = tuple(text[start:end] for start, end in places)
    inside = []
    for start, _ in places:
        found = bisect_right(begins, start) - 1
        inside.append(found if found >= 0 and start < quoted[found].span.end else -1)
    return Sentence(
        span=Span(places[0][0], places[-1][1]),
        words=tuple(shape.lower().replace("\u2019", "'") for shape in shapes),
        shapes=shapes,
        starts=tuple(start for start, _ in places),
        ends=tuple(end for _, end in places),
        inside=tuple(inside),
        quoted=quoted,
        paragraph=number,
    )
