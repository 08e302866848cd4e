"""A passage: a reference to some words of a document that holds none of the words.

``digest`` is SHA-256 over the UTF-8 bytes of ``text[start:end]``, where ``text`` is the normalised
text of the document (``decode.py``, ``html.py``). So a reference can be checked against the user's
copy, and cannot silently come to mean other words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ripeness.errors import Problem, bad_input
from ripeness.sources.document import Document

Reason = Literal["no such document", "out of range", "other words"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIELDS = ("document", "start", "end", "digest")
_LISTED = 10  # positions named in a message about an ambiguous quotation


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A reference to the words ``text[start:end]`` of a document.

    Attributes:
        document: digest of the document's bytes, 64 hexadecimal digits.
        start: first character, counted from 0 in the normalised text.
        end: the character after the last; greater than ``start``.
        digest: digest of the words themselves, 64 hexadecimal digits.
    """

    document: str
    start: int
    end: int
    digest: str

    def __str__(self) -> str:
        return f"passage {self.document[:12]}[{self.start}:{self.end}]"

    def as_mapping(self) -> dict[str, str | int]:
        """Return the four fields as they are written in YAML and JSON."""
        return {name: getattr(self, name) for name in _FIELDS}


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The answer in place of words when a passage cannot be read from the user's copies.

    Attributes:
        passage: the reference.
        reason: why, in one of three fixed phrases.
        problem: the same for the user, with a remedy. It is a warning where the user merely lacks
            the document, and an error where the document is there and the reference is wrong.
    """

    passage: Passage
    reason: Reason
    problem: Problem


def digest_of(words: str) -> str:
    """Return the digest of some words: SHA-256 over their UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def passage_of(document: Document, start: int, end: int) -> Passage:
    """Refer to the characters from ``start`` up to, not including, ``end`` of a document.

    Raises:
        InputError: the range is empty, reversed or not within the document.
    """
    if not 0 <= start < end <= len(document.text):
        what = f"Offsets {start}:{end} are not a range within its {len(document.text)} characters."
        raise bad_input(str(document.path), what, "Give 0 <= start < end <= length.")
    return Passage(document.digest, start, end, digest_of(document.text[start:end]))


def find(document: Document, quotation: str) -> Passage:
    """Refer to the one place where a document says exactly this.

    Args:
        document: where to look.
        quotation: the words with the document's own blanks, quotation marks and line ends.

    Raises:
        InputError: the quotation is empty, does not occur, or occurs more than once.
    """
    where = str(document.path)
    if not quotation:
        raise bad_input(where, "The quotation is empty.", "Give some words of the document.")
    places = _places(document.text, quotation)
    if not places:
        remedy = "Copy the words from the document with its own quotation marks and line ends."
        raise bad_input(where, "The document does not say exactly this.", remedy)
    if len(places) > 1:
        listed = ", ".join(map(str, places[:_LISTED])) + (", ..." if places[_LISTED:] else "")
        what = f"The quotation occurs {len(places)} times, at characters {listed}."
        raise bad_input(where, what, "Quote more words, or give offsets to passage_of.")
    return passage_of(document, places[0], places[0] + len(quotation))


def words_at(document: Document, passage: Passage) -> str | Unresolved:
    """Read a passage from the document that it names; never any words but those it was made of.

    Raises:
        ValueError: the passage names another document (the caller's mistake, not the user's).
    """
    if passage.document != document.digest:
        message = f"{passage} is not of document {document.digest[:12]}"
        raise ValueError(message)
    if not 0 <= passage.start < passage.end <= len(document.text):
        what = f"The document has {len(document.text)} characters; the passage is not within them."
        return _wrong(passage, "out of range", what)
    words = document.text[passage.start : passage.end]
    if digest_of(words) != passage.digest:
        what = "The document has other words at this place than the passage was made of."
        return _wrong(passage, "other words", what)
    return words


def passage_from_mapping(mapping: object, where: str) -> Passage:
    """Check four fields read from YAML or JSON and make a passage of them.

    Args:
        mapping: ``{document, start, end, digest}``.
        where: file and line or claim, for messages.

    Raises:
        InputError: with every problem of the mapping.
    """
    remedy = "Make references with ripeness.sources.find; do not write them by hand."
    if not isinstance(mapping, Mapping) or set(mapping) != set(_FIELDS):
        what = f"A passage must have exactly the fields {', '.join(_FIELDS)}."
        raise bad_input(where, what, remedy)
    document, start, end, digest = (mapping[name] for name in _FIELDS)
    for name in ("document", "digest"):
        if not isinstance(mapping[name], str) or not _DIGEST.fullmatch(mapping[name]):
            what = f"`{name}` must be 64 hexadecimal digits in lower case, in quotation marks."
            raise bad_input(where, what, remedy)
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        what = f"`start` and `end` must be whole numbers, 0 <= start < end, but are {start}, {end}."
        raise bad_input(where, what, remedy)
    return Passage(document, start, end, digest)


def _places(text: str, quotation: str) -> list[int]:
    """Return every position at which the quotation begins, overlapping ones included."""
    places = []
    place = text.find(quotation)
    while place >= 0:
        places.append(place)
        place = text.find(quotation, place + 1)
    return places


def _wrong(passage: Passage, reason: Reason, what: str) -> Unresolved:
    """Report a reference that its own document contradicts."""
    remedy = "The reference is wrong, not your copy: make it anew with ripeness.sources.find."
    return Unresolved(passage, reason, Problem("error", str(passage), what, remedy))
