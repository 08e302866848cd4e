"""Bytes to characters, by one fixed rule, so that offsets mean the same on every machine.

The rule looks at the bytes alone, never at a file's name, the locale or the operating system:

1. NUL bytes (without a UTF-16 or UTF-32 byte order mark) or the opening bytes of a known other
   format (PDF, Word, RTF, archives): not text, refused.
2. A byte order mark decides the encoding and is dropped.
3. Otherwise UTF-8, strictly.
4. Otherwise the encoding that a ``<meta charset>`` names, if it is one of the common ones.
5. Otherwise windows-1252; bytes which that leaves undefined and control characters are taken as
   a sign that the file is no text at all.

Afterwards the line ends CR LF become LF. Nothing else is changed: a lone CR, tabs, blanks at line
ends, soft hyphens and unusual spaces all stay and all count as characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

FALLBACK = "windows-1252"

# The longer marks come first: that of UTF-32 (little-endian) begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file"),
)
_CHARSET_WITHIN = 1024  # bytes; the HTML standard asks authors to declare it there
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_COMMON_CHARSET = re.compile(
    r"windows-(874|125[0-8])|iso-8859-([1-9]|1[0-6])|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|shift_jis|euc-jp|euc-kr"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class NotTextError(ValueError):
    """The bytes are not text; the message completes the sentence "the file ..."."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters and the name of the encoding that they were read in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Turn the bytes of a file into its normalised text by the rule in the module's header.

    Args:
        data: the whole file.

    Returns:
        The text with LF line ends, without byte order mark, and the encoding's name.

    Raises:
        NotTextError: the bytes are binary, of another format, or contradict their byte order mark.
    """
    for opening, kind in _OTHER_FORMATS:
        if data.startswith(opening):
            message = f"is {kind}"
            raise NotTextError(message)
    decoded = _by_mark(data) or _by_trial(data)
    return Decoded(decoded.text.replace("\r\n", "\n"), decoded.encoding)


def _by_mark(data: bytes) -> Decoded | None:
    """Decode by the byte order mark; None where there is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                message = f"begins with the mark of {encoding} but is not valid {encoding}"
                raise NotTextError(message) from error
            if "\0" in text:
                message = "contains NUL characters, as binary files do"
                raise NotTextError(message)
            return Decoded(text, encoding)
    return None


def _by_trial(data: bytes) -> Decoded:
    """Decode bytes without a mark: UTF-8, then the declared encoding, then the fallback."""
    if b"\0" in data:
        message = "contains NUL bytes, as binary files do"
        raise NotTextError(message)
    for encoding in ("utf-8", _declared(data)):
        if encoding is None:
            continue
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    try:
        text = data.decode(FALLBACK)
    except UnicodeDecodeError as error:
        message = f"is neither UTF-8 nor {FALLBACK} text"
        raise NotTextError(message) from error
    if _CONTROL.search(text):
        message = "is not UTF-8 and contains control characters, as binary files do"
        raise NotTextError(message)
    return Decoded(text, FALLBACK)


def _declared(data: bytes) -> str | None:
    """Return the encoding named by a ``<meta charset>`` near the start, if a common one."""
    match = _CHARSET.search(data[:_CHARSET_WITHIN])
    if match is None:
        return None
    name = match.group(1).decode("ascii").lower()
    return name if _COMMON_CHARSET.fullmatch(name) else None
