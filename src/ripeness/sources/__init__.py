"""The user's own copies of the sources, and references into them.

The project keeps no sentence of a source. It keeps *passages*: the digest of a document, two
character offsets and the digest of the words between them. The words themselves are read from the
user's folder when they are shown, or are reported as unresolved; they are never guessed.
"""

from ripeness.sources.document import Document, read_document
from ripeness.sources.leaks import shared_runs
from ripeness.sources.library import Library
from ripeness.sources.load import load_library
from ripeness.sources.passage import (
    Passage,
    Unresolved,
    find,
    passage_from_mapping,
    passage_of,
)

__all__ = [
    "Document",
    "Library",
    "Passage",
    "Unresolved",
    "find",
    "load_library",
    "passage_from_mapping",
    "passage_of",
    "read_document",
    "shared_runs",
]
