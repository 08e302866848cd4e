"""Contents that stand before their cue: '"...," said X', '"...," X said' and "..., X says."."""

from __future__ import annotations

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.building import end_of_frame, statement_of
from ripeness.sources.statements.contents import SUBJECT, room_of
from ripeness.sources.statements.frames import speaker_after, speaker_before
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Statement
from ripeness.sources.statements.words import word_set

_INVERTED = word_set("said says say added wrote explained")
_FINAL = frozenset(",.?!\u2026\u2014-")


def behind(sentence: Sentence, cue: int, number: int) -> Statement | None:
    """Return the statement whose content stands before its cue, or None."""
    words = sentence.words
    if words[cue] in lexicon.SURE or words[cue] in lexicon.STRICT:
        return None
    here = sentence.inside[cue]
    subject = cue
    while (
        subject > 0
        and cue - subject < SUBJECT
        and sentence.inside[subject - 1] == here
        and words[subject - 1] not in (";", ":")
    ):
        subject -= 1
    if subject > 0 and sentence.inside[subject - 1] not in (here, -1):
        return _after_quotation(sentence, cue, subject, number)
    return None


def _after_quotation(sentence: Sentence, cue: int, subject: int, number: int) -> Statement | None:
    """Return '"...", X said' and '"...", said X', with the cue behind a quotation."""
    words = sentence.words
    quotation = sentence.quoted[sentence.inside[subject - 1]]
    first = subject
    while first < cue and words[first] in (",", "."):
        first += 1
    between = words[first:cue]
    if any(word in lexicon.FINITE and word not in lexicon.AUXILIARIES for word in between):
        return None
    pause = words[subject] == "," or words[max(0, subject - 2)] in _FINAL
    if not pause:
        return None
    if any(word in lexicon.CUES for word in between) or "and" in between[:1]:
        return None
    if len(words) > cue + 1 and words[cue + 1] in lexicon.QUESTIONS | {"that"}:
        return None
    room = room_of(sentence, cue)
    if first == cue:  # said X
        end = end_of_frame(sentence, cue, room)
        speaker = speaker_after(sentence, cue + 1, end)
        frame = sentence.between(cue, end)
    else:
        end = cue + 1
        while end < room.high and (words[end] in (".", ",")):
            end += 1
        speaker = speaker_before(sentence, first, cue)
        frame = sentence.between(first, end)
    return statement_of(sentence, quotation.span, frame, cue, speaker, "direct", number)


def trailing(sentence: Sentence, cue: int, number: int) -> Statement | None:
    """Return "..., X says." and "..., said X.", told in other words."""
    words = sentence.words
    room = room_of(sentence, cue)
    comma = cue - 1
    while comma > room.low and words[comma] != "," and cue - comma <= 8:
        comma -= 1
    if words[comma] != "," or comma <= room.low + 2:
        return None
    final = cue + 1 >= room.high or words[cue + 1] in (".", ",", ")", "?", "!")
    between = words[comma + 1 : cue]
    if any(word in lexicon.OPENERS or word in lexicon.CUES for word in between):
        return None
    if words[cue - 1] in lexicon.BEING:
        return None
    inverted = (
        not between
        and words[cue] in _INVERTED
        and any(word in lexicon.FINITE for word in words[room.low : comma])
    )
    if not (final and between and _could_speak(sentence, comma + 1, cue)) and not inverted:
        return None
    start = room.low
    while start < comma and not words[start][0].isalnum():
        start += 1
    if inverted:
        end = end_of_frame(sentence, cue, room)
        speaker = speaker_after(sentence, cue + 1, end)
        frame = sentence.between(cue, end)
    else:
        end = cue + 1 + (cue + 1 < room.high and words[cue + 1] in ".,")
        speaker = speaker_before(sentence, comma + 1, cue)
        frame = sentence.between(comma + 1, end)
    if not any(word in lexicon.FINITE for word in words[start:comma]) and comma - start < 4:
        return None
    content = sentence.between(start, comma)
    return statement_of(sentence, content, frame, cue, speaker, None, number)


def _could_speak(sentence: Sentence, first: int, cue: int) -> bool:
    """Return whether a subject and nothing else stands between a comma and a cue."""
    words = sentence.words
    if words[first] in lexicon.PREPOSITIONS:
        return False
    bare = sentence.words[cue]
    return not bare.endswith("ing")
