"""A statement put together from tokens: its form, its manner, whether it is denied."""

from __future__ import annotations

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.contents import Room
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.statement import Form, Span, Statement


def statement_of(
    sentence: Sentence,
    content: Span,
    frame: Span,
    cue: int,
    speaker: Span | None,
    form: Form | None,
    number: int,
) -> Statement:
    """Return a statement; its form is told by the quotations in its content if it is not given."""
    before = [word for word, start in zip(sentence.words, sentence.starts, strict=True)
              if frame.start <= start < sentence.starts[cue]]  # fmt: skip
    return Statement(
        content=content,
        frame=frame,
        cue=sentence.between(cue, cue + 1),
        speaker=speaker,
        form=form or form_of(sentence, content),
        manner=lexicon.manner_of(sentence.words[cue]),
        denied=any(word in lexicon.NEGATIONS for word in before[-4:]),
        place=number,
    )


def form_of(sentence: Sentence, content: Span) -> Form:
    """Return whether some of a content is quoted: mixed, else indirect."""
    some = any(content.overlap(quotation.span) > 1 for quotation in sentence.quoted)
    return "mixed" if some else "indirect"


def whole_quotation(sentence: Sentence, cue: int, content: Span) -> Span:
    """Return a content up to the end of the quotation that its sentence ends in."""
    last = sentence.inside[-1]
    if last < 0 or last == sentence.inside[cue] or content.end < sentence.ends[-1]:
        return content
    return Span(content.start, max(content.end, sentence.quoted[last].span.end))


def end_of_frame(sentence: Sentence, cue: int, room: Room) -> int:
    """Return where "said X, who was there" ends: with the sentence, or at the next quotation."""
    here = sentence.inside[cue]
    end = cue + 1
    while (
        end < room.high and sentence.inside[end] == here and sentence.words[end] not in (";", ":")
    ):
        end += 1
    return end
