"""Candidates for claims: the sentences of a document that say something that could be tested.

A candidate is a sentence, or several that one quotation runs through, in which somebody is said to
say something, or in which the author states a condition or a cause. It is for a person to approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ripeness.sources.statements.marks import (
    Condition,
    Dated,
    conditions,
    dates,
    hedges,
)
from ripeness.sources.statements.sentences import Sentence, sentences
from ripeness.sources.statements.speakers import full_names, name_in
from ripeness.sources.statements.statement import Span, Statement

SHORTEST: Final = 4  # words; assumed: fewer do not make a claim
LONGEST: Final = 1_500  # characters; assumed: nobody approves a longer passage at once
QUOTED: Final = 4  # tokens; assumed: fewer in quotation marks are a word and not a quotation
AUTHOR: Final = "the author of the document"
UNNAMED: Final = "unnamed"

_CAUSAL: Final = re.compile(
    r"\b(?:because|therefore|thus|so that|leads?|led|causes?|caused|makes?|making|forces?|forced|compels?"
    r"|compelling|prevents?|prevented|deters?|allows?|helps?|means that|results? in|due to|prompted|brings?"
    r"|pressures?|drives?|explains?|risks?|threat|must|will|would|need|needs|why|cannot|n['\u2019]t|not|more|less"
    r"|always|never|until|has proven|is likely|is unlikely|increasingly|becoming)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may make a claim, and what is found in it.

    Attributes:
        span: the passage.
        speaker: the name of who says it, ``UNNAMED`` or ``AUTHOR``.
        statement: how it is attributed; None if the author says it.
        conditions: what it hangs on.
        hedges: words that say it is not sure.
        dates: dates and spans of time.
        carried: whether the speaker is that of the quotation before, which goes on here.
    """

    span: Span
    speaker: str
    statement: Statement | None
    conditions: tuple[Condition, ...]
    hedges: tuple[Span, ...]
    dates: tuple[Dated, ...]
    carried: bool = False


def candidates(text: str, statements: Sequence[Statement]) -> list[Candidate]:
    """Return the candidates of a text in their order; none overlaps another.

    Args:
        text: the text.
        statements: what is said in it by whom, in any order.
    """
    said = sorted(
        (one for one in statements if one.manner != "credit"),
        key=lambda one: (one.whole.start, -one.whole.end),
    )
    names = full_names(name_in(one.speaks.of(text)) for one in said if one.speaks)
    found: list[Candidate] = []
    place = 0
    last: tuple[int, str] = (-1, UNNAMED)  # paragraph and speaker of the last quotation
    for span, paragraph, quotation in _passages(list(sentences(text)), said):
        inside = []
        while place < len(said) and said[place].whole.start < span.end:
            inside.append(said[place])
            place += 1
        main = _main(text, inside)
        carried = quotation is not None and (main is None or quotation.covers(main.frame))
        speaker = AUTHOR
        if carried and last[0] == paragraph:
            speaker = last[1]
        elif carried:
            speaker = _speaker(text, main, names) if main else UNNAMED
        elif main is not None:
            speaker = _speaker(text, main, names)
            if main.form != "indirect":
                last = (paragraph, speaker)
        if len(span.of(text).split()) >= SHORTEST and (main or carried or _claims(text, span)):
            found.append(_candidate(text, span, main, speaker, carried=carried))
    return found


def _speaker(text: str, statement: Statement, names: Mapping[str, str]) -> str:
    name = name_in(statement.speaks.of(text)) if statement.speaks else ""
    return names.get(name, name) or UNNAMED


def _passages(
    rows: Sequence[Sentence], said: Sequence[Statement]
) -> Iterator[tuple[Span, int, Span | None]]:
    """Yield the sentences, those joined that one statement runs through.

    Each with the number of its paragraph and the quotation in which it begins, if it is a long one.
    """
    current: tuple[Span, int, Span | None] | None = None
    place, reach = 0, 0
    for row in rows:
        if current and row.span.start < reach and row.span.end - current[0].start <= LONGEST:
            current = (Span(current[0].start, row.span.end), *current[1:])
        else:
            if current:
                yield current
            long = row.inside[0] >= 0 and row.inside.count(row.inside[0]) > QUOTED
            quotation = row.quoted[row.inside[0]].span if long else None
            current = (row.span, row.paragraph, quotation)
        while place < len(said) and said[place].whole.start < row.span.end:
            reach = max(reach, said[place].whole.end)
            place += 1
    if current:
        yield current


def _main(text: str, inside: Sequence[Statement]) -> Statement | None:
    """Return the statement that a passage makes: the one with the longest content and a speaker."""
    outer = [one for one in inside if not (one.speaker and one.speaker.of(text).lower() in _SELF)]
    named = [one for one in outer if one.speaks]
    return max(named or outer, key=lambda one: one.content.end - one.content.start, default=None)


_SELF: Final = frozenset({"i", "we", "you"})


def _claims(text: str, span: Span) -> bool:
    """Return whether an author's sentence states a condition or a cause."""
    words = span.of(text)
    if words.rstrip("\u201d\"' ").endswith("?"):
        return False
    return bool(_CAUSAL.search(words)) or bool(conditions(text, span)) or bool(hedges(text, span))


def _candidate(
    text: str, span: Span, statement: Statement | None, speaker: str, *, carried: bool
) -> Candidate:
    return Candidate(
        span=span,
        speaker=speaker,
        statement=statement,
        conditions=tuple(conditions(text, span)),
        hedges=tuple(hedges(text, span)),
        dates=tuple(dates(text, span)),
        carried=carried,
    )
