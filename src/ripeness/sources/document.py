"""One of the user's documents: what it is called, when it was written, what it says.

Everything but the path follows from the bytes alone, so a renamed or moved copy is the same
document, and a copy with one byte changed is another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ripeness.errors import bad_input
from ripeness.sources.dates import agreed_date, dateline_dates, read_date
from ripeness.sources.decode import NotTextError, decode
from ripeness.sources.html import Page, is_html, read_html

LONGEST_TITLE = 120  # characters; a document without a headline may begin with a long paragraph
UNTITLED = "(untitled)"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the user's. Only its digest may be stored; title and text are the source's.

    Attributes:
        digest: SHA-256 of the bytes of the file, 64 hexadecimal digits.
        title: the first heading, else the title element, else the first line that is not blank;
            at most ``LONGEST_TITLE`` characters, then an ellipsis.
        date: the day that the document states as its own, in ISO form; None where it states none.
        text: the normalised text, to which offsets refer (characters, counted from 0).
        encoding: the name of the encoding that the bytes were read in.
        path: where the user keeps the file, for messages only; no part of the identity.
    """

    digest: str
    title: str
    date: str | None
    text: str = field(repr=False)
    encoding: str = field(compare=False)
    path: Path = field(compare=False)


def read_document(data: bytes, path: Path) -> Document:
    """Make a document of the bytes of a plain-text or HTML file.

    Args:
        data: the whole file.
        path: where the file lies, for messages; its name has no influence on the text.

    Raises:
        InputError: the bytes are not text, or the document holds no words.
    """
    try:
        decoded = decode(data)
    except NotTextError as error:
        what = f"The file {error}."
        remedy = "Save the document as plain text (UTF-8) or HTML and put that into the folder."
        raise bad_input(str(path), what, remedy) from error
    page = read_html(decoded.text) if is_html(decoded.text) else _plain_page(decoded.text)
    if not page.text.strip():
        what = "The file is empty." if not data else "The file holds no words."
        raise bad_input(str(path), what, "Save the document again, or delete the file.")
    return Document(
        digest=hashlib.sha256(data).hexdigest(),
        title=_title(page),
        date=agreed_date(
            map(read_date, page.published),
            map(read_date, page.times),
            dateline_dates(page.text),
        ),
        text=page.text,
        encoding=decoded.encoding,
        path=path,
    )


def _plain_page(text: str) -> Page:
    """Take plain text as it stands; its title is found in its first line."""
    return Page(text=text, heading="", title="", published=(), times=())


def _title(page: Page) -> str:
    """Choose the title of a document and keep it to a line."""
    first_line = next((line for line in page.text.split("\n") if line.strip()), "")
    title = page.heading or page.title or first_line.lstrip("# ")
    title = " ".join(title.split()) or UNTITLED
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "\N{HORIZONTAL ELLIPSIS}"
