"""What is found in a text: who says what, as ranges of characters and never as words.

A *statement* is a content, the words that attribute it to somebody (the frame), the cue among these
and the speaker among these. All are spans of the document's normalised text, so that what is kept
of a statement can be a passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["direct", "indirect", "mixed"]
Manner = Literal["says", "thinks", "according to", "names", "credit"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from ``start`` up to, not including, ``end``; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            message = f"a span needs 0 <= start < end, but has {self.start}, {self.end}"
            raise ValueError(message)

    def of(self, text: str) -> str:
        """Return the words."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Return whether another span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Return how many characters two spans have in common."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is attributed to somebody.

    Attributes:
        content: what is said, quotation marks included where all of it stands between them.
        frame: the words that attribute it: speaker, cue and what goes with them.
        cue: the word or words that say that something is said.
        speaker: who says it, as it is written there; None where nobody is named.
        named: the last name before, where the speaker is a pronoun or left out and one name is
            safe; None otherwise.
        form: quoted word for word, told in other words, or told with some words quoted.
        manner: whether it is said, thought, according to a source, put beside a name
            ("Name: ..."), or the credit of a picture.
        denied: whether the attribution is negated ("did not say that").
        place: number of the sentence in which the cue stands, counted from 0.
    """

    content: Span
    frame: Span
    cue: Span
    speaker: Span | None
    form: Form
    manner: Manner
    denied: bool = False
    named: Span | None = None
    place: int = 0

    @property
    def speaks(self) -> Span | None:
        """Return who speaks: the name that a pronoun stands for, or else the words there."""
        return self.named or self.speaker

    @property
    def whole(self) -> Span:
        """Return the span from the first to the last word of frame and content."""
        return Span(
            min(self.frame.start, self.content.start), max(self.frame.end, self.content.end)
        )
