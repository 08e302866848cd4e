"""A folder of plain-text and HTML files to a library.

Only files below the folder are read, subfolders included. Links that lead out of it are refused;
links to folders are never followed; names that begin with a dot are passed over. A file that
cannot be used is reported and the others are read all the same.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ripeness.errors import InputError, Problem, bad_input
from ripeness.sources.decode import FALLBACK
from ripeness.sources.document import Document, read_document
from ripeness.sources.library import Library

SUFFIXES = (".htm", ".html", ".markdown", ".md", ".text", ".txt", ".xhtml")
LARGEST = 50 * 1024 * 1024  # bytes; far above any article, to refuse what is no article
FEW = 8  # files of other kinds that are told one by one; more are only counted


def load_library(folder: Path | str) -> Library:
    """Read the documents of a folder.

    Args:
        folder: the folder that the user names, for instance with ``--sources``.

    Returns:
        The documents in the order of their paths within the folder, and a problem for each file
        that was left out. A folder without documents gives an empty library with a problem.

    Raises:
        InputError: there is no such folder, or it cannot be listed.
    """
    folder = Path(folder)
    _require_folder(folder)
    files, problems = _files_below(folder)
    documents: dict[str, Document] = {}
    for path in files:
        try:
            document = read_document(_read(path), path)
        except InputError as error:
            problems.extend(_as_warning(problem) for problem in error.problems)
            continue
        if document.digest in documents:
            problems.append(_duplicate(document, documents[document.digest]))
            continue
        documents[document.digest] = document
        if document.encoding == FALLBACK:
            problems.append(_guessed_encoding(document))
    if not documents:
        problems.insert(0, _no_documents(folder, len(files)))
    return Library(folder, tuple(documents.values()), tuple(problems))


def load_document(path: Path | str) -> Document:
    """Read one document, wherever it lies and whatever its name ends with.

    Raises:
        InputError: it is not there, no regular file, too large, no text, or holds no words.
    """
    path = Path(path)
    try:
        return read_document(_read(path), path)
    except InputError as error:
        raise InputError([_as_error(problem) for problem in error.problems]) from error


def _as_error(problem: Problem) -> Problem:
    """Raise a warning to an error, for a file that was asked for by name."""
    if problem.where in ("-", "/dev/stdin"):
        remedy = "Save the text into a file and name that."
        return Problem("error", problem.where, "Standard input is not read.", remedy)
    if Path(problem.where).is_dir():
        remedy = f"Name the files in it, such as {problem.where}/*.txt."
        return Problem("error", problem.where, "This is a folder, not a file.", remedy)
    what = problem.what.removeprefix("The file was left out: it ")
    if what == problem.what:
        return Problem("error", problem.where, what, problem.remedy)
    remedy = "Name a readable copy of it as plain text or HTML."
    return Problem("error", problem.where, f"The file {what}", remedy)


def _require_folder(folder: Path) -> None:
    """Raise an InputError unless the path is a folder that can be listed."""
    remedy = "Name the folder that holds your copies of the sources."
    if not folder.exists():
        raise bad_input(str(folder), "There is no such folder.", remedy)
    if not folder.is_dir():
        raise bad_input(str(folder), "This is a file, not a folder.", remedy)
    try:
        os.scandir(folder).close()
    except OSError as error:
        what = f"The folder cannot be listed: {error.strerror}."
        raise bad_input(str(folder), what, "Give yourself the right to read it.") from error


def _files_below(folder: Path) -> tuple[list[Path], list[Problem]]:
    """List the files to be read, in the order of their paths, and the problems on the way."""
    files: list[Path] = []
    problems: list[Problem] = []
    others: list[Path] = []

    def note_closed(error: OSError) -> None:
        problems.append(_left_out(Path(error.filename), f"cannot be listed: {error.strerror}"))

    for place, folders, names in os.walk(folder, onerror=note_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in [*folders, *names] if name[0] != "."):
            if path.is_symlink() and not _leads_inside(path, folder):
                problems.append(_left_out(path, "is a link that leads outside or nowhere"))
            elif path.is_dir():
                continue
            elif path.suffix.lower() in SUFFIXES:
                files.append(path)
            else:
                others.append(path)
    endings = f"not end in {', '.join(SUFFIXES)}"
    if len(others) > FEW:
        what = f"{len(others):,} files were left out: they do {endings}."
        remedy = "Name the folder that holds your copies of the sources, as plain text or HTML."
        problems.append(Problem("warning", str(folder), what, remedy))
    else:
        problems += [_left_out(path, f"does {endings}") for path in others]
    return sorted(files, key=Path.as_posix), sorted(problems, key=lambda problem: problem.where)


def _leads_inside(link: Path, folder: Path) -> bool:
    """Say whether a link leads to something that exists within the folder."""
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
    except (OSError, RuntimeError):  # broken, or a ring of links
        return False


def _read(path: Path) -> bytes:
    """Read a regular file of bearable size.

    Raises:
        InputError: it is no regular file, too large, or may not be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(_left_out(path, "is no regular file"))
        if status.st_size > LARGEST:
            what = f"has {status.st_size} bytes; {LARGEST} is the most that is read"
            raise InputError(_left_out(path, what))
        return path.read_bytes()
    except OSError as error:
        raise InputError(_left_out(path, f"cannot be read: {error.strerror or error}")) from error


def _left_out(path: Path, why: str) -> Problem:
    """Report a file that is no part of the library."""
    what = f"The file was left out: it {why}."
    remedy = "Put a readable copy as plain text or HTML into the folder, or take the file away."
    return Problem("warning", str(path), what, remedy)


def _as_warning(problem: Problem) -> Problem:
    """Lower a file's error: the other files can be used without it."""
    return Problem("warning", problem.where, problem.what, problem.remedy)


def _duplicate(document: Document, first: Document) -> Problem:
    what = f"The file is the same, byte for byte, as {first.path}, which is used."
    return Problem("warning", str(document.path), what, "Delete one of the two.")


def _guessed_encoding(document: Document) -> Problem:
    what = f"The file is not UTF-8; it was read as {FALLBACK}."
    remedy = "If its letters come out wrong, save it as UTF-8 (its digest then changes)."
    return Problem("warning", str(document.path), what, remedy)


def _no_documents(folder: Path, files: int) -> Problem:
    """Say what was looked for in a folder that gave no documents."""
    what = (
        f"No documents were found. Looked here and in subfolders for files that end in "
        f"{', '.join(SUFFIXES)}; found {files or 'none'}"
        f"{', and none of them could be used' if files else ''}."
    )
    remedy = "Put your copies of the sources into the folder, or name another folder."
    return Problem("warning", str(folder), what, remedy)
