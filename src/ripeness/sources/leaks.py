r"""Has a sentence of a source been copied into the project?

Facts may be taken from the sources, sentences may not. The check looks for runs of words that a
file shares with a document of the user's, whatever stands between the words: line breaks, quotation
marks, comment signs, capitals.

What would break it: words in disguise (escapes such as ``\u2019`` in JSON, tags within a sentence,
translation), and languages written without blanks other than Chinese and Japanese, in which each
sign counts as a word here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ripeness.errors import Problem, bad_input
from ripeness.sources.decode import NotTextError, decode
from ripeness.sources.document import Document
from ripeness.sources.library import Library

WORDS = 8  # in a row; an assumption: shorter runs are often names of offices and set phrases

_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and Chinese characters
_LETTER = rf"[^\W_{_SIGNS}]"
_WORD = re.compile(rf"[{_SIGNS}]|{_LETTER}+(?:['\u2019]{_LETTER}+)*")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, made comparable, and where each begins and ends (characters)."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words that two texts share, as positions among the words of each."""

    document: int  # position of the document in the library
    document_word: int
    file_word: int
    length: int  # words


def shared_runs(library: Library, paths: Iterable[Path], words: int = WORDS) -> list[Problem]:
    """Find the places where files of the project repeat a document's words.

    Args:
        library: the user's documents.
        paths: files of the project; binary ones are passed over, since nobody reads them as text.
        words: how many words in a row are too many; at least 1.

    Returns:
        An error for each longest run of at least so many words, with the file's line and the
        document's digest and offsets but without the words; and for each file that cannot be read.

    Raises:
        InputError: ``words`` is less than 1.
    """
    if words < 1:
        what = f"`words` must be at least 1, but is {words}."
        raise bad_input(where="words", what=what, remedy="Leave it out to use the default.")
    sources = [_split(document.text) for document in library.documents]
    index = _index(sources, words)
    problems: list[Problem] = []
    for path in paths:
        try:
            text = decode(path.read_bytes()).text
        except NotTextError:
            continue
        except OSError as error:
            what = f"The file could not be checked: {error.strerror or error}."
            problems.append(Problem("error", str(path), what, "Make it readable, or leave it out."))
            continue
        mine = _split(text)
        for run in _runs(mine, sources, index, words):
            line = text.count("\n", 0, mine.starts[run.file_word]) + 1
            source = sources[run.document]
            problems.append(_shared(f"{path}:{line}", library.documents[run.document], source, run))
    return problems


def _split(text: str) -> _Words:
    """Cut a text into words without case, kind of apostrophe or compatibility forms."""
    matches = list(_WORD.finditer(text))
    return _Words(
        words=tuple(
            unicodedata.normalize("NFKC", match.group()).casefold().replace("\u2019", "'")
            for match in matches
        ),
        starts=tuple(match.start() for match in matches),
        ends=tuple(match.end() for match in matches),
    )


def _index(sources: list[_Words], words: int) -> dict[tuple[str, ...], tuple[int, int]]:
    """Map every run of so many words to the first place where a document has it."""
    index: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, source in enumerate(sources):
        for place in range(len(source.words) - words + 1):
            index.setdefault(source.words[place : place + words], (number, place))
    return index


def _runs(
    mine: _Words,
    sources: list[_Words],
    index: dict[tuple[str, ...], tuple[int, int]],
    words: int,
) -> Iterator[_Run]:
    """Yield the shared runs of a file from its beginning to its end, each as long as it goes."""
    place = 0
    while place <= len(mine.words) - words:
        hit = index.get(mine.words[place : place + words])
        if hit is None:
            place += 1
            continue
        number, other = hit
        theirs = sources[number].words
        length = words
        while (
            place + length < len(mine.words)
            and other + length < len(theirs)
            and mine.words[place + length] == theirs[other + length]
        ):
            length += 1
        yield _Run(number, other, place, length)
        place += length


def _shared(where: str, document: Document, source: _Words, run: _Run) -> Problem:
    """Report one shared run without repeating its words."""
    start = source.starts[run.document_word]
    end = source.ends[run.document_word + run.length - 1]
    what = (
        f"{run.length} words in a row also stand in document {document.digest[:12]} "
        f"at {start}:{end}."
    )
    remedy = "Say it in words of our own, or keep a passage (a reference) in place of the words."
    return Problem("error", where, what, remedy)
