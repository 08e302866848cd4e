"""The user's documents together: look one up, read passages, check many at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ripeness.errors import Problem
from ripeness.sources.document import Document
from ripeness.sources.passage import Passage, Unresolved, digest_of, words_at

# How many characters are read, per passage, in looking for words whose document has changed. Each
# place costs some hundred characters on top of its own. Assumption: a quarter of a second's work.
CHARACTERS_TRIED = 60_000_000
_COST_OF_A_PLACE = 200

_WORD_START = re.compile(r"(?<!\w)(?=\S)")


@dataclass(frozen=True)
class Library:
    """The documents of one folder, in the order of their names; ``Library()`` has none.

    Attributes:
        folder: the user's folder; None for a library that was not read from one.
        documents: each document once, however many copies the folder holds.
        problems: what was wrong with the folder and with the files that were left out.
    """

    folder: Path | None = None
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _by_digest(self) -> dict[str, Document]:
        return {document.digest: document for document in self.documents}

    def document(self, digest: str) -> Document | None:
        """Return the document with this digest, or None if the user has no such copy."""
        return self._by_digest.get(digest)

    def resolve(self, passage: Passage) -> str | Unresolved:
        """Read the words of a passage from the user's copy, or say why that cannot be done.

        Returns:
            Exactly the words that the passage was made of, or an ``Unresolved``. Words that are
            found elsewhere, for example in a newer copy, are reported in its problem and not
            returned, since they may stand in another context there.
        """
        document = self.document(passage.document)
        if document is not None:
            return words_at(document, passage)
        return Unresolved(passage, "no such document", self._missing(passage))

    def verify(self, passages: Iterable[Passage]) -> list[Problem]:
        """Return the problem of each passage that cannot be read, each once; [] if all can be."""
        answers = (self.resolve(passage) for passage in dict.fromkeys(passages))
        return [answer.problem for answer in answers if isinstance(answer, Unresolved)]

    def _missing(self, passage: Passage) -> Problem:
        """Say that the document is not there, and where else the words were found."""
        if self.folder is None and not self.documents:
            what = "No folder of sources was given, so the words cannot be shown."
            remedy = "Put your copies of the documents into a folder and name it with --sources."
            return Problem("warning", str(passage), what, remedy)
        what = f"{self.folder or 'The library'} holds no copy of this document, byte for byte."
        remedy = "Put the very file that was cited into the folder; a re-saved copy is another."
        places = self._elsewhere(passage)
        if places:
            what += f" The same words stand in {' and in '.join(places)}."
            remedy += " If that is a newer copy, check the context there and make the passage anew."
        return Problem("warning", str(passage), what, remedy)

    def _elsewhere(self, passage: Passage) -> list[str]:
        """Find the words in other documents, as far as ``CHARACTERS_TRIED`` goes."""
        length = passage.end - passage.start
        found = []
        left = CHARACTERS_TRIED
        for document in self.documents:
            for start in _likely_starts(document.text, passage.start):
                left -= length + _COST_OF_A_PLACE
                if left < 0:
                    return found
                words = document.text[start : start + length]
                if len(words) == length and digest_of(words) == passage.digest:
                    found.append(f"{document.path} at {start}:{start + length}")
                    break
        return found


def _likely_starts(text: str, start: int) -> Iterator[int]:
    """Yield the old position, then the beginning of every word."""
    if start >= 0:
        yield start
    for match in _WORD_START.finditer(text):
        yield match.start()
