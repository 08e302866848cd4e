"""Names beside what they say, without a verb: "X: ...", a signature, the credit of a picture."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Statement

LONGEST_NAME = 6  # tokens; assumed
LONGEST_CREDIT = 8  # tokens; assumed


def labelled(sentence: Sentence, before: Sentence | None, number: int) -> Iterator[Statement]:
    """Yield the statements that a name stands beside.

    Args:
        sentence: where the name stands.
        before: the sentence before it, if there is one.
        number: which one it is in its document, counted from 0.
    """
    yield from _credits(sentence, before, number)
    yield from _signed(sentence, number)


def _credits(sentence: Sentence, before: Sentence | None, number: int) -> Iterator[Statement]:
    """Yield "Caption. Image: X." as credits; the caption is what stands before it."""
    words = sentence.words
    for place in range(len(words) - 2):
        if words[place] in lexicon.CREDITS and words[place + 1] == ":":
            last = place
            while last > 0 and not words[last - 1][-1].isalnum():
                last -= 1
            caption = sentence.between(0, last) if last else (before.span if before else None)
            end = place + 2
            while end < len(words) and end - place < LONGEST_CREDIT and words[end] not in ".)":
                end += 1
            if caption and end > place + 2:
                yield Statement(
                    content=caption,
                    frame=sentence.between(place, end),
                    cue=sentence.between(place, place + 1),
                    speaker=sentence.between(place + 2, end),
                    form="indirect",
                    manner="credit",
                    place=number,
                )


def _signed(sentence: Sentence, number: int) -> Iterator[Statement]:
    """Yield 'X: "..."' and '"..." - X'."""
    words = sentence.words
    for place in range(1, min(len(words) - 1, LONGEST_NAME + 1)):
        inside = sentence.inside[place + 1]
        if words[place] == ":" and inside >= 0 and sentence.inside[place] < 0:
            if any(word in lexicon.CUES for word in words[:place]):
                return
            if sentence.shapes[0][0].isupper():
                yield Statement(
                    content=sentence.quoted[inside].span,
                    frame=sentence.between(0, place + 1),
                    cue=sentence.between(place, place + 1),
                    speaker=sentence.between(0, place),
                    form="direct",
                    manner="names",
                    place=number,
                )
            return
