"""What a sentence says besides: conditions, hedges, dates and spans of time.

All are found by words. A condition is *needed* ("only if", "until", "unless", "cannot ... without"),
*enough* ("if", "should ...") or *the means* ("by", "through" are not read: too common to tell).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ripeness.sources.dates import MONTHS
from ripeness.sources.statements.statement import Span

Needed = Literal["needed", "enough"]

WEEKS_PER: Final = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "season": 13.0, "year": 52.0}
_COUNTED: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NUMBERS: Final = {word: number for number, word in enumerate(_COUNTED)} | {
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
    "several": 4,
    "dozen": 12,
    "twenty": 20,
    "fifty": 50,
}

_CLAUSE: Final = r"[^,;:.!?\u201c\u201d\"]{2,240}"
_NEEDED: Final = re.compile(
    r"\b(?:(?:possible |comes? )?only (?:\w+ ){0,2}"
    r"(?:if|when|once|after|as a result of|under|in case of|in exchange for|because of)"
    r"|(?:not |n['\u2019]t |never |no )?(?:until|unless)"
    r"|(?:(?:can|could|will|would)\s?(?:not|n['\u2019]t)|cannot|impossible|no|nor|never|nothing)\b"
    r"[^.;!?]{0,90}?\bwithout"
    r"|(?:the )?only (?:way|path|route|option|means)|requires?|depends? on|not before|as long as"
    r"|provided that|on condition that|(?:possible|comes?) only"
    r"|only (?P<before>[^.;!?]{3,160}?)(?= (?:can|could|will) )"
    r")\b" + f"(?P<after>{_CLAUSE})?",
    re.IGNORECASE,
)
_ENOUGH: Final = re.compile(
    r"\b(?:(?<!only )(?<!as )(?<!even )(?:if(?! (?:nothing|not|only|anything)\b)|in case"
    r"|in the event (?:of|that))|should (?=(?-i:[A-Z])\w+ [a-z]+\b))\b"
    rf"(?P<after>{_CLAUSE})",
    re.IGNORECASE,
)
_NEEDED_AT_ALL: Final = re.compile(
    "only|until|unless|without|requir|depend|before|as long as|provided|condition", re.IGNORECASE
)
_ENOUGH_AT_ALL: Final = re.compile(r"\bif\b|in case|in the event|should", re.IGNORECASE)
"""Cheap to look for: without one of these there is no condition."""

_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|presumably|likely|unlikely|apparently|reportedly"
    r"|allegedly|potential(?:ly)?|seems?|seemed|seemingly|appears?|appeared|suggests?|suggested|arguably"
    r"|supposedly|almost certainly|in (?:my|our|his|her|their) view|i (?:think|believe|suspect|guess))\b",
    re.IGNORECASE,
)
_MONTH: Final = "(?:" + "|".join(name.capitalize() for name in MONTHS) + ")"
_DATE: Final = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?P<month>{_MONTH})|(?P<month2>{_MONTH}) (?P<day2>[0-3]?\d)\b"
    rf"(?:st|nd|rd|th)?|(?P<month3>{_MONTH}))(?:,? ?(?P<year>(?:19|20)\d\d))?\b"
    r"|\b(?P<year2>(?:19|20)\d\d)\b(?!,?\d| (?:soldiers|troops|men|people|tanks))"
)
_SPAN: Final = re.compile(
    r"\b(?P<number>\d{1,4}|" + "|".join(_NUMBERS) + r")(?: of)?[ -]+(?:more |or )?"
    r"(?P<unit>day|week|month|season|year)s?\b",
    re.IGNORECASE,
)
_BARE_SPAN: Final = re.compile(r"\b(?P<unit>days|weeks|months|seasons|years)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that make what is said hang on something.

    Attributes:
        span: from the words that say so to the end of what it hangs on.
        on: what it hangs on; None if it cannot be told.
        kind: whether it is said to be needed, or to be enough.
    """

    span: Span
    on: Span | None
    kind: Needed


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a span of time.

    Attributes:
        span: the words.
        date: ISO date, month ("2022-02"), year, or "--12-26" without a year; empty for a span.
        weeks: length of a span of time; None for a date. "A few" counts as 3 (assumed); without a
            number, as in "months", it is not known and left out.
    """

    span: Span
    date: str = ""
    weeks: float | None = None


def conditions(text: str, within: Span) -> list[Condition]:
    """Return the conditions in a stretch of a text, in their order."""
    found: list[Condition] = []
    rows: tuple[tuple[Needed, re.Pattern[str], re.Pattern[str]], ...] = (
        ("needed", _NEEDED, _NEEDED_AT_ALL),
        ("enough", _ENOUGH, _ENOUGH_AT_ALL),
    )
    for kind, form, hint in rows:
        if not hint.search(text, within.start, within.end):
            continue
        for match in form.finditer(text, within.start, within.end):
            on = _on(match)
            whole = _tight(text, match.start(), max(match.end("after"), match.end()))
            found.append(Condition(whole, _tight(text, *on) if on else None, kind))
    return sorted(found, key=lambda one: (one.span, one.kind))


def _on(match: re.Match[str]) -> tuple[int, int] | None:
    """Return what a condition hangs on: before "can" in "only X can", else what follows."""
    if "before" in match.re.groupindex and match["before"]:
        return match.span("before")
    if " way" in match.group()[:16].lower() or not (match["after"] or "").strip():
        return None
    return match.span("after")


def hedges(text: str, within: Span) -> list[Span]:
    """Return the words that say that something is not sure, in their order."""
    return [Span(*match.span()) for match in _HEDGE.finditer(text, within.start, within.end)]


def dates(text: str, within: Span) -> list[Dated]:
    """Return the dates and spans of time in a stretch of a text, in their order."""
    found = [*_dates(text, within)]
    for match in _SPAN.finditer(text, within.start, within.end):
        number = match["number"].lower()
        count = float(number) if number.isdigit() else float(_NUMBERS[number])
        weeks = count * WEEKS_PER[match["unit"].lower()]
        found.append(Dated(Span(*match.span()), weeks=weeks))
    taken = [one.span for one in found]
    for match in _BARE_SPAN.finditer(text, within.start, within.end):
        span = Span(*match.span())
        if not any(other.overlap(span) for other in taken):
            found.append(Dated(span))
    return sorted(found, key=lambda one: one.span)


def _dates(text: str, within: Span) -> Iterator[Dated]:
    for match in _DATE.finditer(text, within.start, within.end):
        month = match["month"] or match["month2"] or match["month3"]
        day = match["day"] or match["day2"]
        year = match["year"] or match["year2"] or ""
        if month == "May" and not day and not year:
            continue  # more often the verb
        parts = [year or "-"]
        if month:
            parts.append(f"{MONTHS.index(month.lower()) + 1:02d}")
        if day and 1 <= int(day) <= 31:
            parts.append(f"{int(day):02d}")
        yield Dated(Span(*match.span()), date="-".join(parts))


def _tight(text: str, start: int, end: int) -> Span:
    """Return a span without blanks at its ends."""
    while end - 1 > start and text[end - 1].isspace():
        end -= 1
    while start + 1 < end and text[start].isspace():
        start += 1
    return Span(start, end)
