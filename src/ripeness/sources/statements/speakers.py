"""Who speaks, where the text says "he", "they said" or nothing: the last one named, where safe.

*Safe* is: in the paragraph so far, or else in the one before, exactly one speaker is named, the
pronoun is singular (or the name looks like several), and no more than ``FAR`` sentences lie
between. "I" and "we" in a quotation are whoever says the quotation. Everything else stays
unresolved: a claim put into the wrong mouth costs more than one without a speaker.

A short name ("Gady") is the same as an earlier longer one that ends with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ripeness.sources.statements.sentences import paragraphs
from ripeness.sources.statements.statement import Span, Statement
from ripeness.sources.statements.words import word_set

FAR: Final = 4  # sentences; assumed
LONGEST_NAME: Final = 6  # words; assumed: what is longer is a description

_SINGULAR: Final = frozenset({"he", "she"})
_PLURAL: Final = frozenset({"they"})
_SELF: Final = frozenset({"i", "we"})
_PARTS: Final = word_set("of the for de der van von la le al bin and & on")
_PART: Final = re.compile(r",|\s[-\u2013\u2014]\s|[();:]")
_OWNED: Final = re.compile(r"['\u2019]s\s")


@dataclass(frozen=True, slots=True)
class _Named:
    """A speaker who is named: the number of the sentence, that of the paragraph, and where."""

    place: int
    paragraph: int
    span: Span


def resolved(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements, in the order of their cues, with pronouns resolved where safe."""
    begins = [paragraph.start for paragraph in paragraphs(text)]
    ordered = sorted(statements, key=lambda one: (one.cue.start, one.content))
    result: list[Statement] = []
    named: list[_Named] = []
    for statement in ordered:
        word = statement.speaker.of(text).lower() if statement.speaker else ""
        name = None
        if word in _SELF:
            name = _of_enclosing(statement, ordered)
        elif word in _SINGULAR | _PLURAL:
            here = bisect_right(begins, statement.cue.start)
            name = _last_named(text, statement.place, here, named, plural=word in _PLURAL)
        result.append(replace(statement, named=name) if name else statement)
        if statement.speaker and name_in(statement.speaker.of(text)):
            here = bisect_right(begins, statement.cue.start)
            named.append(_Named(statement.place, here, statement.speaker))
    return result


_NO_NAME: Final = word_set(
    """i he she it we they you who some many most several both other others all any few one two three
    experts analysts officials critics another recent this that these those in at on but and such
    a an his her their our"""
)


def name_in(words: str) -> str:
    """Return the proper name that some words are, or that one of their parts ends with.

    Only the name: what else the words say of a speaker are words of the document. Empty where they
    describe somebody ("US analysts") without a name.
    """
    parts = [_OWNED.split(part)[-1] for part in _PART.split(words)]
    ends = [run for part in parts if (run := _last_run(part))]
    short = [run for run in ends if len(run) <= LONGEST_NAME]
    persons = [run for run in short if 2 <= len(run) <= 4 and not _PARTS & {w.lower() for w in run}]
    return " ".join(next(iter(persons or short), ()))


def _last_run(part: str) -> list[str]:
    """Return the words with capitals with which a part ends; small words between them may stand."""
    run: list[str] = []
    for word in reversed(part.split()):
        core = word.strip('.\u201c\u201d"()[]')
        if not core or not (core[0].isupper() or core.lower() in _PARTS):
            break
        run.insert(0, core)
    while run and (run[0].lower() in _PARTS | _NO_NAME or not run[0][0].isupper()):
        run = run[1:]
    return run if not run or run[-1].lower() not in _PARTS else []


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each short name ("Gady") the longest one that ends with it."""
    longest: dict[str, str] = {}
    for name in names:
        words = name.split()
        for first in range(1, len(words)):
            short = " ".join(words[first:])
            longest[short] = max(longest.get(short, ""), name, key=len)
    return longest


def _of_enclosing(statement: Statement, ordered: Sequence[Statement]) -> Span | None:
    """Return who says the smallest quotation around a statement."""
    around = [
        other
        for other in _near(statement, ordered)
        if other.form != "indirect"
        and other is not statement
        and other.content.covers(statement.content)
        and other.content != statement.content
        and other.speaker
    ]
    smallest = min(around, key=lambda other: other.content.end - other.content.start, default=None)
    return smallest.speaker if smallest else None


def _near(statement: Statement, ordered: Sequence[Statement]) -> list[Statement]:
    """Return the statements whose cue is close by, so that long texts cost no more."""
    first = bisect_left(ordered, statement.place - 40, key=lambda other: other.place)
    last = bisect_left(ordered, statement.place + 40, key=lambda other: other.place)
    return list(ordered[first:last])


def _last_named(
    text: str, place: int, paragraph: int, named: list[_Named], *, plural: bool
) -> Span | None:
    """Return the one name that a pronoun in a sentence can stand for, or None."""
    near = [one for one in named[-FAR:] if place - one.place <= FAR]
    here = [one for one in near if one.paragraph == paragraph]
    before = [one for one in near if one.paragraph == paragraph - 1]
    spans = [one.span for one in here or before]
    if not spans:
        return None
    names = [name_in(span.of(text)) for span in spans]
    several = names[-1].endswith("s") or " and " in spans[-1].of(text)
    same = len({name.split()[-1] for name in names}) == 1
    return spans[-1] if same and (several or not plural) else None
