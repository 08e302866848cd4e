"""Statements by rules on tokens, without a parser: what the program does if no extra is installed.

Each cue of a sentence is tried in this order: is it a verb here at all; does a quotation or a clause
stand before it ("...", said X; ..., X says); does a quotation follow; does a clause follow, linked by
"that" or a question word, or bare. "According to", credits of pictures and names beside a quotation
are looked for apart. What would break it: a verb that is no cue in our list, a subject between cue
and clause that itself holds a verb, languages other than English.
"""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.according import according, views
from ripeness.sources.statements.behind import behind, trailing
from ripeness.sources.statements.building import statement_of, whole_quotation
from ripeness.sources.statements.contents import (
    clause_after,
    end_of_clause,
    quotation_after,
    room_of,
)
from ripeness.sources.statements.frames import frame_start, speaker_before
from ripeness.sources.statements.labels import labelled
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Form, Span, Statement
from ripeness.sources.statements.words import word_set

LONGEST_NAME = 12  # tokens; assumed
MOST_CUES = 16  # assumed: a sentence with more is a list or noise, and is read no further
_SUBJECT_DETERMINERS = word_set(
    "this that these those which who some all both each few many several any what most"
)
_VIEWS = word_set("view opinion estimation estimate assessment perspective judgement words")
_FINAL = frozenset(",.?!\u2026\u2014-")
_CONDITIONAL = frozenset({"if", "as", "when", "while", "although", "though", "since"})
_NEXT_SUBJECT = word_set("the this these those it he she they we there")
_INVERTED = word_set("said says say added wrote explained")


def statements_in(sentence: Sentence, before: Sentence | None, number: int) -> Iterator[Statement]:
    """Yield the statements whose cue stands in a sentence, in no particular order.

    Args:
        sentence: the sentence.
        before: the sentence before it, if there is one.
        number: which one it is in its document, counted from 0.
    """
    yield from labelled(sentence, before, number)
    cues = [place for place in range(len(sentence)) if _is_cue(sentence, place)][:MOST_CUES]
    frames = {place: frame_start(sentence, place, room_of(sentence, place)) for place in cues}
    borders = _borders(sentence, frames)
    for place in cues:  # the first kind that fits is meant
        found = (
            behind(sentence, place, number)
            or _ahead(sentence, place, frames[place], borders, number)
            or trailing(sentence, place, number)
        )
        if found is not None:
            yield found
    yield from views(sentence, borders, number)
    for place in range(len(sentence) - 2):
        if sentence.words[place : place + 2] == ("according", "to"):
            found = according(sentence, place, borders, number)
            if found is not None:
                yield found


def _is_cue(sentence: Sentence, place: int) -> bool:
    """Return whether a token is a verb, adjective or noun that can attribute something here."""
    words = sentence.words
    word = words[place]
    before = words[place - 1] if place else ""
    following = words[place + 1] if place + 1 < len(words) else ""
    if word in lexicon.SURE:
        sure = before in lexicon.FINITE and following in lexicon.PRONOUNS
        return sure or following in ("that", "if")
    if word in lexicon.WITH_OUT:
        return following == "out"
    if word in lexicon.NOUNS and following == "that":
        expressed = any(one in lexicon.EXPRESSING for one in words[max(0, place - 5) : place])
        if expressed or before in lexicon.DETERMINERS:
            return expressed
    return _is_verb(sentence, place, before, following)


def _is_verb(sentence: Sentence, place: int, before: str, following: str) -> bool:
    """Return whether a token is a verb of our list, used as one."""
    words = sentence.words
    word = words[place]
    if word == "think" and following.startswith("tank"):
        return False
    if word not in lexicon.CUES or following in lexicon.REFLEXIVES or _is_name(sentence, place):
        return False
    if word in ("known", "seen", "shown") and not _has_auxiliary(words[max(0, place - 3) : place]):
        return False
    if following in lexicon.CUES and not word.endswith("ing") and not following.endswith("ing"):
        return False
    if before in lexicon.PREPOSITIONS - {"to"}:
        return False
    return before not in lexicon.DETERMINERS - _SUBJECT_DETERMINERS


def _has_auxiliary(words: tuple[str, ...]) -> bool:
    return any(word in lexicon.AUXILIARIES for word in words)


def _is_name(sentence: Sentence, place: int) -> bool:
    """Return whether a capital within a sentence makes a token part of a name."""
    shape = sentence.shapes[place]
    return place > 0 and shape[0].isupper() and sentence.shapes[place - 1][-1].isalnum()


def _borders(sentence: Sentence, frames: dict[int, int]) -> list[int]:
    """Return where frames begin that end the content of a cue before them."""
    words = sentence.words
    borders = [
        start
        for cue, start in frames.items()
        if start > 0
        and words[start] in ("and", "but", "yet")
        and _introduces(sentence, cue, frame_start=start)
    ]
    borders += [
        place
        for place in range(2, len(words) - 1)
        if words[place] == "according" and words[place + 1] == "to" and words[place - 1] == ","
    ]
    return borders


def _introduces(sentence: Sentence, cue: int, frame_start: int) -> bool:
    """Return whether something follows that the cue attributes."""
    room = room_of(sentence, cue)
    bare = sentence.words[cue] in lexicon.BARE
    return cue - frame_start <= 8 and (
        quotation_after(sentence, cue, room) is not None
        or clause_after(sentence, cue, room, bare=bare) is not None
    )


def _ahead(
    sentence: Sentence, cue: int, start: int, borders: list[int], number: int
) -> Statement | None:
    """Return the statement whose content follows its cue, or None."""
    words = sentence.words
    room = room_of(sentence, cue)
    quoted = quotation_after(sentence, cue, room) if words[cue] not in lexicon.ASKING - {
        "ask", "asks", "asked", "asking"} else None  # fmt: skip
    bare = words[cue] in lexicon.BARE and not words[cue].endswith("ing")
    bare = bare and words[max(0, cue - 1)] != "to"
    if quoted is None and not any(word[0].isalnum() for word in words[room.low : cue]):
        return None  # "Note that ..." tells the reader to
    conditional = words[start] in _CONDITIONAL
    if (
        words[cue] in lexicon.SURE
        or words[cue] in lexicon.NOUNS
        and words[cue + 1 : cue + 2] == ("that",)
    ):
        opening = cue + 1
    else:
        opening = clause_after(sentence, cue, room, bare=bare)
    speaker = speaker_before(sentence, start, cue)
    if quoted is not None:
        first = sentence.inside.index(quoted)
        if opening is None or opening >= first:
            content = sentence.quoted[quoted].span
            if sentence.ends[-1] > content.end and _goes_on(sentence, content.end):
                end = end_of_clause(sentence, first, room, borders)
                content = Span(content.start, max(content.end, sentence.ends[end - 1]))
                form: Form = "mixed"
            else:
                form = "direct"
            frame = sentence.between(start, first)
            return statement_of(sentence, content, frame, cue, speaker, form, number)
    if opening is None:
        return None
    end = end_of_clause(sentence, opening, room, borders, conditional=conditional)
    content = whole_quotation(sentence, cue, sentence.between(opening, end))
    frame = sentence.between(start, opening)
    return statement_of(sentence, content, frame, cue, speaker, None, number)


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Return whether words of the same clause follow a quotation that ends here."""
    after = [
        word for word, start in zip(sentence.words, sentence.starts, strict=True) if start >= end
    ]
    return bool(after) and after[0] not in (".", ",", ";", ")", "!", "?")
