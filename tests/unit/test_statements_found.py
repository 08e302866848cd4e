"""Who says what: each sentence is ours, and says by itself what must be found."""

from __future__ import annotations

import pytest

from ripeness.sources.statements.read import by_rules
from ripeness.sources.statements.speakers import full_names, name_in, resolved
from ripeness.sources.statements.statement import Span, Statement

FOUND = {
    "linked": (
        "The minister said that the talks would fail.",
        [("The minister", "that the talks would fail.", "indirect", "says")],
    ),
    "bare": (
        "Anna Bell believes the front is stable.",
        [("Anna Bell", "the front is stable.", "indirect", "thinks")],
    ),
    "quotation first": (
        "\u201cWe will not sign,\u201d said Anna Bell.",
        [("Anna Bell", "\u201cWe will not sign,\u201d", "direct", "says")],
    ),
    "quotation first, verb last": (
        '"We will not sign," Bell told reporters.',
        [("Bell", '"We will not sign,"', "direct", "says")],
    ),
    "quotation after": (
        'Bell, who was there, wrote: "No deal. None at all."',
        [("Bell", '"No deal. None at all."', "direct", "says")],
    ),
    "quotation of several sentences before": (
        '"It is over. We know that now," said Bell.',
        [
            ("Bell", '"It is over. We know that now,"', "direct", "says"),
        ],
    ),
    "mixed": (
        "The envoy said the offer was \u201ca first step\u201d towards peace.",
        [("The envoy", "the offer was \u201ca first step\u201d towards peace.", "mixed", "says")],
    ),
    "angle marks": (
        "\u00abWe stay,\u00bb said Bell.",
        [("Bell", "\u00abWe stay,\u00bb", "direct", "says")],
    ),
    "German marks": (
        "\u201eWe stay,\u201c said Bell.",
        [("Bell", "\u201eWe stay,\u201c", "direct", "says")],
    ),
    "according to, first": (
        "According to the ministry, both armies are tired.",
        [("the ministry", "both armies are tired.", "indirect", "according to")],
    ),
    "according to, last": (
        "Both armies are tired, according to Anna Bell.",
        [("Anna Bell", "Both armies are tired", "indirect", "according to")],
    ),
    "view": (
        "In Bell\u2019s view, a truce would not last.",
        [("Bell", "a truce would not last.", "indirect", "thinks")],
    ),
    "trailing": (
        "The front will hold until spring, analysts say.",
        [("analysts", "The front will hold until spring", "indirect", "says")],
    ),
    "apposition": (
        "Anna Bell, a historian of war, argues that peace is far.",
        [("Anna Bell", "that peace is far.", "indirect", "says")],
    ),
    "relative clause in the subject": (
        "Anna Bell, an analyst who lives in Oslo, believes that peace is far.",
        [("Anna Bell", "that peace is far.", "indirect", "thinks")],
    ),
    "two joined": (
        "Bell said that it was late, and Carr warned that it was dark.",
        [
            ("Bell", "that it was late", "indirect", "says"),
            ("Carr", "that it was dark.", "indirect", "says"),
        ],
    ),
    "question word": (
        "The general explained why the bridge fell.",
        [("The general", "why the bridge fell.", "indirect", "says")],
    ),
    "addressee": (
        "Bell told the council on Monday that it was late.",
        [("Bell", "that it was late.", "indirect", "says")],
    ),
    "point out": (
        "But Bell points out that rivers freeze.",
        [("Bell", "that rivers freeze.", "indirect", "says")],
    ),
    "credit": (
        "The bridge at dawn. Image: Jo Carr.",
        [("Jo Carr", "The bridge at dawn.", "indirect", "credit")],
    ),
    "name beside a quotation": (
        'Anna Bell: "We stay."',
        [("Anna Bell", '"We stay."', "direct", "names")],
    ),
}
NOTHING = (
    "The State Department is closed.",
    "The think tank moved to Oslo.",
    "His claims were many.",
    "A report on the war appeared.",
    "The bridge known as the old one fell.",
    "Note that trains are late.",
    "They find themselves in need.",
    "He wore a \u201clight\u201d coat.",
)


def told(text: str, statement: Statement) -> tuple[str, str, str, str]:
    speaker = statement.speaker.of(text) if statement.speaker else ""
    return speaker, statement.content.of(text), statement.form, statement.manner


@pytest.mark.parametrize("name", FOUND)
def test_a_statement_is_found_as_it_is_meant(name: str) -> None:
    text, expected = FOUND[name]
    outer = [one for one in by_rules(text) if not _inside(one, by_rules(text))]
    assert [told(text, one) for one in outer] == expected


def _inside(one: Statement, others: list[Statement]) -> bool:
    return any(other is not one and other.content != one.content
               and other.content.covers(one.whole) for other in others)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_statement_is_left_out(text: str) -> None:
    assert by_rules(text) == []


def test_a_denied_statement_says_so() -> None:
    [found] = by_rules("Bell did not say that it was late.")
    assert found.denied
    [found] = by_rules("Bell did say that it was not late.")
    assert not found.denied


def resolved_names(text: str) -> list[str]:
    found = resolved(text, by_rules(text))
    return [one.named.of(text) if one.named else "" for one in found]


def test_a_pronoun_is_the_one_name_before_it() -> None:
    assert resolved_names("Anna Bell said that it was late. She added that it was dark.") == [
        "",
        "Anna Bell",
    ]


def test_a_pronoun_after_two_names_stays_open() -> None:
    text = "Bell said it was late. Carr said it was dark. He believes that it was wet."
    assert resolved_names(text) == ["", "", ""]


def test_a_pronoun_far_from_its_name_stays_open() -> None:
    text = "Bell said that it was late. " + "It rained. " * 6 + "She added that it was dark."
    assert resolved_names(text)[-1] == ""


def test_they_are_not_one_person() -> None:
    assert resolved_names("Anna Bell said that it was late. They added that it was dark.")[1] == ""


def test_i_in_a_quotation_is_who_is_quoted() -> None:
    text = '"I think that it is late," said Anna Bell.'
    names = {one.cue.of(text): one.named for one in resolved(text, by_rules(text))}
    assert names["think"] == Span(text.index("Anna"), text.index("."))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Anna Bell", "Anna Bell"),
        ("Anna Bell, a historian", "Anna Bell"),
        ("The Institute\u2019s Anna Bell", "Anna Bell"),
        ("Research Fellow of the Royal Society of Far Too Many Words, Anna Bell", "Anna Bell"),
        ("Experts like Bell", "Bell"),
        ("US analysts", ""),
        ("some", ""),
        ("Even a look at it", ""),
        ("", ""),
    ],
)
def test_only_names_are_taken_from_a_description(words: str, name: str) -> None:
    assert name_in(words) == name


def test_a_short_name_is_the_longer_one() -> None:
    assert full_names(["Anna Bell", "Bell", "Carr"]) == {"Bell": "Anna Bell"}


def test_a_span_is_never_empty() -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(3, 3)
