"""Contents with a source in place of a verb: "According to X, ...", "In X's view, ..."."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.building import (
    end_of_frame,
    form_of,
    statement_of,
    whole_quotation,
)
from ripeness.sources.statements.contents import Room, end_of_clause, room_of
from ripeness.sources.statements.frames import speaker_after
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Statement
from ripeness.sources.statements.words import word_set

LONGEST_NAME = 12  # tokens; assumed
_NEXT_SUBJECT = word_set("the this these those it he she they we there")
_VIEWS = word_set("view opinion estimation estimate assessment perspective judgement words")


def according(sentence: Sentence, place: int, borders: list[int], number: int) -> Statement | None:
    """Return "According to X, ..." and "..., according to X"."""
    words = sentence.words
    room = room_of(sentence, place)
    start = place
    if start > room.low and words[start - 1] in lexicon.LINKS:
        start -= 1
    fronted = not any(word[0].isalnum() for word in words[room.low : start]) or (
        words[start - 1] in ("that", "and", "but", "which", "who")
    )
    end = place + 2
    while end < room.high and words[end] not in (",", ";", ":", ")", ".", "!", "?"):
        if fronted and end > place + 2 and words[end] in _NEXT_SUBJECT:
            break
        end += 1
    speaker = speaker_after(sentence, place + 2, end)
    if fronted:
        end += end < room.high and words[end] == ","
        if end >= room.high - 1:
            return None
        last = end_of_clause(sentence, end, room, borders)
        content = sentence.between(end, last)
        frame = sentence.between(start, end)
    else:
        first = max(
            (n for n in range(room.low, start) if words[n] in ("which", "who", "(", ";")),
            default=room.low,
        )
        while first < start and not words[first][0].isalnum():
            first += 1
        last = start
        while last > first and words[last - 1] in (",", "("):
            last -= 1
        if last - first < 2:
            return None
        content = sentence.between(first, last)
        frame = sentence.between(start, min(room.high, end_of_frame(sentence, end - 1, room)))
    found = statement_of(sentence, content, frame, place, speaker, None, number)
    return Statement(found.content, found.frame, sentence.between(place, place + 2), speaker,
                     found.form, "according to", place=number)  # fmt: skip


def views(sentence: Sentence, borders: list[int], number: int) -> Iterator[Statement]:
    """Yield "In X's view, ..."."""
    words = sentence.words
    for place in range(2, min(len(words) - 3, LONGEST_NAME)):
        if words[place] in _VIEWS and words[place + 1] == "," and words[0] in ("in", "from", "to"):
            if words[place - 1] != "'s" and words[place - 1] not in ("his", "her", "their"):
                return
            owner = place - (words[place - 1] == "'s")
            end = end_of_clause(sentence, place + 2, Room(0, len(words)), borders)
            yield Statement(
                content=whole_quotation(sentence, place, sentence.between(place + 2, end)),
                frame=sentence.between(0, place + 1),
                cue=sentence.between(place, place + 1),
                speaker=sentence.between(1, max(2, owner)),
                form=form_of(sentence, sentence.between(place + 2, end)),
                manner="thinks",
                place=number,
            )
            return
