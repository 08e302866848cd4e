"""How often peace broke in the record: figures computed from public data, one entry per kind of peace.

The figures lie in ``peace_record.yaml``, which ``tools/make_record.py`` makes; no data are kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).with_name("peace_record.yaml")
BASELINE: Final = "baseline"
"""Kind of the entry that looks at nothing: one rate for every peace."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How often some peaces of the record broke within so many years.

    Attributes:
        share: broken, 0 to 1; None where only bounds are known.
        low: lower end of the interval, or lower bound.
        high: upper end.
        watched: peaces that had neither broken nor left sight by then.
    """

    share: float | None
    low: float
    high: float
    watched: int

    @property
    def middle(self) -> float:
        """The share, or the middle of its bounds."""
        return (self.low + self.high) / 2.0 if self.share is None else self.share


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the record.

    Attributes:
        id: its name.
        kind: of peace, as in ``ripeness.outcomes.peace``.
        main: whether the model is measured by it; others stand beside it.
        what: which peaces they are.
        event: what counts as broken.
        noun: what is counted, in the plural.
        n: how many.
        interval: what low and high are.
        note: what to know before reading it.
        citation: of the data.
        years: figures by years since the peace began.
    """

    id: str
    kind: str
    main: bool
    what: str
    event: str
    noun: str
    n: int
    interval: str
    note: str
    citation: str
    years: dict[int, Recorded]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as somebody published it."""

    id: str
    what: str
    value: float
    low: float
    high: float
    citation: str


@lru_cache(maxsize=1)
def peace_record() -> tuple[Entry, ...]:
    """Return every entry of the record."""
    return tuple(_entry(row) for row in _content()["entries"])


@lru_cache(maxsize=1)
def published() -> dict[str, Published]:
    """Return the published figures by id."""
    return {row["id"]: Published(**row) for row in _content()["published"]}


def main_entry(kind: str) -> Entry | None:
    """Return the entry by which the model is measured in this kind of peace; None if there is none."""
    return next((entry for entry in peace_record() if entry.main and entry.kind == kind), None)


def _content() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _entry(row: dict[str, Any]) -> Entry:
    kept = {name: row[name] for name in Entry.__dataclass_fields__ if name != "years"}
    return Entry(**kept, years={int(y): Recorded(**cell) for y, cell in row["years"].items()})
