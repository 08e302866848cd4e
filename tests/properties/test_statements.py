"""Whatever the text: spans lie in it, are ordered and not empty, and come out the same again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ripeness.sources.statements.candidates import candidates
from ripeness.sources.statements.quotations import quotations
from ripeness.sources.statements.read import by_rules
from ripeness.sources.statements.sentences import paragraphs, sentences
from ripeness.sources.statements.speakers import resolved
from ripeness.sources.statements.words import word_set

WORDS = sorted(
    word_set(
        """said that told " \u201c \u201d \u201e \u00ab \u00bb , . : ; ( ) Bell the he who and but if only
        according to think thinks that's n't cannot without Image until will is front peace
        \u0642\u0627\u0644 unless In view 's 50 days May 2022 points out \u2014 claim U.S. Mr. what"""
    )
) + [" ", "\n", "\n\n"]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
)


@given(TEXTS)
@example("")
@example('said "')
@example("\u201c" * 30)
@example("according to")
@example('X: "')
@example("\u0642\u0627\u0644 \u201c\u0646\u0639\u0645\u201d said Bell.")
@example("he said that " * 200)
def test_statements_lie_in_their_text(text: str) -> None:
    found = resolved(text, by_rules(text))
    for one in found:
        spans = [one.content, one.frame, one.cue, one.whole]
        spans += [span for span in (one.speaker, one.named) if span]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert one.content.of(text).strip()
        assert one.whole.covers(one.content)
    assert found == resolved(text, by_rules(text))
    cues = [one.cue for one in found]
    assert cues == sorted(cues)


@given(TEXTS)
@example("Only if it is so.")
def test_candidates_are_ordered_and_apart(text: str) -> None:
    found = candidates(text, resolved(text, by_rules(text)))
    ends = 0
    for one in found:
        assert ends <= one.span.start < one.span.end <= len(text)
        ends = one.span.end
        assert one.speaker.strip()
        inner = [*one.hedges, *(c.span for c in one.conditions), *(d.span for d in one.dates)]
        inner += [c.on for c in one.conditions if c.on]
        assert all(one.span.covers(span) for span in inner)


@given(TEXTS)
def test_every_word_is_in_one_sentence(text: str) -> None:
    ends = 0
    covered = set()
    for sentence in sentences(text):
        assert ends <= sentence.span.start < sentence.span.end
        ends = sentence.span.end
        rows = (sentence.words, sentence.shapes, sentence.starts, sentence.ends, sentence.inside)
        assert {len(row) for row in rows} == {len(sentence)}
        covered.update(range(sentence.span.start, sentence.span.end))
    assert covered >= {place for place, sign in enumerate(text) if not sign.isspace()}


@given(TEXTS)
def test_quotations_lie_apart_in_their_paragraph(text: str) -> None:
    for paragraph in paragraphs(text):
        ends = paragraph.start
        for one in quotations(text, paragraph):
            assert paragraph.covers(one.span)
            assert one.span.covers(one.inside)
            assert ends <= one.span.start
            ends = one.span.end
