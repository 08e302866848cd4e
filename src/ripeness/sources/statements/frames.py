"""The words that attribute a content: where the frame of a cue begins, and who speaks in it."""

from __future__ import annotations

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.contents import Room
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Span
from ripeness.sources.statements.words import word_set

_STOPS = frozenset(";:\u2014\u2013)")
_NO_SUBJECT = lexicon.PREPOSITIONS | word_set(
    "who which despite amid following given unlike because however meanwhile additionally moreover"
)
_AFTER_CLAUSE = word_set("because if as while when where although though since who which")


def frame_start(sentence: Sentence, cue: int, room: Room) -> int:
    """Return the first token of the frame of a cue that comes before its content."""
    words = sentence.words
    place = cue
    while place > room.low:
        word = words[place - 1]
        if word in _STOPS or sentence.inside[place - 1] != sentence.inside[cue]:
            break
        if word == ",":
            following = words[place]
            if following in lexicon.LINKS or following in _AFTER_CLAUSE:
                break
            # "In retrospect, I think": what comes before belongs to it if it has no verb
            new = following in lexicon.PRONOUNS and place < cue
            if new and _has_finite(words[room.low : place - 1]):
                break
        elif word in lexicon.LINKS and _joins_clause(sentence, place - 1, cue, room):
            place -= 1
            break
        elif word in _AFTER_CLAUSE and place - 1 > room.low:
            if word in ("who", "which") and words[cue - 1] == ",":
                # "X, an analyst who travels there, believes"
                place -= 1 + (words[place - 2] == "," and place - 2 > room.low)
                continue
            place -= 1
            break
        elif word == "that" and place < cue and words[place] in lexicon.PRONOUNS:
            break
        place -= 1
    while place < cue and words[place] in (",", "(", ")"):
        place += 1
    return place


def _has_finite(words: tuple[str, ...]) -> bool:
    return any(word in lexicon.FINITE for word in words)


def _joins_clause(sentence: Sentence, link: int, cue: int, room: Room) -> bool:
    """Return whether a link joins two clauses and not two names before the cue."""
    words = sentence.words
    if link == room.low or words[link - 1] == ",":
        return True
    if cue - link <= 2 or words[link + 1] in lexicon.PRONOUNS:
        return True  # "... and wrote", "... and he said"
    return _has_finite(words[room.low : link]) and words[link + 1] not in lexicon.DETERMINERS


def speaker_before(sentence: Sentence, start: int, cue: int) -> Span | None:
    """Return the speaker among the tokens of a frame that stand before its cue."""
    words = sentence.words
    last = cue
    while last > start and (
        words[last - 1] in lexicon.AUXILIARIES or lexicon.is_adverb(words[last - 1])
    ):
        last -= 1
    if last > start and words[last - 1] == ",":
        last -= 1
    first = start
    while first < last and (words[first] in lexicon.OPENERS or words[first] in ("with", ",")):
        first += 1
    parts = [
        (begun, end)
        for begun, end in _split(words, first, last)
        if words[begun] not in _NO_SUBJECT and not all(map(lexicon.is_adverb, words[begun:end]))
    ]
    if not parts:
        return None
    chosen = parts[-1]
    if _apposition(sentence, parts) and words[cue - 1] == ",":
        chosen = parts[0]
    first, last = chosen
    if last - first > 1 and words[cue - 1] == "to":
        last -= 1  # "X continues to say"
    return _trimmed(sentence, first, _before_verb(words, first, last))


def _before_verb(words: tuple[str, ...], first: int, last: int) -> int:
    """Return where a subject ends: before its verb, and before "last week"."""
    end = next((n for n in range(first + 1, last) if words[n] in lexicon.FINITE - {"'s"}), last)
    for place in range(first + 1, end):
        if words[place] in ("who", "which", "that", "in", "during") or (
            words[place] in ("last", "this", "next", "earlier", "on") and place + 1 < end
        ):
            end = place
            break
    while end > first + 1 and lexicon.is_adverb(words[end - 1]):
        end -= 1
    return end


def _apposition(sentence: Sentence, parts: list[tuple[int, int]]) -> bool:
    """Return whether the first of several parts is the name, and the others tell who that is."""
    return sentence.words[parts[-1][0]] not in lexicon.PRONOUNS and (
        sentence.shapes[parts[0][0]][0].isupper()
    )


def speaker_after(sentence: Sentence, first: int, high: int) -> Span | None:
    """Return the speaker that follows "said" or "according to": up to a mark or a clause."""
    last = first
    words = sentence.words
    while last < high and (words[last][0].isalnum() or words[last] in ("'s", "-", ".", "(", ")")):
        word = words[last]
        if last > first and (
            word in lexicon.OPENERS - {"and"} or word in ("in", "on", "during", "at", "to", "after")
        ):
            break
        if word == "." and (last + 1 >= high or len(words[last - 1]) > 3):
            break
        last += 1
    return _trimmed(sentence, first, last)


def _split(words: tuple[str, ...], first: int, last: int) -> list[tuple[int, int]]:
    """Cut a range of tokens at its commas; empty parts are left out."""
    parts, begun = [], first
    for place in range(first, last + 1):
        if place == last or words[place] == ",":
            if place > begun:
                parts.append((begun, place))
            begun = place + 1
    return parts


def _trimmed(sentence: Sentence, first: int, last: int) -> Span | None:
    """Return the span without marks at its ends; None if nothing is left."""
    while first < last and not sentence.words[first][0].isalnum():
        first += 1
    while last > first and not sentence.words[last - 1][-1].isalnum():
        last -= 1
    return sentence.between(first, last) if first < last else None
