"""The date of a document, where the document states it plainly; otherwise none.

Articles name many dates, most of them of events. Only these count: a complete date (year, month
and day, in ISO form or with an English month name) that an HTML page declares, or that stands in
a *dateline*: a short line among the first of the document that begins or ends with the date, set
apart from other words. Two different dates of the same rank mean none. All-figure dates such as
01/02/2025 are never read, since nobody can tell the day from the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

# Where a dateline may stand. Assumptions: wide enough for a headline, a byline and a place.
FIRST_LINES = 12
FIRST_PART = 2000  # characters
LONGEST_LINE = 120  # characters

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_CLOCK = r"(?:[T ][0-9]{1,2}:[0-9]{2}[0-9:.]*(?:Z|[ ]?[+-][0-9]{2}:?[0-9]{2})?)?"
_FORMS = tuple(
    re.compile(rf"(?<![0-9A-Za-z])(?:{form})(?![0-9A-Za-z])")
    for form in (
        rf"{_YEAR}(?P<mark>[-/])(?P<month>[0-9]{{2}})(?P=mark)(?P<day>[0-9]{{2}}){_CLOCK}",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY}(?:, ?| ){_YEAR}",
    )
)
_BAR = r"|\u00b7\u2022"
_DASH = r"\-\u2013\u2014"
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]* *$", re.IGNORECASE
)
_LABEL = re.compile(
    rf"(?:^|[{_BAR}])\s*(?:published|posted|issued|released|dated?)(?: on)?:?\s*$", re.IGNORECASE
)
_APART_BEFORE = re.compile(rf"(?:^|[,;:({_BAR}{_DASH}])\s*$")
_APART_AFTER = re.compile(
    rf"\s*(?:$|[,;:){_BAR}{_DASH}]|\.\s*$|(?:at )?[0-9]{{1,2}}[:.][0-9]{{2}}\b)"
)
_BAR_BEFORE = re.compile(rf"[{_BAR}]\s*$")
_BAR_AFTER = re.compile(rf"\s*[{_BAR}]")
_RANGE_BEFORE = re.compile(rf"(?:[0-9]|\b(?:{'|'.join(MONTHS)}))\s*[{_DASH}/]\s*$", re.IGNORECASE)
_RANGE_AFTER = re.compile(rf"\s*[{_DASH}/]\s*[0-9]{{1,2}}(?![:.0-9])")


def read_date(value: str) -> str | None:
    """Read a value that is a date and nothing else (a time of day may follow an ISO date).

    Args:
        value: for example "2025-07-21T09:00:00+03:00", "21 July 2025" or "July 21, 2025".

    Returns:
        The day as written, in ISO form; no conversion between time zones. None if unreadable.
    """
    value = " ".join(value.split())
    for form in _FORMS:
        match = form.fullmatch(value)
        if match is not None:
            return _iso(match)
    return None


def dateline_dates(text: str) -> list[str]:
    """Return the ISO dates in the datelines among the first lines of a text, in their order."""
    head = text[:FIRST_PART]
    if len(text) > FIRST_PART:
        head = head.rpartition("\n")[0]  # a line cut short might seem to end with a date
    lines = [line for line in head.split("\n") if line.strip()][:FIRST_LINES]
    return [
        found for line in lines if len(line) <= LONGEST_LINE for found in _dates_set_apart(line)
    ]


def agreed_date(*ranks: Iterable[str | None]) -> str | None:
    """Return the one date of the first rank that has any; None if that rank disagrees.

    Args:
        ranks: groups of ISO dates (None for unreadable ones), the most trustworthy group first.
    """
    for rank in ranks:
        found = {day for day in rank if day is not None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _dates_set_apart(line: str) -> Iterator[str]:
    """Yield the dates of a line that other words do not run into."""
    line = " ".join(line.split())
    for form in _FORMS:
        for match in form.finditer(line):
            found = _iso(match)
            if found is not None and _set_apart(line[: match.start()], line[match.end() :]):
                yield found


def _set_apart(before: str, after: str) -> bool:
    """Say whether a date between these parts of a line is a dateline's and no part of a range."""
    if _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after):
        return False
    before = _WEEKDAY.sub("", before)
    if _LABEL.search(before):
        return True
    at_an_end = not before.strip(" (") or not after.strip(" ).")
    between_bars = _BAR_BEFORE.search(before) or _BAR_AFTER.match(after)
    if not (at_an_end or between_bars):
        return False
    return bool(_APART_BEFORE.search(before) and _APART_AFTER.match(after))


def _iso(match: re.Match[str]) -> str | None:
    """Turn a match into an ISO date; None where there is no such day."""
    month = match["month"].lower()
    try:
        number = int(month) if month.isdigit() else _month_number(month)
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


def _month_number(name: str) -> int:
    """Return 1-12 for an English month, in full or by its first three letters (or "sept")."""
    for number, month in enumerate(MONTHS, start=1):
        if name == month or name == month[:3] or (name == "sept" and month == "september"):
            return number
    message = f"no month is called {name!r}"
    raise ValueError(message)
