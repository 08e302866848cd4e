"""The reader of the extra `reading`: the same promises as that by rules, where it is installed."""

from __future__ import annotations

import pytest

from ripeness.sources.statements.parsed import by_parse, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra `reading` is not installed")

TEXTS = (
    "",
    "The minister said that the talks would fail.",
    "\u201cWe will not sign,\u201d said Anna Bell.\n\nBoth are tired, according to Jo Carr.",
    "he said that " * 1500,
    '"\u201c\u00ab said (' * 300,
    "\u0642\u0627\u0644 \u201c\u0646\u0639\u0645\u201d said Bell.",
)


def test_a_clause_and_its_speaker_are_found() -> None:
    text = TEXTS[1]
    [found] = by_parse(text)
    assert found.speaker is not None
    assert found.speaker.of(text) == "The minister"
    assert found.content.of(text) == "that the talks would fail."


@pytest.mark.parametrize("text", TEXTS)
def test_spans_lie_in_the_text(text: str) -> None:
    found = by_parse(text)
    assert found == by_parse(text)
    for one in found:
        for span in (one.content, one.frame, one.cue, one.speaker or one.cue):
            assert 0 <= span.start < span.end <= len(text)
