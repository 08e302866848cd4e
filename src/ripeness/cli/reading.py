"""The work behind ``ripeness read``: documents read, statements found, a draft written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ripeness.claims.draft_file import DraftClaim, claims_yaml, id_of, passages_yaml
from ripeness.claims.skeleton import skeleton_of
from ripeness.errors import InputError, Problem, bad_input
from ripeness.registry import suggestion
from ripeness.scenario.load import load as load_scenario
from ripeness.scenario.model import Scenario
from ripeness.sources.document import Document
from ripeness.sources.load import load_document
from ripeness.sources.statements.candidates import Candidate, candidates
from ripeness.sources.statements.parsed import is_installed
from ripeness.sources.statements.read import READERS
from ripeness.sources.statements.sentences import sentences
from ripeness.sources.statements.speakers import resolved
from ripeness.sources.statements.statement import Statement

RULES: Final = "rules"
PARSED: Final = "parsed"


@dataclass(frozen=True, slots=True)
class Read:
    """One document read.

    Attributes:
        document: it.
        sentences: how many it has.
        statements: who says what in it, credits of pictures included.
        drafts: its candidate claims.
    """

    document: Document
    sentences: int
    statements: tuple[Statement, ...]
    drafts: tuple[DraftClaim, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All documents read, by which reader, and what is to be said besides."""

    documents: tuple[Read, ...]
    reader: str
    problems: tuple[Problem, ...]

    @property
    def drafts(self) -> tuple[DraftClaim, ...]:
        """Return the candidate claims of all documents, in their order."""
        return tuple(draft for read in self.documents for draft in read.drafts)


def read_files(files: Sequence[Path], about: str, reader: str | None) -> Found:
    """Read documents and find candidate claims in them.

    Args:
        files: the user's copies.
        about: name of a scenario.
        reader: `rules`, `parsed`, or None for `parsed` where it is installed.

    Raises:
        InputError: none of the files can be read, or there is no such scenario or reader.
    """
    name, problems = _reader(reader)
    scenario = load_scenario(about)
    documents: dict[str, Document] = {}
    for path in files:
        try:
            document = load_document(path)
        except InputError as error:
            problems += error.problems
            continue
        if document.digest in documents:
            what = f"It is the same, byte for byte, as {documents[document.digest].path}."
            problems.append(Problem("warning", str(path), what, "It is read only once."))
        documents.setdefault(document.digest, document)
    if not documents:
        raise InputError(problems)
    reads: list[Read] = []
    for document in documents.values():
        number = sum(len(read.drafts) for read in reads)
        reads.append(_read(document, scenario, name, number))
    return Found(tuple(reads), name, tuple(map(_as_warning, problems)))


def _read(document: Document, scenario: Scenario, reader: str, number: int) -> Read:
    text = document.text
    statements = resolved(text, READERS[reader](text))
    found: list[Candidate] = candidates(text, statements)
    drafts = tuple(
        DraftClaim(id_of(number + place), document, one, skeleton_of(text, one, scenario))
        for place, one in enumerate(found)
    )
    return Read(document, sum(1 for _ in sentences(text)), tuple(statements), drafts)


def _reader(name: str | None) -> tuple[str, list[Problem]]:
    """Return the reader to use, and a word if it is not the one that was asked for."""
    if name is None:
        return (PARSED if is_installed() else RULES), []
    if name not in READERS:
        raise bad_input("--reader", f"There is no reader `{name}`.", suggestion(name, READERS))
    if name == PARSED and not is_installed():
        what = "The extra `reading` is not installed; statements were found by rules instead."
        remedy = "Little is lost by it. To have it: pip install 'ripeness[reading]'."
        return RULES, [Problem("warning", "--reader parsed", what, remedy)]
    return name, []


def _as_warning(problem: Problem) -> Problem:
    """Lower a file's error: the other files were read."""
    return Problem("warning", problem.where, problem.what, problem.remedy)


def passages_beside(out: Path) -> Path:
    """Return the file of passages that goes with a file of claims."""
    return out.with_name(f"{out.stem}_passages{out.suffix}")


def check_out(out: Path, *, force: bool) -> None:
    """Check that a draft can be written without losing something.

    Raises:
        InputError: one of its files is a folder, or is there and ``force`` was not given.
    """
    if out.suffix.lower() not in (".yaml", ".yml"):
        what = "A draft is a YAML file."
        raise bad_input(f"--out {out}", what, "Give a name that ends in .yaml.")
    for path in (out, passages_beside(out)):
        if path.is_dir():
            what = "This is a folder, but a draft is a file."
            raise bad_input(f"--out {path}", what, "Give another name.")
        if path.exists() and not force:
            what = "There is such a file already."
            remedy = "Add --force to replace it, or give another name with --out FILE."
            raise bad_input(f"--out {path}", what, remedy)


def write_draft(found: Found, out: Path, about: str) -> list[Path]:
    """Write the draft, each file made aside and moved into place; return the files."""
    beside = passages_beside(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    for path, text in (
        (beside, passages_yaml(found.drafts)),
        (out, claims_yaml(found.drafts, about, beside.name)),
    ):
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    return [out, beside]
