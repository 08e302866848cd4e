"""Verdicts: what a run makes of a claim, and the rule by which it is decided."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ripeness.claims.interval import wilson
from ripeness.claims.record import RecordFinding, word_between
from ripeness.sources.passage import Passage

Word = Literal["supported", "contradicted", "depends", "untested"]

SUPPORTED_ABOVE: Final = 0.75
"""A claim is supported if its share of worlds is surely above this: in 15 of 20 worlds."""

CONTRADICTED_BELOW: Final = 0.25
"""A claim is contradicted if its share of worlds is surely below this: in 5 of 20 worlds."""

FEWEST_WORLDS: Final = 30
"""In fewer worlds than this a claim is not tested: the interval would be about a third wide."""

SMALLEST_SHARE: Final = 0.01
"""In a smaller share of the worlds a claim is not tested: it would be about freak worlds."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a claim is made, and how far that source is to be trusted.

    Attributes:
        passage: the words, as a reference to the user's own copy.
        label: what the document is.
        quality: what is weak about it.
    """

    passage: Passage
    label: str
    quality: str

    def as_mapping(self) -> dict[str, Any]:
        """Return it as it is written in JSON."""
        return {
            "passage": self.passage.as_mapping(),
            "label": self.label,
            "quality": self.quality,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """A number over all worlds that decides a verdict instead of the count of worlds.

    Attributes:
        name: what it is.
        value: of it.
        low: lower end of its 95 % interval, for chance in the drawing of worlds alone.
        high: upper end.
        unit: of all three and of the thresholds.
        more_than: the claim says that it is above this; None if it says the other.
        less_than: the claim says that it is below this.
        words: a sentence with the value in it.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    more_than: float | None = None
    less_than: float | None = None
    words: str = ""

    @property
    def word(self) -> Word:
        """The verdict on it."""
        if not math.isfinite(self.low + self.high):
            return "untested"
        return word_between(self.low, self.high, self.more_than, self.less_than)

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run makes of a claim.

    Attributes:
        id: of the claim.
        speaker: who makes it.
        proposition: the claim as it is tested, in our words.
        kind: of claim; says how it is tested.
        verdict: one of four words.
        holds: worlds in which it holds.
        of: worlds in which it could be tested.
        words: the result for people.
        strength: share of the tested worlds in which it holds; None if it was not tested.
        interval: of the strength, for chance in the drawing of worlds alone.
        reason: why it is untested or depends; empty otherwise.
        by_theory: worlds in which it holds and of how many, under each theory of ending.
        remarks: further findings, one sentence each.
        details: further numbers, as the kind defines them.
        departs: in which way the test says other than the passage.
        passages: where the claim is made.
        measured: the number over all worlds that decides it, for kinds that have one.
        record: what past wars say of the claim, where it names figures; moves no verdict.
    """

    id: str
    speaker: str
    proposition: str
    kind: str
    verdict: Word
    holds: int
    of: int
    words: str
    strength: float | None = None
    interval: tuple[float, float] | None = None
    reason: str = ""
    by_theory: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    departs: str = ""
    passages: tuple[Reference, ...] = ()
    measured: Measured | None = None
    record: tuple[RecordFinding, ...] = ()

    def as_mapping(self) -> dict[str, Any]:
        """Return the verdict made of JSON's own types; numbers that are not finite become null."""
        plain = {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}
        plain["by_theory"] = {
            name: {"holds": holds, "of": of} for name, (holds, of) in self.by_theory.items()
        }
        plain["passages"] = [reference.as_mapping() for reference in self.passages]
        plain["measured"] = None if self.measured is None else self.measured.as_mapping()
        plain["record"] = [finding.as_mapping() for finding in self.record]
        return plain


def fewest(worlds: int) -> int:
    """Return in how many of so many worlds a claim must be testable at least."""
    return max(FEWEST_WORLDS, math.ceil(SMALLEST_SHARE * worlds))


def word_for(holds: int, of: int) -> Word:
    """Return the verdict on a count of tested worlds, few or many."""
    low, high = wilson(holds, of)
    if low > SUPPORTED_ABOVE:
        return "supported"
    return "contradicted" if high < CONTRADICTED_BELOW else "depends"


def disagreeing(by_theory: Mapping[str, Word]) -> tuple[str, str] | None:
    """Return a theory under which a claim is supported and one under which it is contradicted."""
    supported = next((name for name, word in by_theory.items() if word == "supported"), None)
    against = next((name for name, word in by_theory.items() if word == "contradicted"), None)
    return None if supported is None or against is None else (supported, against)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value if not isinstance(item, Reference)]
    return value
