"""Sentences, quotations, conditions, hedges, dates."""

from __future__ import annotations

import pytest

from ripeness.sources.statements.marks import conditions, dates, hedges
from ripeness.sources.statements.quotations import quotations
from ripeness.sources.statements.sentences import LONGEST_SENTENCE, paragraphs, sentences
from ripeness.sources.statements.statement import Span


def cut(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Dr. Bell of the U.S. Army left. It rained.", ["Dr. Bell of the U.S. Army left.", "It rained."]),
        ("J. Bell left at 9.30 a.m. on foot.", ["J. Bell left at 9.30 a.m. on foot."]),
        ('"Why?" he asked. "Go."', ['"Why?" he asked.', '"Go."']),
        ("\u201cIt is over.\u201d They left.", ["\u201cIt is over.\u201d", "They left."]),
        ("A heading\nIt rained.", ["A heading", "It rained."]),
        ("a line that goes\non here.", ["a line that goes\non here."]),
        ("Wait... what? Yes!", ["Wait... what?", "Yes!"]),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_gigantic_sentence_is_cut() -> None:
    assert max(len(one) for one in sentences("word " * 5000)) == LONGEST_SENTENCE


def quoted(text: str) -> list[str]:
    return [
        one.inside.of(text)
        for paragraph in paragraphs(text)
        for one in quotations(text, paragraph)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        (
            "\u201cyes\u201d \u00abno\u00bb \u201ewell\u201c \u300cso\u300d",
            ["yes", "no", "well", "so"],
        ),
        ("\u00bbyes\u00ab and \u00bbno\u00ab", ["yes", "no"]),
        ("\u201cIt goes on\n\n\u201cand on.\u201d", ["It goes on", "and on."]),
        ("It's the soldiers' bread.", []),
        ('"never closed', ["never closed"]),
        ("closed\u201d only", []),
    ],
)
def test_quotations_are_read_by_the_shape_of_their_marks(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


@pytest.mark.parametrize(
    ("text", "on", "kind"),
    [
        ("Talks begin only if the front holds.", "the front holds", "needed"),
        ("He signs only after a defeat.", "a defeat", "needed"),
        ("No talks until the front holds.", "the front holds", "needed"),
        ("It fails unless aid arrives.", "aid arrives", "needed"),
        ("It cannot end without a defeat.", "a defeat", "needed"),
        ("Only a defeat of the army can end it.", "a defeat of the army", "needed"),
        ("This requires men.", "men", "needed"),
        ("If aid arrives, it ends.", "aid arrives", "enough"),
        ("They arm them should Bell refuse.", "Bell refuse", "enough"),
    ],
)
def test_conditions_are_found(text: str, on: str, kind: str) -> None:
    found = conditions(text, Span(0, len(text)))
    assert [(one.on.of(text) if one.on else None, one.kind) for one in found] == [(on, kind)]


@pytest.mark.parametrize(
    "text", ["It rained as if for ever.", "They should leave.", "If not, well."]
)
def test_what_is_no_condition_is_left_out(text: str) -> None:
    assert conditions(text, Span(0, len(text))) == []


def test_hedges_are_found() -> None:
    text = "It may end, perhaps, and is likely to return."
    assert [one.of(text) for one in hedges(text, Span(0, len(text)))] == [
        "may",
        "perhaps",
        "likely",
    ]


@pytest.mark.parametrize(
    ("words", "date", "weeks"),
    [
        ("on 26 December 2024", "2024-12-26", None),
        ("on July 21", "--07-21", None),
        ("in February 2022", "2022-02", None),
        ("in 2014", "2014", None),
        ("within 50 days", "", 50 / 7),
        ("for three months", "", 13.0),
        ("in a few weeks", "", 3.0),
        ("for years", "", None),
    ],
)
def test_dates_and_spans_of_time_are_read(words: str, date: str, weeks: float | None) -> None:
    [found] = dates(words, Span(0, len(words)))
    assert found.date == date
    assert found.weeks == (None if weeks is None else pytest.approx(weeks))


def test_may_is_mostly_no_month() -> None:
    assert dates("It May end.", Span(0, 11)) == []
