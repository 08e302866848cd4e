"""What past wars say of a claim: a share with its interval, held against what the claim says of it.

    more_than t:  supported if low > t, contradicted if high <= t, else it depends
    less_than t:  the other way round

A count k of n has Wilson's interval (``interval.py``). The difference of two shares a and b has
that of Newcombe (1998, Statistics in Medicine 17: 873-890, method 10): with d = a - b

    low = d - sqrt((a - a_low)^2 + (b_high - b)^2),  high = d + sqrt((a_high - a)^2 + (b - b_low)^2)

The record is of other wars, mostly civil ones: it is told beside a verdict and never moves it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from ripeness.claims.interval import wilson
from ripeness.claims.names import unknown
from ripeness.outcomes.peace_record import Entry, peace_record, published
from ripeness.scenario.quantity import Number, Strict

FEWEST_CASES: Final = 10
"""With fewer cases than this the record is not heard: one case more would turn it (assumed)."""

Words = Annotated[str, Field(min_length=1, max_length=300)]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
RecordWord = Literal["supported", "contradicted", "depends", "untested"]


class Figure(Strict):
    """A figure of past wars, and what the claim says of it.

    One of three: an entry of ``outcomes/peace_record.yaml`` so many years on (perhaps against
    another entry), a published figure there, or a count that is given here with its citation.
    """

    entry: str | None = None
    years: Count | None = None
    than: str | None = Field(None, description="another entry, whose share is subtracted")
    published: str | None = None
    what: Words | None = Field(None, description="what was counted")
    happened: Count | None = None
    of: Count | None = None
    citation: Words | None = None
    more_than: Number | None = Field(None, description="the claim says that it is above this")
    less_than: Number | None = Field(None, description="the claim says that it is below this")

    @field_validator("entry", "than")
    @classmethod
    def _in_the_record(cls, name: str | None) -> str | None:
        known = [entry.id for entry in peace_record()]
        if name is not None and name not in known:
            raise unknown("entry of the record", name, known)
        return name

    @field_validator("published")
    @classmethod
    def _published(cls, name: str | None) -> str | None:
        if name is not None and name not in published():
            raise unknown("published figure", name, list(published()))
        return name

    @model_validator(mode="after")
    def _whole(self) -> Self:
        own = (self.what, self.happened, self.of, self.citation)
        given = (
            self.entry is not None,
            self.published is not None,
            any(x is not None for x in own),
        )
        if sum(given) != 1:
            raise ValueError("give `entry`, or `published`, or `what` with a count")
        if given[2] and (None in own or (self.happened or 0) > (self.of or 0)):
            raise ValueError(
                "a count needs `what`, `happened` of at least as many `of`, `citation`"
            )
        if (self.entry is None) != (self.years is None) or (self.than and self.entry is None):
            raise ValueError("`entry` and `years` go together, and `than` goes with them")
        if (self.more_than is None) == (self.less_than is None):
            raise ValueError("give either `more_than` or `less_than`: what the claim says of it")
        self._check_years()
        return self

    def _check_years(self) -> None:
        for name in (self.entry, self.than):
            if name is not None and self.years not in _entry(name).years:
                known = ", ".join(str(year) for year in _entry(name).years)
                raise ValueError(f"the record knows `{name}` after {known} years only")


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """What the record says of a claim.

    Attributes:
        what: which past cases.
        word: as for a verdict; ``untested`` if there are too few cases.
        words: for people.
        share: of the cases, or the difference of two shares; None where only bounds are known.
        low: lower end of its interval.
        high: upper end.
        n: cases; None where it is not told.
        citation: where it is from.
    """

    what: str
    word: RecordWord
    words: str
    share: float | None
    low: float
    high: float
    n: int | None
    citation: str

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def heard(figure: Figure) -> RecordFinding:
    """Return what a figure says of the claim."""
    what, share, low, high, cases, citation = _figures(figure)
    if cases is not None and cases < FEWEST_CASES:
        words = f"The record is too small to say: {what} ({cases} cases)."
        return RecordFinding(what, "untested", words, share, low, high, cases, citation)
    word = word_between(low, high, figure.more_than, figure.less_than)
    return RecordFinding(
        what, word, _told(figure, what, share, low, high, word), share, low, high, cases, citation
    )


def word_between(
    low: float, high: float, more_than: float | None, less_than: float | None
) -> Literal["supported", "contradicted", "depends"]:
    """Return the verdict on a number that surely lies between two ends, these included."""
    if more_than is not None:
        above, below = low > more_than, high <= more_than
    else:
        bound = math.inf if less_than is None else less_than
        above, below = high < bound, low >= bound
    return "supported" if above else "contradicted" if below else "depends"


def _figures(figure: Figure) -> tuple[str, float | None, float, float, int | None, str]:
    """Return what was counted, its share and interval, the number of cases and the citation."""
    if figure.published is not None:
        row = published()[figure.published]
        return row.what, row.value, row.low, row.high, None, row.citation
    if figure.entry is None or figure.years is None:
        happened, of = figure.happened or 0, figure.of or 0
        low, high = wilson(happened, of)
        share = happened / of if of else None
        return figure.what or "", share, low, high, of, figure.citation or ""
    entry = _entry(figure.entry)
    one = entry.years[figure.years]
    what = f"{entry.event} within {_years(figure.years)}: {entry.what}"
    if figure.than is None:
        return what, one.share, one.low, one.high, entry.n, entry.citation
    against = _entry(figure.than)
    other = against.years[figure.years]
    low, high = _difference((one.middle, one.low, one.high), (other.middle, other.low, other.high))
    what = f"{what}; less the same for {against.what}"
    share = one.middle - other.middle
    return what, share, low, high, min(entry.n, against.n), entry.citation


def _difference(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float]:
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    return (
        a - b - math.hypot(a - a_low, b_high - b),
        a - b + math.hypot(a_high - a, b - b_low),
    )


def _entry(name: str) -> Entry:
    return next(entry for entry in peace_record() if entry.id == name)


def _years(years: int) -> str:
    return "a year" if years == 1 else f"{years} years"


def _told(  # noqa: PLR0913 - a sentence of six parts
    figure: Figure, what: str, share: float | None, low: float, high: float, word: str
) -> str:
    verdict = {
        "supported": "bears the claim out",
        "contradicted": "speaks against the claim",
        "depends": "leaves it open",
    }[word]
    if figure.than is not None:
        size = f"{share or 0.0:+.2f} as a share (surely between {low:+.2f} and {high:+.2f})"
    elif share is None:
        size = f"between {20 * low:.0f} and {20 * high:.0f} of 20"
    elif figure.published is not None:
        size = f"{share:g} (from {low:g} to {high:g})"
    else:
        size = f"{20 * share:.0f} of 20 (surely between {20 * low:.0f} and {20 * high:.0f})"
    return f"The record {verdict}: {what}: {size}."
