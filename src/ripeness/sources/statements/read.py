"""All statements of a text, by the reader that is at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ripeness.sources.statements.parsed import by_parse
from ripeness.sources.statements.rules import statements_in
from ripeness.sources.statements.sentences import Sentence, sentences
from ripeness.sources.statements.statement import Span, Statement


def by_rules(text: str) -> list[Statement]:
    """Return the statements of a text by rules alone, in the order of their contents."""
    found: dict[tuple[Span, Span], Statement] = {}
    before: Sentence | None = None
    for number, sentence in enumerate(sentences(text)):
        for statement in statements_in(sentence, before, number):
            found.setdefault((statement.content, statement.frame), statement)
        before = sentence
    return [found[key] for key in sorted(found)]


READERS: Final[Mapping[str, Callable[[str], list[Statement]]]] = {
    "rules": by_rules,
    "parsed": by_parse,
}
