"""Where in the user's files a key of the scenario stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ripeness.scenario.yaml_lines import Entry


def inside(content: object, key: str | int) -> Any:
    """Return what a mapping or list holds at a key; None if it holds nothing there."""
    if isinstance(content, dict):
        return content.get(key)
    if isinstance(content, list) and isinstance(key, int) and 0 <= key < len(content):
        return content[key]
    return None


@dataclass(frozen=True, slots=True)
class Places:
    """The tree of the files that a scenario was read from, if it was read from files."""

    root: Entry | None = None

    def entry(self, keys: Iterable[str | int]) -> tuple[Entry | None, bool]:
        """Return the entry at the keys or the nearest above it, and whether all keys were found."""
        entry = self.root
        if entry is None:
            return None, False
        for key in keys:
            content = entry.content
            below = inside(content, key)
            if below is None:
                return entry, False
            entry = below
        return entry, True

    def has(self, keys: Iterable[str | int]) -> bool:
        """Whether the files say something at these keys."""
        return self.entry(keys)[1]

    def where(self, keys: Iterable[str | int]) -> str:
        """Return ``file.yaml:12 key.path``, or the bare key path if there is no file."""
        keys = tuple(keys)
        entry, _ = self.entry(keys)
        dotted = ".".join(str(key) for key in keys) or "scenario"
        return f"{entry.place} {dotted}" if entry is not None else dotted

    def order(self, keys: Iterable[str | int]) -> tuple[str, int]:
        """Return what sorts keys by their place: the file and the line."""
        entry, _ = self.entry(keys)
        return (entry.place.file, entry.place.line) if entry is not None else ("", 0)
