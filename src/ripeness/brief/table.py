"""A table as the brief shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rows:
    """A table.

    Attributes:
        caption: what it shows.
        columns: headings.
        rows: cells; the first heads the row.
        note: what to know before reading it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
